"""What canonical names are called: of forms, measures, tiers, statuses and everything like it.

Knows where the label table is in a warehouse and in the dbt project. Does not know any name, nor
where one is shown.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from pipelines.domain.languages import Language
from pipelines.exploring.marts import select_all
from pipelines.warehouse.connection import has_relation

LABELS = """
    select kind, key, zh, en, definition_zh, definition_en
    from marts.dim_labels
    order by kind, position
"""
# Stands for any words, in a name as in what it is called.
ANY_WORDS = "…"


@dataclass(frozen=True, slots=True)
class Label:
    """What one canonical name is called and means, in both languages.

    Attributes:
        kind: Sort of name: ``form``, ``measure``, ``tier``, …
        key: The canonical name.
        zh: Its Chinese name.
        en: Its English name, in lower case.
        definition_zh: What it means, '' where its name says it.
        definition_en: The same in English.
    """

    kind: str
    key: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str

    def name(self, language: Language) -> str:
        """What it is called in a language."""
        return self.zh if language is Language.ZH else self.en

    def definition(self, language: Language) -> str:
        """What it means in a language, '' where its name says it."""
        return self.definition_zh if language is Language.ZH else self.definition_en


class Labels:
    """The label table, for looking up names. What it does not know is called by its own name."""

    def __init__(self, rows: Iterable[Label] = ()) -> None:
        """Take the labels, those of a kind in the order in which they are listed."""
        self._by_kind: dict[str, dict[str, Label]] = {}
        for row in rows:
            self._by_kind.setdefault(row.kind, {})[row.key] = row

    def name(self, kind: str, key: str, language: Language) -> str:
        """What a canonical name is called; the name itself where no label has it.

        Examples:
            >>> labels = Labels([Label("doubt", "… is odd", "“…”异常", "“…” is odd", "", "")])
            >>> labels.name("doubt", "3% is odd", Language.ZH)
            '“3%”异常'
            >>> labels.name("doubt", "unheard of", Language.ZH)
            'unheard of'
        """
        label = self.of_kind(kind).get(key)
        if label is not None:
            return label.name(language)
        for pattern, worded in self._patterns.get(kind, ()):
            if found := pattern.fullmatch(key):
                return worded.name(language).replace(ANY_WORDS, found[1], 1)
        return key

    def definition(self, kind: str, key: str, language: Language) -> str:
        """What a canonical name means, '' where its name says it or no label has it."""
        label = self.of_kind(kind).get(key)
        return "" if label is None else label.definition(language)

    def of_kind(self, kind: str) -> Mapping[str, Label]:
        """The labels of a kind by their canonical names, in their order."""
        return self._by_kind.get(kind, {})

    @property
    def kinds(self) -> tuple[str, ...]:
        """The sorts of names that there are."""
        return tuple(self._by_kind)

    def subject(self, subject: str, language: Language) -> str:
        """What a statement of the prose is of: a thing and, where it has one, its role.

        Examples:
            >>> thing = Label("thing", "income.total", "本年收入合计", "income of the year", "", "")
            >>> labels = Labels([thing, Label("role", "actual", "决算数", "actual", "", "")])
            >>> labels.subject("income.total.actual", Language.ZH)
            '本年收入合计（决算数）'
            >>> labels.subject("income.total.actual", Language.EN)
            'income of the year (actual)'
            >>> labels.subject("income.total", Language.EN)
            'income of the year'
        """
        thing, _, role = subject.rpartition(".")
        if subject in self.of_kind("thing") or thing not in self.of_kind("thing"):
            return self.name("thing", subject, language)
        named, as_role = self.name("thing", thing, language), self.name("role", role, language)
        return f"{named}（{as_role}）" if language is Language.ZH else f"{named} ({as_role})"

    @cached_property
    def _patterns(self) -> Mapping[str, list[tuple[re.Pattern[str], Label]]]:
        patterns: dict[str, list[tuple[re.Pattern[str], Label]]] = {}
        for kind, labels in self._by_kind.items():
            for key, label in labels.items():
                if ANY_WORDS in key:
                    before, _, after = key.partition(ANY_WORDS)
                    pattern = re.compile(f"{re.escape(before)}(.*){re.escape(after)}")
                    patterns.setdefault(kind, []).append((pattern, label))
        return patterns


def read_labels(connection: duckdb.DuckDBPyConnection) -> Labels:
    """Read the label table of a warehouse, once; one without it names everything by itself."""
    if not has_relation(connection, "marts", "dim_labels"):
        return Labels()
    return Labels(select_all(connection, Label, LABELS))


def shipped_labels(dbt_project_dir: Path) -> Labels:
    """Read the label table of the dbt project, for what is shown before anything is built.

    Without the identities and without what one kind takes from another: these dbt adds.

    Raises:
        OSError: The project has none.
    """
    seed = dbt_project_dir / "seeds" / "labels" / "labels.csv"
    with seed.open(encoding="utf-8", newline="") as lines:
        fields = Label.__dataclass_fields__
        rows = [Label(**{field: row[field] for field in fields}) for row in csv.DictReader(lines)]
    return Labels(rows)

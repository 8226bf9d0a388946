"""What canonical names are called: of forms, measures, tiers, statuses and everything like it.

Knows where the label table is in a warehouse and in the dbt project. Does not know any name, nor
where one is shown.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
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
# Between things any of which will do.
ALTERNATIVE = re.compile(r"\||(?<=\w) or (?=\w)")
# Joins topic, item and role.
SUBJECT_JOINT = "."
# What the words of a scope key may be: of one alone, of the first of several, and of the others.
FURTHER = (
    "scope_key", "measure", "line", "role", "section", "part", "topic", "item", "claim_kind",
    "form",
)  # fmt: skip
ALONE = ("section", *FURTHER)
FIRST_OF_SEVERAL = ("form", *FURTHER)


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
        """Take the labels, those of a kind in their order; of two for one name the first counts."""
        self._by_kind: dict[str, dict[str, Label]] = {}
        for row in rows:
            self._by_kind.setdefault(row.kind, {}).setdefault(row.key, row)

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
        worded = self._worded(kind, key)
        if worded is None:
            return key
        parts = (self.name(kind, part, language) for part in worded[1])
        return _filled(worded[0].name(language), parts)

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

    def place(self, scope_key: str, language: Language) -> str:
        """Where an identity was evaluated: its scope key, each word of which is a name.

        Examples:
            >>> labels = Labels([
            ...     Label("form", "income", "收入决算表", "income", "", ""),
            ...     Label("measure", "total", "合计", "total", "", ""),
            ...     Label("scope_key", "table … row …", "第…表第…行", "table … row …", "", ""),
            ... ])
            >>> labels.place("income 20503 total", Language.ZH)
            '收入决算表 · 20503 · 合计'
            >>> labels.place("table 3 row 5", Language.ZH)
            '第3表第5行'
        """
        worded = self._worded("scope_key", scope_key)
        if worded:
            parts = tuple(self.place(part, language) for part in worded[1])
            return _filled(worded[0].name(language), parts)
        words = scope_key.split()
        kinds = [FIRST_OF_SEVERAL if number == 0 else FURTHER for number in range(len(words))]
        kinds = [ALONE] if len(words) == 1 else kinds
        return " · ".join(
            self._word(word, known, language) for word, known in zip(words, kinds, strict=True)
        )

    def reason(self, reason: str, language: Language) -> str:
        """Why a check ended as it did: phrases, in which what is spoken of goes by its names.

        Examples:
            >>> labels = Labels([
            ...     Label("reason", "no … in …", "没有…（…）", "no … in …", "", ""),
            ...     Label("rows", "line:…", "…", "…", "", ""),
            ...     Label("line", "basic", "基本支出", "basic expenditure", "", ""),
            ...     Label("form", "income", "收入决算表", "income", "", ""),
            ...     Label("form", "budget_income", "收入预算表", "income budget", "", ""),
            ... ])
            >>> labels.reason("no line:basic in income or budget_income; 3 of 4", Language.ZH)
            '没有基本支出（收入决算表/收入预算表）; 3 of 4'
        """
        return "; ".join(self._phrase(phrase, language) for phrase in reason.split("; "))

    def _phrase(self, phrase: str, language: Language) -> str:
        label = self.of_kind("reason").get(phrase)
        if label is not None:
            return label.name(language)
        worded = self._worded("reason", phrase)
        if worded is None:
            first, *others = phrase.split(", ")
            if others:
                return ", ".join(self._phrase(each, language) for each in (first, *others))
            return self._alternatives(first, language)
        parts = (self._phrase(part, language) for part in worded[1])
        return _filled(worded[0].name(language), parts)

    def _alternatives(self, words: str, language: Language) -> str:
        """One thing that a phrase speaks of, or several of which any will do."""
        rows = self._worded("rows", words)
        if rows is not None:
            parts = (self._alternatives(part, language) for part in rows[1])
            return _filled(rows[0].name(language), parts)
        if words in self.of_kind("rows"):
            return self.name("rows", words, language)
        return "/".join(self._words(each, language) for each in ALTERNATIVE.split(words))

    def _words(self, words: str, language: Language) -> str:
        return " ".join(self._word(each, FIRST_OF_SEVERAL, language) for each in words.split(" "))

    def _word(self, word: str, kinds: Sequence[str], language: Language) -> str:
        """What one word is called by the first kind of names that has it."""
        kind = next((kind for kind in kinds if word in self.of_kind(kind)), None)
        if kind is not None:
            return self.name(kind, word, language)
        sort, _, base = word.partition("_")
        if sort in self.of_kind("claim_kind") and base in self.of_kind("thing"):
            return f"{self.name('claim_kind', sort, language)} · {self.subject(base, language)}"
        part, joint, topic = word.partition(SUBJECT_JOINT)
        if joint and part in self.of_kind("part"):
            return f"{self.name('part', part, language)} · {self.name('topic', topic, language)}"
        return self.subject(word, language) if joint else self._composed(word, language)

    def _composed(self, word: str, language: Language) -> str:
        """What a role and a sort of value are called that are joined: ``change_prior_final``."""
        sorts, roles = self.of_kind("claim_kind"), self.of_kind("role")
        for one, other in (word.partition("_")[::2], word.rpartition("_")[::2]):
            for first, then in ((sorts, roles), (roles, sorts)):
                if one in first and other in then:
                    return f"{first[one].name(language)} · {then[other].name(language)}"
        return word

    def _worded(self, kind: str, key: str) -> tuple[Label, tuple[str, ...]] | None:
        """The label of a name that holds the words of another in place of …, and these words."""
        for pattern, label in self._patterns.get(kind, ()):
            if found := pattern.fullmatch(key):
                return label, found.groups()
        return None

    @cached_property
    def _patterns(self) -> Mapping[str, list[tuple[re.Pattern[str], Label]]]:
        patterns: dict[str, list[tuple[re.Pattern[str], Label]]] = {}
        for kind, labels in self._by_kind.items():
            for key, label in labels.items():
                if ANY_WORDS in key:
                    pattern = re.compile("(.+)".join(map(re.escape, key.split(ANY_WORDS))))
                    patterns.setdefault(kind, []).append((pattern, label))
        return patterns


def _filled(name: str, words: Iterable[str]) -> str:
    """A name with words in place of each …."""
    for each in words:
        name = name.replace(ANY_WORDS, each, 1)
    return name


def read_labels(connection: duckdb.DuckDBPyConnection) -> Labels:
    """Read the label table of a warehouse, once; one without it names everything by itself."""
    if not has_relation(connection, "marts", "dim_labels"):
        return Labels()
    return Labels(select_all(connection, Label, LABELS))


def shipped_labels(dbt_project_dir: Path) -> Labels:
    """Put the label table together from the dbt project, as dbt does for the warehouse.

    For answers that need no warehouse, and none that is of this version.

    Raises:
        OSError: The project has none.
    """
    seeds = dbt_project_dir / "seeds"
    own = [
        Label(**{field: row[field] for field in Label.__dataclass_fields__})
        for row in _rows(seeds / "labels" / "labels.csv")
    ]
    borrowed = [
        replace(label, kind=pair["kind"])
        for pair in _rows(seeds / "labels" / "borrowed_labels.csv")
        for label in own
        if label.kind == pair["lender"]
    ]
    measures = [label for label in own if label.kind == "measure"]
    earlier = [
        _derived(label, f"prior_{label.key}", f"上年{label.zh}", f"{label.en}, last year")
        for label in measures
        if not label.key.startswith("prior_")
    ]
    openings = [
        _derived(label, f"opening_{label.key}", f"年初{label.zh}", f"{label.en}, as the year began")
        for label in measures
        if label.key.startswith("budget")
    ]
    places = [
        _derived(
            replace(topic, kind="place"),
            f"{part.key}{SUBJECT_JOINT}{topic.key}",
            f"{part.zh} · {topic.zh}",
            f"{part.en} · {topic.en}",
        )
        for part in own
        for topic in own
        if (part.kind, topic.kind) == ("part", "topic")
    ]
    identities = [
        Label(
            kind="identity",
            key=row["identity_id"],
            zh=row["meaning_zh"],
            en=row["meaning_en"],
            definition_zh=row["formula"],
            definition_en=row["formula"],
        )
        for row in _rows(seeds / "identities" / "identities.csv")
    ]
    return Labels([*own, *borrowed, *earlier, *openings, *places, *identities])


def _derived(label: Label, key: str, zh: str, en: str) -> Label:
    """A name made of a label's, which has no definition of its own."""
    return replace(label, key=key, zh=zh, en=en, definition_zh="", definition_en="")


def _rows(seed: Path) -> list[dict[str, str]]:
    with seed.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True, slots=True)
class Names:
    """The labels in the language of one answer."""

    labels: Labels
    language: Language

    def __call__(self, kind: str, key: str) -> str:
        """What a canonical name is called, see ``Labels.name``."""
        return self.labels.name(kind, key, self.language)

    def subject(self, subject: str) -> str:
        """What a statement of the prose is of, see ``Labels.subject``."""
        return self.labels.subject(subject, self.language)

    def place(self, scope_key: str) -> str:
        """Where an identity was evaluated, see ``Labels.place``."""
        return self.labels.place(scope_key, self.language)

    def reason(self, reason: str) -> str:
        """Why a check ended as it did, see ``Labels.reason``."""
        return self.labels.reason(reason, self.language)


BY_THEMSELVES = Names(Labels(), Language.EN)
_NAMES: ContextVar[Names] = ContextVar("names", default=BY_THEMSELVES)


def names() -> Names:
    """What canonical names are called in the answer being given; by themselves outside of one."""
    return _NAMES.get()


def named(kind: str, key: str) -> str:
    """What a canonical name is called in the answer being given."""
    return names()(kind, key)


@contextmanager
def naming(labels: Labels, language: Language) -> Iterator[None]:
    """Give an answer in a language, with the names of a label table."""
    token = _NAMES.set(Names(labels, language))
    try:
        yield
    finally:
        _NAMES.reset(token)

"""The form catalogue: what the standard forms are called and what their columns and lines mean.

Knows how the YAML files in ``data/`` are laid out. Does not look at any document.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from pipelines.domain.disclosure import DocumentKind
from pipelines.recognising.wording import fold_header, fold_label, squash

_VOCABULARY = "vocabulary.yaml"
_FORM_FILES = ("final_accounts.yaml", "budgets.yaml", "provincial.yaml")


class Layout(StrEnum):
    """How a form lays out its figures."""

    TWO_SIDED = "two_sided"  # income on the left, expenditure on the right, lines by name
    CODED = "coded"  # one row per functional code
    ECONOMIC_BLOCKS = "economic_blocks"  # economic codes, in one or more blocks side by side
    SINGLE_ROW = "single_row"  # one row of amounts, no row labels


class Role(StrEnum):
    """What a column that holds no measure is."""

    CODE = "code"
    NAME = "name"
    LINE_NUMBER = "line_number"
    UNIT = "unit"  # whose item the row is, where codes or names of items stand beside
    COUNT = "count"  # of vehicles, square metres: numbers that are no money


@dataclass(frozen=True, slots=True)
class HeaderPath:
    """One wording of a measure: the folded header cells that must stand above its column."""

    measure: str
    cells: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line of a form that identities refer to by name.

    Attributes:
        line: Canonical name.
        labels: Folded labels that name it.
        after: A line that must have come before it, '' for none. The same label is used twice
            on some forms: a fund's income, and further down its opening balance.
    """

    line: str
    labels: frozenset[str]
    after: str


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One side of a form, or the whole of a form that has no sides."""

    section: str
    paths: tuple[HeaderPath, ...]
    neutral: frozenset[str]
    lines: tuple[NamedLine, ...]
    unnamed_line: str


@dataclass(frozen=True, slots=True)
class ItemRows:
    """How a single-row form names its measures where it prints the items down the side.

    Attributes:
        columns: Folded header cells and the part of the measure they stand for, '' for none.
        items: Folded row labels and the part of the measure they stand for.
    """

    columns: Mapping[str, str]
    items: Mapping[str, str]

    def measure(self, column: str, label: str) -> str:
        """Put a measure together from its column's part and its row's label, '' where unknown."""
        item = self.items.get(fold_label(label), "")
        return f"{column}_{item}" if column and item else item


@dataclass(frozen=True, slots=True)
class FormSpec:
    """One standard form.

    Attributes:
        titles: Folded titles, the usual one first: of two printings, that under the more usual
            title is read.
        by_unit: The form that a table under this title is when its rows are units, '' for none.
        has_own_unit: Whether it is often printed in another unit than the rest of its document,
            and so inherits none.
    """

    form: str
    kind: DocumentKind
    layout: Layout
    titles: tuple[str, ...]
    sections: tuple[SectionSpec, ...]
    item_rows: ItemRows | None = None
    by_unit: str = ""
    has_own_unit: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that mean the same on every form."""

    roles: Mapping[str, Role]
    groups: frozenset[str]
    code_levels: frozenset[str]
    column_number_labels: frozenset[str]
    note_openings: tuple[str, ...]
    empty_statements: tuple[str, ...]
    empty_subjects: Mapping[str, tuple[str, ...]]
    title_openings: tuple[str, ...]
    unit_names: frozenset[str]
    unit_codes: frozenset[str]
    economic_names: frozenset[str]
    entity_labels: frozenset[str]
    counted_things: frozenset[str]
    counted_items: frozenset[str]


@dataclass(frozen=True)
class Catalogue:
    """The vocabulary and every form."""

    vocabulary: Vocabulary
    forms: tuple[FormSpec, ...]

    @cached_property
    def by_title(self) -> Mapping[str, tuple[FormSpec, ...]]:
        """The forms of each folded title: one, or one of the accounts and one of the budget."""
        found: dict[str, tuple[FormSpec, ...]] = {}
        for form in self.forms:
            for title in form.titles:
                found[title] = (*found.get(title, ()), form)
        return found


@cache
def load_catalogue() -> Catalogue:
    """Load the catalogue that ships with the package.

    Raises:
        ValueError: Two forms of one kind of document share a title, or a path names an alias that
            is not defined.
    """
    forms = tuple(_read_form(entry) for name in _FORM_FILES for entry in _load_yaml(name))
    _require_distinct_titles(forms)
    return Catalogue(vocabulary=_read_vocabulary(_load_yaml(_VOCABULARY)), forms=forms)


def _load_yaml(name: str) -> Any:  # noqa: ANN401 - YAML has no static shape
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


def _read_vocabulary(entry: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        roles={
            fold_header(word): Role(role)
            for role, words in entry["roles"].items()
            for word in words
        },
        groups=frozenset(map(fold_header, entry["groups"])),
        code_levels=frozenset(map(squash, entry["code_levels"])),
        column_number_labels=frozenset(map(squash, entry["column_number_labels"])),
        note_openings=tuple(entry["note_openings"]),
        empty_statements=tuple(entry["empty_statements"]),
        empty_subjects={word: tuple(forms) for word, forms in entry["empty_subjects"].items()},
        title_openings=tuple(entry["title_openings"]),
        unit_names=frozenset(map(fold_header, entry["unit_names"])),
        unit_codes=frozenset(map(fold_header, entry["unit_codes"])),
        economic_names=frozenset(map(fold_header, entry["economic_names"])),
        entity_labels=frozenset(map(squash, entry["entity_labels"])),
        counted_things=frozenset(map(squash, entry["counted_things"])),
        counted_items=frozenset(map(fold_label, entry["counted_items"])),
    )


def _read_form(entry: Mapping[str, Any]) -> FormSpec:
    aliases = {name: tuple(words) for name, words in entry.get("aliases", {}).items()}
    return FormSpec(
        form=entry["form"],
        kind=DocumentKind(entry["kind"]),
        layout=Layout(entry["layout"]),
        titles=tuple(dict.fromkeys(map(fold_header, _titles(entry)))),
        sections=tuple(
            _read_section(name, section, aliases) for name, section in entry["sections"].items()
        ),
        item_rows=_read_item_rows(entry["item_rows"]) if "item_rows" in entry else None,
        by_unit=entry.get("by_unit", ""),
        has_own_unit=entry.get("has_own_unit", False),
    )


def _titles(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield a form's titles, each ``{part}`` in turn by every word of that part."""
    parts: Mapping[str, Sequence[str]] = entry.get("title_parts", {})
    for title in entry["titles"]:
        names = re.findall(r"\{(\w+)\}", title)
        for words in product(*(parts[name] for name in names)):
            yield title.format(**dict(zip(names, words, strict=True)))


def _read_item_rows(entry: Mapping[str, Any]) -> ItemRows:
    return ItemRows(
        columns={
            fold_header(word): part for part, words in entry["columns"].items() for word in words
        },
        items={fold_label(word): part for part, words in entry["items"].items() for word in words},
    )


def _read_section(
    name: str, entry: Mapping[str, Any], aliases: Mapping[str, tuple[str, ...]]
) -> SectionSpec:
    return SectionSpec(
        section=name,
        paths=tuple(
            HeaderPath(measure, cells)
            for measure, paths in entry["measures"].items()
            for path in paths
            for cells in _expand_path(path, aliases)
        ),
        neutral=frozenset(map(fold_header, entry.get("neutral", ()))),
        lines=tuple(
            NamedLine(
                line=line["line"],
                labels=frozenset(map(fold_label, line["labels"])),
                after=line.get("after", ""),
            )
            for line in entry.get("lines", ())
        ),
        unnamed_line=entry.get("unnamed_line", ""),
    )


def _expand_path(path: str, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[frozenset[str]]:
    choices = [_alternatives(part, aliases) for part in path.split("/")]
    for combination in product(*choices):
        yield frozenset(map(fold_header, combination))


def _alternatives(part: str, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not part.startswith("$"):
        return (part,)
    if part[1:] not in aliases:
        raise ValueError(f"the catalogue uses the alias {part} without defining it")
    return aliases[part[1:]]


def _require_distinct_titles(forms: Iterable[FormSpec]) -> None:
    owners: dict[tuple[DocumentKind, str], str] = {}
    for form in forms:
        for title in form.titles:
            owner = owners.setdefault((form.kind, title), form.form)
            if owner != form.form:
                raise ValueError(f"{owner} and {form.form} share the title {title}")

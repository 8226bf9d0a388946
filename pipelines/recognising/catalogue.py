"""The form catalogue: what the standard forms are called and what their columns and lines mean.

Knows how the YAML files in ``data/`` are laid out. Does not look at any document.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import product
from typing import Any

from pipelines.domain.disclosure import DocumentKind
from pipelines.recognising.shipped_data import shipped_yaml
from pipelines.recognising.terms import NO_CONCEPTS, Concepts, Grammar
from pipelines.recognising.wording import fold_header, fold_label, squash

_TERMS = "terms.yaml"
_VOCABULARY = "vocabulary.yaml"
_FORM_FILES = ("final_accounts.yaml", "budgets.yaml")
_PERFORMANCE = "performance.yaml"
# What says nothing by itself: which kind of document it is, and that it is of its own year.
SAYS_NOTHING = frozenset({"final", "budget", "this_year", "adjusted"})
# What a group of columns says of the rows below, not of what the columns measure.
_OF_ROWS = frozenset({"by_function", "by_economic", "by_use", "item"})
_TOTALS = frozenset({"total", "grand_total"})
# What heads the columns of a list of indicators.
_OF_INDICATORS = frozenset(
    {"indicator", "target", "achieved", "comparator", "measuring_unit", "score", "weight"}
)
_EXPLANATION = re.compile(r"(?<=.)\([^()]*\)$")
# What a label ends in, brackets within brackets included.
_IN_BRACKETS = re.compile(r"\(([^()]+(?:\([^()]*\))?)\)$")
_CLASS_CODE = re.compile(r"[35]\d{2}(\d{2})?")
_KINDS = {"final": DocumentKind.FINAL_ACCOUNTS, "budget": DocumentKind.BUDGET}


class Layout(StrEnum):
    """How a form lays out its figures."""

    TWO_SIDED = "two_sided"  # income on the left, expenditure on the right, lines by name
    CODED = "coded"  # one row per functional code
    ECONOMIC_BLOCKS = "economic_blocks"  # economic codes, in one or more blocks side by side
    SINGLE_ROW = "single_row"  # one row of amounts, no row labels


@dataclass(frozen=True, slots=True)
class Wanted:
    """One way to say something: concepts that must be there, and others that may."""

    required: Concepts
    optional: Concepts

    def fits(self, found: Concepts, neutral: Concepts) -> bool:
        """Whether found concepts say this and nothing else that matters."""
        return self.required <= found and found - self.required - self.optional <= neutral

    def weight(self, found: Concepts) -> int:
        """How much of what was found this accounts for: more is more specific."""
        return len(found & (self.required | self.optional))


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line of a form that identities refer to by name.

    Attributes:
        line: Canonical name.
        labels: The ways to label it.
        after: A line that must have come before it, '' for none. The same label is used twice
            on some forms: a fund's income, and further down its opening balance.
        below: The ways to label it below other lines: a second total is of more than the first.
    """

    line: str
    labels: tuple[Wanted, ...]
    after: str
    below: tuple[tuple[str, tuple[Wanted, ...]], ...] = ()

    def waits_for(self, found: Concepts, neutral: Concepts, seen: Sequence[str]) -> bool:
        """Whether a label names it because of the lines that have come before."""
        ways = (*self.below, *([(self.after, self.labels)] if self.after else []))
        return any(
            other in seen and any(wanted.fits(found, neutral) for wanted in labels)
            for other, labels in ways
        )


@dataclass(frozen=True)
class SectionSpec:
    """One side of a form, or the whole of a form that has no sides.

    Attributes:
        section: Its name, '' of a form without sides.
        measures: What names a measure where it heads a column.
        down: What names a measure where its item stands down the side: the measure, the column's
            part and the row's.
        neutral: Concepts that columns may bear besides.
        lines: Named lines in their usual order.
        line_neutral: Concepts that labels may bear besides.
        has_function_classes: Whether its other lines are functional classes.
    """

    section: str
    measures: tuple[tuple[str, Wanted], ...]
    down: tuple[tuple[str, Wanted, Wanted], ...]
    neutral: Concepts
    lines: tuple[NamedLine, ...]
    line_neutral: Concepts
    has_function_classes: bool

    def measure(self, found: Concepts) -> str:
        """The one measure that a column's concepts name best, '' where none or several do."""
        return _best(
            (measure, wanted.weight(found))
            for measure, wanted in self.measures
            if wanted.fits(found, self.neutral)
        )

    def measure_down(self, column: Concepts, item: Concepts) -> str:
        """The one measure that a column and an item name together, '' for none."""
        return _best(
            (measure, of_column.weight(column) + of_item.weight(item))
            for measure, of_column, of_item in self.down
            if of_column.fits(column, self.neutral) and of_item.fits(item, self.neutral)
        )

    @cached_property
    def main_measures(self) -> tuple[str, ...]:
        """The measures of whole columns, in the order in which forms print them.

        A measure whose name goes on with an underscore after another's (``basic_personnel``) is a
        part of it.
        """
        names = tuple(dict.fromkeys(measure for measure, _ in self.measures))
        return tuple(
            name
            for name in names
            if not any(name != other and name.startswith(f"{other}_") for other in names)
        )


@dataclass(frozen=True)
class FormSpec:
    """One standard form.

    Attributes:
        titles: The concepts that its title is made of, its kind aside: the ways to title it.
        may_add: Concepts that its title may bear besides.
        family: What it tells of: ``income``, ``expenditure``, ``three_public``, …
        classification: ``functional`` or ``economic`` codes in its rows, '' for neither or both.
        basis: Whose money: ``all_funds``, ``appropriation``, or one fund; '' where it varies.
        topic: The topic of the narrative that speaks of it, '' for none.
        is_standard: Whether every department has to print it.
        by_unit: The form that a table under this title is when its rows are units, '' for none.
        by_economic: The one that it is when its rows are economic classes, '' for none.
        twin: The form that a second printing of it is which is of other money by its title, '' for
            none. It has no title of its own: printed alone, it is this one.
        has_own_unit: Whether it is often printed in another unit than the rest of its document,
            and so inherits none.
        plans_ahead: Whether its years follow the budgeted one, and none of them is an earlier one.
    """

    form: str
    kind: DocumentKind
    layout: Layout
    titles: tuple[Concepts, ...]
    may_add: Concepts
    sections: tuple[SectionSpec, ...]
    family: str
    classification: str = ""
    basis: str = ""
    topic: str = ""
    is_standard: bool = False
    by_unit: str = ""
    by_economic: str = ""
    twin: str = ""
    has_own_unit: bool = False
    plans_ahead: bool = False

    def title_weight(self, found: Concepts) -> tuple[int, int] | None:
        """How well a title's concepts fit, None where they do not.

        Returns:
            The concepts accounted for, and how few are added: the larger the better.
        """
        fitting = [
            (len(title), -len(found - title))
            for title in self.titles
            if title <= found and found - title <= self.may_add
        ]
        return max(fitting, default=None)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that mean the same on every form, beside the grammar of terms."""

    code_levels: frozenset[str]
    column_number_labels: frozenset[str]
    note_openings: tuple[str, ...]
    empty_statements: tuple[re.Pattern[str], ...]
    empty_subjects: Mapping[str, tuple[str, ...]]
    entity_labels: frozenset[str]
    counted_things: frozenset[str]
    counted_items: frozenset[str]
    function_classes: frozenset[str]
    project_labels: frozenset[str]
    project_funds: frozenset[str]
    comparators: Mapping[str, tuple[str, ...]]

    def counts_things(self, label: str) -> bool:
        """Whether a label says that it counts things, not money: …(辆), …(台,套)."""
        counted = _IN_BRACKETS.search(squash(label))
        things = list(filter(None, re.split(r"[、,/()]", counted[1]))) if counted else []
        is_thing = bool(things) and self.counted_things.issuperset(things)
        return is_thing or fold_label(label) in self.counted_items


@dataclass(frozen=True)
class Catalogue:
    """The grammar, the vocabulary and every form, and what tables of performance print."""

    grammar: Grammar
    vocabulary: Vocabulary
    forms: tuple[FormSpec, ...]
    performance: SectionSpec

    @cached_property
    def by_name(self) -> Mapping[str, FormSpec]:
        """The forms by their canonical names."""
        return {spec.form: spec for spec in self.forms}

    def forms_titled(self, found: Concepts) -> tuple[FormSpec, ...]:
        """The forms that a title's concepts name: one, or one of each kind of document."""
        kinds = {kind for word, kind in _KINDS.items() if word in found}
        bare = found - SAYS_NOTHING
        weights = {
            spec.form: weight
            for spec in self.forms
            if (not kinds or spec.kind in kinds) and (weight := spec.title_weight(bare)) is not None
        }
        best: dict[DocumentKind, tuple[int, int]] = {}
        for name, weight in weights.items():
            kind = self.by_name[name].kind
            best[kind] = max(best.get(kind, weight), weight)
        titled = [
            self.by_name[name]
            for name, weight in weights.items()
            if weight == best[self.by_name[name].kind]
        ]
        # Two forms of one kind that a title fits alike: it names neither.
        return tuple(titled) if len({spec.kind for spec in titled}) == len(titled) else ()

    def header_concepts(self, cells: Iterable[str]) -> Concepts | None:
        """The concepts of the header cells above a column, None where one is not understood.

        Where a header's lines are cells of their own, a word is broken over several of them. A code
        over the name of its class says nothing more: 301 over 工资福利支出.
        """
        words = [self.without_explanation(word) for cell in cells if (word := fold_header(cell))]
        words = [word for word in words if not _CLASS_CODE.fullmatch(word)] or words
        for count in range(1, len(words) + 1):
            reading = [*words[: len(words) - count], "".join(words[len(words) - count :])]
            found = [self.grammar.concepts(word) for word in reading]
            if None not in found:
                return NO_CONCEPTS.union(*(concepts for concepts in found if concepts))
        return None if words else NO_CONCEPTS

    def without_explanation(self, word: str) -> str:
        """A folded header without the brackets that only explain it: 指标值(包含数字及文字描述).

        Only what heads a list of indicators is explained so; brackets over money say which money.
        """
        bare = _EXPLANATION.sub("", word)
        if bare == word or self.grammar.concepts(word) is not None:
            return word
        concepts = self.grammar.concepts(bare)
        return bare if concepts and concepts <= _OF_INDICATORS else word

    def label_concepts(self, labels: Iterable[str]) -> Concepts | None:
        """The concepts of a row's labels of all levels, None where one is not understood."""
        found = [self.grammar.concepts(word) for label in labels if (word := fold_label(label))]
        if None in found:
            return None
        return NO_CONCEPTS.union(*(concepts for concepts in found if concepts))

    def names_total(self, label: str) -> bool:
        """Whether a label says that its row is a total, and nothing else."""
        concepts = self.label_concepts([label])
        return bool(concepts) and concepts is not None and concepts <= _TOTALS


@cache
def load_catalogue() -> Catalogue:
    """Load the catalogue that ships with the package.

    Raises:
        ValueError: A form names a concept that no term stands for, or two forms of one kind of
            document share a title.
    """
    grammar = _read_grammar(_load_yaml(_TERMS))
    forms = tuple(_read_form(entry) for name in _FORM_FILES for entry in _load_yaml(name))
    performance = _read_section("", _load_yaml(_PERFORMANCE))
    _require_known_concepts(forms, grammar)
    _require_terms(_PERFORMANCE, (), (performance,), _known_concepts(grammar))
    _require_distinct_titles(forms)
    return Catalogue(grammar, _read_vocabulary(_load_yaml(_VOCABULARY)), forms, performance)


def _load_yaml(name: str) -> Any:  # noqa: ANN401 - YAML has no static shape
    return shipped_yaml(__package__, name)


def _read_grammar(entry: Mapping[str, Any]) -> Grammar:
    terms: dict[str, Concepts] = {}
    for word in entry["modifiers"]:
        terms.update((squash(term), NO_CONCEPTS) for term in _alternatives(word))
    for concept, words in entry["concepts"].items():
        for term in (squash(term) for word in words for term in _alternatives(word)):
            terms[term] = terms.get(term, NO_CONCEPTS) | {concept}
    terms.pop("", None)
    return Grammar(terms)


def _alternatives(word: str) -> Iterator[str]:
    """Yield a term for each choice of its ``{a|b}``."""
    pieces = re.split(r"\{([^{}]*)\}", word)
    choices = [piece.split("|") if odd % 2 else [piece] for odd, piece in enumerate(pieces)]
    for chosen in product(*choices):
        yield "".join(chosen)


def _read_vocabulary(entry: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        code_levels=frozenset(map(squash, entry["code_levels"])),
        column_number_labels=frozenset(map(squash, entry["column_number_labels"])),
        note_openings=tuple(entry["note_openings"]),
        empty_statements=tuple(map(re.compile, entry["empty_statements"])),
        empty_subjects={word: tuple(forms) for word, forms in entry["empty_subjects"].items()},
        entity_labels=frozenset(map(squash, entry["entity_labels"])),
        counted_things=frozenset(map(squash, entry["counted_things"])),
        counted_items=frozenset(map(fold_label, entry["counted_items"])),
        function_classes=frozenset(map(squash, entry["function_classes"])),
        project_labels=frozenset(map(squash, entry["project_labels"])),
        project_funds=frozenset(map(squash, entry["project_funds"])),
        comparators={sign: tuple(map(squash, ways)) for sign, ways in entry["comparators"].items()},
    )


def _read_form(entry: Mapping[str, Any]) -> FormSpec:
    return FormSpec(
        form=entry["form"],
        kind=DocumentKind(entry["kind"]),
        layout=Layout(entry["layout"]),
        titles=tuple(frozenset(title.split()) for title in entry["titles"]),
        may_add=frozenset(entry.get("may_add", ())),
        sections=tuple(_read_section(name, part) for name, part in entry["sections"].items()),
        family=entry["family"],
        classification=entry.get("classification", ""),
        basis=entry.get("basis", ""),
        topic=entry.get("topic", ""),
        is_standard=entry.get("is_standard", False),
        by_unit=entry.get("by_unit", ""),
        by_economic=entry.get("by_economic", ""),
        twin=entry.get("twin", ""),
        has_own_unit=entry.get("has_own_unit", False),
        plans_ahead=entry.get("plans_ahead", False),
    )


def _read_section(name: str, entry: Mapping[str, Any]) -> SectionSpec:
    measures, down = _read_measures(entry)
    return SectionSpec(
        section=name,
        measures=measures,
        down=down,
        neutral=frozenset(entry.get("neutral", ())) | SAYS_NOTHING | _OF_ROWS,
        lines=tuple(
            NamedLine(
                line["line"],
                _wanted(line["labels"]),
                line.get("after", ""),
                tuple((name, _wanted(ways)) for name, ways in line.get("below", {}).items()),
            )
            for line in entry.get("lines", ())
        ),
        line_neutral=frozenset(entry.get("line_neutral", ())) | SAYS_NOTHING,
        has_function_classes=entry.get("function_classes", False),
    )


def _read_measures(
    entry: Mapping[str, Any],
) -> tuple[tuple[tuple[str, Wanted], ...], tuple[tuple[str, Wanted, Wanted], ...]]:
    """Read what names measures as columns, and what names them with items down the side."""
    if "crossed" not in entry:
        named = _named(entry["measures"])
        bare = Wanted(NO_CONCEPTS, NO_CONCEPTS)
        items = (*named, *_named(entry.get("items", {})))
        return named, tuple((measure, bare, wanted) for measure, wanted in items)
    crossed = entry["crossed"]
    items = _named(crossed["items"])
    across = tuple(
        (_crossed(column, item), Wanted(of.required | to.required, of.optional | to.optional))
        for (column, of), (item, to) in product(_named(crossed["columns"]), items)
    )
    columns = (*_named(crossed["columns"]), *_named(crossed.get("down", {})))
    down = tuple(
        (_crossed(column, item), of, to) for (column, of), (item, to) in product(columns, items)
    )
    return across, down


def _crossed(column: str, item: str) -> str:
    return f"{column}_{item}" if column else item


def _named(entry: Mapping[str, Iterable[str]]) -> tuple[tuple[str, Wanted], ...]:
    return tuple((name, wanted) for name, ways in entry.items() for wanted in _wanted(ways))


def _wanted(ways: Iterable[str]) -> tuple[Wanted, ...]:
    """Read ways to say something: ``basic (total)`` is basic, perhaps with total."""
    return tuple(
        Wanted(
            required=frozenset(word for word in way.split() if word[0] != "("),
            optional=frozenset(word.strip("()") for word in way.split() if word[0] == "("),
        )
        for way in ways
    )


def _best(weighed: Iterable[tuple[str, int]]) -> str:
    """The name of the greatest weight, '' where there is none or two names share it."""
    best = 0
    names: set[str] = set()
    for name, weight in weighed:
        if weight > best:
            best, names = weight, set()
        if weight == best:
            names.add(name)
    return names.pop() if len(names) == 1 and best else ""


def _require_known_concepts(forms: Iterable[FormSpec], grammar: Grammar) -> None:
    known = _known_concepts(grammar)
    for spec in forms:
        _require_terms(spec.form, (spec.may_add, *spec.titles), spec.sections, known)


def _known_concepts(grammar: Grammar) -> Concepts:
    return NO_CONCEPTS.union(*grammar.terms.values())


def _require_terms(
    owner: str, titles: Iterable[Concepts], sections: Iterable[SectionSpec], known: Concepts
) -> None:
    used = NO_CONCEPTS.union(*titles)
    for part in sections:
        ways = [wanted for _, wanted in part.measures]
        ways += [wanted for line in part.lines for wanted in line.labels]
        ways += [wanted for line in part.lines for _, below in line.below for wanted in below]
        ways += [wanted for _, *both in part.down for wanted in both]
        used |= NO_CONCEPTS.union(
            part.neutral, part.line_neutral, *(way.required | way.optional for way in ways)
        )
    if unknown := used - known:
        raise ValueError(f"{owner} names concepts without a term: {sorted(unknown)}")


def _require_distinct_titles(forms: Iterable[FormSpec]) -> None:
    owners: dict[tuple[DocumentKind, Concepts], str] = {}
    for spec in forms:
        for title in spec.titles:
            owner = owners.setdefault((spec.kind, title), spec.form)
            if owner != spec.form:
                raise ValueError(f"{owner} and {spec.form} share the title {sorted(title)}")

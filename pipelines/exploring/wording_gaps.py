"""Titles, headers and labels whose words gave no name, or of which structure or proof had to.

Knows what staging says of them, and which of their words the grammar of terms does not cover. Does
not name anything, and does not know how any of it is shown.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import duckdb

from pipelines.exploring.marts import select_rows
from pipelines.recognising.captions import bare_title
from pipelines.recognising.catalogue import Layout, SectionSpec, load_catalogue
from pipelines.recognising.terms import NO_CONCEPTS, Concepts
from pipelines.recognising.wording import fold_header, fold_label
from pipelines.warehouse.schema import refuse_outdated

# A further printing of a form has a title that is understood: no word is missing there.
TITLES = """
    select
        'title' as kind,
        replace(forms.title, documents.department_name, '') as printed,
        forms.form,
        '' as section,
        '' as measure,
        forms.resolved_by,
        forms.document_id,
        documents.file_name,
        forms.page,
        1 as occurrences
    from staging.forms as forms
    inner join staging.documents as documents on forms.document_id = documents.document_id
    semi join staging.figures as figures
        on
            forms.document_id = figures.document_id
            and forms.table_index = figures.table_index
            -- A list of performance indicators needs no form: its columns are known.
            and (forms.resolved_by <> '' or figures.measure = '')
    where
        forms.resolved_by in ('', 'structure', 'proof')
        and forms.reprint_of = ''
    order by documents.file_name, forms.document_id, forms.table_index
"""
# Of a table with its items down the side the rows name the measures: there no column lacks one.
HEADERS = """
    with

    open_columns as (
        select document_id, table_index, form, section, column_index, header_path, measure,
            resolved_by
        from staging.form_columns
        where header_path <> '' and (measure = '' or resolved_by in ('structure', 'proof'))
    ),

    printing as (
        select
            document_id, table_index, column_index,
            min(page) as page,
            count(*) filter (where measure <> '') as named_count
        from staging.figures
        semi join open_columns using (document_id, table_index, column_index)
        group by document_id, table_index, column_index
    )

    select
        'header' as kind,
        columns.header_path as printed,
        columns.form,
        columns.section,
        columns.measure,
        columns.resolved_by,
        columns.document_id,
        any_value(documents.file_name) as file_name,
        min(printing.page) as page,
        count(*) as occurrences
    from open_columns as columns
    inner join printing using (document_id, table_index, column_index)
    inner join staging.documents as documents using (document_id)
    where columns.measure <> '' or printing.named_count = 0
    group by all
    order by file_name, columns.document_id, page, min(columns.column_index), printed
"""
LABELS = """
    with

    nameless as (
        select document_id, table_index, block, row_index, form, section, row_label, page
        from staging.form_rows
        where form <> '' and line = '' and row_code = '' and row_label <> ''
    ),

    measured as (
        select distinct document_id, table_index, block, row_index
        from staging.figures
        semi join nameless using (document_id, table_index, block, row_index)
        where measure <> ''
    )

    select
        'label' as kind,
        nameless.row_label as printed,
        nameless.form,
        nameless.section,
        '' as measure,
        '' as resolved_by,
        nameless.document_id,
        any_value(documents.file_name) as file_name,
        min(nameless.page) as page,
        count(*) as occurrences
    from nameless
    semi join measured using (document_id, table_index, block, row_index)
    inner join staging.documents as documents using (document_id)
    group by all
    order by file_name, nameless.document_id, page, min(nameless.row_index), printed
"""
PATH_SEPARATOR = "/"
UNKNOWN_CONCEPT = "?"
# Numbers under these are no amounts and have no measure by design.
_NO_MONEY = frozenset({"count", "ratio"})
_TOTALS = frozenset({"total", "grand_total"})
_WORDINGS_SHOWN = 3
_YAML_HEAD = """\
# Words that no term covers, most frequent first. Add them to the lists of their concepts in
# pipelines/recognising/data/terms.yaml. A line that is no comment says what its word must stand
# for to mean what arithmetic or structure told; for the others choose a concept.
concepts:"""


class GapKind(StrEnum):
    """Where a wording stands."""

    TITLE = "title"
    HEADER = "header"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class WordingGap:
    """A wording that did not name what it stands over, with all places where it does not.

    Attributes:
        kind: Title, header or label.
        wording: As the catalogue folds it, '' where a table prints no title.
        resolved_by: What named it instead: ``structure``, ``proof``, or '' where nothing did.
        form: The form it was resolved to, or stands in; '' for none.
        measure: The measure it was resolved to, '' for none.
        occurrences: Tables, columns or rows that print it.
        document_count: Documents that do.
        file_name: One of them.
        page: Its page there, None where the format has none.
        uncovered: Its words that no term covers; none where all of it is understood, and it means
            nothing there.
        concept: What its only uncovered word must stand for to mean what was proven, '' where
            that is not certain.
    """

    kind: GapKind
    wording: str
    resolved_by: str
    form: str
    measure: str
    occurrences: int
    document_count: int
    file_name: str
    page: int | None
    uncovered: tuple[str, ...]
    concept: str

    @property
    def is_named(self) -> bool:
        """Whether something else told what it stands over."""
        return self.resolved_by != ""

    @property
    def term_line(self) -> str:
        """The line that the catalogue lacks, '' where no word is missing."""
        if not self.uncovered:
            return ""
        return f"{self.concept or UNKNOWN_CONCEPT}: {_flow(self.uncovered)}"


@dataclass(slots=True)
class _Found:
    """A wording while its places are gathered."""

    section: str
    file_name: str
    page: int | None
    occurrences: int = 0
    documents: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Cover:
    """What the grammar makes of a wording: the concepts of what it covers, and the rest."""

    concepts: Concepts
    uncovered: tuple[str, ...]


def list_wording_gaps(connection: duckdb.DuckDBPyConnection) -> list[WordingGap]:
    """Every wording that did not name what it stands over, the most frequent first.

    Args:
        connection: A warehouse, with marts or without.

    Raises:
        WarehouseOutdatedError: Its staging tables are another version's.
    """
    refuse_outdated(connection)
    found: dict[tuple[GapKind, str, str, str, str], _Found] = {}
    for query in (TITLES, HEADERS, LABELS):
        for row in select_rows(connection, query):
            for wording in _wordings(row):
                key = (
                    GapKind(row["kind"]), wording, row["resolved_by"], row["form"], row["measure"]
                )  # fmt: skip
                place = found.setdefault(key, _Found(row["section"], row["file_name"], row["page"]))
                place.occurrences += row["occurrences"]
                place.documents.add(row["document_id"])
    gaps = [_gap(key, place) for key, place in found.items()]
    return sorted(gaps, key=lambda gap: (list(GapKind).index(gap.kind), -gap.occurrences))


def _gap(key: tuple[GapKind, str, str, str, str], found: _Found) -> WordingGap:
    kind, wording, resolved_by, form, measure = key
    cover = _cover(wording)
    return WordingGap(
        kind=kind,
        wording=wording,
        resolved_by=resolved_by,
        form=form,
        measure=measure,
        occurrences=found.occurrences,
        document_count=len(found.documents),
        file_name=found.file_name,
        page=found.page,
        uncovered=cover.uncovered,
        concept=_concept(kind, form, found.section, measure, cover) if resolved_by else "",
    )


def as_yaml(gaps: Sequence[WordingGap]) -> str:
    """The uncovered words as terms for the catalogue; those of no certain concept as comments."""
    by_word: defaultdict[tuple[str, str], list[WordingGap]] = defaultdict(list)
    for gap in gaps:
        for word in gap.uncovered:
            by_word[gap.concept, word].append(gap)
    certain = {word for concept, word in by_word if concept}
    frequent = sorted(by_word.items(), key=lambda item: -sum(gap.occurrences for gap in item[1]))
    by_concept: defaultdict[str, list[str]] = defaultdict(list)
    open_lines = []
    for (concept, word), where in frequent:
        if concept:
            by_concept[concept].append(word)
        elif word not in certain:
            open_lines.append(f"  # {UNKNOWN_CONCEPT}: {_flow([word])}  # {_said_of(where)}")
    lines = [f"  {concept}: {_flow(words)}" for concept, words in by_concept.items()]
    return "\n".join([_YAML_HEAD, *lines, *open_lines, ""])


def _said_of(gaps: Sequence[WordingGap]) -> str:
    """Where a word stands, the first few wordings."""
    shown = [f"{gap.kind} {gap.wording} ×{gap.occurrences}" for gap in gaps[:_WORDINGS_SHOWN]]
    more = ["…"] if len(gaps) > _WORDINGS_SHOWN else []
    return ", ".join([*shown, *more])


def _flow(words: Iterable[str]) -> str:
    """Words as a YAML list in one line."""
    quoted = (word if word.isalpha() else json.dumps(word, ensure_ascii=False) for word in words)
    return f"[{', '.join(quoted)}]"


def _wordings(row: dict[str, Any]) -> Iterator[str]:
    """Yield what of a title, header or label is a gap, folded."""
    printed, form = row["printed"], row["form"]
    if row["kind"] == GapKind.TITLE:
        yield fold_header(bare_title(printed))
    elif row["kind"] == GapKind.HEADER:
        cells = [word for cell in printed.split(PATH_SEPARATOR) if (word := fold_header(cell))]
        if row["measure"] or _is_open(cells, form):
            yield PATH_SEPARATOR.join(cells)
    elif _may_be_a_line(fold_label(printed), form, row["section"]):
        yield fold_label(printed)


def _is_open(cells: Sequence[str], form: str) -> bool:
    """Tell whether a header without a measure lacks a word, or its form such a measure.

    What is understood and stands in a table without a form lacks the form, not a word.
    """
    concepts = load_catalogue().header_concepts(cells)
    if concepts is None:
        return True
    return bool(form and concepts and not concepts & _NO_MONEY)


def _may_be_a_line(label: str, form: str, section: str) -> bool:
    """Tell whether a row could be one of the lines that its form names.

    Rows of codes have names of their own, all but the totals.
    """
    spec = load_catalogue().by_name.get(form)
    part = _section(form, section)
    if spec is None or part is None or not part.lines or not label:
        return False
    return spec.layout is Layout.TWO_SIDED or bool(_cover(label).concepts & _TOTALS)


def _section(form: str, section: str) -> SectionSpec | None:
    spec = load_catalogue().by_name.get(form)
    parts = spec.sections if spec else ()
    return next((part for part in parts if part.section == section), None)


@lru_cache(maxsize=4096)
def _cover(text: str) -> _Cover:
    """Cover as much of a wording as terms can, and tell what is left."""
    terms = load_catalogue().grammar.terms
    pieces = _pieces(text)
    left = _left_over(pieces)
    words, concepts, word = [], NO_CONCEPTS, ""
    for at, piece in enumerate((*pieces, "")):
        word, ended = (word + piece, "") if at in left else ("", word)
        words += [ended] if any(map(str.isalpha, ended)) else []
        concepts |= NO_CONCEPTS if at in left else terms.get(piece, NO_CONCEPTS)
    return _Cover(concepts, tuple(dict.fromkeys(words)))


def _left_over(pieces: Sequence[str]) -> set[int]:
    """Tell which pieces of a wording are no terms, or may as well be a part of such a piece.

    That is a term of one character beside it (类 of 经常类), and modifiers between two of them.
    """
    terms = load_catalogue().grammar.terms
    left = {at for at, piece in enumerate(pieces) if not _is_known(piece)}
    for step, order in ((-1, range(len(pieces))), (1, reversed(range(len(pieces))))):
        for at in order:
            if at + step in left and len(pieces[at]) == 1 and pieces[at] in terms:
                left.add(at)
    for begin, end in pairwise(sorted(left)):
        between = range(begin + 1, end)
        if all(pieces[at] in terms and not terms[pieces[at]] for at in between):
            left.update(between)
    return left


def _pieces(text: str) -> list[str]:
    """Cut a text into terms, joints and single characters that are neither, as few of these."""
    # best[end]: characters left over, pieces, where the last piece begins.
    best = [(0, 0, 0)]
    for end in range(1, len(text) + 1):
        best.append(
            min(
                (
                    best[begin][0] + (0 if known else 1),
                    best[begin][1] + 1,
                    begin,
                )
                for begin in range(max(0, end - _longest_term()), end)
                if (known := _is_known(text[begin:end])) or begin == end - 1
            )
        )
    pieces, end = [], len(text)
    while end:
        begin = best[end][2]
        pieces.append(text[begin:end])
        end = begin
    return pieces[::-1]


def _is_known(piece: str) -> bool:
    """Tell whether a piece is a term or a mark that joins terms."""
    grammar = load_catalogue().grammar
    return piece in grammar.terms or (len(piece) == 1 and grammar.concepts(piece) is not None)


@cache
def _longest_term() -> int:
    return max(map(len, load_catalogue().grammar.terms))


def _concept(kind: GapKind, form: str, section: str, measure: str, cover: _Cover) -> str:
    """The concept that makes an uncovered word mean what was told, '' for none or several."""

    def is_told(concepts: Concepts) -> bool:
        if kind is GapKind.TITLE:
            return [spec.form for spec in load_catalogue().forms_titled(concepts)] == [form]
        part = _section(form, section)
        return part is not None and part.measure(concepts) == measure

    # Where the other words tell it all, this one may mean anything.
    if len(cover.uncovered) != 1 or is_told(cover.concepts):
        return ""
    known = NO_CONCEPTS.union(*load_catalogue().grammar.terms.values())
    fitting = [concept for concept in sorted(known) if is_told(cover.concepts | {concept})]
    if measure in fitting:
        return measure
    return fitting[0] if len(fitting) == 1 else ""

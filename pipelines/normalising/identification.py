"""Whose document it is, of which year and kind: taken from its own text.

Knows how headings and titles print years, kinds and scopes. The file's name is somebody else's
word: it is asked for the year and the kind that the text does not say, and the evidence says so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import TypeVar

from pipelines.domain.disclosure import DocumentKind, FormPrinting, Identification, Scope
from pipelines.domain.document import Paragraph
from pipelines.normalising.body_names import (
    LEVEL,
    PUBLICATION,
    YEAR,
    YEAR_NAME_KIND,
    Naming,
    count_blank_names,
    find_name,
    is_heading,
    with_lone_years,
)
from pipelines.normalising.organs import from_its_place
from pipelines.normalising.regions import Divisions, locate
from pipelines.normalising.templates import has_placeholder, is_filled_in
from pipelines.recognising.wording import squash

_Value = TypeVar("_Value")

_WORDS = {DocumentKind.FINAL_ACCOUNTS: "决算", DocumentKind.BUDGET: "预算"}
_YEAR_KIND = re.compile(rf"{YEAR}年?(度)?(财政|政府)?{PUBLICATION}")
_ENDS_IN_YEAR = re.compile(r"20\d{2}年(度)?$")
_LEVEL_ALONE = re.compile(rf"^{LEVEL}(部门|单位|预算单位|财政|政府)?(决算|预算)")
_ENDS_IN_PUBLICATION = re.compile(r"(决算|预算)(公开|报告|报表|情况|说明|书|表)*$")
_LONE_YEAR = re.compile(r"\(?20\d{2}年(度)?\)?")
# Words that hold 预算 and say nothing of what a document is: funds, roles, duties.
_OTHER_BUDGETS = re.compile(
    r"(一般公共|政府性基金|国有资本经营|社会保险基金|公共财政)预算|(年初|调整|全年)预算数?"
    r"|预算(单位|绩效|管理|主管|执行|编码|科目|批复|数)|预决算|(部门|政府)预算(支出)?经济"
)
_SCOPE = re.compile(rf"20\d{{2}}年?(度)?{LEVEL}(部门|单位|预算单位)(财务|收支|决算|预算|收入|支出)")
# What evidence begins with that no text states.
_IN_FILE_NAME = "file name: "
# The first paragraphs hold cover, contents and the overview's heading.
_OPENING_PARAGRAPHS = 60


def identify(
    printings: Sequence[FormPrinting],
    paragraphs: Sequence[Paragraph],
    divisions: Divisions,
    figure_count: int,
    file_name: str = "",
) -> Identification:
    """Identify a document.

    The body named most often on covers, headings and forms wins; year and kind likewise. The
    kind is that of the forms that were recognised, and failing these that of the headings. A blank
    template is nobody's.

    Args:
        printings: The printed tables, with a form or without.
        paragraphs: The paragraphs outside the tables.
        divisions: The reference list of divisions.
        figure_count: How many figures other than zero the tables print.
        file_name: The file's own name, '' for none: a workbook's sheets often say no year.
    """
    lines = [squash(paragraph.text) for paragraph in paragraphs]
    texts = with_lone_years(lines)
    titles = [squash(printing.title) for printing in printings]
    kind, kind_words = _kind(printings, texts)
    naming = find_name(printings, texts)
    beside = [printing.year for printing in printings if printing.year]
    year, year_words = _year(titles, beside, lines, kind)
    stem = squash(PurePath(file_name).stem)
    if kind is None and (kind := _kind_in_words(stem)):
        kind_words = _IN_FILE_NAME + stem
    named = dict(_years_of_title(stem, _wanted(kind)))
    if year is None and len(named) == 1:
        year, year_words = next((year, _IN_FILE_NAME + words) for year, words in named.items())
    scope, scope_words = _scope(titles, texts)
    is_template = _is_nameless(naming, printings, texts) and not is_filled_in(texts, figure_count)
    name = naming.name if naming and not is_template else ""
    return Identification(
        department_name=name,
        region_code=locate(from_its_place(name), "".join(texts), divisions),
        fiscal_year=year,
        kind=kind,
        scope=scope,
        is_template=is_template,
        evidence={
            "department_name": naming.words if naming else "",
            "fiscal_year": year_words,
            "kind": kind_words,
            "scope": scope_words,
        },
    )


def _is_nameless(
    naming: Naming | None, printings: Sequence[FormPrinting], texts: Sequence[str]
) -> bool:
    """Whether the publisher's name is still to be filled in, more often than one is printed."""
    if naming is not None and has_placeholder(naming.name):
        return True
    return count_blank_names(printings, texts) > (naming.weight if naming else 0)


def _kind(
    printings: Sequence[FormPrinting], texts: Sequence[str]
) -> tuple[DocumentKind | None, str]:
    forms = [
        (_kind_of_form(printing.form), printing.title) for printing in printings if printing.form
    ]
    if forms:
        return _most_often(forms)
    titles = (squash(printing.title) for printing in printings)
    headings = [*titles, *(text for text in texts if is_heading(text))]
    publications = [line for line in headings if _YEAR_KIND.search(line)]
    for lines in (publications, headings, texts):
        found = [(kind, line) for line in lines if (kind := _kind_in_words(line)) is not None]
        if found:
            return _most_often(found)
    return None, ""


def _most_often(found: Sequence[tuple[_Value, str]]) -> tuple[_Value, str]:
    """Take the value that is printed most often, the first of equals, and its first words."""
    value = Counter(value for value, _ in found).most_common(1)[0][0]
    return value, next(words for other, words in found if other == value)


def _kind_of_form(form: str) -> DocumentKind:
    return DocumentKind.BUDGET if form.startswith("budget_") else DocumentKind.FINAL_ACCOUNTS


def _kind_in_words(line: str) -> DocumentKind | None:
    """Tell what one line speaks of; final accounts speak of the budget too, hardly the reverse."""
    words = _OTHER_BUDGETS.sub("", line)
    for kind, word in _WORDS.items():
        if word in words:
            return kind
    return None


def _year(
    titles: Sequence[str], beside: Sequence[int], lines: Sequence[str], kind: DocumentKind | None
) -> tuple[int | None, str]:
    """Take the year from headings and titles, and only failing these from sentences.

    Sentences compare with other years; headings do not.

    Args:
        titles: The tables' titles.
        beside: The years that stand by themselves beside titles.
        lines: The paragraphs, as the covers break them.
        kind: The kind whose year is wanted, None where either will do.
    """
    wanted = _wanted(kind)
    headings = [line for line in with_lone_years(lines) if is_heading(line)]
    named = (
        *(found for line in headings for found in _years_in(line, wanted)),
        *_years_over_two_lines(lines, wanted),
        *(found for title in titles for found in _years_of_title(title, wanted)),
    )
    headed = (
        found
        for line in headings
        if _ENDS_IN_PUBLICATION.search(line)
        for found in _years_of_title(line, wanted)
    )
    stated = (found for line in lines for found in _years_in(line, wanted))
    alone = ((year, f"{year}年") for year in beside)
    for years in (named, tuple(headed), tuple(alone), tuple(stated)):
        if years:
            return _most_often(years)
    return None, ""


def _wanted(kind: DocumentKind | None) -> set[str]:
    """The words of the kind whose year is wanted, both where either will do."""
    return set(_WORDS.values()) if kind is None else {_WORDS[kind]}


def _years_in(text: str, wanted: set[str]) -> Iterator[tuple[int, str]]:
    for match in _YEAR_KIND.finditer(text):
        if match["kind"] in wanted:
            yield int(match["year"]), match.group()
    named = YEAR_NAME_KIND.match(text)
    if named and named["kind"] in wanted:
        yield int(named["year"]), text
    titled = re.match(r"(20\d{2})年(部门|单位|预算单位|本级)", text)
    if titled:
        yield int(titled[1]), text


def _years_over_two_lines(lines: Sequence[str], wanted: set[str]) -> Iterator[tuple[int, str]]:
    """Read covers that break between year and publication, with more than the year on the line."""
    for above, below in pairwise(lines[:_OPENING_PARAGRAPHS]):
        is_alone = _LONE_YEAR.fullmatch(above) is not None
        if not is_alone and _ENDS_IN_YEAR.search(above) and _LEVEL_ALONE.match(below):
            yield from _years_in(above + below, wanted)
        publication = _ENDS_IN_PUBLICATION.search(above)
        if publication and publication[1] in wanted and _LONE_YEAR.fullmatch(below):
            yield int(re.sub(r"\D", "", below)), above + below


def _years_of_title(title: str, wanted: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the years that a table's title gives to it; two different years give none."""
    found = [*_years_in(title, wanted)]
    years = set(re.findall(r"(20\d{2})年", title))
    others = {word for word in _WORDS.values() if word in _OTHER_BUDGETS.sub("", title)} - wanted
    if not found and len(years) == 1 and not others:
        found = [(int(years.pop()), title)]
    yield from found


def _scope(titles: Sequence[str], texts: Sequence[str]) -> tuple[Scope, str]:
    """Tell a unit's own document (单位决算, 预算单位) from a department's."""
    found = [
        (Scope.DEPARTMENT if match[2] == "部门" else Scope.UNIT, match.group())
        for text in (*texts[:_OPENING_PARAGRAPHS], *titles)
        for match in _SCOPE.finditer(text)
    ]
    return _most_often(found) if found else (Scope.DEPARTMENT, "")

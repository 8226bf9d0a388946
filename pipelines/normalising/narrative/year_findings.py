"""Years that cannot be right: a heading, a date or a period of another year than the document's.

Knows where a disclosure names its own year and no other: its headings and the titles of its forms,
the day its assets were counted, what a year is compared with, the period of a project that it pays
for. Does not know any document's year by itself, and judges none that does not name its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.domain.disclosure import (
    DocumentKind,
    FormPrinting,
    NarrativeParagraph,
    Part,
    TextFinding,
)
from pipelines.normalising.narrative.lexicon import fold, load_data

KIND = "wrong_year"
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年)")
_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
_HEADED = frozenset({Part.FRONT, Part.OVERVIEW, Part.TABLES, Part.NARRATIVE})


@dataclass(frozen=True, slots=True)
class YearRules:
    """What ``wrong_year`` of data/findings.yaml says, compiled.

    Attributes:
        title: What a heading or title of each kind of document is like, with its year.
        not_a_title: What such a heading may be about instead, of each kind.
        counted_on: A day on which things are counted, with its year.
        counted: What is counted on it.
        compared: A year that something is compared with.
        told: The beginning of a paragraph that tells of a year, of each kind.
        looks_back: What such a paragraph says where it does tell of it.
        this_year: Words for the document's own year.
        period: The period of a project, with the years it begins and ends in.
        period_heading: The heading above a paragraph that is a period and nothing else.
    """

    title: Mapping[str, re.Pattern[str]]
    not_a_title: Mapping[str, re.Pattern[str]]
    counted_on: re.Pattern[str]
    counted: re.Pattern[str]
    compared: Mapping[str, re.Pattern[str]]
    told: Mapping[str, re.Pattern[str]]
    looks_back: re.Pattern[str]
    this_year: re.Pattern[str]
    period: re.Pattern[str]
    period_heading: re.Pattern[str]


@cache
def load_year_rules() -> YearRules:
    """Load the rules that ship with the package."""
    entry = load_data("findings")[KIND]

    def by_kind(name: str) -> dict[str, re.Pattern[str]]:
        return {kind: re.compile(pattern) for kind, pattern in entry[name].items()}

    return YearRules(
        title=by_kind("title"),
        not_a_title=by_kind("not_a_title"),
        compared=by_kind("compared"),
        told=by_kind("told"),
        **{
            name: re.compile(entry[name])
            for name in (
                *("counted_on", "counted", "looks_back", "this_year"),
                *("period", "period_heading"),
            )
        },
    )


def find_wrong_years(
    paragraphs: Sequence[NarrativeParagraph],
    forms: Iterable[FormPrinting],
    kind: DocumentKind | None,
    year: int | None,
) -> tuple[TextFinding, ...]:
    """Find years that are not the document's where only its own can stand.

    Args:
        paragraphs: The narrative, with its outline.
        forms: The forms, with their titles.
        kind: What the document is; nothing is found where nobody knows.
        year: Its fiscal year; nothing is found where nobody knows.

    Returns:
        The findings in reading order, those of titles of forms last. None at all where no heading
        or title names the document's year: then it is the year that may be wrong.
    """
    if kind is None or year is None:
        return ()
    rules = load_year_rules()
    titles = tuple(forms)
    headed = [_title_year(each.text, rules, kind) for each in paragraphs if _is_headed(each)]
    headed += [_title_year(each.title, rules, kind) for each in titles]
    named = [each for each in headed if each is not None]
    if 2 * named.count(year) <= len(named):
        return ()
    return (
        *(each for p in paragraphs for each in _in_paragraph(p, rules, kind, year)),
        *(each for form in titles for each in _in_title(form, rules, kind, year)),
    )


def _is_headed(paragraph: NarrativeParagraph) -> bool:
    return paragraph.part in _HEADED and (paragraph.is_heading or paragraph.part is Part.FRONT)


def _title_year(text: str, rules: YearRules, kind: DocumentKind) -> int | None:
    """The one year of a heading or title that tells of the whole document, None where none."""
    folded = fold(text).text
    years = set(_YEAR.findall(folded))
    match = rules.title[kind].search(folded)
    if len(years) != 1 or match is None or rules.not_a_title[kind].search(folded):
        return None
    return int(match["year"])


def _in_title(
    form: FormPrinting, rules: YearRules, kind: DocumentKind, year: int
) -> Iterator[TextFinding]:
    titled = _title_year(form.title, rules, kind)
    if titled is not None and titled != year:
        yield TextFinding(
            kind=KIND,
            rule="title_of_a_form",
            printed=str(titled),
            expected=str(year),
            sentence=form.title,
            paragraph_index=-1,
            place=form.place,
        )


def _in_paragraph(
    paragraph: NarrativeParagraph, rules: YearRules, kind: DocumentKind, year: int
) -> Iterator[TextFinding]:
    if _is_headed(paragraph):
        titled = _title_year(paragraph.text, rules, kind)
        if titled is not None and titled != year:
            yield _finding(paragraph, "heading", str(titled), str(year), paragraph.text)
        return
    if paragraph.part not in {Part.NARRATIVE, Part.APPENDIX}:
        return
    text = fold(paragraph.text).text
    found = [
        *_counted_on(text, paragraph, rules, kind, year),
        *_compared(text, paragraph, rules, kind, year),
        *_period(text, paragraph, rules, kind, year),
    ]
    yield from found or _told(text, paragraph, rules, kind, year)


def _finding(
    paragraph: NarrativeParagraph, rule: str, printed: str, expected: str, sentence: str
) -> TextFinding:
    return TextFinding(
        kind=KIND,
        rule=rule,
        printed=printed,
        expected=expected,
        sentence=sentence.strip(),
        paragraph_index=paragraph.index,
        place=paragraph.place,
    )


def _counted_on(
    text: str, paragraph: NarrativeParagraph, rules: YearRules, kind: DocumentKind, year: int
) -> Iterator[TextFinding]:
    """Assets are counted at the end of the year of accounts, and before that of a budget ends."""
    dates = [(each, int(each["year"])) for each in rules.counted_on.finditer(text)]
    if len({counted for _, counted in dates}) != 1:
        return
    for sentence in _SENTENCE.finditer(text):
        for date, counted in dates:
            is_wrong = counted != year if kind is DocumentKind.FINAL_ACCOUNTS else counted > year
            is_here = sentence.start() <= date.start() < sentence.end()
            if is_wrong and is_here and rules.counted.search(sentence[0]):
                yield _finding(paragraph, "counted_on", date[0], str(year), sentence[0])


def _compared(
    text: str, paragraph: NarrativeParagraph, rules: YearRules, kind: DocumentKind, year: int
) -> Iterator[TextFinding]:
    """No year is compared with itself."""
    for sentence in _SENTENCE.finditer(text):
        # 2022年较2023年减少 looks the other way.
        if {int(each) for each in _YEAR.findall(sentence[0])} != {year}:
            continue
        for match in rules.compared[kind].finditer(sentence[0]):
            yield _finding(paragraph, "compared", match[0], str(year - 1), sentence[0])


def _period(
    text: str, paragraph: NarrativeParagraph, rules: YearRules, kind: DocumentKind, year: int
) -> Iterator[TextFinding]:
    """A budget pays for no project that was over before its year, or begins after it.

    Accounts may: only a period that is all of the year before was left there by mistake.
    """
    heading = fold(paragraph.section_path[-1] if paragraph.section_path else "").text
    for match in rules.period.finditer(text):
        is_all = match[0] == text.rstrip("。;") and rules.period_heading.search(heading)
        if not match["named"] and not is_all:
            continue
        begin, end = int(match["begin"]), int(match["end"] or match["begin"])
        if kind is DocumentKind.BUDGET:
            is_wrong = begin <= end < year or year < begin <= end
        else:
            is_wrong = begin == end == year - 1
        if is_wrong:
            yield _finding(paragraph, "period", match[0], str(year), text)


def _told(
    text: str, paragraph: NarrativeParagraph, rules: YearRules, kind: DocumentKind, year: int
) -> Iterator[TextFinding]:
    """A paragraph that tells of one year as of this one, and compares it with the year before."""
    match = rules.told[kind].match(text)
    is_about_this_year = str(year) in text or rules.this_year.search(text)
    is_under_its_year = match is not None and any(
        match["year"] in heading for heading in paragraph.section_path
    )
    if (
        match is not None
        and paragraph.part is Part.NARRATIVE
        and int(match["year"]) < year
        and not is_about_this_year
        and not is_under_its_year
        and rules.looks_back.search(text)
    ):
        yield _finding(paragraph, "told", match["year"], str(year), text)

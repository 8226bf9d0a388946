"""The lines around a table: title, number, department, unit, notes, statements of emptiness.

Knows how titles are put together and the vocabulary of those lines. Does not look into the
table's grid.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.place import Place
from pipelines.recognising.catalogue import Catalogue, FormSpec
from pipelines.recognising.wording import squash

# A form's number with the word that says it is one: 公开03表, 预算05-1表, 部门公开表3.
_WORDED_NUMBER = (
    r"(?:(?:公开|财决|附|财决公开|预决算公开|(?:部门|单位)?(?:预算|决算)(?:公开)?)\d{1,2}(?:-\d{1,2})?表"
    r"|公开[一二三四五六七八九十]{1,3}表"
    r"|(?:部门预算|单位预算|部门|单位|预算)?公开表(?:\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3}(?!般)))"
)
_BARE_NUMBER = (
    r"(?:\d{1,2}(?:-\d{1,2})?表|表[一二三四五六七八九十]{1,3}(?!般)|表\d{1,2}(?:-\d{1,2})?)"
)
_TABLE_NUMBER = re.compile(rf"\(?{_WORDED_NUMBER}\)?|\({_BARE_NUMBER}\)|{_BARE_NUMBER}")
_NUMBER_BESIDE = re.compile(rf"{_WORDED_NUMBER}|^\(?{_BARE_NUMBER}|{_BARE_NUMBER}\)?$")
_PUBLISHED_NUMBER = re.compile(r"公开\d{2}表")
# 一 may number a table or begin 一般公共预算…: it is no number before 般.
_LEADING_NUMBER = re.compile(
    r"^(附件(\d{1,2}(-\d{1,2})?|[一二三四五六七八九十]{1,2})?(?!般)[:.、]?"
    r"|(?:GK|[A-Z])\d{2}"
    r"|附?表(\d{1,2}?(-\d{1,2})?(?=20\d{2}年|[^-\d]|$)|[一二三四五六七八九十]{1,3}(?!般))[:.、]?"
    r"|\(?(\d{1,3}|[一二三四五六七八九十]{1,3})[)、.:])"
)
# 编制单位：元谋县农业农村局 names a body in a county and states no unit.
_UNIT = re.compile(
    r"(?:金额)?单位[:]?\(?(?:人民币)?(亿元|万元|千元|元(?![^:()\d]{1,10}[县区镇乡道]))\)?"
)
# The unit in brackets behind a title, or alone on its line.
_BARE_UNIT = re.compile(r"(?:^|表)\((亿元|万元|千元|元)\)$|^(亿元|万元|千元|元)$")
_SENTENCE = re.compile(r"[^。！；\n]+[。！；]?")
# What may stand before a form's name in its title: year, level of the body, and the body's name.
_TITLE_PREFIX = re.compile(
    r"((19|20)\d{2}年(度)?)?(部门|单位|预算单位|本级|部门本级|本部门|本单位|(部门|单位)?(综合)?预算)?"
)
_TITLE_PREFIX_MAX = 40
# Terms that a title may be cut in are no longer.
_TERM_MAX = 8
_TITLE_MAX = 80
# What ends a title: not every wording of a form's subject is one.
_TITLE_ENDING = re.compile(r"表(\(.*\))?$|明细(表)?$|表[-—]+按?[^-—]{2,20}$")
# What follows a year that stands by itself on a line with unit or department.
_YEAR_BESIDE = re.compile(r"(20\d{2})年(?:度)?(?=$|(?:金额)?单位:|公开\d{2}表)")
YEARS = re.compile(r"(19|20)\d{2}年(度)?")
_ONLY_YEAR = re.compile(r"\(?(19|20)\d{2}年度?\)?")
# What a line about the unit begins with: 单位：平方米.
_UNIT_LINE = re.compile(r"(金额|计量)?单位:")
_UNIT_OF_THINGS = re.compile(r"单位:\(?([^:()\d]{1,4})\)?$")
_ENTITY_PREFIX_ENDINGS = tuple(
    "局部委办厅院会处中心所站社团馆校园队区署室司府关级行厂院场库台组协联学位门镇乡道狱"
)
# A title is broken over at most so many lines.
_TITLE_LINES = 3
_FUNDS = frozenset(
    {
        "appropriation",
        "general_public_budget",
        "government_fund",
        "state_capital",
        "special_account",
        "social_insurance",
    }
)
# A line that ends so is a heading, and no title that goes on below: …“三公”经费支出决算情况说明.
_WHOLE_ENDINGS = ("表", "算", "分", "算情况", "说明", "公开", "报告")
_PAGE_NUMBER = re.compile(r"[-—–第]*\d{1,4}[-—–页]*(/\d+)?")
_SENTENCE_END = re.compile(r"[。;]")
# A line between title and table names a department, a unit or a date; it is never longer.
_CAPTION_LINE_MAX = 60
_HEADING_OR_SENTENCE = re.compile(
    r"^第[一二三四五六七八九十]+部分|^[一二三四五六七八九十]+、|^\([一二三四五六七八九十]+\)|[。;]"
)
_TITLE_SUFFIX = re.compile(
    r"(\((本级|汇总|单位|部门|续|续表|\d+|(19|20)\d{2}年(度)?"
    r"|分科目|按科目列示|按(部门预算)?(支出)?(功能|经济)(科目)?分类(科目)?(列示)?|总体"
    r"|(金额)?(单位:)?(人民币)?(亿元|万元|千元|元))\))+$"
)


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """One line of text near a form."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Captions:
    """What the lines above a table say.

    Attributes:
        forms: The forms that the title names: none, one, or one of each kind of document.
        title: The title without the table's number, '' where no line can be one.
        is_titled: Whether the title is a form's title by its words, known or not, rather than
            merely the line above.
        year: The year that stands by itself beside unit or department, None where none does.
        counts_things: Whether the unit is one of things and not of money: 单位：人.
    """

    forms: tuple[FormSpec, ...]
    title: str
    is_titled: bool
    number_text: str
    unit: PrintedUnit | None
    entity_text: str
    place: Place | None
    year: int | None = None
    counts_things: bool = False


# Where a caption begins: a title that reaches the page's edge is printed on one line with it.
_CAPTION_BEGINS = re.compile(
    r"(?<=.)(?=(?<![制报开算额/])(?:编制|填报|公开|预算|金额)?(?:部门/单位|单位/部门|部门|单位)\s*[:：])"
    # … and where a unit ends that stands above a title.
    r"|(?<=单位[:：]元)(?=.)(?![^:：()（）\d]{1,10}[县区镇乡道])|(?<=单位[:：][万千亿]元)(?=.)"
)
_CAPTION_PARAGRAPH_MAX = 120


def caption_lines(text: str, place: Place) -> list[CaptionLine]:
    """Take a paragraph near a form apart into title, department and unit."""
    if len(text) > _CAPTION_PARAGRAPH_MAX:
        return [CaptionLine(text, place)]
    return [CaptionLine(part, place) for part in _CAPTION_BEGINS.split(text)]


def titled_forms(text: str, catalogue: Catalogue) -> tuple[FormSpec, ...]:
    """Find the forms that a line is the title of: none, one, or one of each kind of document.

    The longest understood title that ends the line counts, and what stands before it must be a
    year, a level or the name of a body: …支出决算表 ends many titles. A title with a word that is
    not understood names no form.
    """
    if "表" not in text and "细" not in text:
        return ()  # as most cells do, and folding takes time
    folded = bare_title(text)
    if len(folded) > _TITLE_MAX or not _TITLE_ENDING.search(folded):
        return ()
    for begin in range(len(folded)):
        concepts = catalogue.grammar.concepts(YEARS.sub("", folded[begin:]))
        if concepts and (begin == 0 or _is_title_prefix(folded[:begin])):
            titled = catalogue.forms_titled(concepts)
            if titled and not _is_inside_term(folded, begin, catalogue):
                return titled
    return ()


def _is_inside_term(folded: str, begin: int, catalogue: Catalogue) -> bool:
    """Tell whether a place is inside a term: 机关运行经费 is about no 机关's 运行经费."""
    terms = catalogue.grammar.terms
    return any(
        folded[first:end] in terms
        for first in range(max(0, begin - _TERM_MAX), begin)
        for end in range(begin + 1, min(len(folded), begin + _TERM_MAX) + 1)
    )


def caption_parts(text: str, catalogue: Catalogue) -> list[str]:
    """Take a cell of several lines apart where one of them is a form's title.

    Sheets print title, number, department and unit in one cell; elsewhere a cell's lines are one
    broken line.
    """
    lines = [line.strip() for line in text.splitlines() if squash(line)]
    is_title = len(lines) > 1 and any(
        titled_forms(line, catalogue) or looks_like_form_title(line) for line in lines
    )
    return lines if is_title else [text]


def bare_title(text: str) -> str:
    """Fold a title without its table's number, its unit and the mark that it goes on."""
    return _TITLE_SUFFIX.sub("", _strip_number(squash(text)))


def title_as_printed(text: str) -> str:
    """A title without its table's number, printed as it is: 公开03表：支出决算表 is 支出决算表."""
    wanted = _strip_number(squash(text))
    printed = text.strip()
    if squash(printed) == wanted or not wanted:
        return printed
    begin = max(
        (n for n in range(len(printed)) if squash(printed[n:]).startswith(wanted)), default=0
    )
    end = min(
        (n for n in range(begin + 1, len(printed) + 1) if squash(printed[begin:n]) == wanted),
        default=len(printed),
    )
    return printed[begin:end].strip()


def _strip_number(text: str) -> str:
    without = _LEADING_NUMBER.sub("", text)
    match = _TABLE_NUMBER.search(without)
    if match and (match.start() == 0 or match.end() == len(without)):
        without = without[: match.start()] + without[match.end() :]
    return without.lstrip(":.、-")


def _is_title_prefix(prefix: str) -> bool:
    if _TITLE_PREFIX.fullmatch(prefix):
        return True
    name = re.sub(r"(19|20)\d{2}年?(度)?(部门|单位)?$", "", prefix)
    name = re.sub(r"(部门|单位|本级|\((本级|汇总)\))$", "", name) or name
    return len(name) <= _TITLE_PREFIX_MAX and name.endswith(_ENTITY_PREFIX_ENDINGS)


_FORM_TITLE = re.compile(
    r"[^。;,:]{0,30}(决算|预算|收入|支出|收支|经费|资产|采购|明细|情况|绩效|计划)[^。;,:]{0,10}表(\(.{1,12}\))?"
)


def looks_like_form_title(text: str) -> bool:
    """Tell whether a line claims to be the title of some standard form, known or not."""
    return "表" in text and _FORM_TITLE.fullmatch(_strip_number(squash(text))) is not None


def read_captions(lines: Sequence[CaptionLine], catalogue: Catalogue) -> Captions:
    """Read the lines above a table.

    The last title counts, since a contents list may come first; number, unit and department are
    taken from the title's line onwards, or from all lines where no title is found. Where no line
    is a title by its words, the nearest line that is no other caption is taken for one.
    """
    position, forms, title = _last_title(lines, catalogue)
    is_titled = bool(title)
    if not title:
        position, title, is_titled = _nearest_title(lines, catalogue)
    relevant = lines[position:]
    return Captions(
        forms=forms,
        title=title,
        is_titled=is_titled,
        number_text=_first(_number_in(line.text) for line in relevant)
        or _number_above(lines[:position], catalogue),
        unit=_first_unit(line.text for line in relevant)
        or _unit_above(lines[:position], catalogue),
        entity_text=_first(entity_in(line.text, catalogue) for line in relevant),
        place=lines[position].place if title else None,
        year=next(filter(None, (year_in(line.text, catalogue) for line in relevant)), None),
        counts_things=any(_unit_of_things(line.text, catalogue) for line in relevant),
    )


def _last_title(
    lines: Sequence[CaptionLine], catalogue: Catalogue
) -> tuple[int, tuple[FormSpec, ...], str]:
    """Find the last title that names forms: its line, its forms, its text without its number."""
    for position in range(len(lines) - 1, -1, -1):
        if position + 1 < len(lines) and not _may_follow_title(lines[position + 1].text):
            break
        for first in range(position, max(position - _TITLE_LINES, -1), -1):
            text = "".join(line.text.strip() for line in lines[first : position + 1])
            forms = titled_forms(text, catalogue)
            if not forms:
                continue
            if titled_forms(lines[first].text, catalogue) == forms:
                text = lines[first].text.strip()  # 表一 below a title is not its end
            found = _extend_upwards(lines, first, text, forms, catalogue)
            return (0, (), "") if _begins_above(lines[: found[0]], catalogue) else found
    return 0, (), ""


def _nearest_title(lines: Sequence[CaptionLine], catalogue: Catalogue) -> tuple[int, str, bool]:
    """Find the line that is most likely the title of a table of no known form.

    Returns:
        Its position, its text without the table's number ('' where there is none), and whether it
        is a title by its words.
    """
    for position in range(len(lines) - 1, -1, -1):
        text = lines[position].text
        folded = squash(text)
        if not folded or _PAGE_NUMBER.fullmatch(folded) or is_only_caption(folded, catalogue):
            continue
        if len(folded) > _CAPTION_LINE_MAX or _SENTENCE_END.search(folded):
            return 0, "", False
        if _ONLY_YEAR.fullmatch(folded) or _UNIT_LINE.match(folded):
            continue
        return position, title_as_printed(text), looks_like_form_title(text)
    return 0, "", False


def _unit_of_things(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a line states a unit in which things are counted."""
    match = _UNIT_OF_THINGS.search(squash(text))
    return match is not None and match[1] in catalogue.vocabulary.counted_things


def _begins_above(lines: Sequence[CaptionLine], catalogue: Catalogue) -> bool:
    """Tell whether a line above a title is its beginning: then it is one that nobody knows."""
    for line in reversed(lines[-_TITLE_LINES + 1 :]):
        above = squash(line.text)
        if above.endswith(_WHOLE_ENDINGS) or not _may_follow_title(above):
            return False
        if _is_beside_title(above, catalogue):
            return False
        if _names_fund(above, catalogue):
            return True
    return False


def _names_fund(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a line begins with some money's name: the beginning of a title about it."""
    return any(
        (begin == 0 or _is_title_prefix(text[:begin]))
        and _begins_with_fund(text[begin:], catalogue)
        for begin in range(len(text))
    )


def _begins_with_fund(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a text begins with a term for some money."""
    terms = catalogue.grammar.terms
    pieces = (terms.get(text[:end]) for end in range(1, len(text) + 1))
    return any(found and found & _FUNDS for found in pieces)


def _may_follow_title(text: str) -> bool:
    """Tell whether a line may stand between a form's title and its table.

    Headings and sentences may not: then the title was one of a contents list.
    """
    folded = squash(text)
    return len(folded) <= _CAPTION_LINE_MAX and not _HEADING_OR_SENTENCE.search(folded)


def _extend_upwards(
    lines: Sequence[CaptionLine],
    position: int,
    text: str,
    forms: tuple[FormSpec, ...],
    catalogue: Catalogue,
) -> tuple[int, tuple[FormSpec, ...], str]:
    """Follow a title broken over lines up to its beginning: with it, it names another form."""
    for first in range(position - 1, max(position - _TITLE_LINES, -1), -1):
        if titled_forms(lines[first].text, catalogue):
            break
        longer_text = "".join(line.text.strip() for line in lines[first:position]) + text
        longer = titled_forms(longer_text, catalogue)
        if longer and set(longer) < set(forms):
            forms = longer  # 2024年部门预算 above a title says its kind, and is no part of it
        elif longer and longer != forms:
            return _extend_upwards(lines, first, longer_text, longer, catalogue)
    return position, forms, title_as_printed(text)


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _number_in(text: str) -> str:
    match = _NUMBER_BESIDE.search(squash(text))
    return match.group().lstrip("(").rstrip(")") if match else ""


def _first_unit(texts: Iterable[str]) -> PrintedUnit | None:
    return next((unit for text in texts if (unit := unit_in(text)) is not None), None)


def unit_in(text: str) -> PrintedUnit | None:
    """Find the unit that a line states (单位：万元), None where it states none."""
    folded = squash(text)
    match = _UNIT.search(folded) or _BARE_UNIT.search(folded)
    return PrintedUnit(next(filter(None, match.groups()))) if match else None


def _unit_above(lines: Sequence[CaptionLine], catalogue: Catalogue) -> PrintedUnit | None:
    """Find the unit that the captions right above a title state: some print the title last.

    Captions that stand below another title are that form's.
    """
    unit: PrintedUnit | None = None
    for line in reversed(lines):
        if not _is_beside_title(squash(line.text), catalogue):
            return None if titled_forms(line.text, catalogue) else unit
        unit = unit or unit_in(line.text)
    return unit


def _number_above(lines: Sequence[CaptionLine], catalogue: Catalogue) -> str:
    """Find the number that the captions right above a title print: 部门公开表3.

    Below another title it is that form's, as a unit is.
    """
    number = ""
    for line in reversed(lines):
        if not _is_beside_title(squash(line.text), catalogue):
            return "" if titled_forms(line.text, catalogue) else number
        number = number or _number_in(line.text)
    return number


def year_in(text: str, catalogue: Catalogue) -> int | None:
    """Find the year that a line beside a title is of (2023年度 单位：元), None where of none."""
    folded = squash(text)
    match = _YEAR_BESIDE.search(folded)
    if match is None or not (match.group() == folded or _is_beside_title(folded, catalogue)):
        return None
    return int(match[1])


# Whose colon a picture has lost.
_BODY = re.compile(r".{1,}[省市县区州旗].*([局委厅室会院处所站校馆]|中心)")


def entity_in(text: str, catalogue: Catalogue) -> str:
    """Find the body that a line names (部门：…), '' where it names none."""
    return _entity_after_label(squash(text), catalogue) or ""


def _entity_after_label(folded: str, catalogue: Catalogue) -> str | None:
    """What a folded line names behind a label of bodies, None where it begins with none.

    Where the colon is lost it must be the name of a body of some division.
    """
    for label in sorted(catalogue.vocabulary.entity_labels, key=len, reverse=True):
        if not folded.startswith(label):
            continue
        behind = folded[len(label) :]
        rest = re.split(r"公开\d{2}表|(?:金额)?单位[:]|\d{4}年", behind.removeprefix(":"))[0]
        name = _TABLE_NUMBER.sub("", rest).strip()
        if behind.startswith(":") or _BODY.fullmatch(name):
            return name
    return None


def is_only_caption(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a line holds a form's number, unit or department and nothing else."""
    rest = _TABLE_NUMBER.sub("", _BARE_UNIT.sub("", _UNIT.sub("", squash(text))))
    return not rest or _entity_after_label(rest, catalogue) is not None


def is_form_number(text: str) -> bool:
    """Tell whether a line is a form's number and nothing else: 部门公开表3."""
    return _TABLE_NUMBER.fullmatch(squash(text)) is not None


def is_caption_row(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a table row's joined text is a caption rather than part of the grid.

    The title of a form that is in no catalogue entry is one too, and a unit that is no money.
    """
    folded = squash(text)
    if titled_forms(folded, catalogue) or looks_like_form_title(folded):
        return True
    return _is_beside_title(folded, catalogue)


def _is_beside_title(folded: str, catalogue: Catalogue) -> bool:
    """Tell whether a folded line numbers a form or names its unit or department."""
    if _PUBLISHED_NUMBER.search(folded) or is_form_number(folded):
        return True
    if unit_in(folded) or _UNIT_LINE.match(folded):
        return True
    return _entity_after_label(folded, catalogue) is not None


def is_note(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a line is a note below a form (注, 说明) or declares it empty."""
    folded = squash(text)
    opens = any(
        re.match(rf"{opening}\d?[:.、]", folded) for opening in catalogue.vocabulary.note_openings
    )
    return opens or declares_empty(folded, catalogue)


# What can be nothing but a whole amount, and that no sentence states: no unit stands behind it.
_LOOSE_AMOUNT = re.compile(
    r"(?<![\d.,])-?(?:\d[\d,]*\.\d{2}|\d{1,3}(?:,\d{3})+)(?![\d.,%]|\s*[亿万千百]?元)"
)
_PROSE = re.compile(r"[,;。](?!\d)")


def is_prose(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a line, a note behind it aside, is of sentences."""
    return _PROSE.search(_before_note(text, catalogue)) is not None


def loose_amounts(text: str, catalogue: Catalogue) -> list[str]:
    """Find the amounts of a line that is no prose, without those of a note behind it."""
    before = _before_note(text, catalogue)
    return [] if _PROSE.search(before) else _LOOSE_AMOUNT.findall(before)


def _before_note(text: str, catalogue: Catalogue) -> str:
    openings = "|".join(catalogue.vocabulary.note_openings)
    return re.split(rf"(?:{openings})\d?:", unicodedata.normalize("NFKC", text))[0]


def declares_empty(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a sentence declares a form empty (本表无数据)."""
    folded = squash(text)
    return any(pattern.search(folded) for pattern in catalogue.vocabulary.empty_statements)


def empty_statement(notes: str, catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    """Find the sentence that declares a form empty, and the forms whose subject it names.

    Returns:
        The sentence and the forms, both empty where nothing is declared.
    """
    for sentence in _SENTENCE.findall(notes):
        if declares_empty(sentence, catalogue):
            folded = squash(sentence)
            named = tuple(
                form
                for subject, forms in catalogue.vocabulary.empty_subjects.items()
                if subject in folded
                for form in forms
            )
            return sentence.strip(), named
    return "", ()

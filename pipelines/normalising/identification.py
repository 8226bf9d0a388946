"""Whose document it is, of which year and kind: taken from its own text.

Knows how covers, headings and form captions name a body. Never looks at the file's name, which
is somebody else's word.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipelines.domain.disclosure import DocumentKind, Identification, Scope
from pipelines.domain.document import Paragraph
from pipelines.normalising.regions import Divisions, locate
from pipelines.recognising.forms import RecognisedForm
from pipelines.recognising.wording import squash

_YEAR = r"(?P<year>20\d{2})"
_PUBLICATION = r"(?P<scope>部门|单位|预算单位)?(?P<kind>决算|预算)"
# 某局2023年度部门决算 — a cover, a running head or a heading.
_NAME_YEAR_KIND = re.compile(rf"^(?P<name>\D{{2,40}}?)(部门|单位)?{_YEAR}年?(度)?{_PUBLICATION}")
_YEAR_NAME_KIND = re.compile(
    rf"^{_YEAR}年?(度)?(?P<name>\D{{4,40}}?){_PUBLICATION}(公开|说明|情况|编制|报告|$)"
)
_LONE_YEAR = re.compile(r"20\d{2}年(度)?")
_YEAR_KIND = re.compile(rf"{_YEAR}年?(度)?(财政)?{_PUBLICATION}")
# 第一部分 某局概况
_OVERVIEW = re.compile(
    r"^(第[一二三四五六七八九十]部分)?(?P<name>[^,。;:]{2,40}?)(部门|单位)?(基本)?概况$"
)
# An organ's name ends in one of these; 部门 or 单位 alone name nobody.
_BODY = re.compile(
    r".+(局|委员会|委|办公室|办|厅|院|会|中心|站|社|团|馆|校|园|队|署|司|府|所|处|部|库|台|场|行|厂"
    r"|学|组|联合会|公司|法庭|支队|总队|党校|开发区|管理区|街道|镇|乡|区|县|市)(\(本级\)|本级|机关)?$"
)
_NOBODY = re.compile(
    r"(本部门|本单位|我单位|我部门|我局|部门|单位|本级|预算单位|情况|说明|第.部分.*)"
)
# What stands before a name and is no part of it: 附件1：某局…, 关于某局…的说明.
_NO_NAME = re.compile(r"^(附件\d?[:.]?|关于)+")
# A line that may be the beginning of a name.
_PLACE = re.compile(r"\D{1,20}[省市县区州盟旗镇乡]")
# The first paragraphs hold cover, contents and the overview's heading.
_OPENING_PARAGRAPHS = 60
_HEADING_MAX = 40


@dataclass(frozen=True, slots=True)
class _Naming:
    name: str
    words: str
    weight: int


def identify(
    forms: Sequence[RecognisedForm], paragraphs: Sequence[Paragraph], divisions: Divisions
) -> Identification:
    """Identify a document.

    The body named most often on covers, headings and forms wins; year and kind likewise. The
    kind is that of the forms themselves.

    Args:
        forms: The recognised forms.
        paragraphs: The paragraphs outside the forms.
        divisions: The reference list of divisions.
    """
    texts = _with_lone_years(squash(paragraph.text) for paragraph in paragraphs)
    kind = _kind(forms)
    naming = _department(forms, texts)
    year, year_words = _year(forms, texts, kind)
    scope, scope_words = _scope(forms, texts)
    name = naming.name if naming else ""
    return Identification(
        department_name=name,
        region_code=locate(name, "".join(texts), divisions) if name else "",
        fiscal_year=year,
        kind=kind,
        scope=scope,
        evidence={
            "department_name": naming.words if naming else "",
            "fiscal_year": year_words,
            "kind": forms[0].captions.title if forms else "",
            "scope": scope_words,
        },
    )


def _with_lone_years(texts: Iterable[str]) -> list[str]:
    """Join a line that is a year and nothing else to the line below it: covers break there."""
    joined: list[str] = []
    for text in texts:
        if joined and _LONE_YEAR.fullmatch(joined[-1]):
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _kind(forms: Sequence[RecognisedForm]) -> DocumentKind | None:
    counts = Counter(form.spec.kind for form in forms)
    return counts.most_common(1)[0][0] if counts else None


def _department(forms: Sequence[RecognisedForm], texts: Sequence[str]) -> _Naming | None:
    weights: Counter[str] = Counter()
    words: dict[str, str] = {}
    for naming in (*_named_on_forms(forms), *_named_in_text(texts)):
        weights[naming.name] += naming.weight
        words.setdefault(naming.name, naming.words)
    if not weights:
        return None
    # Counter keeps the order of first sight, so a tie goes to the name printed first.
    name, weight = weights.most_common(1)[0]
    return _Naming(name, words[name], weight)


def _named_on_forms(forms: Sequence[RecognisedForm]) -> Iterator[_Naming]:
    for form in forms:
        entity = _clean(form.captions.entity_text)
        if entity:
            yield _Naming(entity, form.captions.entity_text, 1)


def _named_in_text(texts: Sequence[str]) -> Iterator[_Naming]:
    opening = texts[:_OPENING_PARAGRAPHS]
    for text, following in zip_longest(opening, opening[1:], fillvalue=""):
        naming = _naming_in(text)
        # Covers break the body's name and the publication's over two lines, and long names too.
        if naming is None and (_PLACE.fullmatch(text) or _naming_in(following) is None):
            naming = _naming_in(text + following)
        if naming is not None:
            yield naming


def _naming_in(text: str) -> _Naming | None:
    line = _NO_NAME.sub("", text)
    for pattern in (_OVERVIEW, _NAME_YEAR_KIND, _YEAR_NAME_KIND):
        match = pattern.match(line)
        name = _clean(match["name"]) if match else ""
        if name:
            return _Naming(name, text, 2)
    return None


def _clean(name: str) -> str:
    stripped = re.sub(
        r"^(第[一二三四五六七八九十]部分|20\d{2}年(度)?)", "", _NO_NAME.sub("", squash(name))
    )
    stripped = re.sub(r"(\(本级\)|本级|部门|单位)$", "", stripped) or stripped
    if _NOBODY.fullmatch(stripped) or not _BODY.fullmatch(stripped):
        return ""
    return stripped


def _year(
    forms: Sequence[RecognisedForm], texts: Sequence[str], kind: DocumentKind | None
) -> tuple[int | None, str]:
    """Take the year from headings and form titles, and only failing these from sentences.

    Sentences compare with other years; headings do not.
    """
    wanted = "预算" if kind is DocumentKind.BUDGET else "决算"
    titles = [squash(form.captions.title) for form in forms]
    headings = [text for text in texts if _is_heading(text)]
    for lines in ((*headings, *titles), texts):
        years = [naming for line in lines for naming in _years_in(line, wanted)]
        if years:
            year = Counter(year for year, _ in years).most_common(1)[0][0]
            return year, next(words for named, words in years if named == year)
    return None, ""


def _is_heading(text: str) -> bool:
    return len(text) <= _HEADING_MAX and not re.search(r"[。;,]", text)


def _years_in(text: str, wanted: str) -> Iterator[tuple[int, str]]:
    for match in _YEAR_KIND.finditer(text):
        if match["kind"] == wanted:
            yield int(match["year"]), match.group()
    named = _YEAR_NAME_KIND.match(text)
    if named and named["kind"] == wanted:
        yield int(named["year"]), text
    titled = re.match(r"(20\d{2})年(部门|单位|预算单位|本级)", text)
    if titled:
        yield int(titled[1]), text


def _scope(forms: Sequence[RecognisedForm], texts: Sequence[str]) -> tuple[Scope, str]:
    """Tell a unit's own document (单位决算, 预算单位) from a department's."""
    counts: Counter[Scope] = Counter()
    words: dict[Scope, str] = {}
    for text in (*texts[:_OPENING_PARAGRAPHS], *(squash(form.captions.title) for form in forms)):
        for match in re.finditer(
            r"20\d{2}年?(度)?(部门|单位|预算单位)(财务|收支|决算|预算|收入|支出)", text
        ):
            scope = Scope.DEPARTMENT if match[2] == "部门" else Scope.UNIT
            counts[scope] += 1
            words.setdefault(scope, match.group())
    if not counts:
        return Scope.DEPARTMENT, ""
    scope = counts.most_common(1)[0][0]
    return scope, words[scope]

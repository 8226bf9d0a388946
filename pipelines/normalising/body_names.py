"""How a document prints the name of the body it is about: covers, headings, forms, entity lines.

Knows the layouts in which a name stands and what can be a name. Does not know years, kinds or
regions, and never looks at the file's name, which is somebody else's word.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipelines.domain.disclosure import FormPrinting
from pipelines.normalising.organs import canonical_name
from pipelines.normalising.templates import has_placeholder
from pipelines.recognising.wording import squash

YEAR = r"(?P<year>20\d{2})"
# 2024年区级部门预算: whose level the publication is.
LEVEL = r"(?:[省市县区州盟旗乡镇]?本?[级直])?"
PUBLICATION = rf"{LEVEL}(?P<scope>部门|单位|预算单位)?(?P<kind>决算|预算)"
# What the covers print behind the publication's name.
_TAIL = r"(?:信息|情况|公开|说明|编制|报告|报表|草案|批复|书|表|及|和)*"
# 某局2023年度部门决算 — a cover, a running head or a heading.
_NAME_YEAR_KIND = re.compile(rf"^(?P<name>\D{{2,40}}?)(部门|单位)?{YEAR}年?(度)?{PUBLICATION}")
YEAR_NAME_KIND = re.compile(
    rf"^{YEAR}年?(度)?(?P<name>\D{{4,40}}?){PUBLICATION}(公开|说明|情况|编制|报告|表|$)"
)
# 某局部门预算公开: the year stands on another line.
_NAME_KIND = re.compile(rf"^(?P<name>\D{{4,40}}?)(部门|单位){LEVEL}(决算|预算){_TAIL}$")
# 某局2023年度“三公”经费支出决算情况说明: a page about one fund, headed like its table.
_OF_FUND = (
    rf"(收支|收入|支出|财政拨款|一般公共|政府性基金|国有资本|三公|项目支出|基本支出|机关运行)"
    rf"\D{{0,40}}(决算|预算){_TAIL}$"
)
_NAME_YEAR_FUND = re.compile(rf"^(?P<name>\D{{2,40}}?)(部门|单位)?{YEAR}年(度)?{_OF_FUND}")
_YEAR_NAME_FUND = re.compile(rf"^{YEAR}年(度)?(?P<name>\D{{4,40}}?)(部门|单位)?{_OF_FUND}")
# 某局2024年部门收支总表, 某局2023年度收入决算表
_NAME_YEAR_TITLE = re.compile(rf"^(?P<name>\D{{2,40}}?)(部门|单位)?{YEAR}年(度)?\D{{0,40}}表")
_YEAR_NAME_TITLE = re.compile(
    rf"^{YEAR}年(度)?(?P<name>\D{{4,40}}?)(部门|单位)?"
    r"(收支|收入|支出|财政拨款|一般公共|政府性基金|国有资本|三公|项目|基本支出|机关运行)\D*表"
)
_NAME_TITLE = re.compile(
    r"^(?P<name>\D{4,40}?)(部门|单位)?"
    r"(收支|收入|支出|财政拨款|一般公共|政府性基金|国有资本|三公|项目支出|基本支出|机关运行)\D*表"
)
# 第一部分 某局概况
_OVERVIEW = re.compile(
    r"^(第[一二三四五六七八九十]部分)?(?P<name>[^,。;:]{2,40}?)(部门|单位)?(基本)?概况$"
)
_SECTION = re.compile(
    r"^(?P<name>[^,。;:、]{4,40}?)(部门|单位)?(主要职能|主要职责|职能职责|部门职责|机构设置)$"
)
_PUBLICATION_ALONE = re.compile(
    rf"^(20\d{{2}}年(度)?)?{LEVEL}(部门|单位|预算单位)(决算|预算){_TAIL}(20\d{{2}}年(度)?)?$"
)
# 部门：某局, 编制单位（公章）：某局. The department above a unit is named in the same way.
_ENTITY = re.compile(
    r"^(?P<label>(预算|主管|预算主管|编制|填报|填制|公开|编报|申报)?(部门|单位)"
    r"(\((单位|部门)\))?(名称|全称)?)(\((公章|盖章|签章)\))?:(?P<name>[^:]{2,40}?)"
    r"(公开.{0,3}表|(金额)?单位:.*|$)"
)
_TITLE_PATTERNS = (
    *(_NAME_YEAR_TITLE, _YEAR_NAME_TITLE, _NAME_TITLE),
    *(_NAME_YEAR_FUND, _YEAR_NAME_FUND),
)
# How much a line of the text says that is printed so, see ``Naming``.
_TEXT_PATTERNS = {
    _OVERVIEW: 2,
    _NAME_YEAR_KIND: 2,
    YEAR_NAME_KIND: 2,
    _NAME_YEAR_TITLE: 1,
    _NAME_YEAR_FUND: 1,
    _YEAR_NAME_FUND: 1,
    _NAME_KIND: 1,
    _SECTION: 1,
}
# What stands before a name and is no part of it: 附件1：某局…, 关于某局…的说明, 一、某局….
_NO_NAME = re.compile(
    r"^(附件\d*[:.]?|关于|第[一二三四五六七八九十]部分"
    r"|([一二三四五六七八九十]+|\d{1,2})[、.]|\([一二三四五六七八九十]+\))+"
)
# An organ's name ends in one of these; 部门 or 单位 alone name nobody.
_BODY = re.compile(
    r".+(局|委员会|委|办公室|研究室|办|厅|院|会|中心|站|社|团|馆|校|园|队|署|司|府|所|处|部|库|台|场|行|厂"
    r"|学|组|协|联|人大|政协|监狱|基地|苗圃|联合会|公司|法庭|支队|总队|党校|开发区|管理区|街道"
    r"|镇|乡|区|县|市)(\(本级\)|本级|机关|\([^()]{2,30}\))?$"
)
_NOBODY = re.compile(
    r"(本部门|本单位|我单位|我部门|我局|部门|单位|本级|预算单位|情况|说明|第.部分.*"
    r"|(我|本|该|全)[省市县区州局厅委办院校所站队镇乡处会]?)"
)
# A sentence, not a name.
_SPEAKS_OF_ITSELF = re.compile(
    r"^(组织(?!部)|负责|完成|根据|按照|依据|纳入|包括|其中|现将|经过|截至|我[省市县区州局厅委办院校所站队镇乡]"
    r"|[本该](局|厅|委|办|部门|单位|院|校)|全[省市县区])|[。,;:!?]"
)
_YEAR_OR_PUBLICATION = re.compile(
    r"(20\d{2}|部门预算|部门决算|单位预算|单位决算|政府预算|政府决算)"
)
# A division is where a body is, and no body; a town's government goes by the town's name.
_DIVISION_ALONE = re.compile(
    r"\D{1,25}([省市县州盟旗]|(?<!开发)(?<!管理)(?<!工业)(?<!示范)(?<!保税)(?<!度假)(?<!名胜)"
    r"(?<!保护)(?<!实验)(?<!合作)(?<![园新景社校库])区)"
)
# The beginning of a line that may be the beginning of a name.
_PLACE = re.compile(r"\D{1,20}[省市县区州盟旗镇乡]")
# 住房和城乡建设局 and 市场监督管理局 begin with no place.
_PLACED = re.compile(
    r"^(中共|中国|共青团|政协|民[革盟建进]"
    r"|\D{1,12}?([省县州盟旗]|(?<![城都上])市(?!场)|(?<![社学园景])区|(?<![城村])[乡镇]))"
)
_NO_HEAD = re.compile(
    r"\d|[。,;:、!?()]|公开|目录|附件|说明|封面|印制|第.部分|预算|决算|年度|[表章]$"
)
_LONE_YEAR = re.compile(r"20\d{2}年(度)?")
# A year that is still to be filled in: 20XX年, ××年.
_BLANK_YEAR = re.compile(r"(20)?[Xx×○〇*_]{2,4}(?=年)")

# The first paragraphs hold cover, contents and the overview's heading.
_OPENING_PARAGRAPHS = 60
_COVER_LINES = 12
_HEADING_MAX = 40
_NAME_MAX = 40
# A line without a year that comes back so often is a running head.
_RUNNING_HEAD = 3


@dataclass(frozen=True, slots=True)
class Naming:
    """One place that names a body.

    Attributes:
        name: The name, organs' written the short way.
        words: The printed words it was taken from.
        weight: How much the place says: 2 for covers, headings and forms' entity lines on the
            opening pages, 1 elsewhere.
    """

    name: str
    words: str
    weight: int


def is_heading(text: str) -> bool:
    """Whether a squashed line is short and has no sentence's punctuation."""
    return len(text) <= _HEADING_MAX and not re.search(r"[。;,]", text)


def with_lone_years(texts: Sequence[str]) -> list[str]:
    """Join a line that is a year and nothing else to the line below it: covers break there.

    Examples:
        >>> with_lone_years(["某局", "2023年度", "部门决算"])
        ['某局', '2023年度部门决算']
    """
    joined: list[str] = []
    for text in texts:
        if joined and _LONE_YEAR.fullmatch(joined[-1]):
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def clean_name(printed: str) -> str:
    """Take a body's name out of the words that hold it.

    Returns:
        The name without year, publication and 本级, organs' written the short way; '' where the
        words name nobody.

    Examples:
        >>> clean_name("某县水利局（本级）")
        '某县水利局'
        >>> clean_name("某县水利局2024年部门预算")
        '某县水利局'
        >>> clean_name("本部门")
        ''
    """
    name = re.sub(r"^20\d{2}年?(度)?", "", _NO_NAME.sub("", squash(printed)))
    name = _NO_NAME.sub("", name)
    name = _YEAR_OR_PUBLICATION.split(name, maxsplit=1)[0]
    name = re.sub(r"(\((本级|本部|部门|单位|汇总)\)|本级|部门|单位)$", "", name) or name
    if len(name) > _NAME_MAX or name.count("(") != name.count(")"):
        return ""
    if _NOBODY.fullmatch(name) or _SPEAKS_OF_ITSELF.search(name):
        return ""
    if _DIVISION_ALONE.fullmatch(name) or not _BODY.fullmatch(name):
        return ""
    return canonical_name(name)


def find_name(printings: Sequence[FormPrinting], texts: Sequence[str]) -> Naming | None:
    """Find the body that is named most often on forms, covers and headings.

    Args:
        printings: The printed tables.
        texts: The squashed paragraphs, lone years joined to the line below.

    Returns:
        The first place that names it as covers and headings do, with the weight of all; None
        where no body is named.
    """
    namings = (*_named_on_forms(printings), *_named_in_text(texts), *_running_heads(texts))
    weights: Counter[str] = Counter()
    for naming in namings:
        weights[naming.name] += naming.weight
    if not weights:
        return None
    # Counter keeps the order of first sight, so a tie goes to the name printed first.
    pooled = Counter(
        {
            name: sum(weights[other] for other in weights if is_same_body(name, other))
            for name in weights
        }
    )
    winner, weight = pooled.most_common(1)[0]
    named = [naming for naming in namings if is_same_body(winner, naming.name)]
    heaviest = max(naming.weight for naming in named)
    formal = max((n.name for n in named if n.weight == heaviest), key=len)
    return Naming(formal, next(n.words for n in named if n.name == formal), weight)


def count_blank_names(printings: Sequence[FormPrinting], texts: Sequence[str]) -> int:
    """How many covers, headings and forms have something to be filled in in place of a name.

    Args:
        printings: The printed tables.
        texts: The squashed paragraphs, lone years joined to the line below.
    """
    broken = (
        above + below
        for above, below in pairwise(texts[:_COVER_LINES])
        if _PUBLICATION_ALONE.match(below)
    )
    titles = (squash(printing.title) for printing in printings)
    lines = (*filter(is_heading, texts), *broken, *titles)
    entities = (squash(printing.entity_text) for printing in printings)
    names = (*map(_named_on, lines), *map(_stated_name, entities))
    return sum(map(has_placeholder, names))


def _named_on(line: str) -> str:
    """What stands in the place of a name on a line, whether or not it is one; '' for nothing."""
    line = _BLANK_YEAR.sub("2000", _NO_NAME.sub("", line))
    found = (pattern.match(line) for pattern in (_ENTITY, *_TEXT_PATTERNS, *_TITLE_PATTERNS))
    return next((match["name"] for match in found if match), "")


def is_same_body(one: str, other: str) -> bool:
    """Whether two names differ only in the divisions above that one of them prints.

    Examples:
        >>> is_same_body("甲省乙市档案局", "乙市档案局")
        True
        >>> is_same_body("乙市档案局", "档案局")
        False
        >>> is_same_body("乙市丙县档案局", "乙市档案局")
        False
    """
    short, long = sorted((one, other), key=len)
    above = long.removesuffix(short)
    return one == other or (
        above != long and bool(_PLACED.match(short)) and bool(_DIVISION_ALONE.fullmatch(above))
    )


def _named_on_forms(printings: Sequence[FormPrinting]) -> Iterator[Naming]:
    for printing in printings:
        entity = _of_entity(printing.entity_text)
        if entity:
            yield Naming(entity, printing.entity_text, 1)
        name = _in_title(squash(printing.title))
        if name:
            yield Naming(name, printing.title, 1)


def _of_entity(entity_text: str) -> str:
    return clean_name(_stated_name(entity_text))


def _stated_name(entity_text: str) -> str:
    stated = _ENTITY.match(squash(entity_text))
    return stated["name"] if stated else entity_text


def _in_title(title: str) -> str:
    for pattern in _TITLE_PATTERNS:
        match = pattern.match(title)
        name = clean_name(match["name"]) if match else ""
        if name:
            return name
    return ""


def _named_in_text(texts: Sequence[str]) -> Iterator[Naming]:
    opening = texts[:_OPENING_PARAGRAPHS]
    for index, text in enumerate(opening):
        naming = _on_cover(opening, index) if index < _COVER_LINES else None
        yield from filter(None, [naming or _on_one_line(text) or _over_two_lines(opening, index)])
    for text in texts[_OPENING_PARAGRAPHS:]:
        naming = _on_one_line(text) if is_heading(text) else None
        if naming is not None:
            yield Naming(naming.name, naming.words, 1)


def _on_one_line(text: str) -> Naming | None:
    line = _NO_NAME.sub("", text)
    stated = _ENTITY.match(line)
    if stated:
        name = clean_name(stated["name"])
        return Naming(name, text, 1 if "主管" in stated["label"] else 2) if name else None
    for pattern, weight in _TEXT_PATTERNS.items():
        match = pattern.match(line)
        name = clean_name(match["name"]) if match else ""
        if name:
            return Naming(name, text, weight)
    return None


def _over_two_lines(texts: Sequence[str], index: int) -> Naming | None:
    """Read a line with the one below it: the publication, or the rest of the name, stands there."""
    following = texts[index + 1] if index + 1 < len(texts) else ""
    if not following or _on_one_line(following) is not None:
        return None
    if _PUBLICATION_ALONE.match(following) and _starts_above(texts, index):
        return None
    if following.endswith("表") and not _PUBLICATION_ALONE.match(following):
        return None
    return _on_one_line(texts[index] + following)


def _starts_above(texts: Sequence[str], index: int) -> bool:
    """Whether the line only goes on with a name, which was read from where it starts."""
    return 0 < index < _COVER_LINES and _goes_on(texts[index - 1], texts[index])


def _on_cover(texts: Sequence[str], index: int) -> Naming | None:
    """Read the name that begins on this line of the cover and goes on below, or stands below."""
    text = texts[index]
    if _PUBLICATION_ALONE.match(text):
        return _below_the_publication(texts, index)
    for count in (3, 2):
        lines = texts[index : index + count]
        if len(lines) == count and _is_broken_name(lines):
            joined = "".join(lines)
            following = texts[index + count] if index + count < len(texts) else ""
            naming = _on_one_line(joined) or _on_one_line(joined + following)
            if naming is not None:
                return naming
    return None


def _is_broken_name(lines: Sequence[str]) -> bool:
    """Whether the first line begins with a place, and none below begins a name of its own."""
    return all(map(_goes_on, accumulate(lines), lines[1:]))


def _goes_on(above: str, below: str) -> bool:
    """Whether a name that begins on one line of the cover goes on on the next."""
    if len(above) > _NAME_MAX or _NO_HEAD.search(above) or not _PLACED.match(above):
        return False
    if below.startswith(above) or _PUBLICATION_ALONE.match(below) or _LONE_YEAR.match(below):
        return False
    return bool(_PLACE.fullmatch(above)) or not _PLACED.match(below)


def _below_the_publication(texts: Sequence[str], index: int) -> Naming | None:
    """Read the name below the publication's, unless it stood above."""
    if index and clean_name(texts[index - 1]):
        return None
    below = [re.sub(r"^20\d{2}年(度)?", "", text) for text in texts[index + 1 : index + 3]]
    for lines in (below, below[:1]):
        name = "".join(lines)
        if lines and _PLACED.match(name) and clean_name(name) and not _NO_HEAD.search(name):
            return Naming(clean_name(name), name, 2)
    return None


def _running_heads(texts: Sequence[str]) -> Iterator[Naming]:
    for text, count in Counter(texts).items():
        if count >= _RUNNING_HEAD and is_heading(text) and _PLACED.match(text):
            name = clean_name(text)
            if name and not _YEAR_OR_PUBLICATION.search(text):
                yield Naming(name, text, 2)

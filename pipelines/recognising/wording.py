"""Printed words folded so that only real differences of wording remain.

Knows white space, quotes, full-width forms and years. Does not know which words mean what.
"""

import re
import unicodedata
from functools import lru_cache

# NFKC leaves these alone: quotes in all their shapes, dot leaders, zero-width characters.
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\ufeff“”„‟‘’'\"「」『』《》〈〉]+")
# Field codes that Word leaks into text when a document is converted; on scans they may lack an end.
_FIELD_DEBRIS = re.compile(r"\[bookmark:([^\]]*\]|[ -~]*)|PAGEREF\s+_Toc\d+(\s*\\?h)?")
# Some fonts map characters to radicals that look the same; NFKC folds one block of them only.
RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
    "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
)
_YEAR = re.compile(r"(19|20)\d{2}年(度)?")
# Zero is printed as 〇, ○, O or 零.
_SPELLED_YEAR = re.compile(r"二[〇○◯Oo零][一二三四五六七八九〇○◯Oo零]{2}(?=年)")
_DIGITS = str.maketrans("〇○◯Oo零一二三四五六七八九", "000000123456789")
_UNIT_SUFFIX = re.compile(
    r"(\((金额)?(单位:)?(?P<unit>元|千元|万元|亿元|%)\)|[,、:]?(金额)?单位:(?P<stated>元|千元|万元|亿元))$"
)
_ORDINAL = re.compile(r"^(\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、]|其中:)+")


# Every cell is looked at several times on its way; the bound keeps memory flat.
@lru_cache(maxsize=16384)
def squash(text: str) -> str:
    """Fold compatibility forms and drop white space, quotes and the debris of Word's fields.

    Years that are spelled digit by digit become figures.

    Examples:
        >>> squash("财政拨款“三公” 经费（万元）")
        '财政拨款三公经费(万元)'
        >>> squash("[bookmark: RANGE!A1:I22]收入决算表")
        '收入决算表'
        >>> squash("[bookmark: RANGE!A1:122支出决算表")
        '支出决算表'
        >>> squash("二〇二三年度")
        '2023年度'
    """
    text = _without_debris(text)
    folded = _DROPPED.sub("", unicodedata.normalize("NFKC", text).translate(RADICALS))
    if "二" in folded and "年" in folded:
        return _SPELLED_YEAR.sub(lambda year: year.group().translate(_DIGITS), folded)
    return folded


def _without_debris(text: str) -> str:
    return _FIELD_DEBRIS.sub("", text) if "[bookmark" in text or "PAGEREF" in text else text


def blank_debris(text: str) -> str:
    """A printed text with spaces for the debris of Word's fields: as long as before.

    Examples:
        >>> blank_debris("支出PAGEREF _Toc1决算表")
        '支出             决算表'
    """
    return _FIELD_DEBRIS.sub(lambda debris: " " * len(debris.group()), text)


def unspaced(text: str) -> str:
    """A printed text without white space and the debris of Word's fields, and nothing else changed.

    Examples:
        >>> unspaced("“三公” 经费（万元）")
        '“三公”经费（万元）'
    """
    return "".join(_without_debris(text).split())


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """Fold a header cell: as ``squash``, without years and unit suffixes.

    Examples:
        >>> fold_header("2024年 “三公”经费预算数（万元）")
        '三公经费预算数'
    """
    return _UNIT_SUFFIX.sub("", _YEAR.sub("", squash(text)))


def unit_of_header(text: str) -> str:
    """Find the unit that a header cell ends in, '' where it states none.

    Examples:
        >>> unit_of_header("2024年预算数（万元）")
        '万元'
        >>> unit_of_header("合计")
        ''
    """
    match = _UNIT_SUFFIX.search(squash(text))
    return (match["unit"] or match["stated"]) if match else ""


def fold_label(text: str) -> str:
    """Fold a row label: as ``squash``, without its ordinal and 其中.

    The ordinal says nothing: provinces trim the list of functions and renumber it.

    Examples:
        >>> fold_label("二十一、 国有资本经营预算支出")
        '国有资本经营预算支出'
        >>> fold_label("其中：（1）教育收费")
        '教育收费'
    """
    return _ORDINAL.sub("", squash(text))

"""Numbers as recognisers read them, mended where that takes no guess, and whether they are certain.

Knows how numbers of a column are printed, what borders of cells and lone zeros are taken for, and
when two readings are one. Does not know what a number measures, nor which of two readings the sums
of its table bear out.

What is mended is what a column's own print decides: separators. A digit is never mended here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

UNREADABLE = "\N{REPLACEMENT CHARACTER}"

_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.(\d+))?%?")
# 257,700 with a point for its comma, or 257.700; and thousands with points for some commas.
_POINTED = re.compile(r"-?[1-9]\d{0,2}(,\d{3})*\.\d{3}")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}([.,]\d{3})+")
_DASHES = re.compile(r"-{1,3}")
# What separators, and digits that stand alone, are taken for.
_SIGNS = str.maketrans(
    {"。": ".", "、": ",", "·": ".", "∙": ".", "•": ".", "—": "-", "–": "-", "−": "-", "一": "-"}
    | dict.fromkeys("‘’'`′", ",")
)
ZEROS = str.maketrans("OoＯ", "000")
# Letters that are read where a digit stands.
_LOOK_LIKE = {
    "0": "0OoＯDQ〇○",
    "1": "1lI|i",
    "2": "2Zz",
    "5": "5Ss",
    "6": "6bG",
    "8": "8B",
    "9": "9gq",
}
# Separators are of thousands, but for one behind which no three digits stand.
_ODD_POINTS = re.compile(r"-?(\d+|[1-9]\d{0,2}([.,]\d{3})+)[.,](\d{1,2}|\d{4,})")
# What is left of a ruling beside a number, and what specks are taken for.
_BORDERS = "|lI_[]{}¦!丨｜"
_BEFORE, _BEHIND = _BORDERS + ",:;·", _BORDERS + ".,:;·-"
_LOOSE = re.compile(r"[-.,:;·\d]+%?")
_SEPARATORS = re.compile(r"[.,:;-]")
_POINTS = re.compile("[.,]")
# Of what is printed in a column: the share that must be numbers for it to be one of numbers, and
# the share of those that are printed alike where all are meant to be.
_MOSTLY, _NEARLY_ALL = 0.5, 0.8
# The share with more than three decimals for these to be printed without their last zeros.
_MANY = 0.25
_FEW = 3
# How many digits stand between separators of thousands.
_THOUSANDS = 3


@dataclass(frozen=True, slots=True)
class Format:
    """How the numbers of a column are printed.

    Attributes:
        is_numeric: Whether most of what is printed there are numbers.
        decimals: How many decimals nearly all of them have, None where they differ.
        is_grouped: Whether separators part their thousands.
        is_fine: Whether many have more than three decimals: others lack the last zeros.
    """

    is_numeric: bool = False
    decimals: int | None = None
    is_grouped: bool = False
    is_fine: bool = False


ANY_FORMAT = Format()


def is_pointed(number: str) -> bool:
    """Tell whether a point in a number may be a comma, which blurs into one: 257.700.

    Examples:
        >>> [is_pointed(text) for text in ("257.700", "1,257.700", "0.700", "257.70", "1257.700")]
        [True, True, False, False, False]
    """
    return _POINTED.fullmatch(number) is not None


def format_of(texts: Iterable[str]) -> Format:
    """Tell how a column's numbers are printed by those that are read without a fault.

    A point that may be a comma says nothing of decimals.

    Examples:
        >>> format_of(["金额", "1,204.50", "3.00", "17.25", "0.40"])
        Format(is_numeric=True, decimals=2, is_grouped=True, is_fine=False)
        >>> format_of(["金额", "12", "3.5", "17.25"])
        Format(is_numeric=True, decimals=None, is_grouped=False, is_fine=False)
        >>> format_of(["12.500", "521.358", "1.117.768", "146,358", "695"])
        Format(is_numeric=True, decimals=0, is_grouped=True, is_fine=False)
        >>> format_of(["680.559", "39.2441", "9.5", "0.0212", "17.1204"])
        Format(is_numeric=True, decimals=None, is_grouped=False, is_fine=True)
    """
    # A dash stands for a number, and says nothing of how others are printed.
    printed = [text for text in map(_folded, texts) if text and not _DASHES.fullmatch(text)]
    numbers = [found for text in printed if (found := _NUMBER.fullmatch(_regrouped(text)))]
    if not numbers or len(numbers) < _MOSTLY * len(printed):
        return ANY_FORMAT
    told = Counter(len(found[4] or "") for found in numbers if not is_pointed(found[0]))
    decimals, count = max(told.items(), key=itemgetter(1), default=(0, 0))
    is_common = count >= _FEW and count >= _NEARLY_ALL * told.total()
    fine = sum(told[decimals] for decimals in told if decimals > _THOUSANDS)
    return Format(
        is_numeric=True,
        decimals=decimals if is_common else None,
        is_grouped=any(found[2] for found in numbers),
        is_fine=fine >= _FEW and fine >= _MANY * told.total(),
    )


def _regrouped(text: str) -> str:
    """A number whose points are commas: there are several, or there is a comma behind."""
    is_whole = _GROUPED.fullmatch(text) and not is_pointed(text)
    return text.replace(".", ",") if is_whole else text


def is_number_like(text: str) -> bool:
    """Tell whether a text is a number, or one that was read wrongly.

    Examples:
        >>> [is_number_like(text) for text in ("1,2O4.5", "|3.00", "225-12", "行政", "第1页")]
        [True, True, True, False, False]
    """
    bare = _bare(_folded(text))
    return any(map(str.isdigit, bare)) and _LOOSE.fullmatch(bare) is not None


def mended(text: str, format_: Format) -> str:
    """A number with what a reading adds to it taken off, and its separators where they belong.

    Args:
        text: What was read.
        format_: How the numbers of its column are printed.

    Returns:
        The number; the text itself where it is none, whatever its column holds.

    Examples:
        >>> money = Format(is_numeric=True, decimals=2, is_grouped=True)
        >>> [mended(text, money) for text in ("|3.00", "225-12", "1.204.50", "O.00")]
        ['3.00', '225.12', '1,204.50', '0.00']
        >>> mended("46", money), mended("225.1", money)
        ('46', '225.1')
        >>> [mended(text, ANY_FORMAT) for text in ("1.192.5885", "1.192.588", "0,00", "1,192,58")]
        ['1,192.5885', '1.192.588', '0.00', '1,192.58']
        >>> whole, fine = Format(True, 0, is_grouped=True), Format(True, 4, True, is_fine=True)
        >>> [mended("257.701", format_) for format_ in (whole, money, fine)]
        ['257,701', '2,577.01', '257.701']
    """
    folded = _folded(text)
    if _DASHES.fullmatch(folded):
        return folded
    if not (format_.is_numeric or is_number_like(text)):
        return text
    bare = _bare(folded)
    if not _LOOSE.fullmatch(bare) or not any(map(str.isdigit, bare)):
        return text
    return bare if fits(bare, format_) else _separated(bare, format_)


def _bare(folded: str) -> str:
    bare = folded.translate(ZEROS).lstrip(_BEFORE).rstrip(_BEHIND)
    # .50 may be printed without its zero.
    return bare.lstrip(".") if bare.count(".") > 1 else bare


def fits(number: str, format_: Format) -> bool:
    """Tell whether a number is printed as those of its column are."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return False
    return format_.decimals is None or len(found[4] or "") == format_.decimals


def is_plausible(number: str, format_: Format) -> bool:
    """Tell whether a number may stand in a column: it is one, and has not lost its point.

    A point is the smallest thing printed; scanners lose it, and no recogniser sees it then. Zeros
    that are not printed make short numbers, not long ones. And no recogniser can tell a point from
    a comma that is blurred: 257.700 is sure only in a column of three decimals, or of more, the
    last of which are zeros and not printed.

    Examples:
        >>> money = Format(is_numeric=True, decimals=2)
        >>> [is_plausible(text, money) for text in ("446.11", "446.1", "44", "44611", "4.4.6")]
        [True, True, True, False, False]
        >>> fine = Format(is_numeric=True, is_fine=True)
        >>> [is_plausible("257.701", each) for each in (money, Format(True, 3), fine)]
        [False, True, True]
    """
    found = _NUMBER.fullmatch(number)
    if found is None:
        return _DASHES.fullmatch(number) is not None
    if is_pointed(number):
        return format_.decimals == _THOUSANDS or format_.is_fine
    decimals = format_.decimals or 0
    return not decimals or bool(found[4]) or len(found[1]) <= decimals


def _separated(bare: str, format_: Format) -> str:
    """A number with its separators placed anew, where they are in no places of a number.

    One that lacks some is left alone: 46 beside 171.97 may be all that is printed, and so may
    680.559 beside 171.9721.
    """
    is_odd = format_.is_grouped and is_pointed(bare) and not is_plausible(bare, format_)
    if _NUMBER.fullmatch(bare) and not is_odd:
        return bare
    sign = "-" if bare.startswith("-") else ""
    inner = bare.removeprefix("-").rstrip("%")
    decimals = format_.decimals
    digits = _SEPARATORS.sub("", inner)
    if decimals is None and (odd := _ODD_POINTS.fullmatch(bare)):
        return f"{bare[: odd.start(3) - 1].replace('.', ',')}.{odd[3]}"
    if decimals is None or len(digits) <= decimals:
        return bare
    whole, part = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    if len(whole) > 1 and whole.startswith("0"):
        return bare
    grouped = f"{int(whole):,}" if format_.is_grouped else whole
    percent = "%" if bare.endswith("%") else ""
    return f"{sign}{grouped}{'.' if part else ''}{part}{percent}"


def looks_like(text: str, digit: str) -> bool:
    """Tell whether a character is read where a digit stands.

    Examples:
        >>> looks_like("S", "5"), looks_like("S", "6"), looks_like("一", "-")
        (True, False, False)
    """
    return text in _LOOK_LIKE.get(digit, digit)


def are_same(one: str, other: str) -> bool:
    """Tell whether two readings are one number, or one text.

    Examples:
        >>> are_same("1,204.50", "1204.50"), are_same("1,204.50", "1,204.5")
        (True, False)
        >>> are_same("合计（万元）", "合计(万元)")
        True
    """
    return _without_groups(one) == _without_groups(other)


def have_same_digits(one: str, other: str) -> bool:
    """Tell whether two readings differ in separators alone.

    Examples:
        >>> have_same_digits("1127.58", "112758"), have_same_digits("-1.5", "1.5")
        (True, False)
    """
    return _POINTS.sub("", _folded(one)) == _POINTS.sub("", _folded(other))


def _without_groups(text: str) -> str:
    folded = _folded(text)
    return folded.replace(",", "") if _NUMBER.fullmatch(folded) else folded


def likeliest(readings: Sequence[str], format_: Format) -> str:
    """The first of several readings that is printed as its column's numbers are, else the first."""
    return next((text for text in readings if fits(text, format_)), readings[0])


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", "".join(text.split()))
    # 一 is a dash only by itself: it is a numeral and part of words.
    if any(map(str.isdigit, folded)) or not folded.strip("一—–−-"):
        return folded.translate(_SIGNS)
    return folded

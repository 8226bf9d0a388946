"""What a spreadsheet prints for a number, by the format of its cell.

Knows the language of number formats: sections, conditions, placeholders, scaling, dates. Knows
nothing of files, nor of what a number measures.

A stored number is binary; what is printed are digits of its fifteen decimal ones, the half rounded
up. The width of a column changes nothing here: where it is too narrow, the program prints fewer
digits or ####, and anybody who widens it sees the text that stands here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

GENERAL = "General"
# A format is shorter than 256 characters wherever people or programs write them.
MAX_FORMAT_LENGTH = 1024
# Programs compute, store and print so many digits of a number.
_SIGNIFICANT_DIGITS = 15
# General prints what fits into so many characters, the sign aside, and of an exponent's
# mantissa so many digits.
_GENERAL_WIDTH = 11
_GENERAL_DIGITS = 10
_GENERAL_DECIMALS = 9
_GENERAL_MANTISSA = 6
_GENERAL_LEAST_EXPONENT = -4

# Formats that files name by number alone. Those of dates and currency are the reader's: 14 is what
# the system calls a short date.
BUILT_IN: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}

_WORD = re.compile(
    r'"[^"]*"?|[\\!].|_.|\*.|\[[^\]]*\]|General|G/通用格式|AM/PM|A/P|上午/下午|E[+-]'
    r"|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|.",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?[\d.]+)\]")
_CURRENCY = re.compile(r"\[\$([^-\]]*)(?:-[^\]]*)?\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NUMERALS = re.compile(r"\[DBNum([1-4])\]", re.IGNORECASE)
_DATE_WORD = re.compile(r"(y+|m+|d+|h+|s+(\.0+)?|a{3,4}|e+)", re.IGNORECASE)
# The long date and the time of the reader's system, whatever else the format says.
_SYSTEM_FORMAT = re.compile(r"\[\$-[xX]?(F800|F400)\]")
_OF_SYSTEM = {"F800": BUILT_IN[31], "F400": BUILT_IN[21]}
_GENERAL_WORDS = frozenset({"general", "g/通用格式"})
_HALVES_OF_DAY = frozenset({"am/pm", "a/p", "上午/下午"})
_PLACEHOLDERS = frozenset("0#?")
# What stands in a placeholder that no digit takes.
_PADDING = {"0": "0", "#": "", "?": " "}
_TEXT = "@"
# A fourth section is of texts.
_NUMBER_SECTIONS = 3

_WEEKDAYS = "一二三四五六日"
_CHINESE_DIGITS = "〇一二三四五六七八九"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day on paper, in no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
# The program believes in 29 February 1900; days before it count from one day later.
_FIRST_TRUE_DAY = 61
_LAST_DAY = 2_958_465  # 31 December 9999
_SECONDS_OF_DAY = 86_400
_NOON = 12


class UnknownFormatError(ValueError):
    """A format that is not understood, or that prints #### in place of the number."""


def stored_number(value: float) -> Decimal:
    """A binary number as programs compute with it and print it: by fifteen digits.

    Examples:
        >>> stored_number(0.1 + 0.2)
        Decimal('0.3')
        >>> stored_number(1.005)
        Decimal('1.005')
    """
    return Decimal(format(value, f".{_SIGNIFICANT_DIGITS}g"))


def print_number(number: Decimal, code: str, *, is_1904: bool = False) -> str:
    """Print a number by a format, spaces at its sides left away.

    Args:
        number: The number, of at most fifteen digits.
        code: The format.
        is_1904: Whether the workbook counts days from 1904.

    Raises:
        UnknownFormatError: Nothing tells what would be printed.

    Examples:
        >>> print_number(Decimal("1234.5"), "#,##0.00_);(#,##0.00)")
        '1,234.50'
        >>> print_number(Decimal("-1234.5"), "#,##0.00_);(#,##0.00)")
        '(1,234.50)'
        >>> print_number(Decimal("0"), '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ')
        '-'
        >>> print_number(Decimal("45292"), 'yyyy"年"m"月"d"日"')
        '2024年1月1日'
    """
    section = _section_of(number, _sections(code))
    if section.is_date:
        return _print_date(number, section.words, is_1904=is_1904).strip()
    if section.is_negative_only:
        number = abs(number)
    printed = _print_amount(abs(number), section)
    return ("-" + printed if number < 0 else printed).strip()


def print_text(text: str, code: str) -> str:
    """Print a text by a format: few say anything of texts.

    Examples:
        >>> print_text("合计", "0.00")
        '合计'
        >>> print_text("合计", ";;;")
        ''
    """
    sections = _sections(code)
    last = sections[-1].words
    if _TEXT not in last and len(sections) <= _NUMBER_SECTIONS:
        return text
    return "".join(text if word == _TEXT else _literal(word) for word in last)


@dataclass(frozen=True, slots=True)
class _Condition:
    """What a number must be so that a section prints it."""

    operator: str
    bound: Decimal

    def holds(self, number: Decimal) -> bool:
        """Whether a number is so."""
        return {
            "<": number < self.bound,
            "<=": number <= self.bound,
            ">": number > self.bound,
            ">=": number >= self.bound,
            "=": number == self.bound,
            "<>": number != self.bound,
        }[self.operator]

    @property
    def is_negative_only(self) -> bool:
        """Whether none but negative numbers are so: their sign is then for the format to print."""
        is_below = self.operator == "<" and self.bound <= 0
        return is_below or (self.operator == "<=" and self.bound < 0)

    @property
    def takes_positive(self) -> bool:
        """Whether all positive numbers are so, and no negative one."""
        return self.operator in (">", ">=") and self.bound == 0


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format.

    Attributes:
        words: What it is made of: quoted texts, placeholders, parts of dates.
        condition: Which numbers it prints, None where all that are left.
        is_negative_only: Whether it prints negative numbers alone.
        is_general: Whether it prints as many digits as there are.
        is_date: Whether it prints a date or a time.
        is_foreign: Whether it prints a fraction, or numerals that are no digits.
    """

    words: tuple[str, ...]
    condition: _Condition | None
    is_negative_only: bool
    is_general: bool
    is_date: bool
    is_foreign: bool


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """Take a format apart at its semicolons, at least into one section.

    Raises:
        UnknownFormatError: It is too long to be one.
    """
    if len(code) > MAX_FORMAT_LENGTH:
        raise UnknownFormatError(code[:MAX_FORMAT_LENGTH])
    system = _SYSTEM_FORMAT.match(code)
    parts: list[list[str]] = [[]]
    for word in _WORD.findall(_OF_SYSTEM[system[1]] if system else code or GENERAL):
        if word == ";":
            parts.append([])
        else:
            parts[-1].append(word)
    conditions = _conditions([_condition(part) for part in parts])
    return tuple(
        _section(tuple(part), condition, is_negative_only=_is_negative_only(place, conditions))
        for place, (part, condition) in enumerate(zip(parts, conditions, strict=True))
    )


def _section(
    words: tuple[str, ...], condition: _Condition | None, *, is_negative_only: bool
) -> _Section:
    is_general = any(map(_is_general, words))
    return _Section(
        words=words,
        condition=condition,
        is_negative_only=is_negative_only,
        is_general=is_general,
        is_date=any(map(_is_of_date, words)) and not is_general,
        is_foreign="/" in words or any(map(_NUMERALS.fullmatch, words)),
    )


def _condition(words: Iterable[str]) -> _Condition | None:
    """The condition that a section states."""
    match = next(filter(None, map(_CONDITION.fullmatch, words)), None)
    return _Condition(match[1], Decimal(match[2])) if match else None


def _conditions(stated: Sequence[_Condition | None]) -> list[_Condition | None]:
    """Which numbers each section prints, where it states nothing by its place."""
    zero = Decimal(0)
    by_place: dict[int, tuple[_Condition | None, ...]] = {
        1: (None,),
        2: (_Condition(">=", zero), None),
    }
    usual = by_place.get(len(stated), (_Condition(">", zero), _Condition("<", zero), None, None))
    return [own or other for own, other in zip(stated, usual, strict=False)] + [None] * (
        len(stated) - len(usual)
    )


def _is_negative_only(place: int, conditions: Sequence[_Condition | None]) -> bool:
    """Tell whether negative numbers alone are left to a section."""
    own = conditions[place]
    if own:
        return own.is_negative_only
    first = conditions[0]
    return place == 1 and first is not None and first.takes_positive


def _section_of(number: Decimal, sections: Sequence[_Section]) -> _Section:
    """The section that prints a number.

    Raises:
        UnknownFormatError: None does.
    """
    for section in sections[:_NUMBER_SECTIONS]:
        if section.condition is None or section.condition.holds(number):
            return section
    raise UnknownFormatError(f"no section prints {number}")


def _is_general(word: str) -> bool:
    return word == _TEXT or word.lower() in _GENERAL_WORDS


def _is_of_date(word: str) -> bool:
    return (
        _DATE_WORD.fullmatch(word) is not None
        or _ELAPSED.fullmatch(word) is not None
        or word.lower() in _HALVES_OF_DAY
    )


def _literal(word: str) -> str:
    """What a word prints that stands for itself; what only moves or colours prints nothing."""
    if word.startswith('"'):
        return word[1:].removesuffix('"')
    if word[0] in "\\!" and len(word) > 1:
        return word[1]
    if word[0] == "_" and len(word) > 1:
        return " "
    if word[0] == "*" and len(word) > 1:
        return ""
    if word.startswith("["):
        currency = _CURRENCY.fullmatch(word)
        return currency[1] if currency else ""
    return word


def _print_amount(number: Decimal, section: _Section) -> str:
    """Print a number that is not negative.

    Raises:
        UnknownFormatError: The format prints a fraction, or numerals that are no digits.
    """
    words = section.words
    if section.is_foreign:
        raise UnknownFormatError("".join(words))
    if section.is_general:
        return "".join(
            _print_general(number) if _is_general(word) else _literal(word) for word in words
        )
    layout = _lay_out(words)
    if layout.exponent:
        return _print_scientific(number, layout)
    return _print_fixed(_scaled(number, layout), layout)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A section of placeholders: what stands before the point, behind it, and behind an exponent.

    Attributes:
        whole: Placeholders and other words before the point, in order.
        decimals: Those behind it.
        exponent: Those from the exponent's mark on, none where no exponent is printed.
        has_point: Whether a point is printed.
        groups: Whether thousands are separated.
        thousands: By how many thousands the number is divided.
        hundreds: By how many hundreds it is multiplied.
    """

    whole: tuple[str, ...]
    decimals: tuple[str, ...]
    exponent: tuple[str, ...]
    has_point: bool
    groups: bool
    thousands: int
    hundreds: int


@lru_cache(maxsize=1024)
def _lay_out(words: tuple[str, ...]) -> _Layout:
    mark = next((n for n, word in enumerate(words) if word.upper() in ("E+", "E-")), None)
    mantissa, exponent = (words, ()) if mark is None else (words[:mark], words[mark:])
    places = [n for n, word in enumerate(mantissa) if word in _PLACEHOLDERS]
    point = mantissa.index(".") if "." in mantissa else len(mantissa)
    # Behind the last digit before the point, or behind the last of all, a comma divides.
    last_whole = max((n for n in places if n < point), default=-1)
    last = places[-1] if places else -1
    first = places[0] if places else 0
    return _Layout(
        whole=tuple(word for word in mantissa[:point] if word != "," or not places),
        decimals=tuple(word for word in mantissa[point + 1 :] if word != "," or not places),
        exponent=exponent,
        has_point="." in mantissa,
        groups="," in mantissa[first:last_whole],
        thousands=mantissa[last_whole + 1 : point].count(",")
        + mantissa[max(last, point) :].count(","),
        hundreds=mantissa.count("%"),
    )


def _scaled(number: Decimal, layout: _Layout) -> Decimal:
    return number.scaleb(2 * layout.hundreds - 3 * layout.thousands)


def _print_fixed(number: Decimal, layout: _Layout) -> str:
    """Print a number that is not negative into placeholders."""
    if not _PLACEHOLDERS & {*layout.whole, *layout.decimals}:
        point = "." if layout.has_point else ""
        return _literals(layout.whole) + point + _literals(layout.decimals)
    digits, decimals = _digits(number, sum(word in _PLACEHOLDERS for word in layout.decimals))
    whole = _fill_whole(layout.whole, digits.lstrip("0"), groups=layout.groups)
    return whole + ("." if layout.has_point else "") + _fill_decimals(layout.decimals, decimals)


def _literals(words: Sequence[str]) -> str:
    return "".join(map(_literal, words))


def _digits(number: Decimal, decimals: int) -> tuple[str, str]:
    """The digits of a number before and behind the point, the half rounded up."""
    with localcontext() as context:
        context.prec = 400
        rounded = number.quantize(Decimal(f"1E-{decimals}"), rounding=ROUND_HALF_UP)
    whole, _, behind = f"{rounded:f}".partition(".")
    return whole, behind


def _fill_whole(words: Sequence[str], digits: str, *, groups: bool) -> str:
    """Fill the placeholders before the point, from the right; the first takes all that is left."""
    first = next((n for n, word in enumerate(words) if word in _PLACEHOLDERS), None)
    printed: list[str] = []
    count = 0
    rest = digits
    for place in range(len(words) - 1, -1, -1):
        if words[place] not in _PLACEHOLDERS:
            printed.append(_literal(words[place]))
            continue
        taken = rest if place == first else rest[-1:]
        rest = rest[: len(rest) - len(taken)]
        for digit in reversed(taken) if taken else _PADDING[words[place]]:
            if groups and count and count % 3 == 0:
                printed.append("," if digit != " " else " ")
            printed.append(digit)
            count += 1
    return "".join(reversed(printed))


def _fill_decimals(words: Sequence[str], digits: str) -> str:
    """Fill the placeholders behind the point; zeros at the end are optional in some."""
    kept = len(digits.rstrip("0"))
    printed: list[str] = []
    place = 0
    for word in words:
        if word not in _PLACEHOLDERS:
            printed.append(_literal(word))
            continue
        printed.append(digits[place] if place < kept else _PADDING[word])
        place += 1
    return "".join(printed)


def _print_scientific(number: Decimal, layout: _Layout) -> str:
    """Print a number that is not negative with an exponent."""
    step = max(1, sum(word in _PLACEHOLDERS for word in layout.whole))
    decimals = sum(word in _PLACEHOLDERS for word in layout.decimals)
    exponent = number.adjusted() // step * step if number else 0
    mantissa = Decimal(".".join(_digits(number.scaleb(-exponent), decimals)).rstrip("."))
    if mantissa.adjusted() >= step:  # 9.99 was rounded to 10.0
        exponent += step
        mantissa = mantissa.scaleb(-step)
    sign = "-" if exponent < 0 else "+" if layout.exponent[0][1] == "+" else ""
    places = [word for word in layout.exponent[1:] if word in _PLACEHOLDERS]
    shown = _fill_whole(places, str(abs(exponent)) if exponent else "", groups=False)
    behind = [word for word in layout.exponent[1:] if word not in _PLACEHOLDERS]
    return f"{_print_fixed(mantissa, layout)}E{sign}{shown}{_literals(behind)}"


def _print_general(number: Decimal) -> str:
    """Print a number that is not negative as a cell without a format does.

    Examples:
        >>> _print_general(Decimal("1234.5")), _print_general(Decimal("0.300"))
        ('1234.5', '0.3')
        >>> _print_general(Decimal("123456789.123")), _print_general(Decimal("123456789012"))
        ('123456789.1', '1.23457E+11')
    """
    if not number:
        return "0"
    exponent = number.adjusted()
    plain = _plain(number)
    if len(plain) <= _GENERAL_WIDTH:
        return plain
    if exponent >= _GENERAL_WIDTH or exponent < _GENERAL_LEAST_EXPONENT:
        return _print_general_exponent(number)
    decimals = _GENERAL_DECIMALS if exponent < 0 else max(0, _GENERAL_DIGITS - 1 - exponent)
    rounded = Decimal(".".join(_digits(number, decimals)))
    if rounded.adjusted() >= _GENERAL_WIDTH:  # 99999999999.5 was rounded to 100000000000
        return _print_general_exponent(rounded)
    return _plain(rounded)


def _print_general_exponent(number: Decimal) -> str:
    exponent = number.adjusted()
    mantissa = Decimal(".".join(_digits(number.scaleb(-exponent), _GENERAL_MANTISSA - 1)))
    if mantissa.adjusted():  # 9.999999 was rounded to 10.00000
        mantissa, exponent = mantissa.scaleb(-1), exponent + 1
    return f"{_plain(mantissa)}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _plain(number: Decimal) -> str:
    """The digits of a number, without zeros at the end of its decimals."""
    printed = f"{number:f}"
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def _print_date(number: Decimal, words: Sequence[str], *, is_1904: bool) -> str:
    moment = _moment(number, words, is_1904=is_1904)
    is_chinese = any(map(_NUMERALS.fullmatch, words))
    is_halved = any(word.lower() in _HALVES_OF_DAY for word in words)
    return "".join(
        _print_part(word, moment, number, is_halved=is_halved, is_chinese=is_chinese)
        for word in _with_minutes(words)
    )


def _moment(number: Decimal, words: Sequence[str], *, is_1904: bool) -> datetime:
    """The moment that a number of days stands for, rounded to what is printed of a second.

    Raises:
        UnknownFormatError: Programs know no such day.
    """
    if not 0 <= number <= _LAST_DAY:
        raise UnknownFormatError(f"day {number}")
    fraction = max((word.partition(".")[2].count("0") for word in words), default=0)
    seconds, behind = _digits(number * _SECONDS_OF_DAY, fraction)
    since = timedelta(seconds=int(seconds), microseconds=int(behind.ljust(6, "0")[:6] or "0"))
    if is_1904:
        return _EPOCH_1904 + since
    return _EPOCH + since + timedelta(days=int(number < _FIRST_TRUE_DAY))


def _with_minutes(words: Sequence[str]) -> list[str]:
    """Tell minutes from months: an m behind hours or before seconds is of a minute."""
    told = list(words)
    parts = [n for n, word in enumerate(words) if _is_of_date(word)]
    for place, number in enumerate(parts):
        if told[number].lower() not in ("m", "mm"):
            continue
        before = told[parts[place - 1]].lower() if place else ""
        behind = told[parts[place + 1]].lower() if place + 1 < len(parts) else ""
        if before.lstrip("[").startswith("h") or behind.startswith("s"):
            told[number] = "n" * len(told[number])
    return told


def _print_part(
    word: str, moment: datetime, number: Decimal, *, is_halved: bool, is_chinese: bool
) -> str:
    """Print one word of a date's format."""
    name = word.lower()
    if name in _HALVES_OF_DAY:
        return word.split("/")[moment.hour >= _NOON]
    elapsed = _ELAPSED.fullmatch(word)
    if elapsed:
        units = {"h": 24, "m": 24 * 60, "s": _SECONDS_OF_DAY}[name[1]]
        return str(int(number * units)).zfill(len(elapsed[1]))
    if not (_is_of_date(word) or set(name) == {"n"}):
        return _literal(word)
    if name[0] in "ye":
        is_short = name in ("y", "yy")
        shown = f"{moment.year % 100:02}" if is_short else f"{moment.year:04}"
        return "".join(_CHINESE_DIGITS[int(digit)] for digit in shown) if is_chinese else shown
    if name[0] == "a" or (name[0] == "d" and len(name) > 2):
        return ("星期" if len(name) > 3 else "") + _WEEKDAYS[moment.weekday()]
    return _print_count(name, moment, is_halved=is_halved, is_chinese=is_chinese)


def _print_count(name: str, moment: datetime, *, is_halved: bool, is_chinese: bool) -> str:
    """Print a month, day, hour, minute or second."""
    hour = (moment.hour - 1) % _NOON + 1 if is_halved else moment.hour
    counts = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}
    whole, _, behind = name.partition(".")
    if is_chinese:
        return _chinese_count(counts[whole[0]])
    if whole[0] == "m" and len(whole) > 2:
        return f"{counts['m']}月"
    fraction = f".{moment.microsecond:06}"[: len(behind) + 1] if behind else ""
    return str(counts[whole[0]]).zfill(min(len(whole), 2)) + fraction


def _chinese_count(count: int) -> str:
    """A number below a hundred in Chinese.

    Examples:
        >>> [_chinese_count(n) for n in (0, 3, 10, 12, 20, 31)]
        ['〇', '三', '十', '十二', '二十', '三十一']
    """
    tens, ones = divmod(count, 10)
    if not tens:
        return _CHINESE_DIGITS[ones]
    return (
        (_CHINESE_DIGITS[tens] if tens > 1 else "") + "十" + (_CHINESE_DIGITS[ones] if ones else "")
    )

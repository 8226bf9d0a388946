"""How amounts, counts, shares and ordinals are written.

Knows rounding and number formats. Does not know what is counted.
"""

from decimal import ROUND_HALF_UP, Decimal

from pipelines.domain.amount import PrintedUnit
from tests.forge.ledger import Fen
from tests.forge.styles import NumberFormat, ZeroMark

FEN_PER_YUAN = 100
DIGITS = "〇一二三四五六七八九"
TEN = 10


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Round the way accountants do."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def in_unit(amount: Fen, unit: PrintedUnit) -> Decimal:
    """An amount in a printed unit, not rounded.

    Examples:
        >>> in_unit(123456789, PrintedUnit.WAN_YUAN)
        Decimal('123.456789')
    """
    return Decimal(amount) / FEN_PER_YUAN / unit.yuan


def write_number(value: Decimal, style: NumberFormat) -> str:
    """Write a number in a house's format.

    Examples:
        >>> write_number(Decimal("1234.5"), NumberFormat(separates_thousands=True))
        '1,234.50'
        >>> write_number(Decimal("46.001"), NumberFormat(trims_zeros=True))
        '46'
    """
    rounded = round_half_up(value, style.decimals)
    text = f"{rounded:,f}" if style.separates_thousands else f"{rounded:f}"
    return _trim(text) if style.trims_zeros else text


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_amount(amount: Fen, style: NumberFormat, unit: PrintedUnit, zero: ZeroMark) -> str:
    """Write an amount for a cell; nothing is written the way the house marks nothing.

    An amount too small to show is still written, as a zero with its decimals.
    """
    if amount == 0 and zero is not ZeroMark.NUMBER:
        return zero.value
    return write_number(in_unit(amount, unit), style)


def write_wan_yuan(amount: Fen, *, trims_zeros: bool) -> str:
    """Write an amount for the narrative, in 万元 with at most two decimals.

    Examples:
        >>> write_wan_yuan(270_000_00 * 100 // 100, trims_zeros=True)
        '27'
    """
    style = NumberFormat(trims_zeros=trims_zeros)
    return write_number(in_unit(amount, PrintedUnit.WAN_YUAN), style)


def write_percent(part: int, whole: int, *, trims_zeros: bool) -> str:
    """Write a share in per cent with at most two decimals, without the sign.

    Raises:
        ZeroDivisionError: The whole is nothing, of which no share exists.

    Examples:
        >>> write_percent(1, 3, trims_zeros=False)
        '33.33'
        >>> write_percent(5, 5, trims_zeros=True)
        '100'
    """
    if whole == 0:
        raise ZeroDivisionError("a share of nothing")
    percent = Decimal(part) * 100 / Decimal(whole)
    return write_number(percent, NumberFormat(trims_zeros=trims_zeros))


def ordinal(number: int) -> str:
    """Write a number below 100 in Chinese.

    Examples:
        >>> [ordinal(number) for number in (1, 10, 12, 20, 26)]
        ['一', '十', '十二', '二十', '二十六']
    """
    tens, ones = divmod(number, TEN)
    if tens == 0:
        return DIGITS[ones]
    head = "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")

"""How a wrong number usually comes about: one digit, two swapped, a lost point.

Knows digits. Does not know which number is wrong, nor what it should have been: it judges a
printed number beside a suggested one.
"""

from decimal import Decimal
from enum import StrEnum


class Slip(StrEnum):
    """What may have happened to a number on its way into print."""

    NONE = ""
    DIGIT = "digit"  # one digit is another one
    TRANSPOSITION = "transposition"  # two neighbouring digits are swapped
    LOST_DIGIT = "lost_digit"
    ADDED_DIGIT = "added_digit"
    DECIMAL_POINT = "decimal_point"  # lost or moved, or the unit of another form
    SIGN = "sign"
    SHIFTED_ROW = "shifted_row"  # the value of a neighbouring row
    SHIFTED_COLUMN = "shifted_column"  # the value of a neighbouring column


# How much less a number weighs that such a slip would explain: the rarer a slip is by chance, the
# more it says. A single figure weighs 1.
CREDIT = {
    Slip.NONE: 0.0,
    Slip.LOST_DIGIT: 0.25,
    Slip.ADDED_DIGIT: 0.25,
    Slip.DIGIT: 0.3,
    Slip.SIGN: 0.35,
    Slip.TRANSPOSITION: 0.35,
    Slip.DECIMAL_POINT: 0.4,
    Slip.SHIFTED_ROW: 0.45,
    Slip.SHIFTED_COLUMN: 0.45,
}


def recognise_slip(printed: Decimal, suggested: Decimal, scale: int) -> Slip:
    """Tell what would turn the suggested number into the printed one.

    Args:
        printed: The printed number.
        suggested: What it should have been.
        scale: Decimals that both are written with.

    Returns:
        The slip, ``Slip.NONE`` where none of the known ones fits.

    Examples:
        >>> def slip(printed, suggested):
        ...     return str(recognise_slip(Decimal(printed), Decimal(suggested), 2))
        >>> slip("50.24", "50.74"), slip("50.24", "52.04"), slip("50.24", "150.24")
        ('digit', 'transposition', 'lost_digit')
        >>> slip("5024.00", "50.24"), slip("-3.00", "3.00"), slip("1.00", "7.77")
        ('decimal_point', 'sign', '')
    """
    if printed == suggested:
        return Slip.NONE
    if printed == -suggested:
        return Slip.SIGN
    if _is_moved_point(printed, suggested):
        return Slip.DECIMAL_POINT
    if (printed < 0) != (suggested < 0):
        return Slip.NONE
    return _slip_of_digits(_digits(printed, scale), _digits(suggested, scale))


def _is_moved_point(printed: Decimal, suggested: Decimal) -> bool:
    if not printed or not suggested:
        return False
    ratio = max(abs(printed), abs(suggested)) / min(abs(printed), abs(suggested))
    return ratio in {Decimal(10) ** power for power in range(1, 9)}


def _digits(value: Decimal, scale: int) -> str:
    return f"{abs(value):.{scale}f}".replace(".", "")


def _slip_of_digits(printed: str, suggested: str) -> Slip:
    if len(printed) == len(suggested):
        differing = [at for at, digit in enumerate(printed) if digit != suggested[at]]
        if len(differing) == 1:
            return Slip.DIGIT
        first, last = differing[0], differing[-1]
        swapped = printed[first] == suggested[last] and printed[last] == suggested[first]
        is_pair = last == first + 1 and len(differing) == last - first + 1
        return Slip.TRANSPOSITION if is_pair and swapped else Slip.NONE
    if _lacks_one_of(printed, suggested):
        return Slip.LOST_DIGIT
    return Slip.ADDED_DIGIT if _lacks_one_of(suggested, printed) else Slip.NONE


def _lacks_one_of(shorter: str, longer: str) -> bool:
    return len(shorter) + 1 == len(longer) and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )

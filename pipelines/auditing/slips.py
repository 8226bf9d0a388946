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
# more it says, and one digit in place of another is the commonest of all. A single figure weighs 1,
# and what is five times as likely weighs about 0.05 less. A digit more or less is rarer, and there
# are ten digits and every place where it may have come from.
CREDIT = {
    Slip.NONE: 0.0,
    Slip.LOST_DIGIT: 0.15,
    Slip.ADDED_DIGIT: 0.2,
    Slip.DIGIT: 0.3,
    Slip.SIGN: 0.35,
    Slip.TRANSPOSITION: 0.35,
    Slip.DECIMAL_POINT: 0.4,
    Slip.SHIFTED_ROW: 0.45,
    Slip.SHIFTED_COLUMN: 0.45,
}


def recognise_slip(printed: str, suggested: str) -> Slip:
    """Tell what would turn the suggested number into the printed one.

    Args:
        printed: The number as printed, without separators of thousands.
        suggested: What it should have been, as the same place would print it.

    Returns:
        The slip, ``Slip.NONE`` where none of the known ones fits.

    Examples:
        >>> [str(recognise_slip("50.24", other)) for other in ("50.74", "52.04", "150.24")]
        ['digit', 'transposition', 'lost_digit']
        >>> str(recognise_slip("5024.00", "50.24")), str(recognise_slip("-3.00", "3.00"))
        ('decimal_point', 'sign')
        >>> str(recognise_slip("1.00", "7.77")), str(recognise_slip("12.15", "12.1"))
        ('', 'added_digit')
    """
    number, other = Decimal(printed), Decimal(suggested)
    if number == other:
        return Slip.NONE
    if number == -other:
        return Slip.SIGN
    if _is_moved_point(number, other):
        return Slip.DECIMAL_POINT
    if (number < 0) != (other < 0):
        return Slip.NONE
    if _decimals(printed) == _decimals(suggested):
        return _slip_of_digits(printed.replace(".", ""), suggested.replace(".", ""))
    return _slip_of_digits(printed, suggested)


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _is_moved_point(printed: Decimal, suggested: Decimal) -> bool:
    # Between numbers of one digit every tenth would do.
    if len(printed.normalize().as_tuple().digits) < 2 or not suggested:
        return False
    ratio = max(abs(printed), abs(suggested)) / min(abs(printed), abs(suggested))
    return ratio in {Decimal(10) ** power for power in range(1, 9)}


def _slip_of_digits(printed: str, suggested: str) -> Slip:
    if len(printed) == len(suggested):
        differing = [at for at, digit in enumerate(printed) if digit != suggested[at]]
        first, last = differing[0], differing[-1]
        if first == last:
            return Slip.DIGIT if (printed[first] + suggested[first]).isdigit() else Slip.NONE
        swapped = printed[first] == suggested[last] and printed[last] == suggested[first]
        return Slip.TRANSPOSITION if swapped and last == first + 1 else Slip.NONE
    if _lacks_one_of(printed, suggested):
        return Slip.LOST_DIGIT
    return Slip.ADDED_DIGIT if _lacks_one_of(suggested, printed) else Slip.NONE


def _lacks_one_of(shorter: str, longer: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))

"""Printed amounts of money and the units they are printed in.

Knows decimals, units and rounding intervals. Does not know how a cell's text is parsed.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Numbers are kept as decimal(24, 6): no amount of money anywhere has more digits.
_LIMIT = Decimal(10) ** 18
_FINEST = Decimal("0.000001")


def is_kept_exactly(value: Decimal) -> bool:
    """Tell whether the warehouse keeps a number as it is.

    Examples:
        >>> is_kept_exactly(Decimal("1234.500000"))
        True
        >>> is_kept_exactly(Decimal("34567891011121314151617"))
        False
    """
    return value.is_finite() and abs(value) < _LIMIT and not value % _FINEST


class PrintedUnit(StrEnum):
    """The unit a form or a sentence states its amounts in."""

    YUAN = "元"
    QIAN_YUAN = "千元"
    WAN_YUAN = "万元"
    YI_YUAN = "亿元"

    @property
    def yuan(self) -> Decimal:
        """How many yuan one unit is."""
        return {
            PrintedUnit.YUAN: Decimal(1),
            PrintedUnit.QIAN_YUAN: Decimal(1_000),
            PrintedUnit.WAN_YUAN: Decimal(10_000),
            PrintedUnit.YI_YUAN: Decimal(100_000_000),
        }[self]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed, and the money it stands for.

    Attributes:
        text: The number exactly as printed.
        value: The printed number, in the printed unit.
        unit: The printed unit.
    """

    text: str
    value: Decimal
    unit: PrintedUnit

    @property
    def scale(self) -> int:
        """Number of decimals printed."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan."""
        return self.value * self.unit.yuan

"""How amounts read, in a terminal as in a report.

Knows separators. Does not know what an amount is of, nor where it is shown.
"""

from decimal import Decimal


def grouped(amount: Decimal | None) -> str:
    """An amount with thousands separators and at least two decimals; '' for None.

    Examples:
        >>> grouped(Decimal("3913700.000000")), grouped(Decimal("-0.125000")), grouped(None)
        ('3,913,700.00', '-0.125', '')
    """
    if amount is None:
        return ""
    whole, _, decimals = format(amount, ",f").partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"

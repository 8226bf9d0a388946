"""How amounts and failing comparisons read, in a terminal as in a report.

Knows separators and signs. Does not know what is compared, nor where it is shown.
"""

from decimal import Decimal

# What prose says has no relation of its own: it says what another printing does not.
VIOLATED = {"=": "≠", "": "≠", "<=": ">", ">=": "<"}


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


def failing_sign(relation: str, left: Decimal, right: Decimal) -> str:
    """The sign that is true of two sides whose relation fails.

    Some identities of the prose fail where both sides are the same to the last digit.

    Examples:
        >>> failing_sign("<=", Decimal(2), Decimal(1)), failing_sign("", Decimal(1), Decimal(1))
        ('>', '=')
    """
    if relation == "" and left == right:
        return "="
    return VIOLATED[relation]

"""How numbers read on a page.

Knows separators, 万元 and shares that are never better than they are. Does not know what is
counted.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, Decimal

from pipelines.exploring.comparisons import grouped

YUAN_IN_WAN = Decimal(10_000)
TENTH = Decimal("0.1")


def in_wan(yuan: Decimal) -> str:
    """An amount in 万元, to the last digit that is there, and two decimals at least.

    Examples:
        >>> in_wan(Decimal("3913700.000000")), in_wan(Decimal("5.50")), in_wan(Decimal("-120000"))
        ('391.37', '0.00055', '-12.00')
    """
    return grouped(yuan / YUAN_IN_WAN)


def share(part: int, whole: int) -> str:
    """A share in per cent, never rounded up: 100% are all of them; '–' of nothing.

    Examples:
        >>> share(6785, 6803), share(19, 19), share(0, 0)
        ('99.7%', '100%', '–')
    """
    if not whole:
        return "–"
    return part_of_100(Decimal(part) * 100 / whole)


def part_of_100(number: Decimal) -> str:
    """A share that is in per cent already, never rounded up.

    Examples:
        >>> part_of_100(Decimal("99.99")), part_of_100(Decimal(100))
        ('99.9%', '100%')
    """
    return f"{number:f}%" if number == 100 else f"{number.quantize(TENTH, ROUND_DOWN)}%"


def count(number: int) -> str:
    """A count with thousands separators."""
    return f"{number:,}"


def plain(number: Decimal) -> str:
    """What counts no money, with the decimals that are there.

    Examples:
        >>> plain(Decimal("1200.000000")), plain(Decimal("30.500000"))
        ('1,200', '30.5')
    """
    whole, _, decimals = format(number, ",f").partition(".")
    kept = decimals.rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def percent(number: Decimal) -> str:
    """Per cent with a sign and one decimal.

    Examples:
        >>> percent(Decimal("2.8199")), percent(Decimal("-0.04")), percent(Decimal(1250))
        ('+2.8%', '0.0%', '+1,250.0%')
    """
    rounded = number.quantize(TENTH)
    return f"{rounded:+,}%" if rounded else "0.0%"


AMOUNT_FILTERS: Mapping[str, Callable[..., str]] = {
    "count": count,
    "plain": plain,
    "share": share,
}

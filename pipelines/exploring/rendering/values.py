"""Values for people in a few words: money with its unit, shares, years, and places of print.

Knows how a value is written. Does not know what is shown around it.
"""

from decimal import Decimal

from pipelines.domain.messages import say
from pipelines.exploring.comparisons import grouped
from pipelines.exploring.printed import ClaimRow, FigureRow

# Units that are not yuan, as they are written behind a value.
UNIT_MARKS = {"%": " %", "count": ""}


def yuan_text(amount: Decimal | None) -> str:
    """An amount in yuan with thousands separators; '' for None.

    Examples:
        >>> yuan_text(Decimal("3913700.000000"))
        '3,913,700.00 元'
        >>> yuan_text(Decimal("-0.125000"))
        '-0.125 元'
    """
    return "" if amount is None else f"{grouped(amount)} 元"


def value_text(value: Decimal | None, unit: str) -> str:
    """A side of a comparison in its unit; '' for None."""
    if value is None or unit not in UNIT_MARKS:
        return yuan_text(value)
    whole, point, decimals = format(value, ",f").partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}{point if decimals else ''}{decimals}{UNIT_MARKS[unit]}"


def share_text(part: int, whole: int) -> str:
    """A share in per cent, '–' of nothing; never rounded up to 100 %.

    Examples:
        >>> share_text(1, 3), share_text(1999999, 2000000), share_text(0, 0)
        ('33.3 %', '99.9 %', '–')
    """
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "–"


def path_text(path: str) -> str:
    """Printed cells or labels of several levels, outermost first."""
    return " / ".join(filter(None, path.split("/")))


def year_text(fiscal_year: int | None) -> str:
    """A fiscal year; '' where none is known."""
    return "" if fiscal_year is None else str(fiscal_year)


def print_place(figure: FigureRow | ClaimRow) -> str:
    """Where a figure or statement is printed: its page and box, or its path."""
    place = place_text(figure.page, figure.cell_path)
    corners = (figure.bbox_x0, figure.bbox_top, figure.bbox_x1, figure.bbox_bottom)
    if None in corners:
        return place
    box = ", ".join(f"{corner:.1f}" for corner in corners)
    return say("{place}, box ({box}) in points from the upper left corner", place=place, box=box)


def place_text(page: int | None, cell_path: str | None) -> str:
    """A page, or the path of a cell in a file without pages."""
    return cell_path or say("unknown place") if page is None else say("page {page}", page=page)

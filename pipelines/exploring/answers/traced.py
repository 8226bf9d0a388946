"""A number together with the place that it leads back to.

Knows figures and statements by their keys only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Traced:
    """A printed number and where it is printed.

    Attributes:
        value: In yuan, or what the number counts; None where none is printed, which is no zero.
        figure_id: The figure of a table, None where the prose states it.
        claim_id: The statement, None where a table prints it.
        status: ``proven``, ``disputed`` or ``unchecked``; '' where nobody says.
        unit: What it counts, such as ``%``, where that is not what its column holds; else ''.
    """

    value: Decimal | None
    figure_id: str | None = None
    claim_id: str | None = None
    status: str = ""
    unit: str = ""


NOT_PRINTED = Traced(None)


def traced(row: Mapping[str, object], prefix: str = "") -> Traced:
    """The number of a row: its columns ``value``, ``figure_id``, ``claim_id`` and ``status``.

    Args:
        row: Values by column name; missing ones are None.
        prefix: Stands before each of these names.
    """
    value = row.get(f"{prefix}value")
    if value is None:
        return NOT_PRINTED
    figure_id, claim_id = row.get(f"{prefix}figure_id"), row.get(f"{prefix}claim_id")
    return Traced(
        Decimal(str(value)),
        str(figure_id) if figure_id else None,
        str(claim_id) if claim_id else None,
        str(row.get(f"{prefix}status") or ""),
    )

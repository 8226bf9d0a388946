"""Cells and columns that several pages have.

Knows which page shows what. Does not know any page's tables.
"""

from pipelines.serving.explorer import Visit, address
from pipelines.serving.sheets import Column, Kind, Link


def body_link(
    visit: Visit, body_id: str, name: str, scope: str, **parameters: object
) -> Link | str:
    """Who publishes, a unit told from a department of its name; a bare name without a key."""
    text = visit.say("%(name)s (unit)", name=name) if scope == "unit" else name
    return Link(text, address(f"/department/{body_id}", **parameters)) if body_id else text


def document_link(document_id: str, file_name: str) -> Link:
    """A document."""
    return Link(file_name, f"/document/{document_id}")


def body_column(visit: Visit) -> Column:
    """Whose row it is."""
    return Column("body", visit.say("Department or unit"))


def region_column(visit: Visit) -> Column:
    """Where that is."""
    return Column("region", visit.say("Region"))


def year_column(visit: Visit) -> Column:
    """Of which year."""
    return Column("fiscal_year", visit.say("Year"), Kind.YEAR)

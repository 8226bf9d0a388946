"""pdfplumber's ``TableFinder`` asked for the grids that edges draw.

Knows what it needs of a page. Does not know our own search.
"""

from collections.abc import Iterable
from types import SimpleNamespace

from pdfplumber.table import TableFinder

from pipelines.reading.grids import BBox
from pipelines.reading.pdf_objects import Edge


def grids_by_pdfplumber(edges: Iterable[Edge]) -> list[list[BBox]]:
    """The boxes of each table's cells, as pdfplumber finds them."""
    page = SimpleNamespace(bbox=(0, 0, 0, 0), edges=[_to_dict(edge) for edge in set(edges)])
    return [table.cells for table in TableFinder(page).tables]


def _to_dict(edge: Edge) -> dict[str, float | str]:
    return {
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
        "orientation": "h" if edge.top == edge.bottom else "v",
        "object_type": "line",
    }

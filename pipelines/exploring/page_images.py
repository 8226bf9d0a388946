"""The page a figure is printed on, as a picture with the cell outlined.

Knows where a document's file lies and how a page is drawn. Does not know what the figure means.
"""

import hashlib
from pathlib import Path

import duckdb
import pypdfium2
from PIL import ImageDraw

from pipelines.domain.errors import ExplainedError
from pipelines.exploring.explain import FigureRow
from pipelines.reading.pdf_objects import turn_upright

# 144 dots per inch: small print stays legible, a page stays below a megabyte.
_SCALE = 2.0
_OUTLINE = (220, 30, 30)
_OUTLINE_WIDTH = 4
_MARGIN_POINTS = 3.0

_FILES = """
    select files.file_path
    from staging.files as files
    inner join staging.documents as documents on files.sha256 = documents.sha256
    where documents.document_id = ?
    order by files.file_path
"""


class NoPictureError(ExplainedError):
    """The figure's page cannot be drawn; says why and what to do instead."""


def save_outlined_page(
    connection: duckdb.DuckDBPyConnection, figure: FigureRow, raw_dir: Path, target: Path
) -> None:
    """Save the page that a figure is printed on, its cell outlined, as a PNG.

    Args:
        connection: The warehouse.
        figure: The figure.
        raw_dir: Where the published files lie.
        target: The picture to write.

    Raises:
        NoPictureError: The figure is printed in a file without pages (Word, web page), or the file
            has gone.
    """
    if figure.page is None or figure.bbox_x0 is None:
        raise NoPictureError(
            f"{figure.file_name} is no PDF and has no pages: the figure is in the cell "
            f"{figure.cell_path}"
        )
    source = _find_source(connection, figure, raw_dir)
    document = pypdfium2.PdfDocument(source)
    try:
        page = document[figure.page - 1]
        turn_upright(page)  # as it was read
        picture = page.render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    ImageDraw.Draw(picture).rectangle(_outline(figure), outline=_OUTLINE, width=_OUTLINE_WIDTH)
    picture.save(target, format="PNG")


def _find_source(connection: duckdb.DuckDBPyConnection, figure: FigureRow, raw_dir: Path) -> Path:
    for (file_path,) in connection.execute(_FILES, [figure.document_id]).fetchall():
        source = raw_dir / str(file_path)
        if source.is_file() and _is_document(source, figure.document_id):
            return source
    raise NoPictureError(
        f"{figure.file_name} is not under {raw_dir} any more: name its folder with --raw"
    )


def _is_document(source: Path, document_id: str) -> bool:
    """Tell whether a file is still the one that was read; the id is the digest's beginning."""
    return hashlib.sha256(source.read_bytes()).hexdigest().startswith(document_id)


def _outline(figure: FigureRow) -> tuple[float, float, float, float]:
    """The cell's box in dots, a little wider than its rulings."""
    left, top = figure.bbox_x0 or 0.0, figure.bbox_top or 0.0
    right, bottom = figure.bbox_x1 or 0.0, figure.bbox_bottom or 0.0
    return (
        (left - _MARGIN_POINTS) * _SCALE,
        (top - _MARGIN_POINTS) * _SCALE,
        (right + _MARGIN_POINTS) * _SCALE,
        (bottom + _MARGIN_POINTS) * _SCALE,
    )

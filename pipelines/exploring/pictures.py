"""The picture of where a figure or statement is printed, and the file that it is saved as.

Knows which format is shown by its page and which is redrawn. Does not know how either is drawn.
"""

from contextlib import closing
from pathlib import Path

import duckdb
from PIL import Image

from pipelines.domain.errors import ExplainedError
from pipelines.domain.languages import Language
from pipelines.exploring.drawings import draw_passage, draw_table
from pipelines.exploring.page_images import PageImages
from pipelines.exploring.passages import Passage, find_passage
from pipelines.exploring.printed import ClaimRow, FigureRow
from pipelines.exploring.redrawn_tables import RedrawnTable, TableDrawings
from pipelines.exploring.source_files import NoPictureError

# What a picture is saved as, by the suffix of its name; PNG where it has none.
FORMATS = {"": "PNG", ".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


class PictureFormatError(ExplainedError):
    """A picture is to be saved under a name that no format has."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            "{file}: a picture is saved as one of {formats}, by how its name ends",
            file=target,
            formats=tuple(suffix for suffix in FORMATS if suffix),
        )


def picture_format(target: Path) -> str:
    """The format that a name asks for.

    Raises:
        PictureFormatError: None of the known ones.

    Examples:
        >>> picture_format(Path("a/b.JPG")), picture_format(Path("b"))
        ('JPEG', 'PNG')
    """
    try:
        return FORMATS[target.suffix.lower()]
    except KeyError:
        raise PictureFormatError(target) from None


def redrawn_place(
    connection: duckdb.DuckDBPyConnection, printed: FigureRow | ClaimRow, raw_dir: Path
) -> RedrawnTable | Passage | None:
    """Where something is printed, drawn anew; None of what is shown by its page.

    Args:
        connection: The warehouse.
        printed: What is to be shown: a figure without a page as the table around it, a statement
            as its paragraph.
        raw_dir: Where the published files lie.

    Raises:
        NoPictureError: The file has gone.
    """
    if isinstance(printed, ClaimRow):
        return find_passage(connection, printed.document_id, printed.claim_id)
    if printed.cell_path is None:
        return None
    return TableDrawings(connection, printed.document_id, raw_dir).around(printed.cell_path)


def picture_of(
    connection: duckdb.DuckDBPyConnection,
    printed: FigureRow | ClaimRow,
    raw_dir: Path,
    language: Language,
) -> Image.Image:
    """The page of a figure or statement with its place outlined, or what stands for a page.

    Args:
        connection: The warehouse.
        printed: What is to be shown.
        raw_dir: Where the published files lie.
        language: Of what is said of rows that are left out.

    Raises:
        NoPictureError: The file has gone, or no font with Chinese characters is there.
    """
    if printed.page is not None and printed.box is not None:
        with closing(PageImages(connection, printed.document_id, raw_dir)) as images:
            return images.outlined(printed.page, printed.box)
    place = redrawn_place(connection, printed, raw_dir)
    if place is None:
        raise NoPictureError(
            "{name} has no cell {path}", name=printed.file_name, path=printed.cell_path or ""
        )
    return draw_passage(place) if isinstance(place, Passage) else draw_table(place, language)

"""Where something is printed, as a page shows it: a picture, a redrawn table, or why neither.

Knows how pictures are answered and which place has none. Does not draw.
"""

import threading
from collections.abc import Callable
from contextlib import closing
from io import BytesIO

import duckdb
from PIL import Image
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipelines.exploring.page_images import PageImages
from pipelines.exploring.pictures import picture_of
from pipelines.exploring.printed import ClaimRow, FigureRow
from pipelines.exploring.source_files import NoPictureError, find_source
from pipelines.serving.explorer import Visit

Printed = FigureRow | ClaimRow
# One drawing at a time: what draws pages keeps state that threads must not share.
_DRAWING = threading.Lock()


def answer_picture(
    visit: Visit, find: Callable[[duckdb.DuckDBPyConnection], Printed | None]
) -> Response:
    """The page that something is printed on, or with ``crop=1`` what stands around it.

    Raises:
        HTTPException: There is no such thing, or no picture of it.
    """
    is_cropped = visit.choice("crop", ("1",)) is not None
    with visit.asking() as connection:
        printed = find(connection)
        if printed is None:
            raise HTTPException(404)
        try:
            with _DRAWING:
                picture = _drawn(visit, connection, printed, is_cropped=is_cropped)
        except NoPictureError:
            raise HTTPException(404) from None
    content = BytesIO()
    picture.save(content, format="PNG")
    return Response(content.getvalue(), media_type="image/png")


def _drawn(
    visit: Visit, connection: duckdb.DuckDBPyConnection, printed: Printed, *, is_cropped: bool
) -> Image.Image:
    raw_dir = visit.explorer.raw_dir
    if not is_cropped or printed.page is None or printed.box is None:
        return picture_of(connection, printed, raw_dir, visit.language)
    with closing(PageImages(connection, printed.document_id, raw_dir)) as images:
        return images.crop(printed.page, printed.box)


def has_file(visit: Visit, connection: duckdb.DuckDBPyConnection, document_id: str) -> bool:
    """Whether the published file is still where it was read."""
    try:
        find_source(connection, document_id, visit.explorer.raw_dir)
    except NoPictureError:
        return False
    return True


def why_no_picture(visit: Visit, connection: duckdb.DuckDBPyConnection, printed: Printed) -> str:
    """Why there is no picture of a page, in a sentence; '' where there is one."""
    if not has_file(visit, connection, printed.document_id):
        return visit.say(
            "The file is not in the store any more, or has been replaced, so its page cannot be "
            "shown."
        )
    if printed.page is None or printed.box is None:
        return visit.say("This file has no pages that could be shown. The place in it:")
    return ""

"""The outline lies around the very cell: around its number, and over no other."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from pipelines.exploring.page_images import PageImages
from pipelines.normalising.disclosing import read_disclosure
from pipelines.reading.drawn_objects import turn_upright
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.loads import replace_document
from pipelines.warehouse.schema import apply_staging_schema
from tests.forge.hostile import HOSTILE
from tests.paths import REFERENCE_DIR, SAMPLES_DIR
from tests.printed_numbers import PrintedText, printed_numbers

SCALE = 2
FIGURES_OF_A_SAMPLE = 40
TURNED = (
    "pdf_rotated_90",
    "pdf_rotated_180",
    "pdf_rotated_270",
    "pdf_sideways",
    "pdf_page_whose_corner_is_not_at_nought",
    "pdf_table_in_a_form_object",
    "pdf_group_header_with_borders_through_it",
    "pdf_ruled_across_only",
    "pdf_unruled",
)


def outlines(path: Path, folder: Path) -> Iterator[tuple[str, PrintedText, list[PrintedText]]]:
    """Printed text of figures, what is outlined for them, and all numbers of their pages."""
    disclosure = read_disclosure(path, REFERENCE_DIR)
    step = max(1, len(disclosure.figures) // FIGURES_OF_A_SAMPLE)
    with (
        open_for_writing(folder / "w.duckdb") as connection,
        closing(pypdfium2.PdfDocument(path)) as document,
    ):
        apply_staging_schema(connection)
        replace_document(connection, disclosure, "1")
        connection.execute(
            "insert into staging.files by name "
            "select ? as file_path, ? as file_name, sha256, 1 as byte_count, 1 as modified_ns, "
            "'read' as status, '' as reason, '' as message, '1' as reader_version, "
            "now()::timestamp as seen_at from staging.documents",
            [path.name, path.name],
        )
        with closing(PageImages(connection, disclosure.document_id, path.parent)) as images:
            for figure in disclosure.figures[::step]:
                page, box = figure.place.page, figure.place.bbox
                assert page is not None
                assert box is not None
                seen = document[page - 1]
                turn_upright(seen)
                plain = seen.render(scale=SCALE).to_pil().convert("RGB")
                outlined = changed(images.outlined(page, box), plain)
                yield figure.text, outlined, list(printed_numbers(seen))


def changed(picture: Image.Image, plain: Image.Image) -> PrintedText:
    """The box, in points, of all that a picture has and the plain page has not."""
    left, top, right, bottom = ImageChops.difference(picture, plain).getbbox() or (0, 0, 0, 0)
    return PrintedText("", left / SCALE, top / SCALE, right / SCALE, bottom / SCALE)


def is_within(number: PrintedText, box: PrintedText) -> bool:
    return (
        box.left <= number.left
        and box.top <= number.top
        and number.right <= box.right
        and number.bottom <= box.bottom
    )


def is_touched(number: PrintedText, box: PrintedText) -> bool:
    return (
        number.left < box.right
        and box.left < number.right
        and number.top < box.bottom
        and box.top < number.bottom
    )


def check(path: Path, folder: Path) -> None:
    count = 0
    for text, outlined, numbers in outlines(path, folder):
        touched = [number for number in numbers if is_touched(number, outlined)]
        assert [number.text for number in touched] == [text], path.name
        assert is_within(touched[0], outlined), path.name
        count += 1
    assert count > 5


@pytest.mark.parametrize("name", TURNED)
def test_the_number_of_a_turned_or_oddly_ruled_page_is_outlined_alone(name, tmp_path):
    check(HOSTILE[name](tmp_path).path, tmp_path)


@pytest.mark.parametrize("path", sorted(SAMPLES_DIR.glob("*2023年度部门决算.pdf"))[:2])
def test_the_number_of_a_wide_page_is_outlined_alone(path, tmp_path):
    check(path, tmp_path)

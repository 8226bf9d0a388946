"""Pages that show something else than their files hold, and tables that are badly ruled.

Knows what is drawn where. Does not know how anything is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from tests.forge.grid import GridCell
from tests.forge.hostile.sheet import (
    SIZE,
    Canvas,
    Key,
    Ruled,
    Ruling,
    Sheet,
    box_of,
    draw_sheet,
    print_over,
    without,
    write_sheet_docx,
)
from tests.forge.hostile.truth import CELL, COLUMN, PLAIN, ROW, Duty, HostileDocument


def number_replaced_under_a_white_box(folder: Path) -> HostileDocument:
    """A number is painted over with a white box and another printed on it."""

    def finish(canvas: Canvas) -> None:
        _paint_white(canvas, ROW, COLUMN)
        print_over(canvas, PLAIN, ROW, COLUMN, "700.99")

    values = {**PLAIN.values(), CELL: Decimal("700.99")}
    return _drawn(folder, "replaced", values, finish=finish, hidden=("600.78",))


def number_hidden_under_a_white_box(folder: Path) -> HostileDocument:
    """A number is painted over with a white box and stays hidden."""

    def finish(canvas: Canvas) -> None:
        _paint_white(canvas, ROW, COLUMN)

    values = without(PLAIN.values(), [CELL])
    return _drawn(folder, "hidden", values, finish=finish, hidden=("600.78",))


def row_hidden_under_a_white_box(folder: Path) -> HostileDocument:
    """A whole row, rulings and all, is painted over."""

    def finish(canvas: Canvas) -> None:
        left, bottom, _, top = box_of(PLAIN, ROW, 0)
        right = box_of(PLAIN, ROW, COLUMN)[2]
        canvas.setFillGray(1)
        canvas.rect(left - 2, bottom - 2, right - left + 4, top - bottom + 1, stroke=0, fill=1)

    keys = [key for key in PLAIN.values() if key[0] == CELL[0]]
    values = without(PLAIN.values(), keys)
    return _drawn(folder, "hidden_row", values, finish=finish, hidden=("2010302", "600.78"))


def _paint_white(canvas: Canvas, row: int, column: int) -> None:
    left, bottom, right, top = box_of(PLAIN, row, column)
    canvas.setFillGray(1)
    canvas.rect(left + 1, bottom + 1, right - left - 2, top - bottom - 2, stroke=0, fill=1)
    canvas.setFillGray(0)


def number_under_an_image(folder: Path) -> HostileDocument:
    """A number lies under a picture."""

    def finish(canvas: Canvas) -> None:
        left, bottom, right, top = box_of(PLAIN, ROW, COLUMN)
        picture = ImageReader(Image.new("RGB", (8, 8), "white"))
        canvas.drawImage(picture, left + 1, bottom + 1, right - left - 2, top - bottom - 2)

    values = without(PLAIN.values(), [CELL])
    return _drawn(folder, "pictured", values, finish=finish, hidden=("600.78",))


def page_painted_white_first(folder: Path) -> HostileDocument:
    """A white background and shaded rows lie under everything, and hide nothing."""

    def prepare(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(0, 0, *A4, stroke=0, fill=1)
        for row in (0, 2, 4):
            left, bottom, _, top = box_of(PLAIN, row, 0)
            right = box_of(PLAIN, row, COLUMN)[2]
            canvas.setFillGray(0.9)
            canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
        canvas.setFillGray(0)

    return _drawn(folder, "painted_first", PLAIN.values(), prepare=prepare)


def page_whose_corner_is_not_at_nought(folder: Path) -> HostileDocument:
    """The page begins at a place of its own, and so do all coordinates."""

    def prepare(canvas: Canvas) -> None:
        canvas.setCropBox((30, 200, A4[0] - 10, A4[1] - 20))

    return _drawn(folder, "corner", PLAIN.values(), prepare=prepare)


def table_in_a_form_object(folder: Path) -> HostileDocument:
    """Everything is drawn inside a form object that is shrunk and moved when it is placed."""

    def prepare(canvas: Canvas) -> None:
        canvas.beginForm("sheet")

    def finish(canvas: Canvas) -> None:
        canvas.endForm()
        canvas.translate(40, 60)
        canvas.scale(0.8, 0.8)
        canvas.doForm("sheet")

    return _drawn(folder, "object", PLAIN.values(), prepare=prepare, finish=finish)


def rulings_in_dashes(folder: Path) -> HostileDocument:
    """The rulings are dashed."""
    return _drawn(folder, "dashed", PLAIN.values(), prepare=lambda canvas: canvas.setDash(1, 2))


def number_wider_than_its_cell(folder: Path) -> HostileDocument:
    """A number begins over the border of the blank cell before its own."""
    sheet = PLAIN.with_text(ROW, COLUMN, "123,456,789,012,600.78")
    values = {**PLAIN.values(), CELL: Decimal("123456789012600.78")}
    return _drawn(folder, "wide", values, sheet=sheet, duty=Duty.EITHER)


def text_outside_the_crop_box(folder: Path) -> HostileDocument:
    """The last row and a number beside the table lie outside what a viewer shows."""
    _, _, right, top = box_of(PLAIN, ROW, COLUMN)

    def prepare(canvas: Canvas) -> None:
        canvas.setCropBox((20, top - 2, right + 10, A4[1]))

    def finish(canvas: Canvas) -> None:
        canvas.drawString(right + 15, top + 5, "999.99")

    keys = [key for key in PLAIN.values() if key[0] == CELL[0]]
    values = without(PLAIN.values(), keys)
    return _drawn(
        *(folder, "cropped", values),
        prepare=prepare,
        finish=finish,
        hidden=("2010302", "999.99"),
    )


def white_text(folder: Path) -> HostileDocument:
    """A blank cell holds a number in white."""

    def finish(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        print_over(canvas, PLAIN, ROW, COLUMN - 1, "888.88")

    return _drawn(folder, "white", PLAIN.values(), finish=finish, hidden=("888.88",))


def invisible_text(folder: Path) -> HostileDocument:
    """A blank cell holds a number in text rendering mode 3."""

    def finish(canvas: Canvas) -> None:
        left, bottom, _, _ = box_of(PLAIN, ROW, COLUMN - 1)
        text = canvas.beginText(left + 8, bottom + 8)
        text.setTextRenderMode(3)
        text.textOut("888.88")
        canvas.drawText(text)

    return _drawn(folder, "invisible", PLAIN.values(), finish=finish, hidden=("888.88",))


def number_printed_twice_for_boldness(folder: Path) -> HostileDocument:
    """A number is printed again a third of a point beside itself, as bold fonts are faked."""

    def finish(canvas: Canvas) -> None:
        _, bottom, right, top = box_of(PLAIN, ROW, COLUMN)
        canvas.drawRightString(right - 3.7, (bottom + top) / 2 - SIZE * 0.35, "600.78")

    return _drawn(folder, "twice", PLAIN.values(), finish=finish)


def letter_spaced_number(folder: Path) -> HostileDocument:
    """The digits of a number stand apart."""
    sheet = PLAIN.with_text(ROW, COLUMN, "")

    def finish(canvas: Canvas) -> None:
        left, bottom, _, _ = box_of(PLAIN, ROW, COLUMN)
        text = canvas.beginText(left + 8, bottom + 8)
        text.setCharSpace(4)
        text.textOut("600.78")
        canvas.drawText(text)

    return _drawn(folder, "spaced", PLAIN.values(), sheet=sheet, finish=finish, duty=Duty.EITHER)


def rotated(degrees: int, folder: Path) -> HostileDocument:
    """The page is stored turned and says by how much, so that a viewer shows it upright."""
    return _turned(degrees, folder, f"rotated_{degrees}", is_declared=True)


def sideways(folder: Path) -> HostileDocument:
    """The whole page is printed sideways, and nothing in the file says so."""
    return _turned(90, folder, "sideways", is_declared=False)


TURNS: Mapping[int, tuple[float, ...]] = {
    90: (0, 1, -1, 0, A4[1], 0),
    180: (-1, 0, 0, -1, A4[0], A4[1]),
    270: (0, -1, 1, 0, 0, A4[0]),
}
"""What undoes the turn a viewer makes."""


def _turned(degrees: int, folder: Path, name: str, *, is_declared: bool) -> HostileDocument:
    # The size is that of the page as it is shown; reportlab stores a turned page by its own.
    size = A4 if is_declared else (A4[1], A4[0])

    def prepare(canvas: Canvas) -> None:
        canvas.transform(*TURNS[degrees])
        if is_declared:
            canvas.setPageRotation(degrees)

    path = folder / f"{name}.pdf"
    draw_sheet(PLAIN, path, prepare=prepare, size=size)
    return HostileDocument(path, Duty.READ, PLAIN.values())


RADICALS = str.maketrans("一支目行用", "⼀⽀⽬⾏⽤")


def _in_radicals() -> Sheet:
    return replace(
        PLAIN,
        title=PLAIN.title.translate(RADICALS),
        header=tuple(replace(cell, text=cell.text.translate(RADICALS)) for cell in PLAIN.header),
        rows=tuple((code, name.translate(RADICALS), *rest) for code, name, *rest in PLAIN.rows),
    )


def radical_code_points(folder: Path) -> HostileDocument:
    """Labels, headers and the title use radicals where they look like characters."""
    return _drawn(folder, "radicals", PLAIN.values(), sheet=_in_radicals())


def radical_code_points_in_word(folder: Path) -> HostileDocument:
    """The same in Word."""
    path = folder / "radicals.docx"
    write_sheet_docx(_in_radicals(), path)
    return HostileDocument(path, Duty.READ, PLAIN.values())


def headers_without_a_border_between_them(folder: Path) -> HostileDocument:
    """The border between 基本支出 and 项目支出 is missing in the header."""
    sheet = replace(PLAIN, without=frozenset({("down", 1, 4)}))
    return _drawn(folder, "headers", PLAIN.values(), sheet=sheet, duty=Duty.EITHER)


def group_header_without_a_line_below(folder: Path) -> HostileDocument:
    """No line parts the header of a group from the headers in it."""
    gone: frozenset[Ruling] = frozenset(("across", 1, column) for column in (2, 3, 4))
    sheet = replace(PLAIN, without=gone)
    return _drawn(folder, "group", PLAIN.values(), sheet=sheet, duty=Duty.EITHER)


def group_header_with_borders_through_it(folder: Path) -> HostileDocument:
    """The cell of a group header is not merged: its text stands in the first of three."""
    header = (
        *(cell for cell in PLAIN.header if cell.text != "本年支出"),
        *(GridCell(text, 0, 2 + place) for place, text in enumerate(("本年支出", "", ""))),
    )
    sheet = replace(PLAIN, header=header)
    return _drawn(folder, "unmerged", PLAIN.values(), sheet=sheet)


def rows_without_a_line_between_them(folder: Path) -> HostileDocument:
    """Two rows share their cells, because the line between them is missing."""
    row = ROW + 2
    sheet = replace(PLAIN, without=frozenset(("across", row, column) for column in range(5)))
    return _drawn(folder, "rows", PLAIN.values(), sheet=sheet, duty=Duty.EITHER)


def ruled_across_only(folder: Path) -> HostileDocument:
    """The table has no rulings down."""
    sheet = replace(PLAIN, ruled=Ruled.ACROSS)
    return _drawn(folder, "across", PLAIN.values(), sheet=sheet, duty=Duty.EITHER)


def unruled(folder: Path) -> HostileDocument:
    """The table has no rulings: its texts stand in columns."""
    sheet = replace(PLAIN, ruled=Ruled.NONE)
    return _drawn(folder, "unruled", PLAIN.values(), sheet=sheet, duty=Duty.EITHER)


def _drawn(
    folder: Path,
    name: str,
    values: Mapping[Key, Decimal],
    *,
    sheet: Sheet = PLAIN,
    prepare: Callable[[Canvas], object] | None = None,
    finish: Callable[[Canvas], object] | None = None,
    duty: Duty = Duty.READ,
    hidden: tuple[str, ...] = (),
) -> HostileDocument:
    path = folder / f"{name}.pdf"
    draw_sheet(sheet, path, prepare=prepare, finish=finish)
    return HostileDocument(path, duty, values, hidden=hidden)

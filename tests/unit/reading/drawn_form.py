"""One small form on a page, and the faults it can be drawn with.

Knows reportlab and where the form's cells are. Does not know how anything is read.
"""

from collections.abc import Collection, Sequence

from reportlab.pdfgen.canvas import Canvas

from pipelines.domain.document import Document, Table
from pipelines.reading.pdf import read_pdf
from tests.unit.reading.pages import SIZE, Drawing, pdf_file

XS = (50, 110, 230, 320, 410, 500)
TOP, ROW = 700, 20
PAD, RAISE = 4, 6
ROWS = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("", "总计", "306.90", "200.60", "106.30"),
    ("201", "一般公共服务支出", "204.60", "200.60", "4.00"),
    ("20103", "政府办公厅事务", "204.60", "200.60", "4.00"),
    ("208", "社会保障和就业", "102.30", "0.00", "102.30"),
    ("20805", "养老支出", "102.30", "0.00", "102.30"),
)
"""The texts of the form, row by row."""

Ruling = tuple[str, int]
"""``down`` or ``across``, and which one it is, from the left or from the top."""


def form(
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    xs: Sequence[float] = XS,
    top: float = TOP,
    low: float = 0.0,
    without: Collection[Ruling] = (),
    blank: Collection[tuple[int, int]] = (),
) -> Drawing:
    """Draw the form.

    Args:
        rows: Its texts.
        xs: Where its rulings down the page are.
        top: Where it begins, from below.
        low: By how much its texts are too low.
        without: Rulings that are missing.
        blank: Cells (row, column) whose texts are not drawn.
    """
    ys = [top - number * ROW for number in range(len(rows) + 1)]

    def draw(canvas: Canvas) -> None:
        _rule(canvas, xs, ys, without)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if (row, column) not in blank:
                    _print(canvas, text, xs[column : column + 2], ys[row + 1] + RAISE - low)

    return draw


def _rule(
    canvas: Canvas, xs: Sequence[float], ys: Sequence[float], without: Collection[Ruling]
) -> None:
    for number, x in enumerate(xs):
        if ("down", number) not in without:
            canvas.line(x, ys[0], x, ys[-1])
    for number, y in enumerate(ys):
        if ("across", number) not in without:
            canvas.line(xs[0], y, xs[-1], y)


def _print(canvas: Canvas, text: str, sides: Sequence[float], base: float) -> None:
    """Print amounts on the right and words on the left, as forms do."""
    if "." in text:
        canvas.drawRightString(sides[1] - PAD, base, text)
    else:
        canvas.drawString(sides[0] + PAD, base, text)


def spot(
    row: int, column: int, *, xs: Sequence[float] = XS, top: float = TOP
) -> tuple[float, float]:
    """Where an amount of the form begins, about: its left end and its base."""
    return xs[column + 1] - PAD - 3 * SIZE, top - (row + 1) * ROW + RAISE


def both(*drawings: Drawing) -> Drawing:
    """Draw several things on one page."""

    def draw(canvas: Canvas) -> None:
        for each in drawings:
            canvas.saveState()
            each(canvas)
            canvas.restoreState()

    return draw


def document(*drawings: Drawing) -> Document:
    """Read a file of these pages."""
    return read_pdf(pdf_file(*drawings), sha256="0" * 64, file_name="drawn.pdf")


def texts(read: Document) -> list[list[tuple[str, ...]]]:
    """The rows of each table of a document, without line breaks."""
    return [
        [tuple(cell.text.replace("\n", "") for cell in row) for row in block.rows()]
        for block in read.blocks
        if isinstance(block, Table)
    ]


FORM: list[list[tuple[str, ...]]] = [[*ROWS]]
"""What is read of a page with the form on it."""

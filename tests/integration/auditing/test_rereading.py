"""Who is right where readers differ: small tables drawn by hand, of which everything is known.

The first reading is given; what the file says to the others, and what it shows, is drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.acquiring.sources import Source
from pipelines.auditing.readings import Agreement, Doubt, FirstReading, SecondReading
from pipelines.auditing.rereading import read_again
from pipelines.reading.scans.models import can_read_pictures
from tests.forge.embedded_font import register_font

FONT = "WenQuanYiRereading"
PAGE = (420, 300)
LEFT, TOP, WIDTH, HEIGHT = 60, 60, 100, 24
ROWS = (
    ("2050101", "1204.36", "830.12"),
    ("2050102", "417.95", "96.40"),
    ("2050103", "58.27", "33.81"),
    ("2050104", "702.68", "515.09"),
)
Draw = Callable[[Canvas, float, float, str], object]


def write_right(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawRightString(x, y, text)


def write_backwards(canvas: Canvas, x: float, y: float, text: str) -> None:
    """Each character by itself, the last one first."""
    for character in reversed(text):
        width = canvas.stringWidth(character, FONT, 9)
        x -= width
        canvas.drawString(x, y, character)


def write_unseen(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.setFillGray(1)
    canvas.drawRightString(x, y, text)
    canvas.setFillGray(0)


def draw_table(
    path: Path,
    *,
    special: Mapping[str, Draw] | None = None,
    rulings_down: Sequence[int] = (0, 1, 2, 3),
    drop: float = 0.0,
) -> None:
    """A ruled table of codes and two columns of amounts.

    Args:
        path: Where it goes.
        special: Amounts that are drawn in another way.
        rulings_down: Which of the four rulings down there are.
        drop: How far all text stands below its row.
    """
    register_font(FONT)
    canvas = Canvas(str(path), pagesize=PAGE, invariant=1)
    canvas.setFont(FONT, 9)
    bottom, top = PAGE[1] - TOP - HEIGHT * len(ROWS), PAGE[1] - TOP
    for row in range(len(ROWS) + 1):
        canvas.line(LEFT, top - row * HEIGHT, LEFT + 3 * WIDTH, top - row * HEIGHT)
    for column in rulings_down:
        canvas.line(LEFT + column * WIDTH, bottom, LEFT + column * WIDTH, top)
    for row, (code, *amounts) in enumerate(ROWS):
        y = top - (row + 0.5) * HEIGHT - 3 - drop
        canvas.drawString(LEFT + 4, y, code)
        for column, amount in enumerate(amounts, start=2):
            draw = (special or {}).get(amount, write_right)
            draw(canvas, LEFT + column * WIDTH - 4, y, amount)
    canvas.save()


def first_readings() -> list[FirstReading]:
    """What a first reader that errs nowhere has, all of it in doubt."""
    return [
        FirstReading(
            figure_id=amount,
            form="expenditure",
            page=1,
            box=(
                LEFT + column * WIDTH,
                TOP + row * HEIGHT,
                LEFT + (column + 1) * WIDTH,
                TOP + (row + 1) * HEIGHT,
            ),
            text=amount,
            row_code=code,
            is_in_doubt=True,
        )
        for row, (code, *amounts) in enumerate(ROWS)
        for column, amount in enumerate(amounts, start=1)
    ]


def reread(path: Path, printed: Sequence[FirstReading]) -> dict[str, SecondReading]:
    return {each.figure_id: each for each in read_again(Doubt("d", Source(path), tuple(printed)))}


def outcomes(readings: Mapping[str, SecondReading]) -> set[Agreement]:
    return {each.outcome for each in readings.values()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.pdf"


def test_two_readers_of_a_plain_table_agree(path):
    draw_table(path)
    assert outcomes(reread(path, first_readings())) == {Agreement.AGREES}


def test_where_the_sheet_is_cut_both_measure_from_what_is_shown(path):
    draw_table(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].mediabox = [-40, -30, PAGE[0] + 25, PAGE[1] + 55]
        pdf.pages[0].cropbox = [0, 0, *PAGE]
        pdf.save(path)
    assert outcomes(reread(path, first_readings())) == {Agreement.AGREES}


def test_a_second_reader_that_lacks_a_ruling_accuses_nobody(path):
    draw_table(path, rulings_down=(0, 1, 3))
    readings = reread(path, first_readings())
    assert outcomes(readings) <= {Agreement.AGREES, Agreement.UPHELD}
    upheld = [each for each in readings.values() if each.outcome is Agreement.UPHELD]
    assert upheld
    assert all(each.third_text == each.first_text != each.second_text for each in upheld)


def test_text_half_a_row_too_low_is_found_where_it_stands(path):
    draw_table(path, drop=0.55 * HEIGHT)
    assert outcomes(reread(path, first_readings())) <= {Agreement.AGREES, Agreement.UPHELD}


def test_digits_drawn_last_to_first_are_the_number_that_they_show(path):
    draw_table(path, special={"417.95": write_backwards, "58.27": write_backwards})
    assert outcomes(reread(path, first_readings())) <= {Agreement.AGREES, Agreement.UPHELD}


def test_a_number_that_the_first_reading_has_wrong_differs(path):
    draw_table(path)
    wrong = [
        replace(each, text="477.95") if each.text == "417.95" else each for each in first_readings()
    ]
    readings = reread(path, wrong)
    assert readings["417.95"].outcome is Agreement.DIFFERS
    assert readings["417.95"].second_text == readings["417.95"].third_text == "417.95"
    assert outcomes({key: it for key, it in readings.items() if key != "417.95"}) == {
        Agreement.AGREES
    }


def test_codes_of_characters_shifted_by_one_differ_everywhere(path):
    draw_table(path)
    shifted = str.maketrans("0123456789", "1234567890")
    wrong = [replace(each, text=each.text.translate(shifted)) for each in first_readings()]
    assert outcomes(reread(path, wrong)) == {Agreement.DIFFERS}


def test_numbers_under_the_names_of_other_rows_differ(path):
    draw_table(path)
    codes = [code for code, *_ in ROWS]
    later = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    wrong = [replace(each, row_code=later[each.row_code]) for each in first_readings()]
    readings = reread(path, wrong)
    assert outcomes(readings) == {Agreement.DIFFERS}
    assert {each.detail for each in readings.values()} == {"in another row"}


def test_an_amount_that_the_first_reading_lacks_is_missed(path):
    draw_table(path)
    readings = reread(path, [each for each in first_readings() if each.text != "58.27"])
    assert readings[""].outcome is Agreement.MISSED
    assert readings[""].second_text == readings[""].third_text == "58.27"


def test_an_amount_that_nobody_sees_is_not_missed(path):
    draw_table(path, special={"58.27": write_unseen})
    readings = reread(path, [each for each in first_readings() if each.text != "58.27"])
    assert outcomes(readings) == {Agreement.AGREES}


def test_what_all_readers_of_text_read_and_nobody_sees_differs(path):
    draw_table(path, special={"58.27": write_unseen})
    readings = reread(path, first_readings())
    assert readings["58.27"].outcome is Agreement.DIFFERS
    assert readings["58.27"].detail == "nothing is to be seen there"
    assert readings["33.81"].outcome is Agreement.AGREES


def test_a_second_reader_that_errs_where_sums_prove_the_first_objects_in_vain(path):
    """Both readers of text have other numbers than sums prove: they cannot accuse another one."""
    draw_table(path)
    proven = [
        replace(each, text="9.99", is_in_doubt=False, is_summed=True)
        if each.text == "830.12"
        else replace(each, text="477.95")
        if each.text == "417.95"
        else each
        for each in first_readings()
    ]
    assert reread(path, proven)["417.95"].outcome is Agreement.UNREADABLE


@pytest.mark.skipif(not can_read_pictures(), reason="needs the extra 'ocr'")
def test_codes_that_stand_for_other_digits_are_told_by_the_picture(path):
    """The file says 1 and 7 in each other's place, to every reader of text alike."""
    draw_table(path)
    exchange_in_text(path, "1", "7")
    swapped = str.maketrans("17", "71")
    read = [
        replace(each, text=each.text.translate(swapped), row_code=each.row_code.translate(swapped))
        for each in first_readings()
    ]
    readings = reread(path, read)
    has_both = {key for key in readings if set(key) & {"1", "7"}}
    assert has_both
    for key, each in readings.items():
        assert (each.outcome is Agreement.DIFFERS) is (key in has_both)
        assert each.third_text == each.first_text
        assert each.shown_text == key


def exchange_in_text(path: Path, one: str, other: str) -> None:
    """Have a PDF's fonts say two characters in each other's place, and show them as ever."""
    one_code, other_code = (f"<{ord(each):04X}>".encode() for each in (one, other))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if "/ToUnicode" in font:
                said = font.ToUnicode.read_bytes()
                said = said.replace(one_code, b"<?>").replace(other_code, one_code)
                font.ToUnicode.write(said.replace(b"<?>", other_code))
        pdf.save(path)

"""Draws a redrawn table or a passage of prose as a picture, for formats without pages.

Knows Pillow, and asks fontconfig for a font with Chinese characters. Does not know where tables and
passages come from.
"""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from pipelines.domain.languages import Language
from pipelines.exploring.fragments import left_out_text
from pipelines.exploring.passages import Passage
from pipelines.exploring.redrawn_tables import RedrawnCell, RedrawnTable
from pipelines.exploring.source_files import NoPictureError

LANGUAGE_OF_FONT = "zh-cn"
FONT_SIZE = 24
LINE_HEIGHT = 34
PADDING = 10
MARGIN = 16
NARROWEST_COLUMN = 4 * FONT_SIZE
WIDEST_COLUMN = 10 * FONT_SIZE
MOST_LINES = 6
PASSAGE_WIDTH = 40 * FONT_SIZE
INK, SOFT, RULE, PAPER = (28, 36, 48), (102, 112, 133), (150, 158, 170), (255, 255, 255)
HEADER, SENTENCE, MARK = (240, 242, 245), (255, 246, 214), (255, 208, 90)
# As on the pictures of pages.
WANTED, COMPANION = (220, 30, 30), (224, 148, 20)
WANTED_WIDTH, COMPANION_WIDTH = 5, 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to be drawn: cells, or a line that says what is left out."""

    cells: Sequence[RedrawnCell]
    is_header: bool = False
    remark: str = ""


def draw_table(table: RedrawnTable, language: Language) -> Image.Image:
    """A redrawn table as a picture, the figure outlined in red, its companions in amber.

    Raises:
        NoPictureError: No font with Chinese characters is installed.
    """
    font = _font()
    rows = _rows(table, language)
    widths = _widths(rows, table.column_count, font)
    heights = [_height(row, widths, font) for row in rows]
    lefts, tops = _offsets(widths), _offsets(heights)
    picture = Image.new("RGB", (lefts[-1] + MARGIN, tops[-1] + MARGIN), PAPER)
    draw = ImageDraw.Draw(picture)
    outlined = []
    for number, row in enumerate(rows):
        if row.remark:
            draw.text((MARGIN + PADDING, tops[number] + PADDING), row.remark, SOFT, font)
        for cell in row.cells:
            box = (
                lefts[cell.column],
                tops[number],
                lefts[cell.column + cell.column_span],
                tops[number + cell.row_span],
            )
            draw.rectangle(box, HEADER if row.is_header else PAPER, RULE)
            _write(draw, box, cell.text, font)
            if cell.is_wanted or cell.is_companion:
                outlined.append((cell.is_wanted, box))
    for is_wanted, box in sorted(outlined):
        colour, width = (WANTED, WANTED_WIDTH) if is_wanted else (COMPANION, COMPANION_WIDTH)
        draw.rectangle(box, outline=colour, width=width)
    return picture


def draw_passage(passage: Passage) -> Image.Image:
    """A paragraph as a picture, its sentence shaded and its number marked.

    Raises:
        NoPictureError: No font with Chinese characters is installed.
    """
    font = _font()
    shades = [
        (passage.before, PAPER),
        (passage.opening, SENTENCE),
        (passage.value, MARK),
        (passage.closing, SENTENCE),
        (passage.after, PAPER),
    ]
    placed: list[tuple[int, int, str, tuple[int, int, int]]] = []
    left, line = 0, 0
    for character, shade in ((each, shade) for text, shade in shades for each in text):
        width = round(font.getlength(character))
        if left + width > PASSAGE_WIDTH or character == "\n":
            left, line = 0, line + 1
        placed.append((left, line, character.strip("\n"), shade))
        left += width
    size = (PASSAGE_WIDTH + 2 * MARGIN, (line + 1) * LINE_HEIGHT + 2 * MARGIN)
    picture = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(picture)
    for left, line, character, shade in placed:
        x, y = MARGIN + left, MARGIN + line * LINE_HEIGHT
        right = x + round(font.getlength(character))
        draw.rectangle((x, y, right, y + LINE_HEIGHT - 1), shade)
    for left, line, character, _ in placed:
        draw.text((MARGIN + left, MARGIN + line * LINE_HEIGHT), character, INK, font)
    return picture


def _rows(table: RedrawnTable, language: Language) -> list[_Row]:
    rows = [_Row(cells, is_header=True) for cells in table.header]
    if table.left_out_above:
        remark = left_out_text("rows", table.left_out_above, [language])
        rows.append(_Row((), remark=remark))
    rows += [_Row(cells) for cells in table.rows]
    for what, count in (("rows", table.left_out_below), ("columns", table.left_out_columns)):
        if count:
            rows.append(_Row((), remark=left_out_text(what, count, [language])))
    return rows


def _widths(rows: Sequence[_Row], column_count: int, font: ImageFont.FreeTypeFont) -> list[int]:
    """How wide each column is: as its longest text, within bounds."""
    widths = [NARROWEST_COLUMN] * column_count
    for cell in (cell for row in rows for cell in row.cells if cell.column_span == 1):
        needed = max((font.getlength(line) for line in cell.text.split("\n")), default=0)
        wanted = min(WIDEST_COLUMN, round(needed) + 2 * PADDING)
        widths[cell.column] = max(widths[cell.column], wanted)
    return widths


def _height(row: _Row, widths: Sequence[int], font: ImageFont.FreeTypeFont) -> int:
    lines = [
        len(_lines(cell.text, sum(widths[cell.column : cell.column + cell.column_span]), font))
        for cell in row.cells
        if cell.row_span == 1
    ]
    return max([1, *lines]) * LINE_HEIGHT + 2 * PADDING


def _offsets(lengths: Sequence[int]) -> list[int]:
    """Where each of some lengths laid end to end begins, and where the last one ends."""
    offsets = [MARGIN]
    for length in lengths:
        offsets.append(offsets[-1] + length)
    return offsets


def _write(
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    text: str,
    font: ImageFont.FreeTypeFont,
) -> None:
    left, top, right, bottom = box
    lines = _lines(text, right - left, font)
    above = (bottom - top - len(lines) * LINE_HEIGHT) // 2
    for number, line in enumerate(lines):
        place = (left + PADDING, top + above + number * LINE_HEIGHT)
        draw.text(place, line, INK, font)


def _lines(text: str, width: int, font: ImageFont.FreeTypeFont) -> list[str]:
    """A text broken into lines that fit; of a long one the first, with … behind them."""
    lines = [""]
    for character in text.strip():
        if character == "\n" or font.getlength(lines[-1] + character) > width - 2 * PADDING:
            lines.append("")
        lines[-1] += character.strip("\n")
    if len(lines) > MOST_LINES:
        return [*lines[: MOST_LINES - 1], "…"]
    return lines


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    path, index = find_font()
    return ImageFont.truetype(path, FONT_SIZE, index=index)


def find_font() -> tuple[str, int]:
    """The file of a font with Chinese characters, and which of the fonts in it that is.

    Raises:
        NoPictureError: There is none, or no fontconfig to ask for it.
    """
    matched = _match_font(f"sans:lang={LANGUAGE_OF_FONT}")
    # It answers with some font whatever it is asked for.
    if len(matched) != 3 or LANGUAGE_OF_FONT not in matched[2].split("|"):
        raise NoPictureError(
            "no font with Chinese characters is installed, which the picture needs: install one, "
            "such as Debian's fonts-noto-cjk"
        )
    path, index, _ = matched
    return path, int(index)


def _match_font(pattern: str) -> list[str]:
    """File, index in it and languages of the font that fontconfig has; [] without fontconfig."""
    matcher = shutil.which("fc-match")
    if matcher is None:
        return []
    return subprocess.run(  # noqa: S603 - fixed arguments
        [matcher, "-f", "%{file}\n%{index}\n%{lang}", pattern],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()

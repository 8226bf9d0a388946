"""One page that is a picture, as the tables and lines that a page of text has.

Knows the order of the steps. Does not know what any of them does, nor where pictures come from.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import cv2
import numpy as np

from pipelines.domain.document import Cell, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.reading.paragraphs import TextLine
from pipelines.reading.pdf_objects import Char
from pipelines.reading.scans.cells import CERTAIN, SURE, ReadCell, Said, as_said, settle
from pipelines.reading.scans.lattice import Lattice, erase_rulings, find_lattices
from pipelines.reading.scans.models import FIRST, SECOND
from pipelines.reading.scans.numbers import UNREADABLE
from pipelines.reading.scans.pixels import (
    USUAL_DOTS,
    WHITE,
    Grey,
    Ink,
    PixelBox,
    bounding,
    ink_of,
    widened,
)
from pipelines.reading.scans.prose import Doubt, settle_line, spans_of_numbers
from pipelines.reading.scans.recogniser import recogniser
from pipelines.reading.scans.recognition import Recognition
from pipelines.reading.scans.straightening import Pose, is_sideways, slope_of, straighten, turned
from pipelines.reading.scans.text_rows import (
    TextRow,
    in_lines,
    rows_in_cell,
    rows_outside,
    type_height,
)

_POINTS = 72
# Pictures are read in this many dots an inch, or as many as they have between these.
_FEWEST_DOTS, _MOST_DOTS = 200, 300
# So many of a page's longest rows tell which way up it stands: how well they are read where that is
# certainly the right way, and where none across them can be.
_SAMPLE = 8
_WELL_READ, _READ = 0.85, 0.6
_PLAIN = 1.3
# What stands outside of tables is set in type that is hardly smaller than theirs.
_SMALLER = 0.6
# A gap, in units of the rows' height, that is printed as a space.
_SPACE = 0.4
# In the same units, what a second recogniser sees beside a number.
_BESIDE = 0.8
# How far the ink of a speck shows around it, in dots, and which share of a row is darker than paper
# at most.
_SPREAD = 3
_PAPER = 90
# Shades of print are darker.
_PRINT = 150
_MOST_OTHERS = 3
# Who reads a dash: nobody has to, it is seen from its shape.
SHAPE = "shape"
# A numeral that is a single stroke.
_DASH_LIKE = "一"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page, the way the file shows it.

    Attributes:
        grey: Its shades.
        width: Of the page, in points.
        height: Likewise.
        seals: Where seals are, black on white, None where there is no colour.
    """

    grey: Grey
    width: float
    height: float
    seals: Grey | None = None


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """What was read of a picture; all places in points of the page after its turn.

    Attributes:
        turn: By how many degrees, clockwise, the page as the file shows it is turned for its text
            to stand upright: 0, 90, 180 or 270.
        width: Of the page after that, in points.
        height: Likewise.
        tables: Its tables.
        lines: The lines outside of them.
        doubts: The numbers in those lines that were not read for certain.
    """

    turn: int
    width: float
    height: float
    tables: tuple[Table, ...]
    lines: tuple[TextLine, ...]
    doubts: tuple[Paragraph, ...]

    @property
    def char_count(self) -> int:
        """How many characters were read on it."""
        in_cells = sum(len(cell.text) for table in self.tables for cell in table.cells)
        return in_cells + sum(len(line.text) for line in self.lines)


def read_picture(picture: Picture, number: int) -> ReadPicture:
    """Read a page that is a picture.

    Args:
        picture: The page.
        number: Its number, from 1.
    """
    # Pages are read side by side, each by one process on one processor.
    cv2.setNumThreads(1)
    grey = _in_usual_dots(picture, picture.grey)
    seals = None if picture.seals is None else _in_usual_dots(picture, picture.seals)
    lies = 90 if is_sideways(ink_of(grey, _unit(grey, picture))) else 0
    best: _Sheet | None = None
    for turn, enough in (
        (lies, _WELL_READ),
        (lies + 180, _READ),
        (90 - lies, _READ),
        (270 - lies, 0),
    ):
        sheet = _Sheet(picture, grey, seals, turn)
        sheet.read_sample()
        if best is None or sheet.confidence > best.confidence:
            best = sheet
        if best.confidence >= enough:
            break
    return (best or sheet).read(number)


def _in_usual_dots(picture: Picture, grey: Grey) -> Grey:
    height, width = grey.shape
    dots = _POINTS * max(height, width) / max(picture.height, picture.width)
    wanted = min(max(dots, _FEWEST_DOTS), _MOST_DOTS)
    if abs(wanted / dots - 1) < 0.01:
        return grey
    size = round(width * wanted / dots), round(height * wanted / dots)
    how = cv2.INTER_CUBIC if wanted > dots else cv2.INTER_AREA
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def _unit(grey: Grey, picture: Picture) -> float:
    dots = _POINTS * float(max(grey.shape)) / max(picture.height, picture.width)
    return dots / USUAL_DOTS


@dataclass(slots=True)
class _Row:
    """A stretch of a line with what was read there.

    Attributes:
        place: Where it is.
        is_in_cell: Whether a cell holds it; else a line of running text does.
        first: What the first recogniser reads.
        second: What the second one reads: in a cell all of it, else each number.
    """

    place: TextRow
    is_in_cell: bool
    first: Recognition | None = None
    second: list[Recognition] = field(default_factory=list)

    def crops_for_second(self) -> list[PixelBox]:
        """What the second recogniser is to read: numbers, and cells that the first hesitates at."""
        if self.first is None:
            return []
        if not self.is_in_cell:
            return [self._around(*span) for span in spans_of_numbers(self.first)]
        has_digits = any(map(str.isdigit, self.first.text))
        return [self.place.crop] if has_digits or self.first.confidence < SURE else []

    def _around(self, begin: int, end: int) -> PixelBox:
        """The part of the row that shows some of its characters, and a little more."""
        crop = self.place.crop
        at = [glyph.at for glyph in self.first.glyphs] if self.first else []
        margin = _BESIDE * self.place.ink.height
        left = (at[begin - 1] + at[begin]) / 2 * crop.width if begin else 0
        right = (at[end - 1] + at[end]) / 2 * crop.width if end < len(at) else crop.width
        return PixelBox(
            max(crop.left, round(crop.left + left - margin)),
            crop.top,
            min(crop.right, round(crop.left + right + margin)),
            crop.bottom,
        )


@dataclass(slots=True)
class _Table:
    """A table's grid, the height of its type in dots, and the rows of text in each of its cells."""

    lattice: Lattice
    height: float
    rows: list[list[_Row]] = field(default_factory=list)


class _Sheet:
    """A page turned in one of two ways that are likely, and what is found on it.

    Args:
        picture: The page.
        grey: Its shades as the file shows them, in the usual resolution.
        seals: Likewise where seals are, None where there is no colour.
        turn: By how many degrees it is turned.
    """

    def __init__(self, picture: Picture, grey: Grey, seals: Grey | None, turn: int) -> None:
        grey = turned(grey, turn)
        self._unit = _unit(grey, picture)
        self._turn = turn
        self._grey, self._pose = straighten(grey, slope_of(ink_of(grey, self._unit)))
        is_turned = turn % 180 == 90
        self._width = picture.height if is_turned else picture.width
        self._height = picture.width if is_turned else picture.height
        ink = ink_of(self._grey, self._unit)
        lattices = find_lattices(ink, self._unit)
        self._ruled = self._grey.copy()
        self._seals: Grey | None = None
        if seals is not None:
            self._seals, _ = straighten(turned(seals, turn), self._pose.slope)
            dark = self._grey[self._grey < _PRINT]
            # Print under a seal is paler than elsewhere.
            self._pale = (2 * float(np.median(dark)) + WHITE) / 3 if dark.size else 0.0
        erase_rulings(ink, self._grey, lattices, self._unit)
        self._ink = ink
        usual = type_height(ink, self._unit)
        self._tables = [
            _Table(lattice, type_height(lattice.box.of(ink), self._unit, usual))
            for lattice in lattices
        ]
        for table in self._tables:
            self._find_rows(table, ink)
        boxes = [_around(lattice, self._unit) for lattice in lattices]
        least = _SMALLER * max((table.height for table in self._tables), default=0)
        outside = rows_outside(ink, boxes, self._unit, least)
        self._outside = [_Row(row, is_in_cell=False) for row in outside]
        self.confidence = 1.0

    def _find_rows(self, table: _Table, ink: Ink) -> None:
        for cell in table.lattice.cells:
            rows = rows_in_cell(ink, cell.box, table.height, table.lattice.reach)
            table.rows.append([_Row(row, is_in_cell=True) for row in self._printed(rows)])

    def _printed(self, rows: Sequence[TextRow]) -> list[TextRow]:
        """A cell's rows without what is left of a seal, unless that is all of it and no dash."""
        printed = [row for row in rows if not self._is_rim(row.ink)]
        return printed or [row for row in rows if not row.is_dash]

    def _is_rim(self, box: PixelBox) -> bool:
        """Tell whether what there is paler than print and lies on a seal.

        Pictures keep colours coarsely: what is left of a seal is its edges and thin strokes.
        """
        if self._seals is None or not (box.of(self._seals) < WHITE // 2).any():
            return False
        return bool(box.of(self._grey).min() > self._pale)

    def read_sample(self) -> None:
        """Read the longest rows of usual height, and note how well they can be read.

        What is higher has a seal on it, or the shadow of the page's edge; what is lower is left of
        rulings.
        """
        rows = [row for row in self._rows() if not row.place.is_dash]
        usual = _usual_height([row.place.ink for row in rows])
        plain = [row for row in rows if usual / _PLAIN <= row.place.ink.height <= _PLAIN * usual]
        longest = sorted(plain, key=lambda row: -row.place.ink.width)[:_SAMPLE]
        self._read_first(longest)
        glyphs = [glyph for row in longest if row.first for glyph in row.first.glyphs]
        shares = [glyph.confidence for glyph in glyphs]
        # A row in which nothing is read is read badly.
        lost = sum(not row.first.glyphs for row in longest if row.first)
        self.confidence = sum(shares) / (len(shares) + lost) if shares else float(not longest)

    def read(self, number: int) -> ReadPicture:
        """Read everything."""
        rows = list(self._rows())
        self._read_first([row for row in rows if row.first is None and not row.place.is_dash])
        self._read_second(rows)
        doubts: list[Paragraph] = []
        lines = tuple(self._lines(number, doubts))
        return ReadPicture(
            turn=self._turn % 360,
            width=self._width,
            height=self._height,
            tables=tuple(self._to_table(table, number) for table in self._tables),
            lines=lines,
            doubts=tuple(doubts),
        )

    def _rows(self) -> Iterator[_Row]:
        for table in self._tables:
            for rows in table.rows:
                yield from rows
        yield from self._outside

    def _read_first(self, rows: Sequence[_Row]) -> None:
        found = recogniser(FIRST).read([self._cut(row, row.place.crop) for row in rows])
        for row, recognition in zip(rows, found, strict=True):
            row.first = recognition

    def _read_second(self, rows: Sequence[_Row]) -> None:
        wanted = [(row, crop) for row in rows for crop in row.crops_for_second()]
        found = recogniser(SECOND).read([self._cut(row, crop) for row, crop in wanted])
        for (row, _), recognition in zip(wanted, found, strict=True):
            row.second.append(recognition)

    def _cut(self, row: _Row, crop: PixelBox) -> Grey:
        """A part of a row as a picture of its own, without the specks around its glyphs.

        Beside a number they would be read as points and dashes.
        """
        cut = crop.of(self._ruled if row.place.is_on_ruling else self._grey).copy()
        specks = widened(crop.of(self._ink), _SPREAD, _SPREAD) > 0
        ink = row.place.ink
        specks[
            max(0, ink.top - crop.top) : ink.bottom - crop.top,
            max(0, ink.left - crop.left) : ink.right - crop.left,
        ] = False
        if specks.any():
            cut[specks] = np.percentile(cut, _PAPER)
        return cut

    def _to_table(self, table: _Table, number: int) -> Table:
        lattice = table.lattice
        read = [
            ReadCell(
                cell.column,
                cell.column_span,
                tuple(_said(rows)),
                is_rim=all(self._is_rim(row.place.ink) for row in rows),
            )
            for cell, rows in zip(lattice.cells, table.rows, strict=True)
        ]
        return Table(
            cells=tuple(
                Cell(
                    text=settled.text,
                    row=cell.row,
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                    place=self._place(cell.box, number),
                    is_unreadable=settled.text == UNREADABLE,
                    readings=settled.readings,
                    is_doubtful=settled.is_doubtful,
                )
                for cell, settled in zip(lattice.cells, settle(read), strict=True)
            ),
            row_count=lattice.row_count,
            column_count=lattice.column_count,
            place=self._place(lattice.box, number),
        )

    def _lines(self, number: int, doubts: list[Paragraph]) -> Iterator[TextLine]:
        by_place = {id(row.place): row for row in self._outside}
        for line in in_lines(row.place for row in self._outside):
            rows = [by_place[id(place)] for place in line]
            if (made := self._to_line(rows, number, doubts)) is not None:
                yield made

    def _to_line(
        self, rows: Sequence[_Row], number: int, doubts: list[Paragraph]
    ) -> TextLine | None:
        parts: list[str] = []
        chars: list[Char] = []
        edge = None
        for row in rows:
            settled = settle_line(row.first, row.second) if row.first else None
            if settled is None or not settled.text.strip():
                continue
            ink = row.place.ink
            if edge is not None and ink.left - edge > _SPACE * ink.height:
                parts.append(" ")
            edge = ink.right
            parts.append(settled.text)
            boxes = self._chars(row, settled.text, settled.middles)
            chars.extend(char for char in boxes if not char.text.isspace())
            doubts.extend(self._doubt(doubt, boxes, number) for doubt in settled.doubts)
        if not any(char.text.isalnum() and char.text != _DASH_LIKE for char in chars):
            # What is left of rulings is read as dots and dashes.
            return None
        box = self._points(bounding([row.place.ink for row in rows]))
        return TextLine(
            text="".join(parts).strip(),
            page=number,
            page_width=self._width,
            page_height=self._height,
            x0=box[0],
            top=box[1],
            x1=box[2],
            bottom=box[3],
            chars=tuple(chars),
        )

    def _chars(self, row: _Row, text: str, middles: Sequence[float]) -> list[Char]:
        """A row's characters with their boxes: each reaches half-way to its neighbours."""
        crop, ink = row.place.crop, row.place.ink
        at = [crop.left + middle * crop.width for middle in middles]
        borders = [
            float(ink.left),
            *((one + other) / 2 for one, other in pairwise(at)),
            float(ink.right),
        ]
        boxes = []
        for place, character in enumerate(text):
            left, right = borders[place], max(borders[place], borders[place + 1])
            boxes.append(Char(character, *self._points_of(left, ink.top, right, ink.bottom)))
        return boxes

    def _doubt(self, doubt: Doubt, boxes: Sequence[Char], number: int) -> Paragraph:
        chars = boxes[doubt.begin : doubt.end]
        box = (chars[0].x0, chars[0].top, chars[-1].x1, chars[-1].bottom)
        return Paragraph(doubt.text, Place(page=number, bbox=box))

    def _place(self, box: PixelBox, number: int) -> Place:
        return Place(page=number, bbox=self._points(box))

    def _points(self, box: PixelBox) -> tuple[float, float, float, float]:
        return self._points_of(*map(float, box))

    def _points_of(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        pose: Pose = self._pose
        across, down = self._width / pose.width, self._height / pose.height
        x0, y0, x1, y1 = pose.before(left, top, right, bottom)
        return (
            round(x0 * across, 2),
            round(y0 * down, 2),
            round(x1 * across, 2),
            round(y1 * down, 2),
        )


def _usual_height(boxes: Sequence[PixelBox]) -> int:
    """How high rows are, each counted by how long it is."""
    ordered = sorted(boxes, key=lambda box: box.height)
    lengths = list(accumulate(box.width for box in ordered))
    return ordered[bisect_left(lengths, lengths[-1] / 2)].height if ordered else 0


def _around(lattice: Lattice, unit: float) -> PixelBox:
    """A table with its outer rulings."""
    reach = round(lattice.thickness + 2 * unit)
    left, top, right, bottom = lattice.box
    return PixelBox(max(0, left - reach), max(0, top - reach), right + reach, bottom + reach)


def _said(rows: Sequence[_Row]) -> Iterator[Said]:
    """What was read in a cell: by each recogniser, and the next likeliest of the first."""
    firsts = [row.first for row in rows if row.first is not None]
    if [row.place.is_dash for row in rows] == [True]:
        yield Said("-", 1.0, SHAPE)
    if not firsts:
        return
    yield as_said(firsts, FIRST.name)
    if any(row.second for row in rows):
        seconds = [row.second[0] if row.second else row.first for row in rows if row.first]
        yield as_said(seconds, SECOND.name)
    if len(firsts) == 1 and firsts[0].confidence < CERTAIN:
        for text, share in firsts[0].others(_MOST_OTHERS):
            yield Said(text, round(share, 4), FIRST.name)

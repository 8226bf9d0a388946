"""Where lines of text stand on a page without its rulings, in cells and outside of tables.

Knows ink and the size of glyphs. Does not know what glyphs say.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipelines.reading.scans.pixels import (
    INK,
    Blots,
    Ink,
    PixelBox,
    blots_of,
    bounding,
    closed,
    opened,
)

# In dots of the usual resolution: what may be a glyph.
_GLYPH = (7, 80)
# Half of the larger sides of a page's glyphs are below this share of its usual type's height.
_PERCENTILE = 70
# Fewer are specks and what rulings leave, as like as not; and the height of type where there is
# none.
_FEW_GLYPHS = 12
_USUAL_HEIGHT = 24
# In units of type height. What is smaller than a stroke is a point or a speck: one beside a
# glyph belongs to it, one by itself is none; nor are several that happen to touch.
_STROKE = 0.24
_LEAST = 0.35
_BESIDE = 0.8
# A dash that stands for a number: how wide it is, and how high, in units of type height and of its
# own width; and the share of its box with ink.
_DASH, _LONGEST_DASH, _DASH_HEIGHT, _FLAT, _SOLID = 0.25, 0.75, 0.32, 0.87, 0.6
# How high it is at least, how wide where specks touch it, and how high what stands beside it is at
# most, in units of type height.
_THINNEST_DASH, _DASH_WITH_SPECKS, _TALLEST_SPECK = 0.07, 0.28, 0.45
# Strokes of one glyph, one above the other, are no higher together.
_ONE_LINE = 1.25
# How much of a stroke's height lies in the line that it belongs to.
_WITHIN = 0.5
# What is thinner than this and longer than that, near a cell's border, is what its ruling left; so
# is what is half as thin and touches it.
_THIN, _LONG, _TOUCHING = 0.25, 1.2, 0.06
# In dots, from where a ruling was to glyphs that may have touched it.
_NEAR_RULING = 3
# Of the type's height, around what is cut out.
_MARGIN = 0.26
# A gap that parts what stands in one line.
_GAP = 1.6
# Lines of text are not higher; what is, is several of them, or a picture.
_HIGHEST = 1.7


@dataclass(frozen=True, slots=True)
class TextRow:
    """A stretch of one line of text.

    Attributes:
        ink: Around its glyphs.
        crop: What to cut out: a little more, and never less high than a glyph.
        is_on_ruling: Whether glyphs touch a ruling above or below them, or lie on it: it cannot be
            made paper without their strokes.
        is_dash: Whether there is nothing but a short dash.
    """

    ink: PixelBox
    crop: PixelBox
    is_on_ruling: bool = False
    is_dash: bool = False


def type_height(ink: Ink, unit: float, elsewhere: float | None = None) -> float:
    """The height of the usual type of a page or a part of it, in dots.

    Args:
        ink: The page or part without rulings.
        unit: How many dots make one of the usual resolution.
        elsewhere: What it is of the whole page, for parts with hardly any glyphs.
    """
    larger = _larger_sides(blots_of(ink))
    fit = larger[(larger >= _GLYPH[0] * unit) & (larger <= _GLYPH[1] * unit)]
    if elsewhere is not None and fit.size < _FEW_GLYPHS:
        return elsewhere
    return float(np.percentile(fit, _PERCENTILE)) if fit.size else _USUAL_HEIGHT * unit


def rows_in_cell(ink: Ink, cell: PixelBox, height: float, reach: float = 0) -> list[TextRow]:
    """Find the lines in a cell from top to bottom; none where it is blank.

    A line that crosses the cell's upper or lower border is in it if its middle is.

    Args:
        ink: The page without rulings.
        cell: The cell, from the middle of its rulings.
        height: The height of its type.
        reach: How far from their middles rulings were made paper.
    """
    around = _with_crossing(ink, cell, height)
    blots = blots_of(around.of(ink))
    inside = PixelBox(0, cell.top - around.top, cell.width, cell.bottom - around.top)
    is_wanted = _reaches(blots, inside) & ~_left_over(blots, inside, height)
    is_ruling = _lies_on_border(blots, inside, reach)
    lines = [
        box
        for box in _lines(blots, is_wanted, height, is_ruling)
        if inside.top <= (box.top + box.bottom) / 2 < inside.bottom
    ]
    if (dash := _dash(blots, is_wanted & ~is_ruling, height)) is not None:
        return [replace(_row(dash, height, around, around), is_dash=True)]
    return [_on_ruling(_row(box, height, around, around), cell, height, reach) for box in lines]


def _dash(blots: Blots, is_wanted: NDArray[np.bool_], height: float) -> PixelBox | None:
    """The dash that is all there is but for specks, None where there is none.

    Specks may touch it, and some look like one: it is the largest.
    """
    (strokes,) = np.nonzero(is_wanted & (_larger_sides(blots) >= _STROKE * height))
    if (blots.heights[strokes] > _TALLEST_SPECK * height).any():
        return None
    if (blots.widths[strokes] > _LONGEST_DASH * height).any():
        return None
    cores = (_core(blots, number, height) for number in strokes.tolist())
    dashes = [core for core in cores if core is not None]
    return max(dashes, key=lambda box: box.width * box.height, default=None)


def _core(blots: Blots, number: int, height: float) -> PixelBox | None:
    """What of some ink is a dash, None where nothing is."""
    left, top, right, bottom = map(int, blots.boxes[number])
    own = np.where(blots.labels[top:bottom, left:right] == number + 1, INK, 0).astype(np.uint8)
    solid = blots_of(opened(own, _DASH * height, _THINNEST_DASH * height))
    if not solid.areas.size:
        return None
    largest = int(np.argmax(solid.areas))
    box = PixelBox(*map(int, solid.boxes[largest]))
    is_whole = (box.width, box.height) == (right - left, bottom - top)
    is_dash = (
        box.width >= (_DASH if is_whole else _DASH_WITH_SPECKS) * height
        and box.height <= min(_DASH_HEIGHT * height, _FLAT * box.width)
        and solid.areas[largest] >= _SOLID * box.width * box.height
    )
    moved = PixelBox(box.left + left, box.top + top, box.right + left, box.bottom + top)
    return moved if is_dash else None


def _on_ruling(row: TextRow, cell: PixelBox, height: float, reach: float) -> TextRow:
    """A row, as high as its glyphs are, if a ruling may have taken a part of them."""
    near = reach + _NEAR_RULING
    is_above, is_below = row.ink.top - cell.top <= near, cell.bottom - row.ink.bottom <= near
    if not (reach and (is_above or is_below)):
        return row
    inset = round(reach + 1)
    margin = _MARGIN * height
    lacks = max(0.0, height - row.ink.height)
    crop = PixelBox(
        max(cell.left + inset, row.crop.left),
        max(0, round(row.ink.top - margin - lacks * is_above)),
        min(cell.right - inset, row.crop.right),
        round(row.ink.bottom + margin + lacks * is_below),
    )
    return replace(row, crop=crop, is_on_ruling=True)


def _with_crossing(ink: Ink, cell: PixelBox, height: float) -> PixelBox:
    """A cell with what stands above and below it where glyphs cross its border."""
    beyond = round(height)
    top, bottom = cell.top, cell.bottom
    if ink[max(0, top - 1) : top + 1, cell.left : cell.right].any():
        top = max(0, top - beyond)
    if ink[bottom - 1 : bottom + 1, cell.left : cell.right].any():
        bottom = min(ink.shape[0], bottom + beyond)
    return PixelBox(cell.left, top, cell.right, bottom)


def _reaches(blots: Blots, box: PixelBox) -> NDArray[np.bool_]:
    """Which blots lie in a box, partly at least."""
    return np.asarray((blots.boxes[:, 3] > box.top) & (blots.boxes[:, 1] < box.bottom), np.bool_)


def rows_outside(
    ink: Ink, tables: Iterable[PixelBox], unit: float, least_height: float = 0
) -> list[TextRow]:
    """Find the lines that stand in no table, cut where wide gaps part them; in no order.

    Args:
        ink: The page without rulings.
        tables: Where tables are.
        unit: How many dots make one of the usual resolution.
        least_height: Of type. Where there is no text, specks would be taken for some.
    """
    outside = ink.copy()
    for table in tables:
        table.of(outside)[:] = 0
    height = max(type_height(outside, unit), least_height)
    whole = PixelBox(0, 0, ink.shape[1], ink.shape[0])
    joined = closed(_without_specks(outside, height), _GAP * height, _STROKE * height)
    rows = []
    for left, top, right, bottom in blots_of(joined).boxes.tolist():
        # A colon at the end of a line stands apart from its last glyph.
        beside = round(_BESIDE * height)
        around = PixelBox(max(0, left - beside), top, min(whole.right, right + beside), bottom)
        found = blots_of(around.of(outside))
        for box in _lines(found, np.ones(len(found.areas), np.bool_), height):
            own = max(height, float(min(box.height, _HIGHEST * height)))
            rows.append(_row(box, own, around, whole))
    return rows


def _row(box: PixelBox, height: float, origin: PixelBox, bounds: PixelBox) -> TextRow:
    """A row of text whose glyphs lie in a box of a part of the page."""
    ink = PixelBox(
        box.left + origin.left,
        box.top + origin.top,
        box.right + origin.left,
        box.bottom + origin.top,
    )
    margin = _MARGIN * height
    # A dash alone is as low as a stroke: it is cut out as high as the glyphs beside it.
    lack = max(0.0, height * 0.8 - ink.height) / 2
    return TextRow(
        ink,
        PixelBox(
            max(bounds.left, round(ink.left - margin)),
            max(bounds.top, round(ink.top - margin - lack)),
            min(bounds.right, round(ink.right + margin)),
            min(bounds.bottom, round(ink.bottom + margin + lack)),
        ),
    )


def _lines(
    blots: Blots,
    is_wanted: NDArray[np.bool_],
    height: float,
    is_ruling: NDArray[np.bool_] | None = None,
) -> list[PixelBox]:
    """The boxes of lines of text, from top to bottom.

    What lies on a ruling makes no line by itself; a point that does belongs to the glyphs beside.
    """
    is_stroke = _larger_sides(blots) >= _STROKE * height
    if is_ruling is not None:
        is_stroke &= ~is_ruling
    strokes = np.flatnonzero(is_wanted & is_stroke)
    points = np.flatnonzero(is_wanted & ~is_stroke)
    lines = _merged(_gathered(blots, strokes), height)
    return [
        _with_points(line, blots.boxes[points], height)
        for line in lines
        if max(line.width, line.height) >= _LEAST * height
    ]


def _gathered(blots: Blots, strokes: NDArray[np.intp]) -> list[PixelBox]:
    """Strokes put together where one stands in the height of the others."""
    lines: list[PixelBox] = []
    # What is high tells where a line is, before what is low finds its line.
    for number in sorted(strokes.tolist(), key=lambda one: -int(blots.heights[one])):
        box = PixelBox(*map(int, blots.boxes[number]))
        for place, line in enumerate(lines):
            shared = min(line.bottom, box.bottom) - max(line.top, box.top)
            if shared >= _WITHIN * box.height:
                lines[place] = bounding((line, box))
                break
        else:
            lines.append(box)
    return sorted(lines, key=lambda line: line.top)


def _merged(lines: Sequence[PixelBox], height: float) -> list[PixelBox]:
    """Lines that are parts of one: strokes of one glyph, one above the other."""
    merged: list[PixelBox] = []
    for line in lines:
        if merged:
            both = bounding((merged[-1], line))
            overlap = merged[-1].bottom - line.top
            if both.height <= _ONE_LINE * height or overlap > _WITHIN * line.height:
                merged[-1] = both
                continue
        merged.append(line)
    return merged


def _with_points(line: PixelBox, points: NDArray[np.int32], height: float) -> PixelBox:
    """A line with the points beside its glyphs."""
    near = [
        PixelBox(left, top, right, bottom)
        for left, top, right, bottom in points.tolist()
        if line.top <= (top + bottom) / 2 <= line.bottom
        and line.left - _BESIDE * height <= left
        and right <= line.right + _BESIDE * height
    ]
    return bounding((line, *near))


def _left_over(blots: Blots, cell: PixelBox, height: float) -> NDArray[np.bool_]:
    """Which blots are remains of the rulings around a cell.

    What stands beside a border may be a digit 1, unless it is higher than any or touches it.
    """
    boxes = blots.boxes
    beside = np.minimum(boxes[:, 0] - cell.left, cell.right - boxes[:, 2])
    above = np.minimum(np.abs(boxes[:, 1] - cell.top), np.abs(cell.bottom - boxes[:, 3]))
    found = np.zeros(len(boxes), np.bool_)
    for gap, thickness, length in (
        (beside, blots.widths, blots.heights),
        (above, blots.heights, blots.widths),
    ):
        is_long = (
            (gap <= _THIN * height) & (thickness <= _THIN * height) & (length >= _LONG * height)
        )
        is_touching = (gap <= _TOUCHING * height) & (thickness <= _THIN / 2 * height)
        found |= is_long | is_touching
    return found


def _lies_on_border(blots: Blots, cell: PixelBox, reach: float) -> NDArray[np.bool_]:
    """Which blots lie where the ruling above or below a cell was.

    Glyphs of two rows that nearly touch it from both sides look like one that crosses it.
    """
    tops, bottoms = blots.boxes[:, 1], blots.boxes[:, 3]
    found = np.zeros(len(blots.areas), np.bool_)
    for border in (cell.top, cell.bottom):
        found |= (tops >= border - reach - 1) & (bottoms <= border + reach + 1)
    return found if reach else np.zeros_like(found)


def _without_specks(ink: Ink, height: float) -> Ink:
    blots = blots_of(ink)
    keeps = np.concatenate(([False], _larger_sides(blots) >= _STROKE * height))
    return np.where(keeps[blots.labels], INK, 0).astype(np.uint8)


def _larger_sides(blots: Blots) -> NDArray[np.int32]:
    return np.asarray(np.maximum(blots.widths, blots.heights), np.int32)


def in_lines(rows: Iterable[TextRow]) -> Iterator[list[TextRow]]:
    """Yield what stands in one printed line, from left to right, line by line from the top."""
    lines: list[list[TextRow]] = []
    for row in sorted(rows, key=lambda row: row.ink.top + row.ink.bottom):
        if lines and _are_level(lines[-1][0].ink, row.ink):
            lines[-1].append(row)
        else:
            lines.append([row])
    for line in lines:
        yield sorted(line, key=lambda row: row.ink.left)


def _are_level(one: PixelBox, other: PixelBox) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _WITHIN * min(one.height, other.height)

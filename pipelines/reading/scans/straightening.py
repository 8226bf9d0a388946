"""How far a page lies askew, whether it lies on its side, and the page laid straight.

Knows rulings and rows of glyphs as shapes. Does not know which way up glyphs stand: that takes
somebody who can read.
"""

from dataclasses import dataclass
from math import atan, cos, degrees, hypot, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.reading.scans.pixels import (
    WHITE,
    Blots,
    Grey,
    Ink,
    blots_of,
    closed,
    opened,
    quarter_turned,
)

# Slopes are measured on a picture about this wide: lines stay lines, and it takes milliseconds.
_MEASURED_WIDTH = 1400
# A ruling is at least so long there; a page that lies further askew than its steepest was thrown
# into the scanner, and its rulings are no longer told from its letters.
_LEAST_RULING = 24
_BREAK = 9
_LEAST_LENGTH = 90
_STEEPEST = 0.12
# In units of a glyph's height: the gap between neighbours of a line is filled, that between lines
# is not.
_NEIGHBOURLY = 0.4
# A row of glyphs is so many times as long as high.
_LONG = 6
# What is neither speck nor ruling nor picture, in dots of the picture that is measured; glyphs of a
# word may touch.
_GLYPH = (5, 60)
_WORD = 400
# Rulings tell the slope alone where there are so many times the page's width of them.
_ENOUGH_RULINGS = 2
# A turn below this moves nothing by as much as a dot.
_LEAST_TURN = 0.02


def slope_of(ink: Ink) -> float:
    """Measure by how many degrees rulings, or else lines of text, fall to the right.

    Args:
        ink: The page, its text running across; where it runs down, the slope is that of what runs
            across, which is the same.
    """
    small = _reduced(ink)
    slope = _roughly(small)
    if abs(slope) < _LEAST_TURN:
        return slope
    # Lines that run straight through rows of dots are measured better than those that climb them.
    return slope + _roughly(straighten(WHITE - small, slope)[0] < WHITE // 2)


def _roughly(lines: Ink | NDArray[np.bool_]) -> float:
    small = np.where(lines, WHITE, 0).astype(np.uint8)
    steep, lengths = _slopes(closed(opened(small, _LEAST_RULING, 1), _BREAK, 1), _LEAST_LENGTH)
    if lengths.sum() < _ENOUGH_RULINGS * small.shape[1]:
        rows = closed(_glyphs(small), _NEIGHBOURLY * _usual_height(small), 1)
        of_rows, lengths_of_rows = _slopes(rows, _LONG * _usual_height(small))
        steep, lengths = np.append(steep, of_rows), np.append(lengths, lengths_of_rows)
    if not lengths.size:
        return 0.0
    return degrees(atan(_weighted_median(steep, lengths)))


def is_sideways(ink: Ink) -> bool:
    """Tell whether the text of a page runs up or down it.

    Glyphs of a line stand closer together than lines do: filling narrow gaps along the lines joins
    more of them than filling gaps across the lines.
    """
    glyphs = _glyphs(_reduced(ink))
    gap = _NEIGHBOURLY * _usual_height(glyphs)
    along, across = (len(blots_of(closed(glyphs, *size)).areas) for size in ((gap, 1), (1, gap)))
    return across < along


@dataclass(frozen=True, slots=True)
class Pose:
    """How a page lay on the glass, and where what is found on it stood then.

    Attributes:
        width: Of the picture as it was taken and turned by right angles, in dots.
        height: Likewise.
        slope: Degrees by which it was turned to lie straight.
    """

    width: int
    height: int
    slope: float

    def before(self, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        """The box, upright, around what a box of the straight page was before."""
        if not self.slope:
            return left, top, right, bottom
        turn = radians(self.slope)
        middle = self.width / 2, self.height / 2
        corners = [
            (
                middle[0] + (x - middle[0]) * cos(turn) - (y - middle[1]) * sin(turn),
                middle[1] + (x - middle[0]) * sin(turn) + (y - middle[1]) * cos(turn),
            )
            for x in (left, right)
            for y in (top, bottom)
        ]
        # The corners reach beyond the box on all sides; its middle lines do not.
        across = sorted(x for x, _ in corners)
        down = sorted(y for _, y in corners)
        return (
            (across[0] + across[1]) / 2,
            (down[0] + down[1]) / 2,
            (across[2] + across[3]) / 2,
            (down[2] + down[3]) / 2,
        )


def straighten(grey: Grey, slope: float) -> tuple[Grey, Pose]:
    """Lay a page straight that falls to the right by some degrees; return a picture of its own."""
    height, width = grey.shape
    if abs(slope) < _LEAST_TURN:
        return grey.copy(), Pose(width, height, 0.0)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slope, 1.0)
    straight = cv2.warpAffine(
        grey,
        turn,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(WHITE,),
    )
    return np.asarray(straight, np.uint8), Pose(width, height, slope)


def turned(grey: Grey, degrees_clockwise: int) -> Grey:
    """Turn a page clockwise by right angles."""
    return quarter_turned(grey, degrees_clockwise)


def _reduced(ink: Ink) -> Ink:
    """The page about as wide as slopes are measured, thin lines kept."""
    step = max(ink.shape) / _MEASURED_WIDTH
    if step <= 1:
        return ink
    size = round(ink.shape[1] / step), round(ink.shape[0] / step)
    shades = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    return np.where(shades > WHITE // 4, WHITE, 0).astype(np.uint8)


def _glyphs(ink: Ink) -> Ink:
    """The ink without rulings, pictures and specks."""
    blots = blots_of(ink)
    keeps = np.concatenate(([False], _are_glyphs(blots)))
    return np.where(keeps[blots.labels], WHITE, 0).astype(np.uint8)


def _usual_height(ink: Ink) -> float:
    blots = blots_of(ink)
    smaller = np.minimum(blots.widths, blots.heights)[_are_glyphs(blots)]
    # Glyphs fall into strokes, which are smaller.
    return float(np.percentile(smaller, 75)) if smaller.size else float(_GLYPH[0])


def _are_glyphs(blots: Blots) -> NDArray[np.bool_]:
    smaller = np.minimum(blots.widths, blots.heights)
    larger = np.maximum(blots.widths, blots.heights)
    return np.asarray((smaller >= _GLYPH[0]) & (smaller <= _GLYPH[1]) & (larger <= _WORD), np.bool_)


def _slopes(ink: Ink, least: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The slopes (down to right) of what is longer than high, and its lengths."""
    blots: Blots = blots_of(ink)
    steep: list[float] = []
    lengths: list[float] = []
    for number in np.flatnonzero(blots.widths >= least):
        left, top, right, bottom = blots.boxes[number]
        rows, columns = np.nonzero(blots.labels[top:bottom, left:right] == number + 1)
        spread = columns - columns.mean()
        slope = float((spread * rows).sum() / (spread * spread).sum())
        if abs(slope) <= _STEEPEST:
            steep.append(slope)
            lengths.append(hypot(right - left, bottom - top))
    return np.array(steep, np.float64), np.array(lengths, np.float64)


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    heaped = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(heaped, heaped[-1] / 2)])

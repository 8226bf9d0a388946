"""What all modules of this package take for a picture, and how it is turned about.

Knows arrays of shades. Does not know what is drawn with them.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

# Shades from 0 (black) to 255 (white), by row and column.
Grey: TypeAlias = NDArray[np.uint8]
# 255 where there is ink, 0 where there is none.
Ink: TypeAlias = NDArray[np.uint8]
Colours: TypeAlias = NDArray[np.uint8]

WHITE = 255
INK = 255
# Lengths are given in dots of a picture of so many dots an inch.
USUAL_DOTS = 200

# How much redder than green and blue the ink of a seal is, and how bright where nothing black lies
# beneath it; and which share of it is darker than that.
_RED_EXCESS = 25
_RED_BRIGHT = 150
_DARK_SHARE = 15
# Ink is darker than what surrounds it by so much, within so many dots.
_DARKER_BY = 16
_SURROUNDINGS = 41
_BLUR = 0.8


class PixelBox(NamedTuple):
    """A part of a picture; right and bottom lie behind it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """How many dots it is wide."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How many dots it is high."""
        return self.bottom - self.top

    def of(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """What a picture shows there."""
        return picture[self.top : self.bottom, self.left : self.right]


def odd(length: float) -> int:
    """The nearest odd number of dots from 1, which is what filters ask for."""
    return max(1, 2 * round((length - 1) / 2) + 1)


def in_black_and_grey(colours: Colours) -> tuple[Grey, Grey]:
    """Take the colour out of a picture, and red seals with it.

    The red channel shows red ink nearly as bright as paper, and black ink beneath it as dark as
    anywhere. Where there is red ink it is brightened by what the ink takes: it is paper then, and
    what lies beneath it keeps its shade.

    Args:
        colours: Red, green and blue of each dot.

    Returns:
        The shades; and where seals are, black on white.
    """
    red, green, blue = colours[..., 0], colours[..., 1], colours[..., 2]
    is_red = red.astype(np.int16) - np.maximum(green, blue) > _RED_EXCESS
    seals = np.where(is_red, 0, WHITE).astype(np.uint8)
    bright = red[is_red & (red > _RED_BRIGHT)]
    if not bright.size:
        return np.ascontiguousarray(red), seals
    shade = np.percentile(bright, _DARK_SHARE)
    brightened = np.minimum(red * (WHITE / shade), WHITE)
    return np.where(is_red, brightened, red).astype(np.uint8), seals


def ink_of(grey: Grey, unit: float) -> Ink:
    """Tell where there is ink: what is darker than its surroundings.

    Args:
        grey: The picture.
        unit: How many of its dots make a dot of a picture of the usual resolution.
    """
    blurred = cv2.GaussianBlur(grey, (0, 0), _BLUR * max(1.0, unit))
    return np.asarray(
        cv2.adaptiveThreshold(
            blurred,
            INK,
            cv2.ADAPTIVE_THRESH_MEAN_C,
            cv2.THRESH_BINARY_INV,
            odd(_SURROUNDINGS * unit),
            _DARKER_BY,
        ),
        np.uint8,
    )


def opened(ink: Ink, width: float, height: float) -> Ink:
    """Keep the ink that fills a rectangle of this size somewhere."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, _rectangle(width, height)), np.uint8)


def closed(ink: Ink, width: float, height: float) -> Ink:
    """Fill gaps narrower than a rectangle of this size."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _rectangle(width, height)), np.uint8)


def widened(ink: Ink, width: float, height: float) -> Ink:
    """Spread ink by half a rectangle of this size on every side."""
    return np.asarray(cv2.dilate(ink, _rectangle(width, height)), np.uint8)


def _rectangle(width: float, height: float) -> NDArray[np.uint8]:
    return np.ones((max(1, round(height)), max(1, round(width))), np.uint8)


class Blot(NamedTuple):
    """Ink that hangs together.

    Attributes:
        box: Around it.
        area: How many dots of it there are.
    """

    box: PixelBox
    area: int


class Blots(NamedTuple):
    """All ink of a picture, taken apart.

    Attributes:
        labels: For each dot the number of its blot from 1, 0 for paper.
        boxes: Left, top, right, bottom of each, from number 1.
        areas: Dots of each.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]
    areas: NDArray[np.int32]

    @property
    def widths(self) -> NDArray[np.int32]:
        """How wide each is."""
        return np.asarray(self.boxes[:, 2] - self.boxes[:, 0], np.int32)

    @property
    def heights(self) -> NDArray[np.int32]:
        """How high each is."""
        return np.asarray(self.boxes[:, 3] - self.boxes[:, 1], np.int32)


def blots_of(ink: Ink) -> Blots:
    """Take ink apart into what hangs together, corners included."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    boxes = np.array(stats[1:, :4], np.int32)
    boxes[:, 2:] += boxes[:, :2]
    areas = np.array(stats[1:, cv2.CC_STAT_AREA], np.int32)
    return Blots(np.asarray(labels, np.int32), boxes, areas)


def quarter_turned(picture: NDArray[np.uint8], degrees: int) -> NDArray[np.uint8]:
    """Turn a picture clockwise by a right angle or several."""
    return np.ascontiguousarray(np.rot90(picture, -(degrees // 90) % 4))


def bounding(boxes: Sequence[PixelBox]) -> PixelBox:
    """The box around boxes."""
    return PixelBox(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )

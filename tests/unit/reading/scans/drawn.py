"""Pages drawn for tests: rulings, and blocks in the place of glyphs."""

from collections.abc import Sequence

import cv2
import numpy as np

from pipelines.reading.scans.pixels import Grey

PAPER = 255
GLYPH = 20


def paper(width: int = 1000, height: int = 700) -> Grey:
    """An empty page."""
    return np.full((height, width), PAPER, np.uint8)


def rule(page: Grey, xs: Sequence[int], ys: Sequence[int], thickness: int = 2) -> None:
    """Draw a full grid of rulings."""
    for y in ys:
        cv2.line(page, (xs[0], y), (xs[-1], y), 0, thickness)
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), 0, thickness)


def erase(page: Grey, left: int, top: int, right: int, bottom: int) -> None:
    """Make paper of a part of the page."""
    page[top:bottom, left:right] = PAPER


def write(page: Grey, left: int, top: int, glyphs: int = 4, size: int = GLYPH) -> None:
    """Draw so many glyphs beside each other: frames with a stroke in them, no two alike."""
    for number in range(glyphs):
        x = left + number * round(size * 1.25)
        upper, lower, middle = top + number % 3 * 3, top + size - number % 2 * 4, number % 4
        cv2.rectangle(page, (x, upper), (x + size, lower), 0, 2)
        at = upper + 5 + 2 * middle
        cv2.line(page, (x + 4, at), (x + size - 4, at), 0, 2)


def tilt(page: Grey, degrees: float) -> Grey:
    """Lay a page askew: its lines fall to the right by some degrees."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=PAPER)
    )

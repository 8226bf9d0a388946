"""Where numbers are printed on a page of a PDF, told by pdfium's own view of the text.

Knows characters and their boxes as they are seen, whichever way the page is turned. Shares no code
with the reader.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

# Device units for a point, so that places are told to a hundredth.
FINENESS = 100
IN_NUMBERS = frozenset("0123456789,.-")
# What stands farther from the character before it belongs to another number.
GAP = 6.0


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A text and its box in points from the upper left corner of the page as it is seen."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def printed_numbers(page: pypdfium2.PdfPage) -> Iterator[PrintedText]:
    """The numbers of a page, each with its box."""
    number: list[PrintedText] = []
    for character in (*_characters(page), PrintedText("", 0, 0, 0, 0)):
        is_next = (
            character.text in IN_NUMBERS
            and number
            and abs(character.top - number[-1].top) < GAP
            and -1 < character.left - number[-1].right < GAP
        )
        if number and not is_next:
            if any(each.text.isdigit() for each in number):
                yield _joined(number)
            number = []
        if character.text and character.text in IN_NUMBERS:
            number.append(character)


def _joined(characters: list[PrintedText]) -> PrintedText:
    return PrintedText(
        "".join(each.text for each in characters),
        min(each.left for each in characters),
        min(each.top for each in characters),
        max(each.right for each in characters),
        max(each.bottom for each in characters),
    )


def _characters(page: pypdfium2.PdfPage) -> Iterator[PrintedText]:
    texts = page.get_textpage()
    for index in range(texts.count_chars()):
        left, bottom, right, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(texts.raw, index, left, right, bottom, top)
        one, other = (_seen(page, x.value, y.value) for x, y in ((left, bottom), (right, top)))
        yield PrintedText(
            chr(pdfium.FPDFText_GetUnicode(texts.raw, index)),
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
        )


def _seen(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own space as it is seen, in points from the upper left corner."""
    width, height = (round(length * FINENESS) for length in page.get_size())
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
    return across.value / FINENESS, down.value / FINENESS

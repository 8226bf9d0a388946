"""Draws PDF pages inline: as what pdfium finds on them, and as small files.

Knows characters, rulings and reportlab. Does not know forms.
"""

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading.pdf_objects import Char, Edge, PageObjects

SIZE = 10.0
FONT = "STSong-Light"

Drawing = Callable[[Canvas], None]


def chars(
    text: str, x: float, top: float, *, size: float = SIZE, pitch: float = SIZE
) -> list[Char]:
    """The characters of a text, each as wide as its pitch; a space only moves on."""
    return [
        Char(character, x + index * pitch, top, x + (index + 1) * pitch, top + size)
        for index, character in enumerate(text)
        if not character.isspace()
    ]


def rulings(xs: Sequence[float], ys: Sequence[float]) -> list[Edge]:
    """The edges of a full grid."""
    across = [Edge(xs[0], y, xs[-1], y) for y in ys]
    down = [Edge(x, ys[0], x, ys[-1]) for x in xs]
    return [*across, *down]


def page(
    characters: Sequence[Char] = (), edges: Sequence[Edge] = (), *, number: int = 1
) -> PageObjects:
    """A page with characters and edges on it."""
    return PageObjects(number, 600.0, 800.0, chars=list(characters), edges=list(edges))


def pdf_file(*drawings: Drawing, encrypt: StandardEncryption | None = None) -> bytes:
    """The bytes of a PDF file, one page a drawing; y counts upwards, as PDF has it."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800), encrypt=encrypt, invariant=1)
    for draw in drawings:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()

"""The font that forged PDFs embed, read from its file once.

Knows where the font is and how reportlab is told of it. Does not know what is printed.
"""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT_FILE = Path(__file__).parent / "fonts" / "wqy-microhei-subset.ttf"


@cache
def register_font(name: str, loans: tuple[tuple[str, str], ...] = ()) -> None:
    """Make the font known under a name, once.

    Args:
        name: What the font is called in documents.
        loans: Characters the font lacks, each with the one whose glyph it borrows, '' for a
            character that takes no room.
    """
    font = TTFont(name, str(FONT_FILE))
    # reportlab takes fonts whose faces share a name for one font.
    font.face.name = name.encode()
    glyphs, widths = font.face.charToGlyph, font.face.charWidths
    for character, like in loans:
        glyphs[ord(character)] = glyphs[ord(like or " ")]
        widths[ord(character)] = widths[ord(like)] if like else 0
    pdfmetrics.registerFont(font)

"""Looks at the picture of numbers that the text of a page says: is that what is to be seen?

Knows that a place may look blank, and recognisers of printed digits where they are installed. Does
not know what follows.

Text can say what no picture shows: digits that nobody sees, or whose codes stand for other digits.
Every reader of text is then wrong alike.
"""

from collections.abc import Iterable, Sequence

from PIL import Image, ImageStat

from pipelines.auditing.readings import NO_WORD, Box, FirstReading, Says, Testimony
from pipelines.reading.scans.models import can_read_pictures
from pipelines.reading.shown_pages import pieces
from pipelines.recognising.wording import squash

# Shades of print and paper differ by more than this.
_FAINTEST = 24


def look_at(pdf: bytes, numbers: Sequence[FirstReading], places: Iterable[Box]) -> list[Testimony]:
    """Look at numbers on pages of text.

    Args:
        pdf: The PDF.
        numbers: What was read there first; those of a page follow each other.
        places: Where each is to be seen on its page.

    Returns:
        For each: that nothing is to be seen; where digits can be recognised for certain, what is
        to be seen; or no word.
    """
    boxes = [(number.page, box) for number, box in zip(numbers, places, strict=True)]
    pictures = list(pieces(pdf, boxes))
    said = [
        Testimony(Says.UNSEEN) if picture is not None and _is_blank(picture) else NO_WORD
        for picture in pictures
    ]
    legible = [
        (place, picture)
        for place, picture in enumerate(pictures)
        if picture is not None and said[place] is NO_WORD
    ]
    if legible and can_read_pictures():
        shown = _recognised([picture for _, picture in legible])
        for (place, _), text in zip(legible, shown, strict=True):
            said[place] = _compare(numbers[place], text)
    return said


def is_unseen(pdf: bytes, page: int, box: Box) -> bool:
    """Tell whether nothing is to be seen where text says that something is."""
    (picture,) = pieces(pdf, [(page, box)])
    return picture is not None and _is_blank(picture)


def _recognised(pictures: Iterable[Image.Image]) -> list[str]:
    # Loaded only where a number is looked at: it needs the extra.
    import numpy as np

    from pipelines.reading.scans.single_numbers import read_numbers

    return read_numbers([np.asarray(picture) for picture in pictures])


def _compare(first: FirstReading, shown: str) -> Testimony:
    seen, read = _digits(shown), _digits(first.text)
    # Among digits, what is seen as a letter is a digit that was not recognised.
    if not seen or any(char.isalpha() for char in shown):
        return NO_WORD
    # Points and signs are the smallest things printed: they are lost in pictures, digits are not.
    return Testimony(Says.SAME if seen == read else Says.OTHER, shown)


def _digits(text: str) -> str:
    return "".join(char for char in squash(text) if char.isdigit())


def _is_blank(picture: Image.Image) -> bool:
    ((darkest, lightest),) = ImageStat.Stat(picture).extrema
    return lightest - darkest < _FAINTEST

"""Single numbers that were cut out of pages of text: what is seen of them.

Knows when a reading is certain. Does not know what the text of the page says.
"""

from collections.abc import Sequence

import numpy as np

from pipelines.reading.scans.cells import ReadCell, as_said, settle
from pipelines.reading.scans.models import FIRST, SECOND
from pipelines.reading.scans.pixels import Grey
from pipelines.reading.scans.recogniser import recogniser


def read_numbers(pieces: Sequence[Grey]) -> list[str]:
    """Read pieces of pages with a line of text each.

    Returns:
        For each what two recognisers read alike and without hesitation, '' where they do not.
    """
    lines = [np.ascontiguousarray(piece) for piece in pieces]
    firsts, seconds = (recogniser(model).read(lines) for model in (FIRST, SECOND))
    cells = [
        # Numbers of many columns are among them: none is held against the format of another.
        ReadCell(place, 1, (as_said([first], FIRST.name), as_said([second], SECOND.name)))
        for place, (first, second) in enumerate(zip(firsts, seconds, strict=True))
    ]
    return ["" if cell.is_doubtful else cell.text for cell in settle(cells)]

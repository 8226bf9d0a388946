"""What was read in the cells of pictures, beside the figures that were made of it.

Knows cells, figures and how amounts are printed. Does not know how pictures are read.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import Candidate, Figure, RecognisedCell
from pipelines.domain.document import Document, Table
from pipelines.normalising.amounts import UnreadableAmountError, parse_amount


def recognised_cells(document: Document, figures: Sequence[Figure]) -> Iterator[RecognisedCell]:
    """Yield the cells of a document that were read in pictures, in reading order.

    Args:
        document: The document.
        figures: Its figures.
    """
    by_place = {figure.place: index for index, figure in enumerate(figures) if figure.reading}
    cells = (cell for block in document.blocks if isinstance(block, Table) for cell in block.cells)
    for cell in cells:
        if not cell.readings:
            continue
        index = by_place.get(cell.place)
        unit = None if index is None else figures[index].unit
        yield RecognisedCell(
            figure_index=index,
            is_doubtful=cell.is_doubtful,
            candidates=tuple(
                Candidate(
                    raw=reading.raw,
                    text=reading.text,
                    yuan=_yuan(reading.text, unit),
                    confidence=reading.confidence,
                    recogniser=reading.recogniser,
                )
                for reading in cell.readings
            ),
            place=cell.place,
        )


def _yuan(text: str, unit: PrintedUnit | None) -> Decimal | None:
    """What a reading comes to, None where it is no amount of money."""
    if unit is None:
        return None
    try:
        amount = parse_amount(text, unit)
    except UnreadableAmountError:
        return None
    return None if amount is None else amount.yuan

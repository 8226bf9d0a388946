"""What was read in the cells of one table, settled: text, candidates, and whether it is certain.

Knows several readings of one cell and the columns of a grid. Does not know pixels.

A number is certain where two recognisers that were trained apart read the same, the first of them
without much hesitation. It is in doubt otherwise: then one reading is its text, the one that is
printed as its column's are, and nobody should rely on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipelines.domain.document import CellReading
from pipelines.reading.scans.numbers import (
    ANY_FORMAT,
    UNREADABLE,
    ZEROS,
    Format,
    are_same,
    fits,
    format_of,
    have_same_digits,
    is_number_like,
    is_plausible,
    is_pointed,
    likeliest,
    looks_like,
    mended,
)
from pipelines.reading.scans.recognition import Recognition

# A number that the first recogniser hesitates over by this much is in doubt, whoever agrees; by the
# second, unless the other does not hesitate at all.
LEAST_CONFIDENCE = 0.9
_LESS_CONFIDENCE, _NO_HESITATION = 0.75, 0.98
# Below the first, other readings are recorded; below the second, a second recogniser is asked, too.
CERTAIN, SURE = 0.985, 0.95
# What recognisers see in something that is no glyph.
_GUESSED = 0.5
_MOST_CANDIDATES = 6


class Said(NamedTuple):
    """What a recogniser says of a cell.

    Attributes:
        text: What it reads.
        confidence: How likely the least likely character is.
        recogniser: Its name.
    """

    text: str
    confidence: float
    recogniser: str


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as it was read.

    Attributes:
        column: Grid column.
        column_span: How many it covers.
        said: By the first recogniser, and by the second where it was asked; the next likeliest
            ways of the first. None where nothing is printed.
        is_rim: Whether all of it is paler than print and lies on a seal, whose edge it may be.
    """

    column: int
    column_span: int
    said: tuple[Said, ...]
    is_rim: bool = False


@dataclass(frozen=True, slots=True)
class SettledCell:
    """What a cell is taken to say.

    Attributes:
        text: Its text.
        readings: What was read, the likeliest first.
        is_doubtful: Whether it is a number that was not read for certain.
    """

    text: str
    readings: tuple[CellReading, ...]
    is_doubtful: bool


def as_said(lines: Sequence[Recognition], name: str) -> Said:
    """What a recogniser says of a cell, of whose lines it read these.

    Args:
        lines: What was read, from top to bottom; at least one.
        name: The recogniser.
    """
    texts = [line.text.strip() for line in lines]
    confidence = min(map(_confidence, lines))
    return Said("\n".join(text for text in texts if text), round(confidence, 4), name)


def _confidence(line: Recognition) -> float:
    """How surely a line is read; of a number, its sign and digits: separators are its column's.

    A letter that looks like a digit speaks for it, where a number stands.
    """
    if not is_number_like(line.text):
        return line.confidence
    return min(
        glyph.confidence + sum(chance for text, chance in glyph.others if looks_like(text, digit))
        for glyph in line.glyphs
        if (digit := glyph.text.translate(ZEROS)) == "-" or digit.isdigit()
    )


def settle(cells: Sequence[ReadCell]) -> list[SettledCell]:
    """Settle the cells of a table."""
    formats = _formats(cells)
    return [
        _settled(
            cell, formats.get(cell.column, ANY_FORMAT) if cell.column_span == 1 else ANY_FORMAT
        )
        for cell in cells
    ]


def _formats(cells: Sequence[ReadCell]) -> dict[int, Format]:
    printed: dict[int, list[str]] = {}
    for cell in cells:
        if cell.column_span == 1 and cell.said:
            printed.setdefault(cell.column, []).append(cell.said[0].text)
    formats = {column: format_of(texts) for column, texts in printed.items()}
    whole = format_of(
        text for column, texts in printed.items() if formats[column].is_numeric for text in texts
    )
    is_whole = whole.decimals == 0 and whole.is_grouped
    if not is_whole and not whole.is_fine:
        return formats
    # Where all of a table is printed without decimals, or without last zeros, few numbers of a
    # column are, too.
    return {
        column: (whole if is_whole else replace(format_, is_fine=True))
        if format_.is_numeric and format_.decimals is None
        else format_
        for column, format_ in formats.items()
    }


def _settled(cell: ReadCell, format_: Format) -> SettledCell:
    said = cell.said
    if not said:
        return SettledCell("", (), is_doubtful=False)
    each = _likeliest_each(said)
    if cell.is_rim and all(one.confidence < _GUESSED for one in each):
        return SettledCell("", _readings(said, None), is_doubtful=False)
    if not any(one.text for one in each):
        # Something is printed there: a blank would be something else.
        return SettledCell(UNREADABLE, _readings(said, None), is_doubtful=True)
    if _is_speck(said):
        return SettledCell("", _readings(said, None), is_doubtful=False)
    if not _is_number(said, format_):
        text = mended(said[0].text, format_) if format_.is_numeric else said[0].text
        return SettledCell(text, _readings(said, None), is_doubtful=False)
    readings = _readings(said, format_)
    text = likeliest([reading.text for reading in readings if reading.text], format_)
    return SettledCell(text, readings, is_doubtful=not _is_certain(text, readings, format_))


def _likeliest_each(said: Sequence[Said]) -> list[Said]:
    """What each recogniser reads, without what it might read next."""
    return list({one.recogniser: one for one in reversed(said)}.values())


def _is_speck(said: Sequence[Said]) -> bool:
    """Tell whether one takes for a sign, hardly sure, what another does not take for any."""
    first = said[0]
    return (
        len(first.text) == 1
        and not first.text.isdigit()
        and first.confidence < LEAST_CONFIDENCE
        and any(not one.text for one in said if one.recogniser != first.recogniser)
    )


def _is_certain(text: str, readings: Sequence[CellReading], format_: Format) -> bool:
    first = readings[0]
    other = next((one for one in readings if one.recogniser != first.recogniser), None)
    return (
        other is not None
        and _are_sure(first, other)
        and is_plausible(text, format_)
        and all(_agree(text, one.text, format_) for one in (first, other))
    )


def _are_sure(first: CellReading, other: CellReading) -> bool:
    """Tell whether two recognisers that agree may be believed."""
    return first.confidence >= LEAST_CONFIDENCE or (
        first.confidence >= _LESS_CONFIDENCE and other.confidence >= _NO_HESITATION
    )


def _agree(text: str, other: str, format_: Format) -> bool:
    """Tell whether two readings are one number: where a point belongs its column tells."""
    is_told = format_.decimals is not None and fits(text, format_)
    return are_same(text, other) or (is_told and have_same_digits(text, other))


def _is_number(said: Sequence[Said], format_: Format) -> bool:
    """Tell whether a cell prints a number: any of its readings is one, or its column's are."""
    return any(is_number_like(one.text) for one in said) or (
        format_.is_numeric and any(any(map(str.isdigit, one.text)) for one in said)
    )


def _readings(said: Sequence[Said], format_: Format | None) -> tuple[CellReading, ...]:
    """The readings that differ, numbers mended; without a format they are words.

    A point that may be a comma is read as both.
    """
    found: dict[tuple[str, str], CellReading] = {}
    for one in said:
        text = one.text if format_ is None else mended(one.text, format_)
        reading = CellReading(one.text, text, one.confidence, one.recogniser)
        found.setdefault((one.text, one.recogniser), reading)
        if format_ is not None and not is_plausible(text, format_) and is_pointed(text):
            whole = replace(reading, text=text.replace(".", ","))
            found.setdefault((whole.text, one.recogniser), whole)
    return tuple(found.values())[:_MOST_CANDIDATES]

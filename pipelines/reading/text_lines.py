"""Characters put together to lines of text by where they stand.

Knows boxes and gaps. Does not know what a line says.
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from pipelines.reading.pdf_objects import Char

# In units of the taller character: how far apart the middles of one line's characters may lie.
# Digits of some exports sit on a raised baseline, but never half a line away.
_SAME_LINE = 0.45
# In units of the tallest character of a line: what is lower may be a mark of punctuation.
_MARK = 0.6
# How much of such a mark stands in its line; a comma hangs below it.
_FOOTHOLD = 0.25
# In units of character height: a gap from which on a space is seen. Word sets a quarter of an em
# between Chinese and Latin text by itself, which is no space.
_SPACE = 0.4
# Between digits nothing is set by itself: a gap as wide as a narrow font's space separates them.
_DIGIT_SPACE = 0.15


def group_lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Group characters into lines from top to bottom, each from left to right."""
    lines: list[list[Char]] = []
    first_middle, tallest = 0.0, 0.0
    for char in sorted(chars, key=_twice_the_middle):
        middle, height = (char.top + char.bottom) / 2, char.bottom - char.top
        reach = _SAME_LINE * (height if height > tallest else tallest)
        if lines and middle - first_middle <= reach:
            lines[-1].append(char)
            tallest = height if height > tallest else tallest
        else:
            lines.append([char])
            first_middle, tallest = middle, height
    if len(lines) > 1:
        lines = _with_marks(lines)
    for line in lines:
        line.sort(key=_LEFT_EDGE)
    return lines


def _with_marks(lines: Sequence[list[Char]]) -> list[list[Char]]:
    """Put what is no line of its own to the one above: separators and full stops alone.

    Where a font has no metrics a character's box is that of its ink, and the ink of a comma stands
    at the foot of its line, or hangs below it.
    """
    whole: list[list[Char]] = []
    for line in lines:
        if whole and _are_marks_of(line, whole[-1]):
            whole[-1].extend(line)
        else:
            whole.append(line)
    return whole


def _are_marks_of(line: Sequence[Char], above: Sequence[Char]) -> bool:
    """Tell whether all of a line is small and stands at the foot of the one above, in its gaps."""
    tallest = max(char.bottom - char.top for char in above)
    foot = max(char.bottom for char in above)
    return all(
        char.bottom - char.top < _MARK * tallest
        and foot - char.top >= _FOOTHOLD * (char.bottom - char.top)
        for char in line
    )


_LEFT_EDGE = attrgetter("x0")


def _twice_the_middle(char: Char) -> float:
    return char.top + char.bottom


def line_text(line: Sequence[Char]) -> str:
    """Join a line's characters, with a space where a gap shows."""
    parts: list[str] = []
    previous: Char | None = None
    for char in line:
        # Nearly all characters touch: only a gap is worth a closer look.
        if previous is not None and char.x0 > previous.x1:
            height = min(char.bottom - char.top, previous.bottom - previous.top)
            are_digits = previous.text.isdigit() and char.text.isdigit()
            if char.x0 - previous.x1 > (_DIGIT_SPACE if are_digits else _SPACE) * height:
                parts.append(" ")
        parts.append(char.text)
        previous = char
    return "".join(parts).strip()


def block_text(chars: Sequence[Char]) -> str:
    """Join the characters of a cell, one printed line a line."""
    if not chars:
        return ""
    return "\n".join(line_text(line) for line in group_lines(chars))

"""Characters put together to lines of text by where they stand.

Knows boxes and gaps. Does not know what a line says.
"""

from collections.abc import Iterable, Sequence

from pipelines.reading.pdf_objects import Char

# In units of the taller character: how far apart the middles of one line's characters may lie.
# Digits of some exports sit on a raised baseline, but never half a line away.
_SAME_LINE = 0.45
# In units of character height: a gap from which on a space is seen. Word sets a quarter of an em
# between Chinese and Latin text by itself, which is no space.
_SPACE = 0.4
# Between digits nothing is set by itself: a gap as wide as a narrow font's space separates them.
_DIGIT_SPACE = 0.15


def group_lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Group characters into lines from top to bottom, each from left to right."""
    lines: list[list[Char]] = []
    middle, height = 0.0, 0.0
    for char in sorted(chars, key=_middle):
        char_middle, char_height = _middle(char), char.bottom - char.top
        if lines and char_middle - middle <= _SAME_LINE * max(height, char_height):
            lines[-1].append(char)
        else:
            lines.append([char])
            middle, height = char_middle, char_height
        height = max(height, char_height)
    for line in lines:
        line.sort(key=lambda char: char.x0)
    return lines


def _middle(char: Char) -> float:
    return (char.top + char.bottom) / 2


def line_text(line: Sequence[Char]) -> str:
    """Join a line's characters, with a space where a gap shows."""
    parts: list[str] = []
    previous: Char | None = None
    for char in line:
        if previous is not None:
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

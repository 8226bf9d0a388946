"""What a document is made of before it becomes a file: sections of text and tables.

Knows roles and page orientation. Does not know forms, departments or file formats.
"""

from dataclasses import dataclass
from enum import StrEnum

from tests.forge.grid import Grid


class Role(StrEnum):
    """What a text is, which decides how it is set."""

    COVER = "cover"
    PART = "part"
    HEADING = "heading"
    BODY = "body"
    CONTENTS = "contents"
    FORM_TITLE = "form title"
    FORM_LINE = "form line"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One line or paragraph; ``right`` stands at the right margin of the same line."""

    text: str
    role: Role
    right: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """One table.

    Attributes:
        repeats_header: Whether pages it runs over to repeat its header.
        has_narrow_names: Whether lines that wrap must leave room for the punctuation behind them.
        drift: Points by which its column borders miss where they should be.
        rise: Points by which its amounts stand above the line.
        amounts_at_top: Whether its amounts stand at the top of their cells.
    """

    grid: Grid
    repeats_header: bool = False
    has_narrow_names: bool = False
    drift: float = 0
    rise: float = 0
    amounts_at_top: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages with one orientation, beginning on a new page.

    Attributes:
        head: What a PDF prints above everything else on each page.
    """

    blocks: tuple[TextBlock | TableBlock, ...]
    is_landscape: bool = False
    head: str = ""

"""Lines about something: what it is about first, in the same columns in every line.

Knows how wide Chinese characters are shown. Does not know what is said.
"""

from rich.cells import cell_len

# Columns that what a line is about takes, ahead of what is said of it.
TOPIC_WIDTH = 12


def topic_line(topic: str, said: str, width: int = TOPIC_WIDTH) -> str:
    """A line about something; what it is about takes the same columns in every line."""
    return f"{padded(topic, width)}{said}"


def padded(text: str, width: int) -> str:
    """A text with spaces behind it up to a width in columns, at least one."""
    return text + " " * max(1, width - cell_len(text))

"""A message to people: a title, a line for each thing to know, and what to do next.

Knows how to keep it short without losing what to do next. Does not know what happened, nor who is
told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ELLIPSIS = "…"
# Enough to know an error again; where it is written down in full is part of it.
ERROR_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told.

    Attributes:
        title: The whole of it in a line; begins with ``juesuan``, which robots that listen to
            keywords can be given.
        lines: What there is to know, the most important first.
        closing: What to do next, '' where nothing is.
        facts: The same for programs.
    """

    title: str
    lines: tuple[str, ...] = ()
    closing: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def text_within(self, byte_count: int) -> str:
        """The message as text of at most so many bytes of UTF-8: the last lines give way first.

        Examples:
            >>> message = Message("two sites failed", ("a: timeout", "b: gone"), "ask them")
            >>> print(message.text_within(40))
            two sites failed
            a: timeout
            …
            ask them
        """
        whole = "\n".join(filter(None, (self.title, *self.lines, self.closing)))
        if len(whole.encode()) <= byte_count:
            return whole
        for count in range(len(self.lines) - 1, -1, -1):
            kept = (self.title, *self.lines[:count], ELLIPSIS, self.closing)
            text = "\n".join(filter(None, kept))
            if len(text.encode()) <= byte_count:
                return text
        room = byte_count - len(ELLIPSIS.encode())
        return whole.encode()[:room].decode("utf-8", "ignore") + ELLIPSIS


def in_a_line(text: str, character_count: int) -> str:
    r"""A text in one line of at most so many characters, the middle left out where it is longer.

    Examples:
        >>> in_a_line("敦煌市医保票据修复事务局2023年度\n部门决算.docx", 16)
        '敦煌市医保票据修…决算.docx'
    """
    line = " ".join(text.split())
    if len(line) <= character_count:
        return line
    behind = (character_count - 1) // 2
    return f"{line[: character_count - 1 - behind]}{ELLIPSIS}{line[len(line) - behind :]}"

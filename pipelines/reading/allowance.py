"""How long reading a document may take, and how a reader asks for longer.

Knows seconds. Does not know what takes them, nor who ends a reader that takes longer than it may.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

_ALLOWED: ContextVar[float] = ContextVar("seconds allowed for a document", default=inf)


class MoreTimeNeededError(Exception):
    """A document needs longer than it may take; nothing of it has been read yet.

    Attributes:
        seconds: How long it needs beyond what any document may take.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@contextmanager
def allowing(seconds: float) -> Iterator[None]:
    """Let documents that are read meanwhile take so much longer than any document may."""
    token = _ALLOWED.set(seconds)
    try:
        yield
    finally:
        _ALLOWED.reset(token)


def ask_for(seconds: float) -> None:
    """Ask for so much time beyond what any document may take.

    Raises:
        MoreTimeNeededError: There is not so much; whoever catches it may grant it, and have the
            document read anew.
    """
    if seconds > _ALLOWED.get():
        raise MoreTimeNeededError(seconds)

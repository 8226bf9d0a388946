"""Which part of a long list is wanted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list.

    Attributes:
        limit: How many, None for all.
        offset: How many to leave out before.
    """

    limit: int | None = None
    offset: int = 0

    @property
    def clause(self) -> str:
        """As SQL says it; both are numbers."""
        limited = "" if self.limit is None else f" limit {self.limit:d}"
        return f"{limited} offset {self.offset:d}"


EVERYTHING = Slice()

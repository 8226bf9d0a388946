"""What a run of ``make bench-explore`` found out, and the bars it is held against.

Knows the size at which something must hold. Does not know how it was measured or is printed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypeAlias

from tests.browsing.visits import Visit
from tests.growth.results import LARGEST, MEGABYTE, MILLISECONDS, Bar

FIRST_PAGE, DEPARTMENT, FIGURE = "first page after the start", "department", "figure"
REACHED_DEPARTMENT = "another department, in a tab that shows the first page"

Cost: TypeAlias = Callable[[Visit], float | None]


@dataclass(frozen=True, slots=True)
class Pages:
    """Visits of pages of one kind."""

    kind: str
    visits: tuple[Visit, ...]

    def costs(self, cost: Cost) -> list[float]:
        """What is known of a cost of each visit."""
        return [value for each in self.visits if (value := cost(each)) is not None]

    def median(self, cost: Cost) -> float | None:
        """The median of a cost, None where it is not known."""
        return median(costs) if (costs := self.costs(cost)) else None

    def most(self, cost: Cost) -> float | None:
        """The most of a cost, None where it is not known."""
        return max(self.costs(cost), default=None)


@dataclass(frozen=True, slots=True)
class Export:
    """What a view takes in one format.

    Attributes:
        file_format: Such as csv.
        first: Milliseconds of the first time after the start of the explorer.
        again: Of the second time.
        longest: The longest question to the warehouse for it, None where nothing tells it.
        byte_count: Of the file.
        peak_bytes: The most that the server has had in memory until then.
    """

    file_format: str
    first: float
    again: float
    longest: float | None
    byte_count: int
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Rival:
    """One department's rows by plain queries, in milliseconds, and the first visit of its page.

    Attributes:
        asked: From opening the warehouse to the last row.
        processor: Processor time of that.
    """

    page: Visit
    asked: float
    processor: float

    @property
    def multiple(self) -> float:
        """How many times as much processor time the page takes, with charts and all."""
        return self.page.processor / self.processor


@dataclass(slots=True)
class Size:
    """What was measured on a warehouse; None or nothing where it failed or was left out.

    Attributes:
        documents: How many it holds.
        bodies: Whose they are, how many.
        figures: Their figures.
        start_seconds: From the start of the command until it says its address.
        peak_bytes: The most that the server had in memory, after all of it.
    """

    documents: int
    bodies: int = 0
    figures: int = 0
    file_bytes: int = 0
    start_seconds: float | None = None
    pages: list[Pages] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)
    rivals: list[Rival] = field(default_factory=list)
    peak_bytes: int | None = None

    def of(self, kind: str) -> Pages:
        """The visits of one kind; none where there were none."""
        return next((pages for pages in self.pages if pages.kind == kind), Pages(kind, ()))

    @property
    def longest(self) -> float | None:
        """Milliseconds of the longest question to the warehouse, for whatever page or file."""
        visits = [each.longest for pages in self.pages for each in pages.visits]
        asked = [*visits, *(export.longest for export in self.exports)]
        return max((longest for longest in asked if longest is not None), default=None)


@dataclass(slots=True)
class Results:
    """What a run found out.

    Attributes:
        failures: What could not be measured, and why.
    """

    sizes: list[Size] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def bars(sizes: Sequence[Size]) -> Iterator[Bar]:
    """Every bar, those that were not measured too; no smaller size can meet them."""
    size = next((size for size in sizes if size.documents >= LARGEST), Size(LARGEST))
    first, department, figure = (size.of(kind) for kind in (FIRST_PAGE, DEPARTMENT, FIGURE))
    reached = size.of(REACHED_DEPARTMENT)
    yield Bar("first page after the start, cold, shown", 1, seconds(first.most(shown)), "s")
    yield Bar(
        "department page, from the first page, shown, median",
        0.5,
        seconds(reached.median(shown)),
        "s",
    )
    yield Bar(
        "department page, from the first page, shown, slowest",
        0.5,
        seconds(reached.most(shown)),
        "s",
    )
    yield Bar("department page, cold, shown, median", 0.5, seconds(department.median(shown)), "s")
    yield Bar("department page, cold, shown, slowest", 0.5, seconds(department.most(shown)), "s")
    yield Bar("picture of a printed page, cold, median", 1, seconds(figure.median(picture)), "s")
    yield Bar("picture of a printed page, cold, slowest", 1, seconds(figure.most(picture)), "s")
    yield Bar("longest query", 300, size.longest, "ms")
    peak = None if size.peak_bytes is None else size.peak_bytes / MEGABYTE
    yield Bar("memory of the server at most", 400, peak, "MB")


def shown(each: Visit) -> float:
    """Until the first text or picture was on the screen."""
    return each.shown


def picture(each: Visit) -> float | None:
    """The picture of a printed page."""
    return each.picture


def seconds(milliseconds: float | None) -> float | None:
    """Of milliseconds, None of None."""
    return None if milliseconds is None else milliseconds / MILLISECONDS

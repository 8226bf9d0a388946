"""What a run of the benchmark found out, and the bars it is held against.

Knows the sizes at which something must hold. Does not know how it was measured or is printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.growth.measuring import Taken

FIRST, MIDDLE, LARGEST = 100, 1_000, 10_000
FIGURES_OF_A_DOCUMENT = 380
MEGABYTE, GIGABYTE = 10**6, 10**9
MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Loading:
    """What loading took, in processor seconds: the best of some rounds, of both in turn.

    Attributes:
        row_count: Rows of all staging tables.
        staging_seconds: From disclosures to rows, which is done where documents are read.
        writing_seconds: From rows to the closed file, which one process does for all.
        insert_seconds: What ``insert into … select`` of the same rows into a new file took.
    """

    document_count: int
    figure_count: int
    row_count: int
    staging_seconds: float
    writing_seconds: float
    insert_seconds: float

    @property
    def cpu_seconds(self) -> float:
        """From disclosures to the closed file."""
        return self.staging_seconds + self.writing_seconds

    @property
    def figures_a_second(self) -> float:
        """Figures loaded in a second."""
        return self.figure_count / self.cpu_seconds

    @property
    def rows_a_second(self) -> float:
        """Rows of any table loaded in a second."""
        return self.row_count / self.cpu_seconds

    @property
    def share_of_insert(self) -> float:
        """Speed from disclosures to the file, where DuckDB's own is 1."""
        return self.insert_seconds / self.cpu_seconds

    @property
    def writing_share_of_insert(self) -> float:
        """Speed from rows to the file, likewise."""
        return self.insert_seconds / self.writing_seconds


@dataclass(slots=True)
class Size:
    """What was measured with so many documents; None where it failed or was left out.

    Attributes:
        full: The first build, of everything.
        full_bytes: The file's size after it.
        night: The build after ten further documents of departments of their own.
        night_bytes: The file's size after that.
        changed: The build after one figure of one document changed.
        nothing: The build after nothing.
        last_bytes: The file's size after all of these.
        publishing_seconds: Of the night, as the build tells them; None where it does not.
        queries: Seconds of each documented query, by its name; the largest size only.
        help_seconds: Processor seconds of ``juesuan --help``, where measured.
        status_seconds: Processor seconds of ``juesuan status``, where measured.
    """

    documents: int
    figures: int = 0
    staged_bytes: int = 0
    full: Taken | None = None
    full_bytes: int | None = None
    night: Taken | None = None
    night_bytes: int | None = None
    changed: Taken | None = None
    nothing: Taken | None = None
    last_bytes: int | None = None
    publishing_seconds: float | None = None
    queries: Mapping[str, float] = field(default_factory=dict)
    help_seconds: float | None = None
    status_seconds: float | None = None

    @property
    def full_milliseconds(self) -> float | None:
        """Processor time of the full build for each document."""
        seconds = cpu_seconds(self.full)
        return None if seconds is None else seconds * MILLISECONDS / self.documents

    @property
    def megabytes_a_document(self) -> float | None:
        """Of the file after the full build, for a document of 380 figures."""
        return self._megabytes_a_document(self.full_bytes)

    @property
    def last_megabytes_a_document(self) -> float | None:
        """Of the file after all nights, likewise; what the nights brought is not counted."""
        return self._megabytes_a_document(self.last_bytes)

    def _megabytes_a_document(self, file_bytes: int | None) -> float | None:
        if file_bytes is None or not self.figures:
            return None
        return file_bytes / MEGABYTE / self.figures * FIGURES_OF_A_DOCUMENT

    @property
    def peak_bytes(self) -> int | None:
        """The most memory of any of the builds."""
        builds = (self.full, self.night, self.changed, self.nothing)
        return max((taken.peak_bytes for taken in builds if taken), default=None)


@dataclass(slots=True)
class Results:
    """What a run found out.

    Attributes:
        source_documents: How many documents were forged.
        source_figures: Their figures.
        failures: What could not be measured, and why.
    """

    source_documents: int = 0
    source_figures: int = 0
    sizes: list[Size] = field(default_factory=list)
    loading: Loading | None = None
    failures: list[str] = field(default_factory=list)

    def at(self, documents: int) -> Size:
        """What was measured with so many documents; an empty one where that was not."""
        return next((size for size in self.sizes if size.documents == documents), Size(documents))

    @property
    def queries(self) -> Mapping[str, float]:
        """The documented queries on the largest warehouse."""
        return next((size.queries for size in reversed(self.sizes) if size.queries), {})


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that must hold.

    Attributes:
        promise: What is measured.
        limit: What it may be at most, or must be at least.
        value: What it is, None where it was not measured.
        unit: Of both.
        is_floor: Whether the limit is the least it must be.
    """

    promise: str
    limit: float
    value: float | None
    unit: str
    is_floor: bool = False

    @property
    def verdict(self) -> str:
        """Met, missed or not measured."""
        if self.value is None:
            return "not measured"
        is_met = self.value >= self.limit if self.is_floor else self.value <= self.limit
        return "met" if is_met else "missed"


def bars(results: Results) -> Iterator[Bar]:
    """Every bar, those that were not measured too."""
    first, middle, largest = (results.at(count) for count in (FIRST, MIDDLE, LARGEST))
    night = f"ten new documents at {LARGEST:,}"
    yield Bar(
        f"{night}, as a multiple of their cost at {FIRST}", 1.5, _multiple(first, largest), "×"
    )
    yield Bar(night, 40, cpu_seconds(largest.night), "s CPU")
    for size in (middle, largest):
        promise = f"full build at {size.documents:,}, each document"
        yield Bar(promise, 60, size.full_milliseconds, "ms CPU")
    yield Bar(f"peak memory at {LARGEST:,}", 4, in_unit(largest.peak_bytes, GIGABYTE), "GB")
    for size in (middle, largest):
        promise = f"file at {size.documents:,}, each document of {FIGURES_OF_A_DOCUMENT} figures"
        yield Bar(promise, 0.4, size.megabytes_a_document, "MB")
        yield Bar(f"{promise}, after the nights", 0.4, size.last_megabytes_a_document, "MB")
    promise = "loading, as a part of the speed of insert into … select"
    speed = results.loading.share_of_insert if results.loading else None
    yield Bar(promise, 0.5, speed, "×", is_floor=True)
    slowest = max(results.queries.values(), default=None)
    most = max((size.documents for size in results.sizes if size.queries), default=LARGEST)
    yield Bar(f"slowest documented query at {most:,}", 0.3, slowest, "s")
    started = next((size for size in results.sizes if size.status_seconds is not None), middle)
    yield Bar("juesuan --help", 0.3, started.help_seconds, "s CPU")
    yield Bar(f"juesuan status at {started.documents:,}", 0.6, started.status_seconds, "s CPU")


def cpu_seconds(taken: Taken | None) -> float | None:
    """Processor seconds of what was measured."""
    return None if taken is None else taken.cpu_seconds


def wall_seconds(taken: Taken | None) -> float | None:
    """Seconds on the clock of what was measured."""
    return None if taken is None else taken.wall_seconds


def peak_gigabytes(taken: Taken | None) -> float | None:
    """Memory of what was measured."""
    return None if taken is None else taken.peak_bytes / GIGABYTE


def in_unit(count: int | None, unit: int) -> float | None:
    """Bytes in a larger unit."""
    return None if count is None else count / unit


def _multiple(first: Size, last: Size) -> float | None:
    if first.night is None or last.night is None:
        return None
    return last.night.cpu_seconds / first.night.cpu_seconds

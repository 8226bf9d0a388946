"""Writes what benchmarks tell as Markdown, between markers of docs/performance.md.

Knows tables, bars and markers. Does not know what was measured.
"""

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.growth.results import Bar
from tests.paths import PROJECT_DIR

PAGE = PROJECT_DIR / "docs" / "performance.md"
GIBIBYTE = 2**30
UNTOLD = "–"


def put_between(page: Path, markers: tuple[str, str], text: str) -> None:
    """Put a text between two markers of a page.

    Raises:
        ValueError: The page lacks them.
    """
    page.write_text(replaced(page.read_text(encoding="utf-8"), markers, text), encoding="utf-8")


def replaced(page: str, markers: tuple[str, str], text: str) -> str:
    """A page with a text between two markers of it.

    Raises:
        ValueError: It lacks them.
    """
    before, begin, rest = page.partition(markers[0])
    _, end, after = rest.partition(markers[1])
    if not (begin and end):
        raise ValueError(f"the page needs {markers[0]} and {markers[1]}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def circumstances() -> str:
    """When and on what machine, the beginning of a sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE
    today = dt.datetime.now(tz=dt.UTC).date()
    machine = f"{os.cpu_count()} cores with {memory:.0f} GiB of memory"
    return f"Measured on {today.isoformat()}, on {machine}"


def bars_table(judged: Iterable[Bar]) -> Iterator[str]:
    """Bars, and whether they are met."""
    rows = [
        [
            bar.promise,
            f"{'≥' if bar.is_floor else '≤'} {bar.limit:g} {bar.unit}",
            UNTOLD if bar.value is None else f"{number(bar.value)} {bar.unit}",
            bar.verdict,
        ]
        for bar in judged
    ]
    return table(["what", "bar", "measured", ""], rows, "-")


def failures_list(failures: Sequence[str]) -> list[str]:
    """What could not be measured, under a heading; nothing where all was."""
    if not failures:
        return []
    return ["### What failed", "", *(f"- {failure}" for failure in failures)]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], alignment: str) -> Iterator[str]:
    """A table whose columns are aligned alike."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join([alignment] * len(heads))}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def number(value: float | None) -> str:
    """Three digits of what is small, all of those before the point of what is not."""
    if value is None:
        return UNTOLD
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"

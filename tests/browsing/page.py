"""Writes what the explorer costs as Markdown, and into docs/performance.md.

Knows which tables there are. Does not know how anything was measured.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import TypeAlias

from tests.browsing.results import Export, Pages, Results, Size, bars, picture, shown
from tests.growth.markdown import (
    PAGE,
    bars_table,
    circumstances,
    failures_list,
    number,
    put_between,
    table,
)
from tests.growth.results import LARGEST, MEGABYTE

MARKERS = "<!-- explorer: begin -->", "<!-- explorer: end -->"

Column: TypeAlias = tuple[str, Callable[[Pages], float | None]]

COLUMNS: tuple[Column, ...] = (
    ("visits", lambda pages: len(pages.visits)),
    ("answered, median", lambda pages: pages.median(lambda each: each.answered)),
    ("slowest", lambda pages: pages.most(lambda each: each.answered)),
    ("shown, median", lambda pages: pages.median(shown)),
    ("slowest", lambda pages: pages.most(shown)),
    ("complete, median", lambda pages: pages.median(lambda each: each.complete)),
    ("CPU, median", lambda pages: pages.median(lambda each: each.processor)),
    ("queries, median", lambda pages: pages.median(lambda each: each.all_queries)),
    ("longest query", lambda pages: pages.most(lambda each: each.longest)),
    ("picture, median", lambda pages: pages.median(picture)),
    ("slowest", lambda pages: pages.most(picture)),
    ("kB", lambda pages: pages.median(lambda each: each.byte_count / 1000)),
    ("memory so far, MB", lambda pages: pages.most(lambda each: each.peak_bytes / MEGABYTE)),
)


def render(results: Results) -> str:
    """Everything that was found out, as Markdown."""
    sections = (
        [f"{circumstances()}; {os.getloadavg()[0]:.1f} processes wanted to run at the end."],
        [f"### Bars at {LARGEST:,} documents", "", *bars_table(bars(results.sizes))],
        *_sizes(results.sizes),
        failures_list(results.failures),
    )
    return "\n\n".join("\n".join(section) for section in sections if section)


def write_page(results: Results) -> None:
    """Put the results between the page's markers.

    Raises:
        ValueError: The page lacks its markers.
    """
    put_between(PAGE, MARKERS, render(results))


def told(pages: Pages) -> str:
    """Visits of one kind in one line."""
    costs = ((head, value(pages)) for head, value in COLUMNS)
    return ", ".join(f"{head} {number(cost)}" for head, cost in costs if cost is not None)


def _sizes(sizes: Sequence[Size]) -> Iterator[list[str]]:
    for size in sizes:
        yield [f"### The explorer on {size.documents:,} documents", "", *_holdings(size)]
        yield list(_pages_table(size.pages))
        if size.exports:
            yield ["One view as a file, ms:", "", *_exports_table(size)]
        if size.rivals:
            yield list(_rivals(size))


def _holdings(size: Size) -> Iterator[str]:
    peak = None if size.peak_bytes is None else size.peak_bytes / MEGABYTE
    yield (
        f"{size.documents:,} documents of {size.bodies:,} bodies, {size.figures:,} figures, a file "
        f"of {number(size.file_bytes / MEGABYTE)} MB. The command says its address after "
        f"{number(size.start_seconds)} s; the server had {number(peak)} MB in memory at most. "
        "Pages, ms:"
    )


def _pages_table(measured: Sequence[Pages]) -> Iterator[str]:
    heads = ["page", *(head for head, _ in COLUMNS)]
    rows = [[pages.kind, *(number(value(pages)) for _, value in COLUMNS)] for pages in measured]
    return table(heads, rows, "-:")


def _exports_table(size: Size) -> Iterator[str]:
    heads = ["format", "first time", "again", "longest query", "kB", "memory so far, MB"]
    return table(heads, [_export_row(export) for export in size.exports], "-:")


def _export_row(export: Export) -> list[str]:
    costs = (export.first, export.again, export.longest, export.byte_count / 1000)
    return [export.file_format, *map(number, costs), number(export.peak_bytes / MEGABYTE)]


def _rivals(size: Size) -> Iterator[str]:
    multiples = sorted(rival.multiple for rival in size.rivals)
    asked = median(rival.asked for rival in size.rivals)
    answered = median(rival.page.answered for rival in size.rivals)
    yield (
        f"The rows of {len(multiples)} departments by plain queries took {number(asked)} ms "
        f"(median), their pages {number(answered)} ms. In processor time a page with its charts "
        f"costs {number(median(multiples))} times as much, {number(multiples[0])} to "
        f"{number(multiples[-1])}."
    )

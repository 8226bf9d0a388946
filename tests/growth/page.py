"""Writes results as Markdown, and into docs/performance.md.

Knows tables and markers. Does not know how anything was measured.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from tests.growth.fitting import Growth, Point, fit_growth
from tests.growth.markdown import (
    PAGE,
    bars_table,
    circumstances,
    failures_list,
    number,
    put_between,
    table,
)
from tests.growth.plotting import Panel, draw_panels
from tests.growth.results import (
    MEGABYTE,
    Results,
    Size,
    bars,
    cpu_seconds,
    in_unit,
    peak_gigabytes,
    wall_seconds,
)

PLOT = PAGE.parent / "performance" / "growth.svg"
MARKERS = "<!-- growth: begin -->", "<!-- growth: end -->"
FURTHER = (100_000, 3_000_000)

Series: TypeAlias = tuple[str, Sequence[Point]]
Column: TypeAlias = tuple[str, Callable[[Size], float | None]]

COLUMNS: tuple[Column, ...] = (
    ("documents", lambda size: size.documents),
    ("figures", lambda size: size.figures),
    ("full build, CPU s", lambda size: cpu_seconds(size.full)),
    ("each document, CPU ms", lambda size: size.full_milliseconds),
    ("wall s", lambda size: wall_seconds(size.full)),
    ("peak GB", lambda size: peak_gigabytes(size.full)),
    ("file, MB", lambda size: in_unit(size.full_bytes, MEGABYTE)),
    ("MB for 380 figures", lambda size: size.megabytes_a_document),
)
NIGHT_COLUMNS: tuple[Column, ...] = (
    ("documents", lambda size: size.documents),
    ("ten new, CPU s", lambda size: cpu_seconds(size.night)),
    ("wall s", lambda size: wall_seconds(size.night)),
    ("peak GB", lambda size: peak_gigabytes(size.night)),
    ("of it publishing, s", lambda size: size.publishing_seconds),
    ("one changed, CPU s", lambda size: cpu_seconds(size.changed)),
    ("wall s", lambda size: wall_seconds(size.changed)),
    ("nothing new, CPU s", lambda size: cpu_seconds(size.nothing)),
    ("file then, MB", lambda size: in_unit(size.last_bytes, MEGABYTE)),
    ("MB for 380 figures", lambda size: size.last_megabytes_a_document),
)


def series(results: Results) -> list[Series]:
    """Every cost that is fitted, with what was measured of it; none without a point."""

    def points(cost: Callable[[Size], float | None]) -> list[Point]:
        costs = [(size.documents, cost(size)) for size in results.sizes]
        return [(documents, value) for documents, value in costs if value]

    found: list[Series] = [
        ("full build, CPU seconds", points(lambda size: cpu_seconds(size.full))),
        ("a night of ten, CPU seconds", points(lambda size: cpu_seconds(size.night))),
        ("publishing, seconds", points(lambda size: size.publishing_seconds)),
        ("warehouse, MB", points(lambda size: in_unit(size.full_bytes, MEGABYTE))),
    ]
    return [(name, measured) for name, measured in found if measured]


def render(results: Results) -> str:
    """Everything that was found out, as Markdown."""
    sections = (
        [f"{circumstances()}; {_source(results)}"],
        ["### Builds", "", *_sizes_table(results, COLUMNS)],
        ["### Nights", "", *_sizes_table(results, NIGHT_COLUMNS)],
        ["### Bars", "", *bars_table(bars(results))],
        ["### How it grows", "", *_growth(results)],
        ["### Loading", "", *_loading(results)],
        ["### Queries", "", *_queries(results)],
        failures_list(results.failures),
    )
    return "\n\n".join("\n".join(section) for section in sections if section)


def write_page(results: Results) -> None:
    """Put the results between the page's markers, and the plot beside it.

    Raises:
        ValueError: The page lacks its markers.
    """
    put_between(PAGE, MARKERS, render(results))
    draw_plot(results, PLOT)


def draw_plot(results: Results, path: Path) -> None:
    """Draw every fitted cost."""
    panels = [
        Panel(name, measured, fit_growth(measured), FURTHER[-1])
        for name, measured in series(results)
    ]
    draw_panels(panels, path)


def _source(results: Results) -> str:
    average = results.source_figures / max(results.source_documents, 1)
    count = results.source_documents
    return f"clones of {count} forged documents of {average:.0f} figures on average."


def _sizes_table(results: Results, columns: Sequence[Column]) -> Iterator[str]:
    heads = [head for head, _ in columns]
    rows = [[number(value(size)) for _, value in columns] for size in results.sizes]
    return table(heads, rows, "-:")


def _growth(results: Results) -> Iterator[str]:
    yield (
        "Fitted: a + b · documents ^ p. Where several fits are within 5 % of everything that was "
        "measured, p and what lies beyond are given as a range; two sizes tell no p, it is 1 then."
    )
    yield ""
    rows = []
    for name, measured in series(results):
        growth = fit_growth(measured)
        best = growth.best
        fitted = f"{number(best.fixed)} + {best.factor:.3g} · n ^ {best.exponent:.2f}"
        beyond = [_range(*growth.between(documents)) for documents in FURTHER]
        rows.append([name, fitted, _exponents(growth), *beyond])
    heads = ["cost", "best fit", "p", *(f"at {documents:,}" for documents in FURTHER)]
    yield from table(heads, rows, "-")
    yield ""
    yield f"![How costs grow]({PLOT.relative_to(PAGE.parent).as_posix()})"
    if steps := list(_marginal(results)):
        yield ""
        yield f"Each further document costs, in a full build, {'; '.join(steps)}."


def _marginal(results: Results) -> Iterator[str]:
    """What each further document costs between neighbouring sizes."""
    known = [(size.documents, size.full.cpu_seconds) for size in results.sizes if size.full]
    for (fewer, less), (more, most) in pairwise(known):
        cost = (most - less) / (more - fewer) * 1000
        yield f"{number(cost)} ms CPU from {fewer:,} to {more:,}"


def _loading(results: Results) -> Iterator[str]:
    loading = results.loading
    if loading is None:
        yield "Not measured."
        return
    yield (
        f"{loading.document_count:,} documents with {loading.figure_count:,} figures and "
        f"{loading.row_count:,} rows were loaded in {number(loading.cpu_seconds)} s CPU: "
        f"{loading.figures_a_second:,.0f} figures, or {loading.rows_a_second:,.0f} rows of any "
        f"table, a second. {number(loading.staging_seconds)} s of it made rows, where documents "
        f"are read; {number(loading.writing_seconds)} s wrote them. DuckDB's own `insert into … "
        f"select` of the same rows took {number(loading.insert_seconds)} s: all of loading has "
        f"{number(loading.share_of_insert)} of its speed, writing alone "
        f"{number(loading.writing_share_of_insert)}."
    )


def _queries(results: Results) -> Iterator[str]:
    """Slowest first."""
    if not results.queries:
        yield "Not measured."
        return
    slowest_first = sorted(results.queries.items(), key=lambda query: -query[1])
    rows = [[name, f"{seconds:.3f}"] for name, seconds in slowest_first]
    yield from table(["query of docs/queries.md", "s"], rows, "-")


def _range(least: float, most: float) -> str:
    low, high = number(least), number(most)
    return low if low == high else f"{low} to {high}"


def _exponents(growth: Growth) -> str:
    least, greatest = growth.exponents
    return f"{least:.2f}" if least == greatest else f"{least:.2f} to {greatest:.2f}"

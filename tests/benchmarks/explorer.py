"""Measure the explorer in a browser, on a warehouse of ten thousand documents.

Usage: ``make bench-explore``, or ``python tests/benchmarks/explorer.py [--sizes N ...] [--quick]
[--keep DIR] [--warehouse FILE --raw DIR] [--write]``. Has the command read the samples and forged
documents, and fills warehouses with clones of them, of departments all over the country. Then it
starts the explorer, visits its pages with Chromium, saves a view in every format, and asks plain
DuckDB for the same rows. Prints everything as it goes, and with --write puts it into
docs/performance.md too.
"""

import argparse
import json
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Browser, Error, Page

from tests.browsing.chromium import chromium
from tests.browsing.exploring import Explorer, explorer, forget
from tests.browsing.page import render, told, write_page
from tests.browsing.results import (
    DEPARTMENT,
    FIGURE,
    FIRST_PAGE,
    REACHED_DEPARTMENT,
    Export,
    Pages,
    Results,
    Rival,
    Size,
)
from tests.browsing.subjects import Body, Subjects, choose_subjects
from tests.browsing.visits import Stop, Visit, insist_on_success, visit, visit_in
from tests.growth.cloning import add_clones, cloneable_documents, clones
from tests.growth.measuring import JUESUAN, Command, measure, measure_module
from tests.growth.results import LARGEST, MEGABYTE, MILLISECONDS
from tests.growth.source import forge_source
from tests.growth.spreading import spread
from tests.growth.telling import attempt, say
from tests.growth.telling import told as told_taken
from tests.growth.warehouses import check_build, copy_staging, count_rows
from tests.paths import SAMPLES_DIR

QUICK_SIZE = 200
FORGED_DOCUMENTS = 120
SEED = 20261129
DEPARTMENTS, REACHED = 20, 10
FEW = 5
PICTURE = "main img:not([src*='/chart/'])"
HOME = Stop("/")
LONGEST_QUESTION = re.compile(r"\blongest;dur=([\d.]+)")


@dataclass(slots=True)
class Bench:
    """Where a run works, and what it has found out so far."""

    folder: Path
    results: Results

    @property
    def raw_dir(self) -> Path:
        """The samples and the forged files."""
        return self.folder / "raw"

    @property
    def source(self) -> Path:
        """The warehouse they were read into."""
        return self.folder / "source.duckdb"


@dataclass(slots=True)
class Tour:
    """A warehouse that is visited, and what was measured on it."""

    warehouse: Path
    raw_dir: Path
    size: Size
    failures: list[str]

    def attempt(self, what: str, step: partial[None]) -> bool:
        """Do a step; where it fails, say so and go on."""
        named = f"{self.size.documents:,} documents, {what}"
        return attempt(self.failures, named, step, (Error,))


def make_source(bench: Bench) -> None:
    """Have the command read the samples and forged documents, or take what an earlier run kept."""
    if bench.source.exists():
        return
    shutil.copytree(SAMPLES_DIR, bench.raw_dir / "samples", dirs_exist_ok=True)
    forged_dir = bench.raw_dir / "forged"
    forged_dir.mkdir(exist_ok=True)
    forged = forge_source(forged_dir, FORGED_DOCUMENTS, SEED)
    say(f"forged {len(forged)} documents beside the samples")
    command: Command = [JUESUAN, "run", "--raw", bench.raw_dir, "--warehouse", bench.source]
    say(f"read them and built their marts: {told_taken(measure(command, {}))}")


def fill(bench: Bench, warehouse: Path, documents: int) -> None:
    """Make a warehouse of what was read and of clones, so many documents together."""
    warehouse.unlink(missing_ok=True)
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    copy_staging(bench.source, warehouse)
    missing = documents - count_rows(warehouse, "staging.documents")
    wanted = clones(cloneable_documents(bench.source), max(missing, 0))
    add_clones(bench.source, warehouse, spread(bench.source, wanted))
    settings = {"JUESUAN_RAW": bench.raw_dir, "JUESUAN_WAREHOUSE": warehouse}
    taken = measure_module("tests.growth.building", [], settings)
    check_build(warehouse, count_rows(warehouse, "staging.documents"))
    say(f"  built them: {told_taken(taken)}")


def holdings(warehouse: Path) -> Size:
    """What a warehouse holds."""
    size = Size(
        documents=count_rows(warehouse, "marts.dim_documents"),
        bodies=count_rows(warehouse, "marts.dim_bodies"),
        figures=count_rows(warehouse, "marts.fct_disclosed_figures"),
        file_bytes=warehouse.stat().st_size,
    )
    say(
        f"\n{size.documents:,} documents of {size.bodies:,} bodies, {size.figures:,} figures, "
        f"{size.file_bytes / MEGABYTE:,.0f} MB"
    )
    return size


def routes(subjects: Subjects) -> Iterator[tuple[str, list[Stop]]]:
    """The kinds of pages, and those of each that are visited; departments are not among them."""
    few = subjects.bodies[:FEW]
    yield "region", [Stop(f"/region/{code}") for code in subjects.regions]
    yield "discrepancies", [Stop("/discrepancies"), Stop("/discrepancies?level=violation")]
    yield "search, part of a name", [searched(body, body.part_of_name) for body in few]
    yield "search, pinyin initials", [searched(body, body.initials) for body in few]
    yield FIGURE, [Stop(f"/figure/{figure}", picture=PICTURE) for figure in subjects.figures]
    yield "document", [Stop(f"/document/{document}") for document in subjects.documents]
    yield "claim", [Stop(f"/claim/{claim}") for claim in subjects.claims]
    yield "identity", [Stop(f"/identity/{identity}") for identity in subjects.identities]
    yield "ranking", [Stop("/ranking/overspent"), Stop("/ranking/growth")]
    yield "quality", [Stop("/quality")]


def searched(body: Body, words: str) -> Stop:
    """A search that must find a body."""
    return Stop(f"/search?q={quote(words)}", leads_to=f"/department/{body.body_id}")


def note(size: Size, kind: str, visits: Sequence[Visit]) -> None:
    """Keep and tell visits of one kind."""
    pages = Pages(kind, tuple(visits))
    size.pages.append(pages)
    say(f"  {kind}: {told(pages)}")


def open_first_page(tour: Tour, browser: Browser, running: Explorer) -> None:
    """The first page after the start, again by another visitor, and again by the same one."""
    size = tour.size
    size.start_seconds = running.start_seconds
    say(f"  started in {running.start_seconds:.2f} s; pages, in ms:")
    note(size, FIRST_PAGE, [visit(browser, running, HOME)])
    again = [visit(browser, running, HOME) for _ in range(FEW)]
    note(size, "first page again", again)
    context = browser.new_context()
    page = context.new_page()
    kept = [visit_in(page, running, HOME) for _ in range(FEW + 1)]
    context.close()
    note(size, "first page, visited before", kept[1:])


def open_pages(
    tour: Tour, browser: Browser, running: Explorer, kind: str, stops: Sequence[Stop]
) -> None:
    """Visit pages of one kind, each for the first time."""
    note(tour.size, kind, [visit(browser, running, stop) for stop in stops])


def open_departments(tour: Tour, browser: Browser, running: Explorer, subjects: Subjects) -> None:
    """Department pages, each for the first time and then again; and their rows without them."""
    bodies = subjects.bodies[:DEPARTMENTS]
    stops = [Stop(f"/department/{body.body_id}") for body in bodies]
    first: list[Visit] = []
    for body, stop in zip(bodies, stops, strict=True):
        first.append(visit(browser, running, stop))
        arguments: Command = [tour.warehouse, body.body_name, body.scope]
        asked = json.loads(measure_module("tests.browsing.asking", arguments, {}).output)
        tour.size.rivals.append(Rival(first[-1], **asked))
    note(tour.size, DEPARTMENT, first)
    open_pages(tour, browser, running, "department again", stops[:FEW])


def reach_departments(tour: Tour, browser: Browser, running: Explorer, subjects: Subjects) -> None:
    """Other departments' pages, each for the first time, in a tab that shows the first page."""
    context = browser.new_context()
    page = context.new_page()
    reached: list[Visit] = []
    for body in subjects.bodies[DEPARTMENTS:]:
        visit_in(page, running, HOME)
        reached.append(visit_in(page, running, Stop(f"/department/{body.body_id}")))
    context.close()
    note(tour.size, REACHED_DEPARTMENT, reached)


def save_view(tour: Tour, browser: Browser, running: Explorer, subjects: Subjects) -> None:
    """One department's page in every format that it offers."""
    context = browser.new_context()
    page = context.new_page()
    path = f"/department/{subjects.bodies[0].body_id}"
    insist_on_success(page.goto(running.address + path), path)
    for file_format, link in offered_formats(page).items():
        first, longest, size = save(page, running.address + link)
        again, _, _ = save(page, running.address + link)
        peak = running.peak_bytes
        tour.size.exports.append(Export(file_format, first, again, longest, size, peak))
        say(f"  as {file_format}: {first:.0f} ms, again {again:.0f} ms, {size:,} bytes")
    context.close()


def offered_formats(page: Page) -> dict[str, str]:
    """The first link of each format that a page offers."""
    links = page.locator("a[href]").evaluate_all("all => all.map(it => it.getAttribute('href'))")
    found: dict[str, str] = {}
    for link in links:
        parts = urlsplit(link)
        named = parse_qs(parts.query).get("format", [Path(parts.path).suffix.lstrip(".")])[0]
        if named:
            found.setdefault(named, link)
    return found


def save(page: Page, address: str) -> tuple[float, float | None, int]:
    """Milliseconds that a file took, those of the longest question for it, and its bytes."""
    began = time.perf_counter()
    response = page.request.get(address)
    content = response.body()
    taken = (time.perf_counter() - began) * MILLISECONDS
    insist_on_success(response, address)
    longest = LONGEST_QUESTION.search(response.headers.get("server-timing", ""))
    return taken, float(longest[1]) if longest else None, len(content)


def take_tour(tour: Tour) -> None:
    """Start the explorer and visit everything."""
    subjects = choose_subjects(tour.warehouse, tour.raw_dir, DEPARTMENTS + REACHED, FEW)
    forget(tour.warehouse)
    with chromium() as browser, explorer(tour.warehouse, tour.raw_dir) as running:
        seen = (tour, browser, running)
        tour.attempt("first page", partial(open_first_page, *seen))
        tour.attempt("departments", partial(open_departments, *seen, subjects))
        tour.attempt("departments reached", partial(reach_departments, *seen, subjects))
        for kind, stops in routes(subjects):
            tour.attempt(kind, partial(open_pages, *seen, kind, stops))
        tour.attempt("exports", partial(save_view, *seen, subjects))
        tour.size.peak_bytes = running.peak_bytes
        say(f"  at most {running.peak_bytes / MEGABYTE:,.0f} MB")


def measure_warehouse(bench: Bench, warehouse: Path, raw_dir: Path) -> None:
    """Measure the explorer of one warehouse."""
    size = holdings(warehouse)
    bench.results.sizes.append(size)
    tour = Tour(warehouse, raw_dir, size, bench.results.failures)
    tour.attempt("the explorer", partial(take_tour, tour))


def measure_sizes(bench: Bench, sizes: Sequence[int]) -> None:
    """Make a warehouse of each size, and measure the explorer of it."""
    make_source(bench)
    for documents in sizes:
        warehouse = bench.folder / f"size{documents}" / "warehouse.duckdb"
        what = f"{documents:,} documents"
        say(f"\nmaking {what}")
        if attempt(bench.results.failures, what, partial(fill, bench, warehouse, documents)):
            measure_warehouse(bench, warehouse, bench.raw_dir)


def main() -> int:
    """Measure, print, and write where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[LARGEST], metavar="N")
    parser.add_argument("--quick", action="store_true", help=f"a size of {QUICK_SIZE}")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work there, and leave everything")
    parser.add_argument("--warehouse", type=Path, metavar="FILE", help="make none, use this one")
    parser.add_argument("--raw", type=Path, metavar="DIR", help="where its files lie")
    parser.add_argument("--write", action="store_true", help="put it into docs/performance.md")
    options = parser.parse_args()
    if (options.warehouse is None) != (options.raw is None):
        parser.error("--warehouse and --raw go together")
    with TemporaryDirectory(prefix="explorer-") as scratch:
        folder = (options.keep or Path(scratch)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, Results())
        if options.warehouse:
            measure_warehouse(bench, options.warehouse.absolute(), options.raw.absolute())
        else:
            measure_sizes(bench, sorted([QUICK_SIZE] if options.quick else options.sizes))
    say(f"\n{render(bench.results)}")
    if options.write:
        write_page(bench.results)
    return 1 if bench.results.failures else 0


if __name__ == "__main__":
    sys.exit(main())

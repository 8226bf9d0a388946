"""Reading speed against the usual tools, on the same pages in one run.

Usage: python tests/benchmarks/reading_speed.py [--rounds N] [--without-camelot] [DIR ...]

Prints pages per second on one core and the ratio of each tool's time to ours, and compares the
numbers that pdfplumber and we find in tables, page by page. DIR defaults to the samples and, where
it is there, the shared corpus. Times are CPU times of this process: others' load does not count.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import camelot
import pdfplumber
import pypdfium2

from pipelines.normalising.disclosing import read_disclosure
from pipelines.reading.pdf_objects import read_pages
from pipelines.reading.ruled_tables import read_ruled_tables
from pipelines.recognising.headers import is_numeric
from pipelines.recognising.wording import squash
from tests.paths import REFERENCE_DIR, SAMPLES_DIR, SHARED_DIR


def our_cells(path: Path) -> list[Counter[str]]:
    """Bytes to cells; the numbers of each page's tables."""
    return [
        Counter(
            squash(cell.text)
            for table in read_ruled_tables(page).tables
            for cell in table.cells
            if is_numeric(cell.text)
        )
        for page in read_pages(path.read_bytes())
    ]


def our_figures(path: Path) -> object:
    """Bytes to figures, narrative and all."""
    return read_disclosure(path, REFERENCE_DIR)


def pdfplumber_tables(path: Path) -> list[Counter[str]]:
    """The loop that everybody writes."""
    with pdfplumber.open(path) as pdf:
        return [_numbers(page.extract_tables()) for page in _closing(pdf.pages)]


def _closing(pages: Sequence[pdfplumber.page.Page]) -> Iterator[pdfplumber.page.Page]:
    for page in pages:
        yield page
        page.close()


def _numbers(tables: Sequence[Sequence[Sequence[str | None]]]) -> Counter[str]:
    texts = (text for table in tables for row in table for text in row if text)
    return Counter(squash(text) for text in texts if is_numeric(text))


def camelot_lattice(path: Path) -> object:
    """Camelot's reader of ruled tables."""
    return camelot.read_pdf(str(path), flavor="lattice", pages="all", suppress_stdout=True)


def pdfium_text(path: Path) -> int:
    """All text and nothing else: the floor."""
    document = pypdfium2.PdfDocument(path)
    length = sum(len(page.get_textpage().get_text_bounded()) for page in document)
    document.close()
    return length


def seconds(task: Callable[[Path], object], paths: Sequence[Path], rounds: int) -> float:
    """The least CPU time that a task took over all files."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for path in paths:
            task(path)
        best = min(best, time.process_time() - begun)
    return best


def compare(paths: Sequence[Path]) -> tuple[int, int]:
    """Count the numbers in tables that both find on the same page, and those only one finds."""
    agreed = differing = 0
    for path in paths:
        for ours, theirs in zip(our_cells(path), pdfplumber_tables(path), strict=True):
            agreed += (ours & theirs).total()
            differing += ((ours - theirs) + (theirs - ours)).total()
    return agreed, differing


def main() -> None:
    """Run the benchmark and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-camelot", action="store_true")
    arguments = parser.parse_args()
    folders = arguments.folders or [SAMPLES_DIR, SHARED_DIR / "corpus"]
    paths = sorted(path for folder in folders for path in folder.rglob("*.pdf"))
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    print(
        f"{len(paths)} files, {pages} pages, one core, least CPU time of {arguments.rounds} rounds"
    )
    seconds(our_figures, paths[:1], 1)  # loads catalogue and libraries
    cells = seconds(our_cells, paths, arguments.rounds)
    rows = [
        ("bytes to cells", cells),
        ("bytes to figures", seconds(our_figures, paths, arguments.rounds)),
        ("pdfplumber extract_tables", seconds(pdfplumber_tables, paths, 1)),
        ("pdfium, text alone", seconds(pdfium_text, paths, arguments.rounds)),
    ]
    if not arguments.without_camelot:
        rows.append(("camelot lattice", seconds(camelot_lattice, paths, 1)))
    figures = rows[1][1]
    print(f"{'':28}{'seconds':>9}{'pages/s':>9}{'÷ cells':>9}{'÷ figures':>10}")
    for name, taken in rows:
        print(
            f"{name:28}{taken:9.2f}{pages / taken:9.1f}{taken / cells:9.2f}{taken / figures:10.2f}"
        )
    agreed, differing = compare(paths)
    print(f"numbers in tables: {agreed} found by both, {differing} by one of the two only")


if __name__ == "__main__":
    main()

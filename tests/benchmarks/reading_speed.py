"""Reading speed against the usual tools, on the same pages in one run.

Usage: python tests/benchmarks/reading_speed.py [--rounds N] [--without-camelot] [DIR ...]

Prints pages per second on one core and the ratio of each tool's time to ours, and compares the
numbers that pdfplumber and we find in tables, page by page. DIR defaults to the samples and, where
it is there, the shared corpus.

Times are user CPU times of this process. The tools take turns file by file, so that a machine that
is slower for a while is slower for all of them; a ratio is the median of the rounds' ratios.
Camelot, which takes minutes, has its turn in the first round only. The five rounds that are made
unless told otherwise take about five minutes of a quiet machine.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median

import camelot
import pdfplumber
import pypdfium2

from pipelines.normalising.disclosing import read_disclosure
from pipelines.normalising.figures import collect_tables
from pipelines.normalising.proof import prove_meanings
from pipelines.reading.documents import read_document
from pipelines.reading.pdf_objects import read_pages
from pipelines.reading.ruled_tables import read_ruled_tables
from pipelines.recognising.assembling import assemble_tables
from pipelines.recognising.headers import is_numeric
from pipelines.recognising.naming import kind_of, name_tables
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
    """Bytes to the figures of the tables, named and proven."""
    assembly = assemble_tables(read_document(path.read_bytes(), path.name))
    meanings = name_tables(assembly.tables, assembly.paragraphs)
    narrative = [paragraph.text for paragraph in assembly.paragraphs]
    kind = kind_of(assembly.tables, assembly.paragraphs)
    prove_meanings(meanings, narrative, kind, REFERENCE_DIR)
    return collect_tables(meanings, narrative)


def everything(path: Path) -> object:
    """Bytes to everything disclosed, narrative and all."""
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


Tool = Callable[[Path], object]

CELLS, FIGURES, EVERYTHING, PDFPLUMBER, PDFIUM, CAMELOT = (
    "bytes to cells",
    "bytes to figures",
    "bytes to everything disclosed",
    "pdfplumber extract_tables",
    "pdfium, text alone",
    "camelot lattice",
)
TOOLS: dict[str, Tool] = {
    CELLS: our_cells,
    FIGURES: our_figures,
    EVERYTHING: everything,
    PDFPLUMBER: pdfplumber_tables,
    PDFIUM: pdfium_text,
    CAMELOT: camelot_lattice,
}


def user_seconds(tool: Tool, path: Path) -> float:
    """The user CPU time that a tool takes over a file."""
    begun = getrusage(RUSAGE_SELF).ru_utime
    tool(path)
    return getrusage(RUSAGE_SELF).ru_utime - begun


def run_round(tools: Iterable[str], paths: Sequence[Path]) -> dict[str, float]:
    """Let the tools take turns over every file; the user CPU time of each."""
    taken = dict.fromkeys(tools, 0.0)
    for path in paths:
        for name in taken:
            taken[name] += user_seconds(TOOLS[name], path)
    return taken


def ratios(rounds: Iterable[dict[str, float]], name: str, to: str) -> str:
    """A tool's time in units of another's: the median round, and the least and the greatest."""
    found = [taken[name] / taken[to] for taken in rounds if name in taken]
    return f"{median(found):7.2f} ({min(found):.2f}-{max(found):.2f})"


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
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--without-camelot", action="store_true")
    arguments = parser.parse_args()
    folders = arguments.folders or [SAMPLES_DIR, SHARED_DIR / "corpus"]
    paths = sorted(path for folder in folders for path in folder.rglob("*.pdf"))
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    print(f"{len(paths)} files, {pages} pages, one core, user CPU time, {arguments.rounds} rounds")
    always = [name for name in TOOLS if name != CAMELOT]
    run_round(always, paths[:1])  # loads catalogue and libraries
    rounds = [
        run_round(TOOLS if number == 0 and not arguments.without_camelot else always, paths)
        for number in range(arguments.rounds)
    ]
    print(f"{'':30}{'seconds':>9}{'pages/s':>9}  {'÷ cells':22}{'÷ figures':22}")
    for name in rounds[0]:
        taken = median(each[name] for each in rounds if name in each)
        compared = (ratios(rounds, name, to) for to in (CELLS, FIGURES))
        print(f"{name:30}{taken:9.2f}{pages / taken:9.1f}", *(f"{ratio:22}" for ratio in compared))
    agreed, differing = compare(paths)
    print(f"numbers in tables: {agreed} found by both, {differing} by one of the two only")


if __name__ == "__main__":
    main()

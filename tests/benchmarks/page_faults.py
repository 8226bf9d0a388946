"""Spoils PDFs the way pages are spoilt, and compares with what is read of them while sound.

Usage: ``make bench-faults``, or ``python tests/benchmarks/page_faults.py [--documents N] [--seed N]
[--only FAULT]... [--show N] [--keep DIR]``. Forges disclosures as ``formats.py`` does, as PDFs,
every other one with page numbers; the truth is what the warehouse says of them. Then each is
spoilt in every way, and read into a warehouse of its own. A number that is drawn can be read of no
text: it is wanted nowhere, and said to be "drawn". Of files that are cut short it cannot be known
what is left: nothing may differ from the truth but what is missing. Ends with 1 if anything
differs.
"""

import argparse
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pikepdf import Pdf

from tests.benchmarks.formats import write_all
from tests.benchmarks.held_out import held_out
from tests.benchmarks.readings import Comparison, Figure, Reading, Told, compare, read
from tests.benchmarks.trials import parser, print_line, run, show
from tests.forge.editions import Edition
from tests.forge.page_faults import LOSING, Drawn, DrawnAmount, PageFault, number_pages, spoil
from tests.growth.measuring import MeasuringError

HEADINGS = (
    *("fault", "wanted", "drawn", "equal", "unnamed", "different", "missing", "extra"),
    *("yet proven", "unread", "misattributed", "prose equal", "CPU s"),
)
WIDTHS = (19, 8, 7, 7, 8, 10, 8, 7, 11, 8, 14, 13, 7)
AROUND = 2.0
"""Points around a figure's box in which its text may begin."""


def spoil_all(
    truth: Reading, sound: Path, fault: PageFault, raw: Path, seed: int
) -> dict[str, Drawn]:
    """Spoil every document in one way; the amounts that are drawn now, by document."""
    drawn = {}
    for number, name in enumerate(truth.documents):
        (raw / name).mkdir(parents=True)
        source, target = (folder / name / f"{name}.pdf" for folder in (sound, raw))
        drawn[name] = spoil(source, fault, target, seed + number)
    return drawn


def readable(told: Told, drawn: Drawn, heights: Mapping[int, float]) -> Told:
    """The truth without the figures that are drawn."""
    left = [
        figure
        for figure in told.figures
        if not any(_is_at(figure, amount, heights) for amount in drawn)
    ]
    return replace(told, figures=left)


def _is_at(figure: Figure, amount: DrawnAmount, heights: Mapping[int, float]) -> bool:
    """Whether a figure is the one that was drawn: of the same text, beginning in its box."""
    if figure.page != amount.page or figure.text != amount.text or figure.box is None:
        return False
    left, top, right, bottom = figure.box
    down = heights[amount.page] - amount.y
    is_across = left - AROUND <= amount.x <= right + AROUND
    return is_across and top - AROUND <= down <= bottom + AROUND


def page_heights(path: Path) -> dict[int, float]:
    """How high each page of a PDF is, in points, by its number."""
    with Pdf.open(path) as pdf:
        return {
            number: float(str(page.mediabox[3])) for number, page in enumerate(pdf.pages, start=1)
        }


def judge(
    truth: Reading, found: Reading, drawn: Mapping[str, Drawn], sound: Path
) -> tuple[Comparison, int]:
    """Compare all documents; also how many figures of the truth are drawn now."""
    total, gone = Comparison(), 0
    for name, told in truth.documents.items():
        heights = page_heights(sound / name / f"{name}.pdf")
        wanted = readable(told, drawn[name], heights)
        gone += len(told.figures) - len(wanted.figures)
        total.add(compare(name, wanted, found.documents[name]))
    return total, gone


def cells(fault: PageFault, total: Comparison, gone: int, reading: Reading) -> tuple[object, ...]:
    """A comparison as a line of the table."""
    return (
        *(fault, total.wanted, gone, total.equal, total.unnamed, total.different, total.missing),
        *(total.extra, total.proven, f"{total.unread}/{total.documents}"),
        *(total.identities_wrong, f"{total.claims_equal}/{total.claims_wanted}"),
        f"{reading.taken.cpu_seconds:.0f}",
    )


def is_good(fault: PageFault, total: Comparison) -> bool:
    """Whether all is read that can be, and nothing is wrong."""
    if fault in LOSING:
        return not total.different and not total.extra
    return total.is_perfect


def bench(options: argparse.Namespace, folder: Path) -> bool:
    """Write, spoil, read, compare and print; whether all is good."""
    sound = folder / "sound" / "raw"
    names = write_all(held_out(options.documents, options.seed), Edition.PDF, sound, options.seed)
    for name in names[::2]:
        number_pages(sound / name / f"{name}.pdf")
    truth = read(sound, folder / "sound" / "warehouse.duckdb", names)
    count = sum(len(told.figures) for told in truth.documents.values())
    print(f"{len(names)} PDFs, seed {options.seed}: {count} figures while they are sound")
    print_line(HEADINGS, WIDTHS)
    all_good = True
    for fault in options.only or list(PageFault):
        raw = folder / fault / "raw"
        drawn = spoil_all(truth, sound, fault, raw, options.seed)
        try:
            found = read(raw, folder / fault / "warehouse.duckdb", names)
        except MeasuringError as error:
            print(f"{fault:>{WIDTHS[0]}}  the command failed: {error}", flush=True)
            all_good = False
            continue
        total, gone = judge(truth, found, drawn, sound)
        print_line(cells(fault, total, gone, found), WIDTHS)
        show(total, options.show)
        all_good = is_good(fault, total) and all_good
        if not options.keep:
            shutil.rmtree(folder / fault)
    return all_good


if __name__ == "__main__":
    sys.exit(run(bench, parser(__doc__, PageFault).parse_args()))

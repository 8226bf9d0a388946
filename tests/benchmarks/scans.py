"""Scans documents in every condition, and compares what is read with what is read of their PDFs.

Usage: ``make bench-scans``, or ``python tests/benchmarks/scans.py [--documents N] [--seed N]
[--only CONDITION]... [--source DIR] [--show N] [--keep DIR]``. The documents are forged as
``formats.py`` does, or every PDF of a folder of real ones. Each is scanned in every condition, with
a wrong text layer, with every other page left as text, and as pictures without a PDF, and read into
a warehouse of its own by one process. A figure is right where form, code (or else label), measure
and amount are those of the PDF: before the repair as the recogniser read it, and after. Prints also
how many wrong figures are said to be proven, which none may be, and what a page took beyond what
the PDF took. Where no OCR is installed nothing is read, and says so. Ends with 1 if a bar is
missed.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from shutil import copyfile, rmtree
from unicodedata import normalize

import pypdfium2

from tests.benchmarks.formats import write_all
from tests.benchmarks.held_out import held_out
from tests.benchmarks.readings import Comparison, Figure, Reading, Told, compare, read
from tests.benchmarks.trials import parser, print_line, run, show
from tests.forge.editions import Edition
from tests.forge.scans import Condition, TextLayer, write_pictures, write_scanned_pdf
from tests.growth.measuring import MeasuringError

FEW_DOCUMENTS = 2
MEBIBYTE = 1 << 20
HEADINGS = (
    *("condition", "pages", "figures", "right before", "wrong", "missing"),
    *("right after", "wrong", "missing", "yet proven", "share right", "CPU s/page", "peak MiB"),
)
WIDTHS = (19, 7, 9, 14, 7, 9, 13, 7, 9, 12, 13, 12, 10)


class Trial(StrEnum):
    """Every condition, and other ways in which scans are published."""

    CLEAN_200 = Condition.CLEAN_200
    OFFICE_150 = Condition.OFFICE_150
    OFFICE_200 = Condition.OFFICE_200
    SEALED_200 = Condition.SEALED_200
    TURNED_200 = Condition.TURNED_200
    HARSH_200 = Condition.HARSH_200
    FAX_200 = Condition.FAX_200
    LOW_110 = Condition.LOW_110
    WRONG_TEXT_BELOW = "wrong_text_below"
    WRONG_TEXT_OVER = "wrong_text_over"
    MIXED = "mixed_pages"
    TIFF = "tiff"
    JPG = "jpg"


BARS: Mapping[Trial, float] = {
    Trial.HARSH_200: 0.999,
    Trial.FAX_200: 0.995,
    Trial.LOW_110: 0.995,
}
"""Share of figures that must be right after the repair; all, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is scanned: PDFs by name, how many pages they have, and what is read of them."""

    paths: Mapping[str, Path]
    pages: int
    reading: Reading


def _pictured(source: Path, folder: Path, seed: int, *, suffix: str) -> None:
    write_pictures(source, folder / f"scan.{suffix}", Condition.OFFICE_200, seed)


def _scanned(
    source: Path, folder: Path, seed: int, *, condition: Condition, layer: TextLayer
) -> None:
    write_scanned_pdf(source, folder / "scan.pdf", condition, seed, layer=layer)


def _mixed(source: Path, folder: Path, seed: int) -> None:
    with pypdfium2.PdfDocument(source) as pdf:
        kept = range(0, len(pdf), 2)
    write_scanned_pdf(source, folder / "scan.pdf", Condition.OFFICE_200, seed, kept=kept)


def writer(trial: Trial) -> Callable[[Path, Path, int], None]:
    """What writes a scan into a folder."""
    if trial is Trial.MIXED:
        return _mixed
    if trial in {Trial.TIFF, Trial.JPG}:
        return partial(_pictured, suffix=trial.value)
    layers = {
        Trial.WRONG_TEXT_BELOW: TextLayer.WRONG_BELOW,
        Trial.WRONG_TEXT_OVER: TextLayer.WRONG_INVISIBLE,
    }
    if trial in layers:
        return partial(_scanned, condition=Condition.OFFICE_200, layer=layers[trial])
    return partial(_scanned, condition=Condition(trial.value), layer=TextLayer.NONE)


def by_code(told: Told) -> Told:
    """What is told of a document, rows with codes by these alone: a label may be misread.

    Recognisers write marks in half width however they are printed.
    """
    return replace(told, figures=[_by_code(figure) for figure in told.figures])


def _by_code(figure: Figure) -> Figure:
    row = figure.row
    label = "" if row.code else normalize("NFKC", row.label)
    return replace(figure, row=row._replace(label=label))


def as_read(told: Told) -> Told:
    """What would be told had nothing been repaired: amounts as the recogniser read them."""
    return replace(told, figures=[_as_read(figure) for figure in told.figures])


def _as_read(figure: Figure) -> Figure:
    # The amount in yuan is of the repaired text.
    return replace(figure, text=figure.raw or figure.text, yuan=None)


def judge(sound: Sound, found: Reading) -> tuple[Comparison, Comparison]:
    """Compare all documents before and after the repair."""
    before, after = Comparison(), Comparison()
    for name, told in sound.reading.documents.items():
        wanted, now = by_code(told), by_code(found.documents[name])
        after.add(compare(name, wanted, now))
        before.add(compare(name, _without_yuan(wanted), as_read(now)))
    return before, after


def _without_yuan(told: Told) -> Told:
    return replace(told, figures=[replace(figure, yuan=None) for figure in told.figures])


def cells(
    trial: Trial, sound: Sound, before: Comparison, after: Comparison, found: Reading
) -> tuple[object, ...]:
    """A comparison as a line of the table."""
    beyond = found.taken.cpu_seconds - sound.reading.taken.cpu_seconds
    share = f"{after.equal / after.wanted:.2%}" if after.wanted else "-"
    return (
        *(trial, sound.pages, after.wanted),
        *(before.equal, before.different + before.extra, before.missing + before.unnamed),
        *(after.equal, after.different + after.extra, after.missing + after.unnamed),
        *(after.proven, share),
        *(f"{beyond / sound.pages:.2f}", f"{found.taken.peak_bytes / MEBIBYTE:.0f}"),
    )


def is_met(trial: Trial, after: Comparison) -> bool:
    """Whether enough is right, and nothing that is wrong is said to be proven."""
    return after.equal >= BARS.get(trial, 1) * after.wanted and not after.proven


def sources(options: argparse.Namespace, raw: Path) -> dict[str, Path]:
    """The PDFs that are scanned, each in a folder of its own, by name."""
    if options.source is None:
        names = write_all(held_out(options.documents, options.seed), Edition.PDF, raw, options.seed)
        return {name: raw / name / f"{name}.pdf" for name in names}
    paths = {}
    for number, source in enumerate(sorted(options.source.rglob("*.pdf"))):
        name = f"{number:02}"
        (raw / name).mkdir(parents=True)
        paths[name] = raw / name / f"{name}.pdf"
        copyfile(source, paths[name])
    return paths


def read_sound(options: argparse.Namespace, folder: Path) -> Sound:
    """Write or copy the PDFs, and read them."""
    paths = sources(options, folder / "raw")
    pages = 0
    for path in paths.values():
        with pypdfium2.PdfDocument(path) as pdf:
            pages += len(pdf)
    return Sound(paths, pages, read(folder / "raw", folder / "warehouse.duckdb", paths, jobs=1))


def try_one(trial: Trial, sound: Sound, folder: Path, seed: int) -> Reading:
    """Scan all documents and read the scans."""
    write = writer(trial)
    for number, (name, path) in enumerate(sound.paths.items()):
        target = folder / "raw" / name
        target.mkdir(parents=True)
        write(path, target, seed + number)
    return read(folder / "raw", folder / "warehouse.duckdb", sound.paths, jobs=1)


def bench(options: argparse.Namespace, folder: Path) -> bool:
    """Scan, read, compare and print; whether all bars are met."""
    sound = read_sound(options, folder / "sound")
    print(f"{len(sound.paths)} documents, {sound.pages} pages, seed {options.seed}")
    print_line(HEADINGS, WIDTHS)
    met = [report(trial, sound, folder, options) for trial in options.only or list(Trial)]
    return all(met)


def report(trial: Trial, sound: Sound, folder: Path, options: argparse.Namespace) -> bool:
    """Make one trial and print what came of it; whether its bar is met."""
    place = folder / trial
    try:
        found = try_one(trial, sound, place, options.seed)
    except MeasuringError as error:
        print(f"{trial:>{WIDTHS[0]}}  the command failed: {error}", flush=True)
        return False
    before, after = judge(sound, found)
    print_line(cells(trial, sound, before, after, found), WIDTHS)
    if after.unread == after.documents:
        print("    no OCR here")
    show(after, options.show)
    if not options.keep:
        rmtree(place)
    return is_met(trial, after)


if __name__ == "__main__":
    asked = parser(__doc__, Trial)
    asked.set_defaults(documents=FEW_DOCUMENTS)
    asked.add_argument("--source", type=Path, help="a folder of PDFs to scan instead")
    sys.exit(run(bench, asked.parse_args()))

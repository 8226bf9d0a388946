"""Reads the same disclosures in every format, and compares with what is read of the Word files.

Usage: ``make bench-formats``, or ``python tests/benchmarks/formats.py [--documents N] [--seed N]
[--only FORMAT]... [--show N] [--keep DIR]``. Forges disclosures of invented bodies in random
layouts, a third of them in words that no style of the forge has, and writes each in every format
the way programs and departments do, drawn at random. The command reads each format into a
warehouse of its own, and the warehouse is asked: form, section, code, label, measure, amount as
printed and amount in yuan of every figure must be those of the Word file. Statements of the prose
and whose document it is are compared, too; the first line compares the Word files with what the
forge printed. Ends with 1 if anything differs.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.held_out import held_out
from tests.benchmarks.readings import Comparison, Reading, compare, read
from tests.benchmarks.trials import parser, print_line, run, show
from tests.forge.disclosure import Manuscript
from tests.forge.editions import Edition, write_edition
from tests.forge.office import NoOfficeError
from tests.growth.measuring import MeasuringError

HEADINGS = (
    *("format", "in DOCX", "equal", "unnamed", "different", "missing", "extra"),
    *("unread", "misattributed", "prose equal", "CPU s"),
)
WIDTHS = (11, 8, 7, 8, 10, 8, 6, 7, 14, 13, 7)


def write_all(
    manuscripts: Sequence[Manuscript], edition: Edition, folder: Path, seed: int
) -> list[str]:
    """Write every disclosure in a format, each into a folder of its own; their names."""
    names = []
    for number, manuscript in enumerate(manuscripts):
        name = f"{number:02}"
        (folder / name).mkdir(parents=True)
        path = folder / name / f"{name}.{edition}"
        write_edition(manuscript, edition, path, seed + number)
        names.append(name)
    return names


def read_edition(
    manuscripts: Sequence[Manuscript], edition: Edition, folder: Path, seed: int
) -> Reading:
    """Write every disclosure in a format and read them all."""
    raw = folder / edition / "raw"
    names = write_all(manuscripts, edition, raw, seed)
    return read(raw, folder / edition / "warehouse.duckdb", names)


def judge(truth: Reading, found: Reading) -> Comparison:
    """Compare all documents of a reading."""
    total = Comparison()
    for name, told in truth.documents.items():
        total.add(compare(name, told, found.documents[name]))
    return total


def cells(edition: Edition, total: Comparison, reading: Reading) -> tuple[object, ...]:
    """A comparison as a line of the table."""
    prose = f"{total.claims_equal}/{total.claims_wanted}"
    return (
        *(edition, total.wanted, total.equal, total.unnamed, total.different),
        *(total.missing, total.extra),
        *(f"{total.unread}/{total.documents}", total.identities_wrong, prose),
        f"{reading.taken.cpu_seconds:.0f}",
    )


def compare_with_forge(manuscripts: Sequence[Manuscript], truth: Reading) -> str:
    """How much of what the forge printed is read of the Word files, amount for amount."""
    printed = read_back = 0
    for manuscript, found in zip(manuscripts, truth.documents.values(), strict=True):
        amounts = Counter(
            (figure.form, figure.measure, figure.amount_text)
            for form in manuscript.forms
            for figure in form.figures
        )
        told_of = Counter((it.row.form, it.row.measure, it.text) for it in found.figures)
        printed += amounts.total()
        read_back += (amounts & told_of).total()
    return f"of the Word files {read_back} of {printed} printed figures are read and named"


def bench(options: argparse.Namespace, folder: Path) -> bool:
    """Write, read, compare and print; whether all is equal."""
    manuscripts = held_out(options.documents, options.seed)
    truth = read_edition(manuscripts, Edition.DOCX, folder, options.seed)
    print(f"{len(manuscripts)} disclosures, seed {options.seed}")
    print(compare_with_forge(manuscripts, truth), flush=True)
    print_line(HEADINGS, WIDTHS)
    is_perfect = True
    for edition in options.only or [each for each in Edition if each is not Edition.DOCX]:
        try:
            found = read_edition(manuscripts, edition, folder, options.seed)
        except NoOfficeError:
            print(f"{edition:>{WIDTHS[0]}}  no LibreOffice here", flush=True)
            continue
        except MeasuringError as error:
            print(f"{edition:>{WIDTHS[0]}}  the command failed: {error}", flush=True)
            is_perfect = False
            continue
        total = judge(truth, found)
        print_line(cells(edition, total, found), WIDTHS)
        show(total, options.show)
        is_perfect = is_perfect and total.is_perfect
    return is_perfect


if __name__ == "__main__":
    sys.exit(run(bench, parser(__doc__, Edition).parse_args()))

"""Read a thousand forged documents back: every figure, and memory that stays flat.

Usage: python tests/benchmarks/forged_corpus.py [--layouts N] [--seed S] [--keep DIR]

Draws N random layouts, final accounts and budgets in turn, Word and PDF in turn, reads each back
in this one process and compares figure for figure. Prints how many were perfect, every layout that
was not, and the process's memory on the way. With --keep, the files of those stay in DIR.
"""

import argparse
import resource
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pipelines.normalising.disclosing import read_disclosure
from pipelines.reading.errors import UnreadableFileError
from tests.forge.budget.strategies import printable_budgets
from tests.forge.disclosure import FileFormat, forge_disclosure
from tests.forge.strategies import printable_pairs
from tests.integration.reading.test_forged_documents import (
    printed_figures,
    read_figures,
    unnamed_numbers,
)
from tests.paths import REFERENCE_DIR

REPORT_EVERY = 100


def compare(book: object, style: object, kind: FileFormat, path: Path) -> str:
    """Forge one document and read it back; '' where every figure is right, else what is not."""
    forged = forge_disclosure(book, style, kind, path)  # type: ignore[arg-type] - either pair fits
    try:
        disclosure = read_disclosure(path, REFERENCE_DIR)
    except UnreadableFileError as error:
        return f"refused: {error}"
    printed, read = printed_figures(forged), read_figures(disclosure)
    unnamed, counts = unnamed_numbers(disclosure), Counter(forged.counts)
    if printed == read and unnamed == counts and not disclosure.rejections:
        return ""
    missing, extra = printed - read, read - printed
    named = Counter(key[0] for key in (missing + extra).elements())
    return (
        f"{missing.total()} missing, {extra.total()} extra: {dict(named)}; without a measure "
        f"{(unnamed - counts).total()} beside its counts and {(counts - unnamed).total()} of them "
        f"lost; {len(disclosure.rejections)} rejections"
    )


def kinds() -> Iterator[FileFormat]:
    """Word and PDF in turn."""
    while True:
        yield from FileFormat


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--layouts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    kind = kinds()
    outcomes: Counter[bool] = Counter()
    begun = time.monotonic()

    @seed(arguments.seed)
    @settings(
        max_examples=arguments.layouts,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(pair=st.one_of(printable_pairs(), printable_budgets()))
    def read_back(pair: tuple[object, object]) -> None:
        chosen = next(kind)
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"forged.{chosen}"
            wrong = compare(*pair, chosen, path)
            if wrong and arguments.keep:
                shutil.copy(path, arguments.keep / f"{outcomes.total() + 1}.{chosen}")
        outcomes[not wrong] += 1
        number = outcomes.total()
        if wrong:
            print(f"layout {number} ({chosen}): {wrong}")
        if number % REPORT_EVERY == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            taken = time.monotonic() - begun
            print(f"{number} layouts, {outcomes[True]} perfect, {taken:.0f} s, peak {peak:.0f} MiB")

    read_back()
    print(f"perfect: {outcomes[True]} of {outcomes.total()}")


if __name__ == "__main__":
    main()

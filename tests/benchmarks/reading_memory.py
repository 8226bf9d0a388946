"""The memory of a process that does nothing but read, over a thousand documents.

Usage: python tests/benchmarks/reading_memory.py [--documents N] [--files F] [--seed S]

Forges F files (final accounts and budgets, Word and PDF) in another process, then reads them and
the samples in rotation, N documents in all, and prints this process's memory on the way. Neither
the forge nor hypothesis is ever loaded into it.
"""

import argparse
import multiprocessing
import os
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.normalising.disclosing import read_disclosure
from tests.paths import REFERENCE_DIR, SAMPLES_DIR

REPORTED = (1, 100, 250, 500, 750, 1000, 2000, 5000)


def forge_files(folder: Path, count: int, seed: int) -> None:
    """Write random disclosures to a folder; runs in a process of its own."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    from tests.forge.budget.strategies import printable_budgets
    from tests.forge.disclosure import FileFormat, forge_disclosure
    from tests.forge.strategies import printable_pairs

    kinds = cycle(FileFormat)
    numbers = iter(range(count))

    @seeded(seed)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(pair=st.one_of(printable_pairs(), printable_budgets()))
    def forge(pair: tuple[object, object]) -> None:
        book, style = pair
        kind = next(kinds)
        path = folder / f"{next(numbers)}.{kind}"
        forge_disclosure(book, style, kind, path)  # type: ignore[arg-type] - either pair fits

    forge()


def resident_mib() -> float:
    """The memory that this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Forge, read and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        forge = multiprocessing.get_context("spawn").Process(
            target=forge_files, args=(Path(folder), arguments.files, arguments.seed)
        )
        forge.start()
        forge.join()
        paths = sorted(
            path
            for source in (Path(folder), SAMPLES_DIR)
            for path in source.rglob("*")
            if path.suffix in (".pdf", ".docx")
        )
        print(f"{len(paths)} files in rotation; {resident_mib():.1f} MiB before the first")
        for number, path in enumerate(islice(cycle(paths), arguments.documents), start=1):
            read_disclosure(path, REFERENCE_DIR)
            if number in REPORTED:
                print(f"{number:6} documents: {resident_mib():6.1f} MiB", flush=True)


if __name__ == "__main__":
    main()

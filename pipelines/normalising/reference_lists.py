"""The reference lists as they lie in the folders of dbt's seeds. Does not know what is in them."""

import csv
from collections.abc import Iterator
from pathlib import Path


def list_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a list by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)

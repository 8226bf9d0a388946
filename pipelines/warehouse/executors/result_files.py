"""Results on their way from the machine that reads to the one that loads: files in a shared folder.

Knows how they are written whole and taken once. Does not know what is in them, nor who reads.
"""

import pickle
from pathlib import Path
from typing import Any
from uuid import uuid4

# What the folder is called.
RESULTS = "read"


def put(folder: Path, results: list[tuple[Any, Any]]) -> str:
    """Write results, each with its task, into a file of its own, and return the file's name.

    Whoever hears of the name finds the file whole: it is written and closed before, so that a
    network file system shows it to another machine as well. One that nobody hears of is waste.
    """
    name = uuid4().hex
    # For readers and loaders of the same release, as a pipe between two processes is.
    (folder / name).write_bytes(pickle.dumps(results, pickle.HIGHEST_PROTOCOL))
    return name


def take(folder: Path, name: str) -> list[tuple[Any, Any]]:
    """Read what was put there, and remove its file."""
    file = folder / name
    # The folder is the warehouse's own, where whoever can write can change the warehouse.
    results: list[tuple[Any, Any]] = pickle.loads(file.read_bytes())  # noqa: S301
    file.unlink()
    return results

"""Tells which runs were killed: each holds a file while it works, and the system lets go of it.

Knows the files, beside the warehouse. Does not know what a run does, nor who is told of it. A run
of another machine is never taken for killed: whether its file is held cannot be seen from here.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.acquiring.own_files import claim_folder
from pipelines.acquiring.whole_files import unfinished_folder
from pipelines.domain.warehouse_place import Warehouse, beside

ENDING = ".dagster"


@contextmanager
def at_work(warehouse: Warehouse, run_id: str) -> Iterator[None]:
    """Hold the file of a run; where this process is killed meanwhile, the file stays.

    Raises:
        OSError: The file system refuses.
    """
    folder = beside(warehouse, ENDING)
    claim_folder(folder, ())
    with unfinished_folder(folder) as unfinished:
        file = unfinished / run_id
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o644)
        # Nobody sees it before it is held.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        held = file.rename(folder / f"{run_id}@{socket.gethostname()}")
    try:
        yield
    finally:
        held.unlink(missing_ok=True)
        os.close(descriptor)


def killed_runs(warehouse: Warehouse) -> Iterator[str]:
    """The runs whose process on this machine is gone though they had not ended; each is told once.

    Raises:
        OSError: The file system refuses.
    """
    for file in beside(warehouse, ENDING).glob(f"*@{socket.gethostname()}"):
        if not _is_held(file):
            file.unlink(missing_ok=True)
            yield file.name.partition("@")[0]


def _is_held(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_WRONLY)
    except FileNotFoundError:  # it has just ended
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    # Between opening and asking it may have ended.
    return not file.exists()

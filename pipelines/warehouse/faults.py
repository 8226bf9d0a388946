"""Says in words what the machine refuses, wherever it strikes.

Knows disks without room and memory that ran out. Does not know what was being done.
"""

from pathlib import Path

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.warehouse.connection import DiskFullError, NoRoomError
from pipelines.warehouse.room import has_room, is_no_room, place_without_room

# What a database fails with that finds no room, and may say nothing of it.
WRITING_FAILED = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
)


class OutOfMemoryError(ExplainedError):
    """The machine, or what it grants this process, has too little memory."""

    def __init__(self) -> None:
        super().__init__(
            "the memory is used up: close other programs, or have fewer files read at once with "
            "JUESUAN_JOBS, and run again; the warehouse is as it was"
        )


def explained(error: Exception, folder: Path) -> Exception:
    """A failure in words where it is the machine's, else as it is.

    Args:
        error: The failure.
        folder: Where most is written, for those that do not say where there was no room.
    """
    if isinstance(error, NoRoomError):
        return error
    if is_no_room(error):
        return DiskFullError(place_without_room(error) or folder)
    if isinstance(error, WRITING_FAILED) and not has_room(folder):
        return DiskFullError(folder)
    if isinstance(error, MemoryError):
        return OutOfMemoryError()
    return error

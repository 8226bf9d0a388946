"""The diary of runs, beside the warehouse: also of those that changed nothing, and that failed.

Knows a file of lines of JSON that is only ever appended to. Does not know what a run does. It is
no table of the warehouse, because a run that changes nothing must not touch the warehouse, and one
that fails cannot.
"""

import fcntl
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.acquiring.whole_files import append_line
from pipelines.domain.warehouse_place import Warehouse, beside

LINES_LOOKED_AT_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One run.

    Attributes:
        command: ``run``, ``nightly`` or ``fetch``.
        started_at: When it began, with its zone.
        finished_at: When it ended, likewise.
        exit_code: How it ended.
        error: Why it could not do its work, '' where it could.
        was_needed: Whether it replaced the warehouse.
        counts: What it found and did.
        sites: Each site it fetched from, with what came of it.
        vanished: Files that an earlier run knew and that are gone.
        news: What was new since the night before, of a night.
    """

    command: str
    started_at: datetime
    finished_at: datetime
    exit_code: int
    error: str = ""
    was_needed: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    sites: list[dict[str, Any]] = field(default_factory=list)
    vanished: tuple[str, ...] = ()
    news: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> str:
        """The entry as one line."""
        return json.dumps(asdict(self), ensure_ascii=False, default=_plain)


def diary_of(warehouse: Warehouse) -> Path:
    """The diary of a warehouse."""
    return beside(warehouse, ".diary.jsonl")


def write_entry(warehouse: Warehouse, entry: DiaryEntry) -> None:
    """Append an entry."""
    append_line(diary_of(warehouse), entry.as_json())


def write_entry_once(warehouse: Warehouse, entry: DiaryEntry) -> None:
    """Append an entry unless it is there: several may tell of a run, and nobody tells of it twice.

    A run is known by its command and by when it began.
    """
    diary = diary_of(warehouse)
    diary.parent.mkdir(parents=True, exist_ok=True)
    with diary.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        known = ((each.command, each.started_at) for each in all_entries(warehouse))
        if (entry.command, entry.started_at) not in known:
            write_entry(warehouse, entry)


def former_diary_of(warehouse: Warehouse) -> Path:
    """The diary that was put away last."""
    return beside(warehouse, ".diary.former.jsonl")


def put_away(warehouse: Warehouse, at_most_bytes: int) -> bool:
    """Put a diary away that has grown longer, in the place of the one put away before it.

    Whoever is writing to it meanwhile loses nothing.

    Returns:
        Whether it was put away.
    """
    diary = diary_of(warehouse)
    if not diary.exists() or diary.stat().st_size <= at_most_bytes:
        return False
    diary.replace(former_diary_of(warehouse))
    return True


def all_entries(warehouse: Warehouse) -> Iterator[DiaryEntry]:
    """Every entry that is kept, oldest first; a line that a crash cut short is passed over."""
    for diary in (former_diary_of(warehouse), diary_of(warehouse)):
        if diary.exists():
            with diary.open(encoding="utf-8", errors="replace") as stream:
                yield from filter(None, map(_entry, stream))


def latest_entries(warehouse: Warehouse, count: int) -> list[DiaryEntry]:
    """The latest entries, newest first; a line that a crash cut short is passed over."""
    diaries = (diary_of(warehouse), former_diary_of(warehouse))
    latest = (entry for diary in diaries for entry in _latest_in(diary))
    return list(islice(latest, count))


def _latest_in(diary: Path) -> Iterator[DiaryEntry]:
    if not diary.exists():
        return
    with diary.open("rb") as stream:
        stream.seek(max(0, diary.stat().st_size - LINES_LOOKED_AT_BYTES))
        lines = stream.read().decode("utf-8", "replace").splitlines()
    yield from filter(None, map(_entry, reversed(lines)))


def _entry(line: str) -> DiaryEntry | None:
    try:
        stored = json.loads(line)
        times = {name: _moment(stored[name]) for name in ("started_at", "finished_at")}
        known = {each.name for each in fields(DiaryEntry)}
        values = {name: value for name, value in stored.items() if name in known}
        return DiaryEntry(**{**values, **times, "vanished": tuple(stored["vanished"])})
    except (ValueError, TypeError, KeyError):
        return None


def _moment(text: str) -> datetime:
    """A moment with its zone; former versions wrote UTC without saying so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

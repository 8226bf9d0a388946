"""The diary of runs, beside the warehouse: also of those that changed nothing, and that failed.

Knows a file of lines of JSON that is only ever appended to. Does not know what a run does. It is
no table of the warehouse, because a run that changes nothing must not touch the warehouse, and one
that fails cannot.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

LINES_LOOKED_AT_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One run.

    Attributes:
        command: ``run``, ``nightly`` or ``fetch``.
        started_at: When it began, in UTC.
        finished_at: When it ended, in UTC.
        exit_code: How it ended.
        error: Why it could not do its work, '' where it could.
        was_needed: Whether it replaced the warehouse.
        counts: What it found and did.
        sites: Each site it fetched from, with what came of it.
        vanished: Files that an earlier run knew and that are gone.
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

    def as_json(self) -> str:
        """The entry as one line."""
        return json.dumps(asdict(self), ensure_ascii=False, default=_plain)


def diary_of(warehouse: Path) -> Path:
    """The diary of a warehouse."""
    return warehouse.with_name(f"{warehouse.stem}.diary.jsonl")


def write_entry(warehouse: Path, entry: DiaryEntry) -> None:
    """Append an entry."""
    diary = diary_of(warehouse)
    diary.parent.mkdir(parents=True, exist_ok=True)
    # One write, so that two runs at once do not mix their lines; and on a line of its own, also
    # where a full disk cut the one before it short.
    line = f"\n{entry.as_json()}\n".encode()
    descriptor = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def latest_entries(warehouse: Path, count: int) -> list[DiaryEntry]:
    """The latest entries, newest first; a line that a crash cut short is passed over."""
    diary = diary_of(warehouse)
    if not diary.exists():
        return []
    with diary.open("rb") as stream:
        stream.seek(max(0, diary.stat().st_size - LINES_LOOKED_AT_BYTES))
        lines = stream.read().decode("utf-8", "replace").splitlines()
    entries = (_entry(line) for line in reversed(lines))
    return [entry for entry in entries if entry is not None][:count]


def _entry(line: str) -> DiaryEntry | None:
    try:
        stored = json.loads(line)
        times = {
            name: datetime.fromisoformat(stored[name]) for name in ("started_at", "finished_at")
        }
        known = {each.name for each in fields(DiaryEntry)}
        values = {name: value for name, value in stored.items() if name in known}
        return DiaryEntry(**{**values, **times, "vanished": tuple(stored["vanished"])})
    except (ValueError, TypeError, KeyError):
        return None


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

"""What a command has to tell of itself when it ends, however it ends: to the diary, to programs.

Knows counts, sites, news and exit codes. Does not know how any of it is said to people.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb

from pipelines.acquiring.whole_files import written_whole
from pipelines.domain.errors import ExplainedError
from pipelines.domain.exit_codes import EXIT_CANNOT_DO
from pipelines.domain.interruptions import Interrupted
from pipelines.domain.night_news import NightNews, Trouble
from pipelines.domain.warehouse_place import Warehouse
from pipelines.warehouse.connection import folder_of
from pipelines.warehouse.diary import DiaryEntry, write_entry
from pipelines.warehouse.faults import explained

# How many names of a kind the diary keeps of a night: a line of it is to stay a line.
NEWS_KEPT = 100


@dataclass(slots=True)
class Notes:
    """What a command has to tell of itself; filled in as it goes along.

    Attributes:
        command: What it is called.
        started_at: When it began, with its zone.
        exit_code: How it ends.
        error: Why it could not do its work, '' where it could; in English, as it is kept.
        told_error: The same in the language of the answer.
        was_needed: Whether it replaced the warehouse.
        counts: What it found and did.
        sites: Each site it fetched from, with what came of it.
        vanished: Files that an earlier run knew and that are gone.
        troubles: What is wrong with sites, files, documents and the warehouse.
        news: What of it is new since the night before; None where that was not asked.
    """

    command: str
    started_at: datetime = field(default_factory=partial(datetime.now, UTC))
    exit_code: int = 0
    error: str = ""
    told_error: str = ""
    was_needed: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    sites: list[dict[str, object]] = field(default_factory=list)
    vanished: tuple[str, ...] = ()
    troubles: list[Trouble] = field(default_factory=list)
    news: NightNews | None = None

    def entry(self) -> DiaryEntry:
        """The same for the diary."""
        return DiaryEntry(
            command=self.command,
            started_at=self.started_at,
            finished_at=datetime.now(UTC),
            exit_code=self.exit_code,
            error=self.error,
            was_needed=self.was_needed,
            counts=self.counts | (self.news.counts if self.news else {}),
            sites=self.sites,
            vanished=self.vanished,
            news=self.news.as_values(NEWS_KEPT) if self.news else {},
        )


@contextmanager
def noted(notes: Notes, warehouse: Warehouse, json_file: Path | None = None) -> Iterator[Notes]:
    """Write down how a command ends: in the warehouse's diary, and in a file where one is named."""
    try:
        yield notes
    except Interrupted as error:
        notes.exit_code = error.exit_code
        notes.error = notes.told_error = str(error)
        raise
    except (ExplainedError, OSError, MemoryError, duckdb.Error) as error:
        told = explained(error, folder_of(warehouse))
        _note_error(notes, told)
        if told is error:
            raise
        raise told from error
    except BaseException as error:
        _note_error(notes, error)
        raise
    finally:
        entry = notes.entry()
        with suppress(OSError):
            # What the command itself has to say matters more than that it cannot be noted.
            write_entry(warehouse, entry)
        if json_file is not None:
            with written_whole(json_file) as unfinished:
                unfinished.write_text(f"{entry.as_json()}\n", encoding="utf-8")


def _note_error(notes: Notes, error: BaseException) -> None:
    notes.exit_code = EXIT_CANNOT_DO
    notes.error = str(error) or type(error).__name__
    notes.told_error = error.told() if isinstance(error, ExplainedError) else notes.error

"""Where a run and a night write, whether this account may, and what room there is.

Knows the places and how to find out without writing. Does not know what it means for work where
one of them cannot be written.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.domain.messages import marked
from pipelines.settings import Settings
from pipelines.warehouse.acknowledgements import acknowledgements_of
from pipelines.warehouse.connection import folder_of
from pipelines.warehouse.diary import diary_of
from pipelines.warehouse.drafts import draft_dir, draft_file
from pipelines.warehouse.night_memory import memory_of
from pipelines.warehouse.transforming import dbt_work_dir


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """A folder or file that is written, there or not yet.

    Attributes:
        path: Where it is.
        purpose: What is written there; to be told.
        variable: What names another place, '' where nothing does.
        is_needed: Whether work ends where it cannot be written.
    """

    path: Path
    purpose: str
    variable: str = ""
    is_needed: bool = True

    @property
    def there(self) -> Path:
        """The place itself, or the nearest above it that is there."""
        path = self.path.absolute()
        return next(each for each in (path, *path.parents) if each.exists())

    @property
    def is_writable(self) -> bool:
        """Whether this account may write there."""
        there = self.there
        return os.access(there, os.W_OK | os.X_OK if there.is_dir() else os.W_OK)

    @property
    def free_bytes(self) -> int:
        """What room there is."""
        return shutil.disk_usage(self.there).free


def beside_warehouse(settings: Settings) -> WrittenPlace:
    """The folder of the warehouse, in which most of the others are."""
    folder = folder_of(settings.warehouse)
    return WrittenPlace(folder, marked("the warehouse"), "JUESUAN_WAREHOUSE")


def written_places(settings: Settings) -> Iterator[WrittenPlace]:
    """Every place that reading, building and a night write, but the raw directory."""
    warehouse = settings.warehouse
    yield beside_warehouse(settings)
    draft = marked("what a run works on")
    yield WrittenPlace(draft_dir(warehouse), draft)
    yield WrittenPlace(draft_file(warehouse), draft)
    yield WrittenPlace(dbt_work_dir(warehouse), marked("what dbt writes"))
    yield WrittenPlace(memory_of(warehouse), marked("what the last night left"))
    yield WrittenPlace(acknowledgements_of(warehouse), marked("what was acknowledged"))
    yield WrittenPlace(diary_of(warehouse), marked("the diary of runs"), is_needed=False)
    yield from _elsewhere(settings)


def other_disks(settings: Settings) -> Iterator[WrittenPlace]:
    """A place on each disk that is written, but that of the warehouse."""
    known = {beside_warehouse(settings).there.stat().st_dev}
    fetched = WrittenPlace(settings.store_dir, marked("what is fetched"), "JUESUAN_RAW")
    for place in (fetched, *_elsewhere(settings)):
        disk = place.there.stat().st_dev
        if disk not in known:
            known.add(disk)
            yield place


def refused_places(places: Iterable[WrittenPlace]) -> list[WrittenPlace]:
    """Those that cannot be written; of several that one folder stands in the way of, the first."""
    refused = (place for place in places if not place.is_writable)
    return list({place.there: place for place in reversed(list(refused))}.values())[::-1]


def _elsewhere(settings: Settings) -> Iterator[WrittenPlace]:
    if settings.spill_dir is not None:
        yield WrittenPlace(
            settings.spill_dir, marked("what memory has no room for"), "JUESUAN_SPILL"
        )
    if settings.cache_dir is not None:
        kept = marked("what later runs need not make anew")
        yield WrittenPlace(settings.cache_dir, kept, "JUESUAN_CACHE", is_needed=False)
    yield WrittenPlace(Path(tempfile.gettempdir()), marked("temporary files"), "TMPDIR")

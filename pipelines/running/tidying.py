"""Removes what nobody needs any more, after a night or a run.

Knows what grows, and how long the operator wants it kept. Does not know how anything is stored.
What was published is removed only where the operator said so.
"""

from dataclasses import dataclass
from datetime import timedelta

from pipelines.acquiring.raw_store import RawStore
from pipelines.domain.warehouse_place import Lake
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.diary import put_away
from pipelines.warehouse.lakes import expire_snapshots
from pipelines.warehouse.rows import utc_now


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was removed or put away.

    Attributes:
        removed_contents: Names of fetched contents that no address shows any more.
        is_diary_put_away: Whether the diary had grown too long.
        expired_states: How many states of a lake were forgotten.
    """

    removed_contents: tuple[str, ...]
    is_diary_put_away: bool
    expired_states: int


def tidy(settings: Settings) -> Tidied:
    """Remove what the settings no longer want kept.

    Raises:
        OSError: The file system refuses.
        WarehouseError: The lake cannot be reached.
    """
    removed: list[str] = []
    if settings.keep_superseded_days:
        before = utc_now() - timedelta(days=settings.keep_superseded_days)
        removed = RawStore(settings.store_dir).remove_superseded(before)
    expired = 0
    if isinstance(settings.warehouse, Lake):
        with open_for_writing(settings.warehouse) as connection:
            expired = expire_snapshots(connection, settings.lake_days)
    is_put_away = put_away(settings.warehouse, settings.diary_bytes)
    return Tidied(tuple(removed), is_put_away, expired)

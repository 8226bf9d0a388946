"""What is wrong with the files and documents of a warehouse, since when, and who knows of it.

Knows the warehouse's state, what the last night left, and what was acknowledged. Does not know what
of it is news, nor how any of it is shown.
"""

from collections.abc import Iterable, Sequence

from pipelines.acquiring.raw_store import RawStore
from pipelines.domain.errors import ExplainedError
from pipelines.domain.file_record import FileRecord, FileStatus
from pipelines.domain.messages import Text
from pipelines.domain.night_news import StandingTrouble, Trouble, TroubleKind
from pipelines.domain.warehouse_place import Warehouse
from pipelines.exploring.status import WarehouseStatus
from pipelines.warehouse.acknowledgements import acknowledged
from pipelines.warehouse.night_memory import NightMemory, last_night

# How many digits of a content's sha256 are its id, as of a document's.
ID_LENGTH = 16
SHOWN_OF_MANY = 10
FILES_OF_A_TEST = 3


class NoSuchTroubleError(ExplainedError):
    """Nothing that is wrong answers to what was asked for."""


class NotAcknowledgedError(ExplainedError):
    """Nothing that is acknowledged answers to what was asked for."""


class UnclearTroubleError(ExplainedError):
    """Several things answer to what was asked for."""

    def __init__(self, wanted: str, found: Sequence[Trouble]) -> None:
        shown = [f"\n  {each.key}  {each.name}" for each in found[:SHOWN_OF_MANY]]
        more = len(found) - SHOWN_OF_MANY
        super().__init__(
            "{count} things are called {wanted!r}, name one by its id:{shown}{more}",
            count=len(found),
            wanted=wanted,
            shown="".join(shown),
            more=Text("\n  … and {count} more", {"count": more}) if more > 0 else "",
        )


def warehouse_troubles(status: WarehouseStatus) -> list[Trouble]:
    """Files that could not be read, documents in quarantine, and tests that found rows."""
    files = (file for file in status.files if file.status is FileStatus.REJECTED)
    return [
        *(_of_file(file) for file in files),
        *(
            Trouble(TroubleKind.DOCUMENT, each.document_id, each.file_name, each.department_name)
            for each in status.quarantined
        ),
        *(
            Trouble(
                TroubleKind.TEST,
                each.name,
                each.name,
                detail=_first_of(each.file_names),
                row_count=each.row_count,
            )
            for each in status.failed_tests
        ),
    ]


def address_troubles(store: RawStore) -> list[Trouble]:
    """The addresses from which no more than a part came, whenever they were asked last."""
    return [
        Trouble(TroubleKind.ADDRESS, each.url, each.url, each.department_name, reason=each.reason)
        for each in store.partial_answers()
    ]


def known_troubles(
    warehouse: Warehouse, store: RawStore, status: WarehouseStatus
) -> list[StandingTrouble]:
    """Everything that is wrong: in warehouse and store by now, with sites as of a night.

    Args:
        warehouse: The DuckDB file.
        store: Where what was fetched lies.
        status: The warehouse's state.
    """
    memory = last_night(warehouse)
    remembered = memory.troubles if memory else {}
    sites = [trouble for trouble in remembered if trouble.kind is TroubleKind.SITE]
    wrong = [*sites, *address_troubles(store), *warehouse_troubles(status)]
    return standing_troubles(warehouse, memory, wrong)


def standing_troubles(
    warehouse: Warehouse, memory: NightMemory | None, troubles: Iterable[Trouble]
) -> list[StandingTrouble]:
    """Troubles with what is known of each.

    Args:
        warehouse: The DuckDB file, beside which acknowledgements are kept.
        memory: What the last night left, None where there was none.
        troubles: What is wrong.
    """
    since = {trouble.identity: at for trouble, at in memory.troubles.items()} if memory else {}
    known = acknowledged(warehouse)
    return [
        StandingTrouble(
            trouble,
            since.get(trouble.identity),
            known[trouble.identity].acknowledgement if trouble.identity in known else None,
        )
        for trouble in troubles
    ]


def find_wrong(troubles: Iterable[Trouble], wanted: str) -> Trouble:
    """The one trouble that is called so: by its name, how its id begins, or part of a file's name.

    Raises:
        NoSuchTroubleError: There is none.
        UnclearTroubleError: There are several.
    """
    if found := _only_one(troubles, wanted):
        return found
    raise NoSuchTroubleError(
        "nothing that is wrong is called {wanted!r}: 'juesuan status' lists what is", wanted=wanted
    )


def find_acknowledged(troubles: Iterable[Trouble], wanted: str) -> Trouble:
    """The same of those that are acknowledged.

    Raises:
        NotAcknowledgedError: There is none.
        UnclearTroubleError: There are several.
    """
    if found := _only_one(troubles, wanted):
        return found
    raise NotAcknowledgedError(
        "nothing that is acknowledged is called {wanted!r}: 'juesuan acknowledge --list' lists "
        "what is",
        wanted=wanted,
    )


def _only_one(troubles: Iterable[Trouble], wanted: str) -> Trouble | None:
    wanted = wanted.strip()
    if not wanted:
        return None
    listed = list(troubles)
    exact = [each for each in listed if wanted in (each.key, each.name, each.path)]
    found = exact or [each for each in listed if _is_called(each, wanted)]
    if len(found) > 1:
        raise UnclearTroubleError(wanted, found)
    return found[0] if found else None


def _is_called(trouble: Trouble, wanted: str) -> bool:
    is_of_file = trouble.kind in (TroubleKind.FILE, TroubleKind.DOCUMENT)
    is_part = wanted.lower() in f"{trouble.path} {trouble.name}".lower()
    return trouble.key.startswith(wanted.lower()) or (is_of_file and is_part)


def _first_of(file_names: Sequence[str]) -> str:
    """The first few of some files, and a sign that there are more."""
    more = ["…"] if len(file_names) > FILES_OF_A_TEST else []
    return ", ".join([*file_names[:FILES_OF_A_TEST], *more])


def _of_file(file: FileRecord) -> Trouble:
    return Trouble(
        TroubleKind.FILE,
        file.sha256[:ID_LENGTH] or file.file_path,
        file.file_name,
        reason=file.reason,
        detail=file.message.removeprefix(f"{file.shown_as}: "),
        path=file.file_path,
    )

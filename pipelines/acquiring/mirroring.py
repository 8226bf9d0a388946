"""Keeps a copy of the raw store in an object store, and fills an empty raw store from it.

Knows fsspec, so the object store may be whatever that has a driver for. Does not know what is
stored. Objects go before the manifest that names them, so that a copy that was cut short names
nothing it does not hold.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.whole_files import written_whole
from pipelines.domain.errors import ExplainedError

PARTS = ("objects", "manifest")


class MirrorError(ExplainedError):
    """The object store cannot be reached or refuses."""

    def __init__(self, address: str, error: Exception) -> None:
        reported = " ".join(str(error).split()) or type(error).__name__
        super().__init__(
            "the object store {address} cannot be used: {reported}; mend that, or take "
            "JUESUAN_MIRROR away to do without it",
            address=address,
            reported=reported,
        )


def push(store: RawStore, address: str) -> int:
    """Copy what the object store does not have yet; return how many files that were.

    Raises:
        MirrorError: It cannot be reached.
    """
    try:
        files, root = _opened(address)
        there = set(_remote_names(files, root))
        here = list(_local_names(store))
        missing = [name for name in here if name not in there]
        for name in missing:
            files.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
            files.put_file(str(store.folder / name), f"{root}/{name}")
        # Files of the manifest that were merged here are in the merged one there too by now.
        for name in there - set(here):
            if name.startswith("manifest/"):
                files.rm_file(f"{root}/{name}")
    except Exception as error:  # drivers raise whatever their libraries raise
        raise MirrorError(address, error) from error
    return len(missing)


def pull(store: RawStore, address: str) -> int:
    """Copy what is only in the object store; return how many files that were.

    What was removed here on purpose stays there, and only there.

    Raises:
        MirrorError: It cannot be reached.
    """
    try:
        files, root = _opened(address)
        not_wanted = {*_local_names(store), *store.removed()}
        missing = [name for name in _remote_names(files, root) if name not in not_wanted]
        for name in missing:
            with written_whole(store.folder / name, store.unfinished_dir) as unfinished:
                files.get_file(f"{root}/{name}", str(unfinished))
    except Exception as error:
        raise MirrorError(address, error) from error
    if missing:
        (store.folder / "journal").mkdir(exist_ok=True)
    return len(missing)


def _opened(address: str) -> tuple[Any, str]:
    # Imported here because most installations have no object store, and every night begins here.
    import fsspec

    files, root = fsspec.core.url_to_fs(address)
    return files, root.rstrip("/")


def _local_names(store: RawStore) -> Iterator[str]:
    """Names below the store's folder, objects first."""
    for part in PARTS:
        for path in sorted((store.folder / part).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(store.folder).as_posix()


def _remote_names(files: Any, root: str) -> Iterator[str]:  # noqa: ANN401
    """The same in the object store."""
    for part in PARTS:
        folder = f"{root}/{part}"
        if not files.exists(folder):
            continue
        for path in sorted(files.find(folder)):
            if not Path(path).name.startswith("."):
                yield part + str(path).partition(f"{root.strip('/')}/{part}")[2]

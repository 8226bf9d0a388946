"""Finds the candidate files under a raw directory.

Knows names to pass over, sizes and times. Does not open a file to judge its kind: that
is told by its content, later, so a file of any extension is a candidate.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NoReturn

from pipelines.acquiring.names import decoded
from pipelines.acquiring.own_files import is_own_file, is_own_folder
from pipelines.acquiring.raw_store import (
    STORE_NAME,
    RawStore,
    StoredDocument,
    is_store,
    object_name,
)
from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import system_text

# Hidden files, Office lock files, what file managers leave behind, and what accompanies documents:
# README, manifest, any Markdown.
PASSED_OVER = re.compile(
    r"\..*|~\$.*|thumbs\.db|desktop\.ini|.*\.md|(readme|manifest)(\.(txt|rst|csv|json|ya?ml))?",
    re.IGNORECASE | re.DOTALL,
)


class RawDirectoryMissingError(ExplainedError):
    """There is no directory where the documents should lie."""

    def __init__(self, raw_dir: Path) -> None:
        if raw_dir.exists():
            super().__init__(
                "{raw_dir} is a file: name the folder it lies in, {folder}",
                raw_dir=raw_dir,
                folder=raw_dir.parent,
            )
            return
        super().__init__(
            "no raw directory at {raw_dir}: create it and put the published files there, "
            "or name another with --raw",
            raw_dir=raw_dir,
        )


class RawDirectoryUnreadableError(ExplainedError):
    """A directory in the raw store cannot be listed, so documents in it would go unseen."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file that may be a document.

    Attributes:
        path: Where the file is.
        relative_path: The same below the raw directory, '/' separators: the file's name in
            the warehouse.
        byte_count: Size.
        modified_ns: Modification time in nanoseconds, to tell an unchanged file without reading.
        file_name: What the file is called where it was published, or else here.
        sha256: Digest of its content where that is known beforehand, '' where it is not.
    """

    path: Path
    relative_path: str
    byte_count: int
    modified_ns: int
    file_name: str
    sha256: str = ""


def find_raw_files(raw_dir: Path) -> Iterator[RawFile]:
    """Yield the candidate files under a directory in the order of their paths.

    Hidden files and directories, README and manifest files, Office lock files and what file
    managers leave behind are passed over; so is what this program wrote itself, and whatever is not
    a regular file. Of a raw store in it, the documents are yielded, under the names they were
    published with.

    Raises:
        RawDirectoryMissingError: The directory does not exist.
        RawDirectoryUnreadableError: It, or a directory below it, cannot be listed.
    """
    if not raw_dir.is_dir():
        raise RawDirectoryMissingError(raw_dir)
    for folder, subfolders, names in os.walk(raw_dir, onerror=_refuse_unlisted):
        if is_store(Path(folder)):
            subfolders.clear()
            yield from _stored_files(RawStore(Path(folder)), raw_dir)
            continue
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not name.startswith(".") and not is_own_folder(Path(folder) / name)
        )
        for name in sorted(names):
            path = Path(folder) / name
            facts = None if is_passed_over(name) else _regular_file_facts(path)
            if facts is not None and not is_own_file(path):
                relative_path = readable_name(path.relative_to(raw_dir).as_posix())
                yield RawFile(
                    path=path,
                    relative_path=relative_path,
                    byte_count=facts.st_size,
                    modified_ns=facts.st_mtime_ns,
                    file_name=PurePosixPath(relative_path).name,
                )


def _stored_files(store: RawStore, raw_dir: Path) -> Iterator[RawFile]:
    removed = store.removed()
    for document in store.stored_documents():
        path = store.object_path(document.sha256, document.extension)
        facts = _regular_file_facts(path)
        if facts is None and object_name(document.sha256, document.extension) in removed:
            continue
        yield RawFile(
            path=path,
            relative_path=path.relative_to(raw_dir).as_posix(),
            byte_count=document.byte_count,
            # One whose object has gone is still listed, and said to be gone when it is opened.
            modified_ns=0 if facts is None else facts.st_mtime_ns,
            file_name=document.file_name,
            sha256=document.sha256,
        )


def published_documents(raw_dir: Path) -> list[StoredDocument]:
    """The documents in the raw store of a directory, as they were published; none without one."""
    store = raw_dir / STORE_NAME
    return RawStore(store).stored_documents() if is_store(store) else []


def is_passed_over(name: str) -> bool:
    """Whether a file of this name accompanies documents and is none itself.

    Examples:
        >>> [is_passed_over(name) for name in ("README.md", "manifest.csv", ".part", "~$a.docx")]
        [True, True, True, True]
        >>> [is_passed_over(name) for name in ("决算.pdf", "README 2023年度决算.docx")]
        [False, False]
    """
    return PASSED_OVER.fullmatch(name) is not None


def readable_name(name: str) -> str:
    """A file name as text that can be stored and shown, whatever bytes the disk holds.

    Archives packed on Chinese Windows leave names in GB 18030 on disks that expect UTF-8.

    Examples:
        >>> readable_name(os.fsdecode("决算.pdf".encode("gb18030")))
        '决算.pdf'
    """
    return decoded(os.fsencode(name))


def _refuse_unlisted(error: OSError) -> NoReturn:
    raise RawDirectoryUnreadableError(
        "cannot list {folder}: {reason}; make it readable or move it away",
        folder=error.filename,
        reason=system_text(error),
    ) from error


def _regular_file_facts(path: Path) -> os.stat_result | None:
    """What the file system says of a regular file, None for anything else or what just vanished."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts if stat.S_ISREG(facts.st_mode) else None

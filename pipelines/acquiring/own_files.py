"""Tells what this program wrote itself from what people put beside it: it is no document.

Knows folders that are this program's alone, the files it wrote for people, and how its own formats
begin. Does not go by names, behind which somebody else's file could hide: a folder is its own where
it says so itself, a file where its bytes do or are those that were written.
"""

import json
from collections.abc import Collection
from pathlib import Path

from pipelines.acquiring.digests import digest_file
from pipelines.acquiring.whole_files import written_whole

# Backup programs, too, pass over folders with such a file: https://bford.info/cachedir/
CACHE_TAG = "CACHEDIR.TAG"
CACHE_TEXT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Working folder of juesuan: nothing in it is a document, and a run makes all of it anew.\n"
)
RELEASE_MARK = ".juesuan-release"
RELEASE_TEXT = "A release of juesuan: nothing in this folder is a document that was published.\n"
WRITTEN = ".juesuan-wrote.json"
# Nothing that is written here is called so: such files need not be opened to be told apart.
NEVER_WRITTEN = frozenset({".pdf", ".docx"})
HEAD_BYTES = 1024
DUCKDB_MAGIC = slice(8, 12), b"DUCK"
DIARY_BEGINS = b'{"command": "'
DIARY_HOLDS = b'", "started_at": "'
# What is kept beside a warehouse as JSON says at once whose it is.
OWN_JSON_BEGINS = b'{"juesuan": "'
PAGE_HOLDS = b'<meta name="generator" content="juesuan">'


def claim_folder(folder: Path, contents: Collection[str]) -> None:
    """Create a working folder and mark it as this program's own.

    One in which something else lies, too, is not marked: it might be somebody's document.

    Args:
        folder: The folder.
        contents: The names of all that this program may put into it.

    Raises:
        OSError: It cannot be created.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tag = folder / CACHE_TAG
    if not tag.exists() and {entry.name for entry in folder.iterdir()} <= set(contents):
        tag.write_text(CACHE_TEXT, encoding="utf-8")


def remember_written(path: Path) -> None:
    """Note, beside a file that was written for people, that it was written, and its digest.

    Raises:
        OSError: The file cannot be read, or the note not be written.
    """
    written = _written_in(path.parent)
    written[path.name] = {"bytes": path.stat().st_size, "sha256": digest_file(path)}
    with written_whole(path.parent / WRITTEN) as unfinished:
        unfinished.write_text(json.dumps(written, indent=1, ensure_ascii=False), encoding="utf-8")


def is_own_folder(folder: Path) -> bool:
    """Whether a folder is marked as this program's own."""
    return _says(folder / CACHE_TAG, CACHE_TEXT) or is_release(folder)


def mark_release(folder: Path) -> None:
    """Mark a folder as a release: all that is in it was written here."""
    (folder / RELEASE_MARK).write_text(RELEASE_TEXT, encoding="utf-8")


def is_release(folder: Path) -> bool:
    """Whether a folder is marked as a release."""
    return _says(folder / RELEASE_MARK, RELEASE_TEXT)


def is_own_file(path: Path) -> bool:
    """Whether this program wrote a file: a warehouse or its log, a diary or summary, an export.

    A file that cannot be read is not: it is said to be unreadable when it is opened.
    """
    if path.suffix.lower() in NEVER_WRITTEN:
        return False
    try:
        return _has_own_head(path) or _is_log_of_database(path) or _is_as_written(path)
    except OSError:
        return False


def _says(mark: Path, text: str) -> bool:
    try:
        return mark.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _has_own_head(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    where, magic = DUCKDB_MAGIC
    text = head.lstrip()
    is_note = text.startswith(DIARY_BEGINS) and DIARY_HOLDS in head
    is_note = is_note or text.startswith(OWN_JSON_BEGINS)
    return head[where] == magic or is_note or PAGE_HOLDS in head


def _is_log_of_database(path: Path) -> bool:
    database = path.with_suffix("")
    return path.suffix == ".wal" and database.is_file() and _has_own_head(database)


def _is_as_written(path: Path) -> bool:
    noted = _written_in(path.parent).get(path.name)
    return (
        noted is not None
        and noted["bytes"] == path.stat().st_size
        and noted["sha256"] == digest_file(path)
    )


def _written_in(folder: Path) -> dict[str, dict[str, object]]:
    """What was noted of the files in a folder; nothing where the note is missing or no note."""
    try:
        noted = json.loads((folder / WRITTEN).read_text(encoding="utf-8"))
        return {
            name: {"bytes": each["bytes"], "sha256": each["sha256"]} for name, each in noted.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}

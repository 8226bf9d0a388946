"""The version of what turns a file into a ``Disclosure``.

Knows which rooms have a say in that, which modules of others, and whose packages they call. Imports
none of them: whether anything has to be read is asked every night, and reading is not.
"""

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipelines.acquiring.kept_files import keep, take

# What decides how a file is read: these rooms' code and wording,
READING_ROOMS = ("reading", "recognising", "normalising")
# how archives are unpacked, the value types that they make of it, and how those become rows. What
# else is in these rooms, such as the words of messages, is no reason to read everything again.
READING_MODULES = (
    "acquiring/archive_entries.py",
    "acquiring/archives.py",
    "acquiring/packed_archives.py",
    "acquiring/zip_archives.py",
    "domain/amount.py",
    "domain/disclosure.py",
    "domain/document.py",
    "domain/file_record.py",
    "domain/place.py",
    "warehouse/keys.py",
    "warehouse/rows.py",
    "warehouse/staged_documents.py",
)
# The lists that they look things up in, among dbt's seeds.
READING_LISTS = (
    "identities/identities.csv",
    "identities/identity_terms.csv",
    "labels/labels.csv",
    "reference/administrative_divisions.csv",
    "reference/administrative_divisions_supplement.csv",
    "reference/category_names_en.csv",
    "reference/economic_classification.csv",
    "reference/economic_name_history.csv",
    "reference/functional_classification.csv",
    "reference/functional_name_history.csv",
)
# And the packages that parse files, as they are installed. What reads pictures is none of them: it
# may be installed later, and reads then what was left.
PARSERS = ("OpenCC", "RapidFuzz", "lark", "lxml", "olefile", "pypdfium2", "xlrd")
# Versions that were worked out, which takes a second; each is a few bytes.
SUFFIX, KEPT = ".version", 12


@cache
def current_reader_version(reference_dir: Path, cache_dir: Path | None = None) -> str:
    """The version of everything that decides how a file is read.

    It is stored with every file that was read: where it changes, by one line of wording or of a
    list as much as by code or by another release of a parser, the next run reads every file again.
    Comments, docstrings and how code is laid out have no say.

    Args:
        reference_dir: Folder of the reference lists (dbt's seeds), beside which the others lie.
        cache_dir: Where versions are kept for other processes; None for nowhere.

    Returns:
        The first 12 hex digits of the digest of that code and data.
    """
    package = Path(__file__).parent.parent
    in_rooms = (path for room in READING_ROOMS for path in sorted((package / room).rglob("*")))
    deciding = [path for path in in_rooms if path.suffix in (".py", ".yaml", ".lark")]
    modules = (package / module for module in READING_MODULES)
    lists = (reference_dir.parent / name for name in READING_LISTS)
    return version_of({package: [*deciding, *modules], reference_dir.parent: lists}, cache_dir)


def version_of(deciding: Mapping[Path, Iterable[Path]], cache_dir: Path | None = None) -> str:
    """The version of some files and of the parsers that are installed.

    Args:
        deciding: Python files and data, by the folder that their names are counted from.
        cache_dir: Where versions are kept for other processes; None for nowhere.

    Returns:
        The first 12 hex digits of their digest.
    """
    files = [
        (path.relative_to(folder).as_posix().encode(), path.read_bytes())
        for folder, paths in deciding.items()
        for path in paths
    ]
    parsers = "".join(f"{parser} {version(parser)}\n" for parser in PARSERS).encode()
    if cache_dir is None:
        return _digest(parsers, files)
    # Of each byte of them, and of the program that has the syntax: anything else is another file.
    letter = _digest(sys.version.encode() + parsers, files, as_written=True)
    kept = cache_dir / f"{letter}{SUFFIX}"
    if (taken := take(kept)) is not None:
        return taken.decode()
    found = _digest(parsers, files)
    keep(kept, found.encode(), KEPT)
    return found


def _digest(
    parsers: bytes, files: Iterable[tuple[bytes, bytes]], *, as_written: bool = False
) -> str:
    """The first digits of a digest of files, with or without what is only for people."""
    digest = hashlib.sha256(parsers)
    for name, content in files:
        digest.update(name)
        is_code = name.endswith(b".py") and not as_written
        digest.update(_without_words(content).encode() if is_code else content)
    return digest.hexdigest()[:12]


def _without_words(source: bytes) -> str:
    """What a module does: its syntax without docstrings, comments and layout."""
    tree = ast.parse(source)
    for documented in _documented(tree):
        if ast.get_docstring(documented, clean=False) is not None:
            documented.body = documented.body[1:]
    return ast.dump(tree)


def _documented(
    tree: ast.Module,
) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node

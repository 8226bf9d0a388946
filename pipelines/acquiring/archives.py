"""Unpacks archives, those in archives too, within bounds.

Knows which files are archives, what members are called, and how much may be unpacked. Does not know
what a member is beside an archive, nor how any kind of archive is packed.

Names from an archive are for people and never for a path: contents are written under numbers.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pipelines.acquiring.archive_entries import ArchiveError, ArchiveTrouble, Entry, encrypted
from pipelines.acquiring.names import readable
from pipelines.acquiring.packed_archives import PackedKind, packed_entries
from pipelines.acquiring.raw_files import is_passed_over
from pipelines.acquiring.zip_archives import is_zip_archive, zip_entries

MEBIBYTE = 1024 * 1024
# Between the path of an archive and that of a file in it.
INSIDE = "!/"
MOST_FILES = 5000
MOST_BYTES = 2048 * MEBIBYTE
MOST_ARCHIVES_DEEP = 3
PIECE_BYTES = MEBIBYTE
ZIP_SIGNATURE = b"PK"
SIGNATURES = {b"Rar!\x1a\x07": PackedKind.RAR, b"7z\xbc\xaf\x27\x1c": PackedKind.SEVEN_ZIP}
DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an archive may unpack to, with all archives in it.

    Attributes:
        file_count: Files.
        byte_count: Bytes of all of them.
        depth: How deep archives may lie in archives, the outermost counted.
    """

    file_count: int = MOST_FILES
    byte_count: int = MOST_BYTES
    depth: int = MOST_ARCHIVES_DEEP


USUAL_BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        path: Its path there, '/' separators; of one in an archive in it ``inner.zip!/决算.docx``.
        byte_count: Size.
        sha256: Digest of its content, '' where that could not be unpacked.
        content: Where the content lies, None where it could not be unpacked and of archives.
        is_archive: Whether it is an archive itself; its files are members behind it.
        reason: Why it could not be unpacked, or not to its end, '' where it was.
        explanation: The same in one line, and what to do.
    """

    path: str
    byte_count: int
    sha256: str = ""
    content: Path | None = None
    is_archive: bool = False
    reason: str = ""
    explanation: str = ""

    @property
    def name(self) -> str:
        """Its own name, without folders."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds.

    Attributes:
        members: Its files.
        reason: Why it could not be unpacked, or not to its end, '' where it was.
        explanation: The same in one line, and what to do.
    """

    members: tuple[Member, ...]
    reason: str = ""
    explanation: str = ""


def is_archive(path: Path) -> bool:
    """Whether a file is an archive, told by its content.

    A document that is packed as a ZIP archive is none, and neither is a ZIP archive that cannot be
    opened.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as stream:
        head = stream.read(max(map(len, SIGNATURES)))
    return _packed_kind(head) is not None or (
        head.startswith(ZIP_SIGNATURE) and is_zip_archive(path)
    )


def unpack(archive: Path, folder: Path, bounds: Bounds, only: str = "") -> Unpacked:
    """Unpack an archive, and the archives in it, into a folder.

    Args:
        archive: The archive.
        folder: Where contents are written, under numbers; it is there, and empty.
        bounds: How much it may unpack to.
        only: Path of the one member that is wanted, '' for all of them.

    Raises:
        OSError: The folder cannot be written to.
    """
    unpacking = _Unpacking(folder, bounds, bounds.file_count, bounds.byte_count)
    try:
        unpacking.unpack(archive, "", bounds.depth, only)
    except ArchiveError as error:
        return Unpacked(tuple(unpacking.members), error.trouble, error.explanation)
    return Unpacked(tuple(unpacking.members))


def _packed_kind(head: bytes) -> PackedKind | None:
    return next((kind for start, kind in SIGNATURES.items() if head.startswith(start)), None)


@dataclass(slots=True)
class _Unpacking:
    """An archive that is being unpacked, with those in it."""

    folder: Path
    bounds: Bounds
    files_left: int
    bytes_left: int
    members: list[Member] = field(default_factory=list)
    written: int = 0

    def unpack(self, archive: Path, prefix: str, depth: int, only: str) -> None:
        """Unpack one of the archives; its members' paths begin with the prefix.

        Raises:
            ArchiveError: It could not be unpacked, or not to its end.
        """
        first, left = len(self.members), (self.files_left, self.bytes_left)
        try:
            self._unpack_all(archive, prefix, depth, only)
            _refuse_nothing(self.members[first:])
        except ArchiveError as error:
            # Of a damaged one, what comes before the damage is as good as any.
            if error.trouble != ArchiveTrouble.DAMAGED:
                self._give_up(first)
                self.files_left, self.bytes_left = left
            raise

    def _unpack_all(self, archive: Path, prefix: str, depth: int, only: str) -> None:
        given: Counter[str] = Counter()
        with self._opened(archive, is_whole=not only) as entries:
            for entry in entries:
                path = _path(entry.name, given)
                if path and (not only or only == path or only.startswith(f"{path}{INSIDE}")):
                    inner = only[len(path) + len(INSIDE) :]
                    member = Member(prefix + path, entry.byte_count)
                    self._unpack_member(entry, member, depth, inner, is_last=only == path)
                    if only:
                        return

    @contextmanager
    def _opened(self, archive: Path, *, is_whole: bool) -> Iterator[Iterable[Entry]]:
        with archive.open("rb") as stream:
            kind = _packed_kind(stream.read(max(map(len, SIGNATURES))))
        if kind is not None:
            with packed_entries(archive, kind) as entries:
                yield entries
            return
        with zip_entries(archive) as listed:
            if is_whole:
                self._refuse_beyond(len(listed), sum(entry.byte_count for entry in listed))
            yield listed

    def _unpack_member(
        self, entry: Entry, member: Member, depth: int, inner: str, *, is_last: bool
    ) -> None:
        self._refuse_beyond(1, entry.byte_count)
        self.files_left -= 1
        self.bytes_left -= entry.byte_count
        content = self.folder / str(self.written)
        self.written += 1
        try:
            byte_count, sha256 = _write(entry, content)
        except ArchiveError as error:
            content.unlink(missing_ok=True)
            self.members.append(_in_trouble(member, error))
            return
        member = replace(member, byte_count=byte_count, sha256=sha256)
        if is_last or not is_archive(content):
            self.members.append(replace(member, content=content))
            return
        position = len(self.members)
        self.members.append(replace(member, is_archive=True))
        try:
            self._unpack_inner(content, member, depth, inner)
        except ArchiveError as error:
            self.members[position] = _in_trouble(self.members[position], error)
        finally:
            content.unlink()

    def _unpack_inner(self, archive: Path, member: Member, depth: int, only: str) -> None:
        if depth <= 1:
            raise ArchiveError(
                ArchiveTrouble.TOO_DEEP,
                f"an archive more than {self.bounds.depth} archives deep; unpack it by hand",
            )
        self.unpack(archive, f"{member.path}{INSIDE}", depth - 1, only)

    def _refuse_beyond(self, file_count: int, byte_count: int) -> None:
        if file_count > self.files_left or byte_count > self.bytes_left:
            raise ArchiveError(
                ArchiveTrouble.TOO_LARGE,
                f"an archive of more than {self.bounds.file_count:,} files or "
                f"{self.bounds.byte_count // MEBIBYTE:,} MiB; unpack it by hand, or raise "
                "JUESUAN_ARCHIVE_MEBIBYTES and touch the file to try again",
            )

    def _give_up(self, first: int) -> None:
        """Forget members from a position on, and what was written of them."""
        for member in self.members[first:]:
            if member.content is not None:
                member.content.unlink()
        del self.members[first:]


def _refuse_nothing(members: Sequence[Member]) -> None:
    """Refuse an archive of which nothing could be had."""
    if not members:
        raise ArchiveError(
            ArchiveTrouble.EMPTY_ARCHIVE, "an archive without files; check what it is"
        )
    if all(member.reason == ArchiveTrouble.ENCRYPTED for member in members):
        raise encrypted("an archive")


def _in_trouble(member: Member, error: ArchiveError) -> Member:
    return replace(member, reason=error.trouble, explanation=error.explanation)


def _write(entry: Entry, target: Path) -> tuple[int, str]:
    """Write the content of an entry; return its size and its digest.

    Raises:
        ArchiveError: It cannot be unpacked.
        OSError: The target cannot be written to.
    """
    digest = hashlib.sha256()
    byte_count = 0
    with target.open("wb") as written:
        for piece in _pieces(entry):
            digest.update(piece)
            byte_count += len(piece)
            written.write(piece)
    return byte_count, digest.hexdigest()


def _pieces(entry: Entry) -> Iterator[bytes]:
    with entry.open() as content:
        while piece := content.read(PIECE_BYTES):
            yield piece


def _path(name: str, given: Counter[str]) -> str:
    r"""The path under which a file in an archive goes, '' for one that is passed over.

    It is below the archive whatever the archive says, and no two files have the same.

    Args:
        name: What the archive calls it.
        given: The paths that were given in it so far, and how often.

    Examples:
        >>> given: Counter[str] = Counter()
        >>> [_path(name, given) for name in ("公开\\决算.docx", "/公开/./决算.docx", "../x.pdf")]
        ['公开/决算.docx', '公开/决算 (2).docx', 'x.pdf']
        >>> [_path(name, given) for name in ("__MACOSX/._x.pdf", "~$a.docx", "README.md")]
        ['', '', '']
    """
    parts = name.replace("\\", "/").split("/")
    parts = [part for part in parts if part not in ("", ".", "..") and not DRIVE.fullmatch(part)]
    if not parts or any(part.startswith((".", "__MACOSX")) for part in parts):
        return ""
    if is_passed_over(parts[-1]):
        return ""
    wanted = "/".join(_readable_part(part) for part in parts)
    path = wanted
    while path in given:
        given[wanted] += 1
        stem, dot, suffix = wanted.rpartition(".")
        path = f"{stem} ({given[wanted]}){dot}{suffix}" if stem else f"{wanted} ({given[wanted]})"
    given[path] += 1
    return path


def _readable_part(part: str) -> str:
    """A name in a path as text that can be stored and shown."""
    return readable(part.encode("utf-8", "replace").decode()) or "_"

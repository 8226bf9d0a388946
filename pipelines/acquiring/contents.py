"""What bytes from the network are, as far as storing them depends on it.

Knows signatures and ends of files. Does not know what is inside a document: that is the reading
room's business, which judges every file again.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

PDF_WINDOW = 1024
SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"{\\rtf", "rtf"),
    (b"MIME-Version", "mht"),
)
WEB_PAGE = re.compile(
    rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)", re.I | re.S
)
# The parts by which an archive is known as an Office document.
PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}
ARCHIVES = frozenset({"zip"})
MAX_MEMBERS = 2000
MOST_ARCHIVES_DEEP = 3
# Members of other kinds are no documents; archives that cannot be unpacked are left to be judged.
KEPT_MEMBERS = frozenset(
    {"pdf", "docx", "xlsx", "ole", "mht", "html", "ofd", "rtf", "zip", "rar", "7z"}
)


class ArchiveError(Exception):
    """An archive that is not unpacked; its text says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file from an archive.

    Attributes:
        name: Its own name, without folders, for people and never for a path.
        content: Its bytes.
    """

    name: str
    content: bytes


def extension_of(content: bytes) -> str:
    """A word for the kind of some bytes, fit for a file's extension; 'bin' where it is unknown.

    Examples:
        >>> [extension_of(each) for each in (b"%PDF-1.4", b"  <!DOCTYPE html><p>", b"?")]
        ['pdf', 'html', 'bin']
    """
    if content.startswith(b"PK"):
        return _zip_extension(content)
    if b"%PDF-" in content[:PDF_WINDOW]:
        return "pdf"
    if WEB_PAGE.match(content[:PDF_WINDOW].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return next((word for start, word in SIGNATURES if content.startswith(start)), "bin")


def looks_complete(content: bytes) -> bool:
    """Whether a file has the end that its kind needs; True for kinds that need none.

    Examples:
        >>> looks_complete(b"%PDF-1.4 ... %%EOF"), looks_complete(b"%PDF-1.4 ...")
        (True, False)
    """
    if content.startswith(b"PK"):
        return zipfile.is_zipfile(io.BytesIO(content))
    if b"%PDF-" in content[:PDF_WINDOW]:
        return b"%%EOF" in content[-2 * PDF_WINDOW :]
    return bool(content)


def unpack(content: bytes, max_bytes: int, depth: int = MOST_ARCHIVES_DEEP) -> Iterator[Member]:
    """Yield the files in a ZIP archive; what they unpack to is counted before it is unpacked.

    Args:
        content: The archive.
        max_bytes: How much all members together may unpack to.
        depth: How deep archives in archives are unpacked; the others are yielded as they are.

    Raises:
        ArchiveError: It is damaged, protected by a password, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if _is_wanted(each)]
            left = max_bytes - sum(each.file_size for each in members)
            if len(members) > MAX_MEMBERS or left < 0:
                message = f"unpacks to more than {MAX_MEMBERS} files or {max_bytes} bytes"
                raise ArchiveError(message)
            for each in members:
                # zipfile never reads more of a member than its stated size, which was counted.
                member = Member(PurePosixPath(_member_name(each)).name, archive.read(each))
                yield from _members_of(member, left, depth)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        message = f"is damaged: {error}"
        raise ArchiveError(message) from error
    except RuntimeError as error:  # zipfile's answer to an encrypted member
        raise ArchiveError("is protected by a password") from error


def _members_of(member: Member, max_bytes: int, depth: int) -> Iterator[Member]:
    """The files in a member that is an archive itself, else the member."""
    if depth > 1 and extension_of(member.content) in ARCHIVES:
        with suppress(ArchiveError):
            yield from list(unpack(member.content, max_bytes, depth - 1))
            return
    yield member


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in parts if part != "..")
    return not member.is_dir() and not hidden and member.file_size > 0


def _member_name(member: zipfile.ZipInfo) -> str:
    """A member's name; archives packed on Chinese Windows carry it in GB 18030 unsaid."""
    if member.flag_bits & 0x800:
        return member.filename.replace("\\", "/")
    try:
        name = member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        name = member.filename
    return name.replace("\\", "/")


def _zip_extension(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "zip"
    return next((word for part, word in PARTS.items() if part in names), "zip")

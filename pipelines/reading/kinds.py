"""What kind of file some bytes are, told by the bytes and never by the name.

Knows the signatures of the formats that are read and of those that are often met under a wrong
name. Does not know what is inside a readable file.
"""

import re
import struct
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from io import BytesIO

from pipelines.domain.document import FileKind
from pipelines.reading.errors import UnreadableFileError, UnreadableReason

WORD_MAIN_PART = "word/document.xml"
_XLSB_MAIN_PART = "xl/workbook.bin"
OFD_MAIN_PART = "OFD.xml"
# Acrobat accepts the signature anywhere in the first kilobyte; some exporters write a BOM first.
PDF_SIGNATURE_WINDOW = 1024
# What zipfile raises for an archive whose bytes are wrong: names, offsets and records besides.
BROKEN_ARCHIVE = (zipfile.BadZipFile, struct.error, ValueError)
OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
# Streams of an OLE file that tell what it is; Excel 5 and 95 called the workbook Book.
_ENCRYPTED_STREAM = "EncryptedPackage"
WORKBOOK_STREAMS = ("Workbook", "Book")
_WORD_STREAM = "WordDocument"
# The bit of a Word file's header that says that the rest is encrypted, and where it stands.
_WORD_FLAGS, _WORD_ENCRYPTED = 11, 0x01

# A page may begin with comments, white space or a declaration; a web archive with mail headers.
_WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table|div)\b", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(rb"^MIME-Version\s*:", re.IGNORECASE | re.MULTILINE)
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
# A web archive may begin with a long title.
WEB_SIGNATURE_WINDOW = 4096

_RTF = b"{\\rtf"
_ODT = b"application/vnd.oasis.opendocument.text"
_ODF_KIND_PART, _ODF_LIST_PART = "mimetype", "META-INF/manifest.xml"
_ODF_ENCRYPTED = b"encryption-data"
_BEGIN_BYTES = 65536
_IMAGE_SIGNATURES = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8"),
    *(b"II*\0", b"MM\0*"),  # TIFF
)
_FOREIGN_SIGNATURES = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
}


def tell_kind(content: bytes) -> FileKind:
    """Tell which reader a file needs.

    Args:
        content: The whole file.

    Raises:
        UnreadableFileError: The file is empty or of a kind that is not read; says which.
    """
    if not content:
        raise UnreadableFileError(
            UnreadableReason.EMPTY_FILE, "the file is empty (0 bytes); fetch it again"
        )
    # An archive comes first: it may hold a PDF unpacked, signature and all.
    if content.startswith(b"PK"):
        return _tell_zip_kind(content)
    if content.startswith(_IMAGE_SIGNATURES):
        return FileKind.IMAGE
    if b"%PDF-" in content[:PDF_SIGNATURE_WINDOW]:
        return FileKind.PDF
    if content.startswith(OLE_SIGNATURE):
        return _tell_ole_kind(content)
    return _tell_text_kind(content)


def is_web_archive(content: bytes) -> bool:
    """Tell whether the bytes begin with the mail headers of a web archive (MHTML)."""
    return _WEB_ARCHIVE.search(content[:WEB_SIGNATURE_WINDOW]) is not None


def _tell_text_kind(content: bytes) -> FileKind:
    if _XML_WORKBOOK in _narrow(content[:WEB_SIGNATURE_WINDOW]):  # it has tables, too
        raise UnreadableFileError(
            UnreadableReason.NOT_A_DOCUMENT,
            "a workbook in the XML of Excel 2003; open it in a spreadsheet program and convert it "
            "to .xlsx",
        )
    if is_web_archive(content) or _WEB_PAGE.search(_narrow(content[:WEB_SIGNATURE_WINDOW])):
        return FileKind.WEB_PAGE
    if _head(content)[: len(_RTF)].lower() == _RTF:
        return FileKind.RTF
    raise UnreadableFileError(
        UnreadableReason.NOT_A_DOCUMENT,
        f"{_describe_foreign(content)}, neither PDF, OFD, Word, Excel, RTF, OpenDocument text nor "
        "a web page; check what was published, or convert it to one of these",
    )


def _narrow(head: bytes) -> bytes:
    """Make the tags of a page in UTF-16 readable as bytes."""
    return head.replace(b"\0", b"") if head[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else head


def _tell_zip_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if _ODF_KIND_PART in names and _read_begin(archive, _ODF_KIND_PART).startswith(_ODT):
                return _tell_odt(archive)
    # NotImplementedError is a version that no Word writes.
    except (*BROKEN_ARCHIVE, NotImplementedError, zlib.error, EOFError, KeyError) as error:
        raise UnreadableFileError(
            UnreadableReason.DAMAGED,
            "begins like an Office file but is not a complete zip archive; fetch it again",
        ) from error
    if OFD_MAIN_PART in names:
        return FileKind.OFD
    if WORD_MAIN_PART in names or any(_is_part_of("word", name) for name in names):
        return FileKind.DOCX
    is_binary = _XLSB_MAIN_PART in names
    if not is_binary and any(_is_part_of("xl", name) for name in names):
        return FileKind.XLSX
    described = "an Excel binary workbook (.xlsb)" if is_binary else "a zip archive"
    raise UnreadableFileError(
        UnreadableReason.NOT_A_DOCUMENT,
        f"{described}, neither a Word document nor an Excel workbook (.xlsx); "
        "unpack it or export it as one of these or as PDF",
    )


def _tell_odt(archive: zipfile.ZipFile) -> FileKind:
    if _ODF_LIST_PART in archive.namelist() and _ODF_ENCRYPTED in _read_begin(
        archive, _ODF_LIST_PART
    ):
        raise UnreadableFileError(
            UnreadableReason.ENCRYPTED,
            "an OpenDocument text protected by a password; obtain an unprotected copy",
        )
    return FileKind.ODT


def _read_begin(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_BEGIN_BYTES)


def _is_part_of(folder: str, name: str) -> bool:
    """Tell whether a member of an archive is text of an Office file, whatever its main part is."""
    # Some programs write the names of members with backslashes.
    path = name.replace("\\", "/")
    return path.startswith(f"{folder}/") and path.endswith(".xml")


def _tell_ole_kind(content: bytes) -> FileKind:
    # The library behind it is loaded only where a file asks for it.
    from pipelines.reading.ole import read_stream, stream_names

    names = stream_names(content)
    if _ENCRYPTED_STREAM in names:
        raise UnreadableFileError(
            UnreadableReason.ENCRYPTED,
            "an Office file protected by a password; obtain an unprotected copy",
        )
    if names.intersection(WORKBOOK_STREAMS):
        return FileKind.XLS
    if _WORD_STREAM in names:
        head = read_stream(content, _WORD_STREAM)[: _WORD_FLAGS + 1]
        if head[_WORD_FLAGS:] and head[_WORD_FLAGS] & _WORD_ENCRYPTED:
            raise UnreadableFileError(
                UnreadableReason.ENCRYPTED,
                "a Word file protected by a password; obtain an unprotected copy",
            )
        return FileKind.DOC
    raise UnreadableFileError(
        UnreadableReason.NOT_A_DOCUMENT,
        "an old Office file, neither a Word document nor a workbook; check what was published, or "
        "convert it to .docx or PDF",
    )


def _head(content: bytes) -> bytes:
    return content[:64].removeprefix(BOM_UTF8).lstrip()


def _describe_foreign(content: bytes) -> str:
    head = _head(content)
    for signature, described in _FOREIGN_SIGNATURES.items():
        if head[: len(signature)].lower() == signature.lower():
            return described
    return "a file of an unknown kind"

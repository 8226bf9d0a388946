"""What bytes from the network are, as far as storing them depends on it.

Knows signatures and ends of files. Does not know what is inside a document: that is the reading
room's business, which judges every file again.
"""

import io
import re
import zipfile

PDF_WINDOW = 1024
SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"{\\rtf", "rtf"),
    (b"MIME-Version", "mht"),
    (b"From: <Saved by", "mht"),
)
WEB_PAGE = re.compile(
    rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)", re.I | re.S
)
# The parts by which an archive is known as an Office document.
PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "OFD.xml": "ofd",
    "mimetype": "odt",
}
# Files in archives of other kinds are no documents.
KEPT_MEMBERS = frozenset({"pdf", "docx", "xlsx", "ole", "mht", "html", "ofd", "odt", "rtf", "zip"})


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


def _zip_extension(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "zip"
    return next((word for part, word in PARTS.items() if part in names), "zip")

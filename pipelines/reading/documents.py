"""The ways into this room: a file's bytes to a ``Document``, and to pages as they are shown."""

import hashlib
from dataclasses import replace

from pipelines.domain.document import Document, FileKind
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import tell_kind


def read_document(content: bytes, file_name: str) -> Document:
    """Read a file into paragraphs and tables, by the reader that its content asks for.

    Args:
        content: The whole file.
        file_name: What it is called; it decides nothing.

    Raises:
        UnreadableFileError: The file is empty, damaged, encrypted, of a kind that is not read,
            or carries no text.
    """
    kind = tell_kind(content)
    sha256 = hashlib.sha256(content).hexdigest()
    # Each reader's library is loaded only where a file asks for it.
    if kind is FileKind.DOCX:
        from pipelines.reading.word import read_word

        return read_word(content, sha256=sha256, file_name=file_name)
    if kind in (FileKind.DOC, FileKind.RTF, FileKind.ODT):
        from pipelines.reading.office import turned_into_word
        from pipelines.reading.word import read_word

        word = turned_into_word(content, kind)
        return replace(read_word(word, sha256=sha256, file_name=file_name), kind=kind)
    if kind is FileKind.IMAGE:
        return _read_image(content, sha256=sha256, file_name=file_name)
    if kind is FileKind.WEB_PAGE:
        from pipelines.reading.web_page import read_web_page

        return read_web_page(content, sha256=sha256, file_name=file_name)
    if kind in (FileKind.XLSX, FileKind.XLS):
        from pipelines.reading.spreadsheet import read_spreadsheet

        return read_spreadsheet(content, kind, sha256=sha256, file_name=file_name)
    if kind is FileKind.OFD:
        from pipelines.reading.ofd import read_ofd

        return read_ofd(content, sha256=sha256, file_name=file_name)
    from pipelines.reading.pdf import read_pdf

    return read_pdf(content, sha256=sha256, file_name=file_name)


def _read_image(content: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a picture as the page that it shows."""
    from pipelines.reading.scans.models import EXTRA, can_read_pictures

    if not can_read_pictures():
        raise UnreadableFileError(
            UnreadableReason.NO_OCR,
            f"a picture; it needs OCR before it can be read: install {EXTRA}, or obtain the "
            "document as PDF or Word",
        )
    from pipelines.reading.image_pages import image_as_pdf
    from pipelines.reading.pdf import read_pdf

    pages = image_as_pdf(content)
    document = read_pdf(pages, sha256=sha256, file_name=file_name)
    return replace(document, kind=FileKind.IMAGE)


def pages_as_pdf(content: bytes) -> bytes:
    """The PDF whose pages are those that were read of a file with pages.

    Args:
        content: The whole file, a PDF or what is read as one: OFD, pictures.

    Raises:
        UnreadableFileError: It is of a kind that has no pages.
    """
    kind = tell_kind(content)
    if kind is FileKind.IMAGE:
        from pipelines.reading.image_pages import image_as_pdf

        return image_as_pdf(content)
    if kind is FileKind.OFD:
        from pipelines.reading.ofd import ofd_as_pdf

        return ofd_as_pdf(content)
    return content

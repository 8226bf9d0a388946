"""The way into this room: a file's bytes to a ``Document``."""

import hashlib

from pipelines.domain.document import Document, FileKind
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

"""A file's kind is told by its bytes, whatever its name says."""

import pytest

from pipelines.domain.document import FileKind
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import OLE_SIGNATURE, PDF_SIGNATURE_WINDOW, WORD_MAIN_PART, tell_kind
from tests.unit.reading.ole_files import ole_file
from tests.unit.reading.word_xml import line, word_file, zip_file


def refusal(content: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refused:
        tell_kind(content)
    return refused.value


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"\xef\xbb\xbf%PDF-1.4\n", FileKind.PDF),
        (b"\n" * (PDF_SIGNATURE_WINDOW - 5) + b"%PDF-1.4", FileKind.PDF),
        (b"MIME-Version: 1.0\r\n", FileKind.WEB_PAGE),
        (b"From: <Saved by WPS>\r\nSubject: \r\nMIME-Version: 1.0\r\n", FileKind.WEB_PAGE),
        (b"<!DOCTYPE html>", FileKind.WEB_PAGE),
        (b"\xef\xbb\xbf<!doctype html>", FileKind.WEB_PAGE),
        (b"\r\n  <HTML lang='zh'>", FileKind.WEB_PAGE),
        (b"<!-- a -->\n<?xml version='1.0'?><html>", FileKind.WEB_PAGE),
        ("<html>".encode("utf-16"), FileKind.WEB_PAGE),
        (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.IMAGE),
        (b"II*\0\x08\0\0\0", FileKind.IMAGE),
        (b"MM\0*\0\0\0\x08", FileKind.IMAGE),
        (b"{\\rtf1\\ansi", FileKind.RTF),
        (b"\xef\xbb\xbf {\\RTF1", FileKind.RTF),
        (ole_file({"WordDocument": b"", "WpsCustomData": b""}), FileKind.DOC),
        (zip_file({"mimetype": "application/vnd.oasis.opendocument.text"}), FileKind.ODT),
        (zip_file({"OFD.xml": "", "Doc_0/Document.xml": ""}), FileKind.OFD),
        (word_file(line("一段")), FileKind.DOCX),
        (word_file(line("一段"), extra={"xl/workbook.xml": ""}), FileKind.DOCX),
        (zip_file({"xl/workbook.xml": "not even XML"}), FileKind.XLSX),
        (zip_file({"xl\\workbook.xml": "<workbook/>"}), FileKind.XLSX),
        (ole_file({"Workbook": b""}), FileKind.XLS),
        (ole_file({"ETExtData": b"", "Workbook": b""}), FileKind.XLS),
        (ole_file({"Book": b""}), FileKind.XLS),
    ],
    ids=[
        *("PDF", "PDF behind a mark", "PDF at the window's end"),
        *("web archive", "web archive with more headers", "page", "page behind a mark"),
        *("page behind white space", "page behind a comment", "page in UTF-16"),
        *("PNG", "JPEG", "TIFF", "TIFF of a Macintosh", "RTF", "RTF behind a mark", "WPS"),
        *("OpenDocument text", "OFD", "Word", "Word with a workbook"),
        *("workbook", "workbook with backslashes"),
        *("old workbook", "workbook of WPS", "older workbook"),
    ],
)
def test_readable_files_are_told_by_content(content: bytes, kind: FileKind):
    assert tell_kind(content) is kind


def test_a_signature_beyond_the_window_makes_no_pdf():
    refused = refusal(b"\n" * PDF_SIGNATURE_WINDOW + b"%PDF-1.4")
    assert refused.reason is UnreadableReason.NOT_A_DOCUMENT


def test_an_empty_file_is_called_empty():
    refused = refusal(b"")
    assert refused.reason is UnreadableReason.EMPTY_FILE
    assert "fetch it again" in refused.explanation


@pytest.mark.parametrize(
    ("content", "described"),
    [
        (b"Rar!\x1a\x07\x01\x00", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        ("决算说明".encode(), "a file of an unknown kind"),
        (b"\x00\x01\x02\x03", "a file of an unknown kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_foreign_files_are_named_with_what_to_do(content: bytes, described: str):
    refused = refusal(content)
    assert refused.reason is UnreadableReason.NOT_A_DOCUMENT
    assert refused.explanation.startswith(described)
    assert "convert it" in refused.explanation


@pytest.mark.parametrize(
    ("files", "described"),
    [
        ({"xl/workbook.bin": "", "xl/theme/theme1.xml": ""}, "an Excel binary workbook (.xlsb)"),
        ({"决算.txt": "决算"}, "a zip archive"),
        ({}, "a zip archive"),
    ],
    ids=["binary workbook", "archive", "empty archive"],
)
def test_archives_that_are_no_office_file_are_named(files: dict[str, str], described: str):
    refused = refusal(zip_file(files))
    assert refused.reason is UnreadableReason.NOT_A_DOCUMENT
    assert refused.explanation.startswith(described)


def test_a_workbook_in_xml_is_no_web_page():
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    refused = refusal(f'<?xml version="1.0"?><Workbook xmlns="{namespace}"><Table>'.encode())
    assert refused.reason is UnreadableReason.NOT_A_DOCUMENT
    assert "convert it to .xlsx" in refused.explanation


def test_a_word_file_cut_short_is_damaged():
    refused = refusal(word_file(line("一段"))[:-30])
    assert refused.reason is UnreadableReason.DAMAGED
    assert "fetch it again" in refused.explanation


@pytest.mark.parametrize(
    "content",
    [
        ole_file({"EncryptionInfo": b"", "EncryptedPackage": b""}),
        ole_file({"WordDocument": bytes(11) + b"\x01"}),
        zip_file(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": "<manifest:encryption-data/>",
            }
        ),
    ],
    ids=["Word", "old Word", "OpenDocument text"],
)
def test_a_protected_file_is_called_so(content: bytes):
    refused = refusal(content)
    assert refused.reason is UnreadableReason.ENCRYPTED
    assert "unprotected copy" in refused.explanation


def test_an_old_office_file_of_another_kind_is_named():
    refused = refusal(ole_file({"PowerPoint Document": b""}))
    assert refused.reason is UnreadableReason.NOT_A_DOCUMENT
    assert refused.explanation.startswith("an old Office file, neither a Word document nor")


def test_an_old_office_file_cut_short_is_damaged():
    refused = refusal(OLE_SIGNATURE + b"\x00" * 600)
    assert refused.reason is UnreadableReason.DAMAGED
    assert "fetch it again" in refused.explanation


def test_the_main_part_alone_makes_a_word_file():
    assert tell_kind(zip_file({WORD_MAIN_PART: "not even XML"})) is FileKind.DOCX

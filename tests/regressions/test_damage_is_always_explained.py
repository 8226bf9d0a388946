"""Some broken files escaped the readers as bare exceptions, or were called what they are not."""

import zipfile
from io import BytesIO

import pytest

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import tell_kind
from pipelines.reading.word import read_word
from tests.unit.reading.word_xml import cell, line, paragraph, read_texts, row, table, word_file


def read(content: bytes) -> None:
    tell_kind(content)
    read_word(content, sha256="0" * 64, file_name="made.docx")


def refusal(content: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refused:
        read(content)
    return refused.value


def test_a_damaged_compressed_stream_is_damage():
    """The error of zlib is neither zipfile's nor an OSError."""
    content = bytearray(word_file(*(line(f"第{number}段") for number in range(200))))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        begin = archive.infolist()[0].header_offset + 30 + len("word/document.xml")
    content[begin : begin + 40] = b"\xff" * 40
    assert refusal(bytes(content)).reason is UnreadableReason.DAMAGED


def test_a_zip_version_from_the_future_is_damage():
    content = bytearray(word_file(line("一段")))
    central = content.index(b"PK\x01\x02")
    content[central + 6] = 151  # version needed to extract
    assert refusal(bytes(content)).reason is UnreadableReason.DAMAGED


@pytest.mark.parametrize("name", ["gridSpan", "gridBefore"])
def test_a_span_that_is_no_number_is_damage(name: str):
    """Guessing it would shift every figure behind it by a column."""
    broken = f'<w:{name} w:val="2.5"/>'
    made = row(cell("甲", properties=broken), "乙", properties=broken)
    assert refusal(word_file(table(made))).reason is UnreadableReason.DAMAGED


def test_an_archive_that_holds_a_pdf_is_no_pdf():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("决算.pdf", b"%PDF-1.7\n%%EOF")
    refused = refusal(buffer.getvalue())
    assert refused.reason is UnreadableReason.NOT_A_DOCUMENT
    assert "zip archive" in refused.explanation


@pytest.mark.parametrize("code", ["FFFFFFFF", "D800", "0000", "zz"])
def test_a_symbol_without_a_character_prints_nothing(code: str):
    symbol = f'<w:r><w:sym w:char="{code}"/><w:t>文</w:t></w:r>'
    assert read_texts(paragraph(symbol)) == ["文"]


def test_a_name_in_no_encoding_is_damage():
    content = word_file(line("一段"), extra={"图片.png": ""})
    assert refusal(content.replace("图片".encode(), b"\xff" * 6)).reason is UnreadableReason.DAMAGED


def test_an_offset_before_the_file_is_damage():
    content = word_file(line("一段"))
    with pytest.raises(UnreadableFileError) as refused:
        read_word(content[1:], sha256="0" * 64, file_name="made.docx")
    assert refused.value.reason is UnreadableReason.DAMAGED

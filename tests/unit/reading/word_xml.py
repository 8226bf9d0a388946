"""Writes WordprocessingML inline: paragraphs, runs, tables and the archive around them.

Knows element names. Does not know forms.
"""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from pipelines.domain.document import Document, Paragraph, Table
from pipelines.reading.kinds import WORD_MAIN_PART
from pipelines.reading.word import read_word

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    """A paragraph of runs, or of other inline XML."""
    return f"<w:p><w:pPr/>{''.join(runs)}</w:p>"


def line(text: str) -> str:
    """A paragraph of one run."""
    return paragraph(run(text))


def cell(*contents: str, properties: str = "") -> str:
    """A table cell of paragraphs or tables; a bare text becomes a paragraph."""
    blocks = [text if text.startswith("<") else line(text) for text in contents]
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def wide(text: str, columns: int) -> str:
    """A cell over several columns."""
    return cell(text, properties=f'<w:gridSpan w:val="{columns}"/>')


def tall(text: str) -> str:
    """A cell that begins a vertical merge."""
    return cell(text, properties='<w:vMerge w:val="restart"/>')


def under(text: str = "") -> str:
    """A cell that goes on with the vertical merge above."""
    return cell(text, properties="<w:vMerge/>")


def row(*cells: str, properties: str = "") -> str:
    """A table row; a bare text becomes a cell."""
    contents = [text if text.startswith("<") else cell(text) for text in cells]
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(contents)}</w:tr>"


def table(*rows: str, widths: Sequence[int] = ()) -> str:
    """A table of rows, with the widths of its grid columns where they are given."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    grid = f"<w:tblGrid>{columns}</w:tblGrid>" if widths else ""
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


def word_file(
    *blocks: str, prolog: str = "", part: str = WORD_MAIN_PART, extra: dict[str, str] | None = None
) -> bytes:
    """The bytes of a Word file."""
    body = f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>"
    files = {part: f"{prolog}<w:document {_NAMESPACES}>{body}</w:document>", **(extra or {})}
    return zip_file(files)


def zip_file(files: dict[str, str]) -> bytes:
    """The bytes of a zip archive."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def read(*blocks: str, prolog: str = "") -> Document:
    """Read blocks back as a document."""
    return read_word(word_file(*blocks, prolog=prolog), sha256="0" * 64, file_name="made.docx")


def read_texts(*blocks: str) -> list[str]:
    """Read blocks back and return the paragraphs' texts."""
    return [block.text for block in read(*blocks).blocks if isinstance(block, Paragraph)]


def read_tables(*blocks: str) -> list[Table]:
    """Read blocks back and return the tables."""
    return [block for block in read(*blocks).blocks if isinstance(block, Table)]


def read_table(*rows: str) -> Table:
    """Read one table back."""
    return read_tables(table(*rows))[0]

"""Writes composed sections as a Word file, the same bytes every time.

Knows WordprocessingML. Does not know forms or departments.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section as WordSection
from docx.shared import Cm, Pt

from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.grid import Align, Grid, GridCell

WRITTEN_AT = datetime(2024, 9, 1, tzinfo=UTC)
ZIP_TIME = (2024, 9, 1, 0, 0, 0)
FONT = "宋体"
SHORT_SIDE, LONG_SIDE = Cm(21), Cm(29.7)
MARGIN = Cm(2)
TWIPS_PER_CM = 567
TEXT_WIDTH_CM = {False: 17, True: 25}
CENTRED = frozenset({Role.COVER, Role.PART, Role.FORM_TITLE})
SIZES = {Role.COVER: 26, Role.PART: 18, Role.HEADING: 14, Role.FORM_TITLE: 16}
BODY_SIZE, SMALL_SIZE = 12, 9
JUSTIFICATION = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
SPACES_BEFORE_RIGHT_TEXT = 40


def write_docx(sections: Iterable[Section], path: Path) -> None:
    """Write sections to a Word file."""
    document = docx.Document()
    _set_up(document)
    for number, section in enumerate(sections):
        page = document.sections[0] if number == 0 else document.add_section()
        _set_page(page, is_landscape=section.is_landscape)
        for block in section.blocks:
            _add_block(document, block, is_landscape=section.is_landscape)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_freeze(buffer.getvalue()))


def _set_up(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(BODY_SIZE)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.title = properties.comments = ""
    properties.created = properties.modified = WRITTEN_AT
    properties.revision = 1


def _set_page(page: WordSection, *, is_landscape: bool) -> None:
    page.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    page.page_width = LONG_SIDE if is_landscape else SHORT_SIDE
    page.page_height = SHORT_SIDE if is_landscape else LONG_SIDE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN


def _add_block(
    document: WordDocument, block: TextBlock | TableBlock, *, is_landscape: bool
) -> None:
    if isinstance(block, TableBlock):
        _add_table(document, block, TEXT_WIDTH_CM[is_landscape])
    else:
        _add_text(document, block)


def _add_text(document: WordDocument, block: TextBlock) -> None:
    gap = " " * SPACES_BEFORE_RIGHT_TEXT if block.text and block.right else ""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(f"{block.text}{gap}{block.right}")
    default = BODY_SIZE if block.role in {Role.BODY, Role.CONTENTS} else SMALL_SIZE
    run.font.size = Pt(SIZES.get(block.role, default))
    run.bold = block.role in CENTRED or None
    if block.role in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.right and not block.text:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif block.role is Role.BODY:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)


def _add_table(document: WordDocument, block: TableBlock, width_cm: int) -> None:
    """Append the table before the section's properties, with the paragraph Word wants after it."""
    anchor = document.add_paragraph()
    anchor._p.addprevious(parse_xml(_table_xml(block, width_cm)))
    anchor.paragraph_format.line_spacing = Pt(1)


def _table_xml(block: TableBlock, width_cm: int) -> str:
    grid = block.grid
    total = width_cm * TWIPS_PER_CM
    widths = [total * width // sum(grid.widths) for width in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row_xml(grid, row, widths, repeats=block.repeats_header and row < grid.header_rows)
        for row in range(grid.row_count)
    )
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>{_borders(grid)}"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _borders(grid: Grid) -> str:
    kind = "single" if grid.is_ruled else "nil"
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="{kind}" w:sz="4"/>' for side in sides)
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _row_xml(grid: Grid, row: int, widths: Sequence[int], *, repeats: bool) -> str:
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if repeats else ""
    cells = "".join(
        _cell_xml(cell, sum(widths[cell.column : cell.column + cell.column_span]), row)
        for cell in _cells_crossing(grid, row)
    )
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cells_crossing(grid: Grid, row: int) -> list[GridCell]:
    crossing = [c for c in grid.cells if c.row <= row < c.row + c.row_span]
    return sorted(crossing, key=lambda cell: cell.column)


def _cell_xml(cell: GridCell, width: int, row: int) -> str:
    begins = cell.row == row
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merge = ""
    if cell.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    text = _runs(cell.text) if begins else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
        f'<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{JUSTIFICATION[cell.align]}"/></w:pPr>{text}</w:p></w:tc>'
    )


def _runs(text: str) -> str:
    if not text:
        return ""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    size = f'<w:rPr><w:sz w:val="{2 * SMALL_SIZE}"/></w:rPr>'
    return f"<w:r>{size}{'<w:br/>'.join(lines)}</w:r>"


def _freeze(content: bytes) -> bytes:
    """Pack a Word file again with fixed times, in a fixed order."""
    frozen = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(frozen, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name), compresslevel=9)
    return frozen.getvalue()

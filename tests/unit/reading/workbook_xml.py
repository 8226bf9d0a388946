"""Writes SpreadsheetML inline: cells, rows, styles and the archive around them.

Knows element names. Does not know forms.
"""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.unit.reading.word_xml import zip_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(name: str, value: str, kind: str = "n", style: int = 0, formula: str | None = None) -> str:
    """A cell of a stored value; of a formula, whose text may be '', with its value."""
    stated = "" if formula is None else f"<f>{escape(formula)}</f>"
    return f'<c r="{name}" t="{kind}" s="{style}">{stated}<v>{escape(value)}</v></c>'


def text(name: str, value: str, style: int = 0) -> str:
    """A cell that holds a text of its own."""
    return f'<c r="{name}" t="inlineStr" s="{style}"><is><t>{escape(value)}</t></is></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    """A row of cells."""
    return f'<row r="{number}" {attributes}>{"".join(cells)}</row>'


def styles(
    *codes: str, borders: str = "<border/>", fonts: str = "<font/>", fills: str = "<fill/>"
) -> str:
    """Styles of number formats: the first is plain, each of the others has one of the codes."""
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'
        for number, code in enumerate(codes, start=164)
    )
    uses = "".join(f'<xf numFmtId="{number + 164}"/>' for number in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts>'
        f"<fills>{fills}</fills><borders>{borders}</borders>"
        f'<cellXfs><xf numFmtId="0"/>{uses}</cellXfs></styleSheet>'
    )


def sheet(*rows: str, columns: str = "", merged: Sequence[str] = ()) -> str:
    """A worksheet."""
    merges = "".join(f'<mergeCell ref="{name}"/>' for name in merged)
    return (
        f'<worksheet xmlns="{MAIN}"><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        f"<mergeCells>{merges}</mergeCells></worksheet>"
    )


def workbook(
    sheets: Mapping[str, str],
    *,
    style: str = "",
    shared: Sequence[str] = (),
    states: Mapping[str, str] | None = None,
    properties: str = "",
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of worksheets by their names.

    Args:
        sheets: The worksheets.
        style: The styles part, '' for a file without.
        shared: The shared texts, each the XML of an item.
        states: Of sheets that are not visible, what they are.
        properties: What the workbook says of itself.
        extra: More members of the archive.
    """
    tabs = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="s{number}" '
        f'state="{(states or {}).get(name, "visible")}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    related = {
        f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
    }
    parts = {f"xl/worksheets/sheet{n}.xml": body for n, body in enumerate(sheets.values(), start=1)}
    if style:
        related["st"] = ("styles", "/xl/styles.xml")
        parts["xl/styles.xml"] = style
    if shared:
        related["sh"] = ("sharedStrings", "sharedStrings.xml")
        items = "".join(f"<si>{item}</si>" for item in shared)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for name, (kind, target) in related.items()
    )
    return zip_file(
        {
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">{properties}'
                f"<sheets>{tabs}</sheets></workbook>"
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
            ),
            **parts,
            **(extra or {}),
        }
    )

"""Sheets of .xlsx files are read as they print, from whatever wrote them."""

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from pipelines.reading import xlsx_sheets
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.sheets import Area, Sheet
from pipelines.reading.xlsx_sheets import LAST_ROW, read_xlsx_sheets
from tests.unit.reading.word_xml import zip_file
from tests.unit.reading.workbook_xml import (
    MAIN,
    PACKAGE,
    RELATION,
    cell,
    row,
    sheet,
    styles,
    text,
    workbook,
)

NAME = "收支总表"
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="s1" Type="{RELATION}/worksheet" Target="worksheets/sheet7.xml"/>'
    "</Relationships>"
)


def read(*rows: str, style: str = "", shared: Sequence[str] = (), **parts: object) -> Sheet:
    """The only sheet of a workbook of rows."""
    (only,) = read_xlsx_sheets(workbook({NAME: sheet(*rows, **parts)}, style=style, shared=shared))
    return only


def refusal(content: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refused:
        read_xlsx_sheets(content)
    return refused.value


def texts(read_sheet: Sheet) -> list[str]:
    return [each.text for each in read_sheet.cells]


def test_numbers_are_printed_by_their_formats():
    style = styles("#,##0.00", "0%", '#,##0.00;-#,##0.00;"-"')
    numbers = [
        *(cell("A1", "1234.5", style=1), cell("B1", "0.25", style=2), cell("C1", "0", style=3)),
        *(cell("D1", "2080501.0"), cell("E1", "0.30000000000000004"), cell("F1", "1E-3")),
    ]
    printed = texts(read(row(1, *numbers), style=style))
    assert printed == ["1,234.50", "25%", "-", "2080501", "0.3", "0.001"]


def test_formats_that_files_name_by_number_are_known():
    style = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="4"/></cellXfs></styleSheet>'
    assert texts(read(row(1, cell("A1", "1234.5", style=1)), style=style)) == ["1,234.50"]


def test_a_style_that_is_not_there_formats_nothing():
    assert texts(read(row(1, cell("A1", "1234.5", style=7)))) == ["1234.5"]


def test_texts_are_shared_inline_or_results():
    shared = [
        "<t>合计</t>",
        "<r><t>部门</t></r><r><t xml:space='preserve'>： 某局</t></r>",
        "<t>某县</t><rPh sb='0' eb='2'><t>ボウケン</t></rPh>",
        "<t>第一行_x000D_\n第二行</t>",
    ]
    cells = [cell(f"{column}1", str(n), "s") for n, column in enumerate("ABCD")]
    results = [text("E1", "1,234.50"), cell("F1", "2023年度", "str", formula='A1&"年度"')]
    assert texts(read(row(1, *cells, *results), shared=shared)) == [
        *("合计", "部门： 某局", "某县", "第一行\n第二行", "1,234.50", "2023年度"),
    ]


def test_truth_values_and_dates_are_printed():
    style = styles("yyyy-mm-dd")
    cells = [cell("A1", "1", "b"), cell("B1", "2024-01-01", "d", 1), cell("C1", "45292", style=1)]
    assert texts(read(row(1, *cells), style=style)) == ["TRUE", "2024-01-01", "2024-01-01"]


def test_a_workbook_may_count_days_from_1904():
    rows = row(1, cell("A1", "43830", style=1))
    properties = '<workbookPr date1904="1"/>'
    content = workbook({NAME: sheet(rows)}, style=styles("yyyy-mm-dd"), properties=properties)
    assert texts(read_xlsx_sheets(content)[0]) == ["2024-01-01"]


def test_cells_and_rows_without_names_follow_each_other():
    unnamed = (
        "<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    )
    cells = read(unnamed).cells
    assert [(each.row, each.column) for each in cells] == [(0, 0), (0, 3), (0, 4), (1, 0)]


def test_a_formula_prints_the_value_that_was_stored_with_it():
    (only,) = read(row(1, cell("A1", "12.5", formula="SUM(A2:A9)"))).cells
    assert (only.text, only.is_unreadable) == ("12.5", False)


@pytest.mark.parametrize(
    ("formula", "shown"), [("SUM(A2:A9)", "=SUM(A2:A9)"), ("", "=…")], ids=["its own", "shared"]
)
def test_a_formula_without_a_value_is_no_blank_cell(formula: str, shown: str):
    (only,) = read(row(1, cell("A1", "", formula=formula))).cells
    assert (only.text, only.is_unreadable) == (shown, True)


def test_a_formula_whose_result_is_no_text_is_blank():
    assert read(row(1, cell("A1", "", "str", formula='IF(B1=0,"",B1)'))).cells == []


def test_an_error_is_printed_and_cannot_be_read():
    (only,) = read(row(1, cell("A1", "#REF!", "e", formula="B1"))).cells
    assert (only.text, only.is_unreadable) == ("#REF!", True)


@pytest.mark.parametrize("value", ["12,5", "nan", "1e999", "十"])
def test_a_number_that_is_none_cannot_be_read(value: str):
    (only,) = read(row(1, cell("A1", value))).cells
    assert (only.text, only.is_unreadable) == (value, True)


def test_a_format_that_is_not_understood_prints_no_number():
    (only,) = read(row(1, cell("A1", "0.5", style=1)), style=styles("# ?/?")).cells
    assert (only.text, only.is_unreadable) == ("0.5 [# ?/?]", True)


@pytest.mark.parametrize(
    ("due", "other", "shown"),
    [
        ("1", "0", ("=SUM(A2)", True)),
        ("1", "3", ("0.00", False)),
        ("0", "0", ("0.00", False)),
    ],
    ids=["never worked out", "others were worked out", "not due"],
)
def test_zeros_that_libraries_store_for_formulas_are_no_zeros(
    due: str, other: str, shown: tuple[str, bool]
):
    rows = row(
        *(1, cell("A1", "0", style=1, formula="SUM(A2)"), cell("B1", other, formula="SUM(B2)"))
    )
    properties = f'<calcPr fullCalcOnLoad="{due}"/>'
    content = workbook({NAME: sheet(rows)}, style=styles("0.00"), properties=properties)
    first = read_xlsx_sheets(content)[0].cells[0]
    assert (first.text, first.is_unreadable) == shown


def test_zeros_that_libraries_store_for_formulas_are_found_in_their_files():
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        made = book.add_worksheet()
        made.write("A1", 5)
        made.write_formula("A2", "=A1")
    assert [
        (each.text, each.is_unreadable) for each in read_xlsx_sheets(written.getvalue())[0].cells
    ] == [
        *(("5", False), ("=A1", True)),
    ]


def test_merged_hidden_and_ruled_cells_are_known():
    style = styles("0", borders='<border/><border><left style="thin"/><right/></border>')
    style = style.replace('<xf numFmtId="164"/>', '<xf numFmtId="0" borderId="1"/>')
    known = read(
        row(1, text("A1", "收入"), text("C1", "支出", style=1)),
        row(2, '<c r="A2" s="1"/>'),
        row(4, cell("A4", "1"), attributes='hidden="1"'),
        row(5, cell("A5", "1"), attributes='ht="0"'),
        style=style,
        columns='<col min="2" max="4" hidden="1"/><col min="6" max="6" width="0"/>',
        merged=["A1:B2"],
    )
    assert known.merged == [Area(0, 0, 1, 1)]
    assert list(known.hidden_rows.pairs) == [(3, 4)]
    assert list(known.hidden_columns.pairs) == [(1, 3), (5, 5)]
    assert list(known.ruled[0].pairs) == [(2, 2)]
    assert list(known.blank_ruled_rows.pairs) == [(1, 1)]


NO_FILL = '<fill><patternFill patternType="none"/></fill>'


def filled(rgb: str) -> str:
    """A fill of one colour."""
    solid = f'<patternFill patternType="solid"><fgColor rgb="{rgb}"/></patternFill>'
    return f"<fill>{solid}</fill>"


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        ('rgb="FFFFFFFF"', NO_FILL),
        ('theme="0"', NO_FILL),
        ('indexed="9"', filled("FFFFFFFF")),
    ],
    ids=["white", "the theme's white", "white on white"],
)
def test_white_text_on_white_is_unseen(colour: str, fill: str):
    style = styles(fonts=f"<font><color {colour}/></font>", fills=fill)
    assert read(row(1, text("A1", "校验")), style=style).cells[0].is_unseen


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        ('rgb="FFFFFFFF"', filled("FF4472C4")),
        ('rgb="FFFFFFFF"', "<fill><gradientFill/></fill>"),
        ('theme="0" tint="-0.5"', NO_FILL),
        ('rgb="FF000000"', NO_FILL),
    ],
    ids=["white on blue", "white on a gradient", "grey", "black"],
)
def test_text_of_another_colour_is_seen(colour: str, fill: str):
    style = styles(fonts=f"<font><color {colour}/></font>", fills=fill)
    assert not read(row(1, text("A1", "校验")), style=style).cells[0].is_unseen


def test_a_text_centred_across_blank_cells_takes_them():
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        made = book.add_worksheet(NAME)
        across = book.add_format({"align": "center_across"})
        plain = book.add_format({"align": "center"})
        for place, value in {"A1": "收入总表", "A3": "本年收入", "C3": "上年收入"}.items():
            made.write(place, value, across)
        for place in ("B1", "C1", "B3", "D3", "F3"):
            made.write_blank(place, None, across)
        made.write("A2", "部门", across)
        made.write_blank("B2", None, plain)
        made.write_blank("C2", None, across)
        made.merge_range("G3:H3", "合计")
    (only,) = read_xlsx_sheets(written.getvalue())
    assert set(only.merged) == {
        *(Area(0, 0, 0, 2), Area(2, 0, 2, 1), Area(2, 2, 2, 3), Area(2, 6, 2, 7)),
    }


def test_a_sheet_may_show_no_zeros():
    view = f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView showZeros="0"/></sheetViews>'
    rows = row(1, cell("A1", "0", style=1), cell("B1", "0", formula="A1"), cell("C1", "0.001"))
    content = workbook(
        {NAME: sheet(rows).replace(f'<worksheet xmlns="{MAIN}">', view)}, style=styles("0.00")
    )
    printed = [each.text for each in read_xlsx_sheets(content)[0].cells if each.text]
    assert printed == ["0.001"]


def test_sheets_come_in_the_order_of_their_tabs_with_what_is_hidden():
    content = workbook(
        {"封面": sheet(), "底稿": sheet(), "1.收支总表": sheet()}, states={"底稿": "veryHidden"}
    )
    assert [(each.name, each.is_hidden) for each in read_xlsx_sheets(content)] == [
        *(("封面", False), ("底稿", True), ("1.收支总表", False)),
    ]


def test_links_to_other_files_are_not_followed():
    content = workbook({NAME: sheet(row(1, cell("A1", "5", formula="[1]底稿!A1")))})
    relations = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[relations] = parts[relations].replace(
        "</Relationships>",
        '<Relationship Id="x" Type="http://x/styles" TargetMode="External" Target="file:///etc/passwd"/>'
        "</Relationships>",
    )
    assert texts(read_xlsx_sheets(zip_file(parts))[0]) == ["5"]


def test_members_may_be_named_with_backslashes_and_capitals():
    content = workbook({NAME: sheet(row(1, cell("A1", "0", "s")))}, shared=["<t>合计</t>"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {
            name.replace("/", "\\").replace("sharedStrings", "SharedStrings"): archive.read(name)
            for name in archive.namelist()
        }
    assert texts(read_xlsx_sheets(zip_file({n: p.decode() for n, p in parts.items()}))[0]) == [
        "合计"
    ]


def test_files_of_another_library_are_read_alike():
    book = openpyxl.Workbook()
    made = book.active
    made.title = NAME
    made["A1"], made["B1"], made["C1"] = "合计", 1234.5, "=SUM(B2:B9)"
    made["B1"].number_format = "#,##0.00_);(#,##0.00)"
    made.merge_cells("A2:B2")
    made.row_dimensions[3].hidden = True
    written = io.BytesIO()
    book.save(written)
    (only,) = read_xlsx_sheets(written.getvalue())
    assert [(each.text, each.is_unreadable) for each in only.cells] == [
        *(("合计", False), ("1,234.50", False), ("=SUM(B2:B9)", True)),
    ]
    assert (only.merged, list(only.hidden_rows.pairs)) == ([Area(1, 0, 1, 1)], [(2, 2)])


@pytest.mark.parametrize(
    "content",
    [
        workbook({NAME: sheet(row(1, cell("A1", "7", "s")))}, shared=["<t>合计</t>"]),
        workbook({NAME: sheet(row(1, cell("XFE1", "1")))}),
        workbook({NAME: sheet(row(1048577, cell("A1048577", "1")))}),
        workbook({NAME: sheet(merged=["A1:?"])}),
        workbook({NAME: "<worksheet"}),
        workbook({NAME: f'<!DOCTYPE x [<!ENTITY a "9">]>{sheet(row(1, cell("A1", "1")))}'}),
        zip_file({"xl/workbook.xml": "<workbook"}),
        zip_file({"xl/其他.xml": "<x/>"}),
        workbook({NAME: sheet()}, extra={"xl/_rels/workbook.xml.rels": RELATIONS}),
    ],
    ids=[
        *("no such text", "beyond the last column", "beyond the last row", "no area"),
        *("no XML", "entities", "no XML of the workbook", "no workbook", "a sheet is missing"),
    ],
)
def test_a_damaged_workbook_is_refused(content: bytes):
    refused = refusal(content)
    assert refused.reason is UnreadableReason.DAMAGED
    assert "fetch it again" in refused.explanation


def test_an_encrypted_member_is_told():
    content = bytearray(workbook({NAME: sheet()}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(signature, start)) >= 0:
            content[start + flags] |= 1
            start += 4
    assert refusal(bytes(content)).reason is UnreadableReason.ENCRYPTED


@pytest.mark.parametrize(
    ("bound", "least"),
    [
        *(("MAX_CELLS", 1), ("MAX_PART_BYTES", 10), ("MAX_SHEETS_BYTES", 10), ("MAX_MERGED", 0)),
    ],
)
def test_a_workbook_beyond_all_bounds_is_refused(
    bound: str, least: int, monkeypatch: pytest.MonkeyPatch
):
    rows = row(1, cell("A1", "1"), cell("B1", "2"))
    content = workbook({NAME: sheet(rows, merged=["A1:B1"])})
    monkeypatch.setattr(xlsx_sheets, bound, least)
    refused = refusal(content)
    assert refused.reason is UnreadableReason.DAMAGED
    assert "it is not a disclosure" in refused.explanation


def test_formatted_rows_without_text_take_no_room():
    blank = "".join(row(number, f'<c r="A{number}" s="1"/>') for number in range(2, 20_000))
    only = read(row(1, cell("A1", "1")), blank, row(20_000, cell("A20000", "2")))
    assert [(each.row, each.text) for each in only.cells] == [(0, "1"), (19_999, "2")]


def test_amounts_stored_as_binary_numbers_print_their_decimals():
    for amount in (Decimal("1234567.89"), Decimal("0.07"), Decimal("99999999.99")):
        stored = repr(float(amount) * 3 / 3)
        style = styles("0.00")
        assert texts(read(row(1, cell("A1", stored, style=1)), style=style)) == [str(amount)]


@pytest.mark.parametrize("bound", ["MAX_PART_BYTES", "MAX_SHEETS_BYTES"])
def test_who_is_refused_learns_how_much_is_read(bound: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx_sheets, bound, 3 * 2**20)
    long = f"<!--{'x' * 3 * 2**20}-->"
    content = workbook({NAME: sheet(long)}, style=styles("0") + long)
    assert "more than 3 MiB" in refusal(content).explanation


def test_as_many_cells_as_may_be_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx_sheets, "MAX_CELLS", 2)
    assert texts(read(row(1, cell("A1", "1"), cell("B1", "2")))) == ["1", "2"]


@pytest.mark.parametrize(("number", "is_read"), [(1, True), (LAST_ROW + 1, True), (0, False),
                                                 (LAST_ROW + 2, False)])  # fmt: skip
def test_rows_are_counted_from_one_to_the_last_that_programs_know(number: int, *, is_read: bool):
    rows = f'<row r="{number}"><c><v>1</v></c></row>'
    if is_read:
        assert [each.row for each in read(rows).cells] == [number - 1]
    else:
        assert refusal(workbook({NAME: sheet(rows)})).reason is UnreadableReason.DAMAGED


@pytest.mark.parametrize(("index", "printed"), [("0", "甲"), ("1", "乙"), ("2", None), ("x", None)])
def test_a_shared_text_is_one_of_those_that_are_there(index: str, printed: str | None):
    shared = ["<t>甲</t>", "<t>乙</t>"]
    cells = row(1, cell("A1", index, "s"))
    if printed is None:
        refused = refusal(workbook({NAME: sheet(cells)}, shared=shared))
        assert refused.reason is UnreadableReason.DAMAGED
    else:
        assert texts(read(cells, shared=shared)) == [printed]


def test_comments_of_whoever_wrote_the_file_count_for_nothing():
    remark = "<!-- by hand -->"
    style = styles("0.00", "0%").replace("<cellXfs>", f"<cellXfs>{remark}")
    cells = row(1, remark, cell("A1", "0.5", style=1), remark, cell("B1", "0.25", style=2))
    shared = [f"{remark}<t>甲{remark}乙</t>"]
    read_sheet = read(remark, cells, row(2, cell("A2", "0", "s")), style=style, shared=shared)
    assert texts(read_sheet) == ["0.50", "25%", "甲乙"]


def test_so_many_blank_rows_in_a_row_are_looked_at_for_rulings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx_sheets, "SPACER_ROWS", 2)
    monkeypatch.setattr(xlsx_sheets, "SPACER_CELLS", 1)
    borders = "<border/><border><left style='thin'/><right style='thin'/></border>"
    ruled = styles("0", borders=borders).replace(
        '<xf numFmtId="164"/>', '<xf numFmtId="164" borderId="1" applyBorder="1"/>'
    )

    def blank(number: int, *, first: int = 1) -> str:
        cells = f'<c r="A{number}" s="{first}"/><c r="B{number}" s="1"/>'
        return f'<row r="{number}">{cells}</row>'

    rows = [
        *(row(1, cell("A1", "1")), blank(2), blank(3), blank(4)),
        *(row(5, cell("A5", "1")), blank(6), row(7, cell("A7", "1")), blank(8, first=0)),
    ]
    found = read(*rows, style=ruled).blank_ruled_rows
    assert [number for number in range(1, 9) if found.touches(number - 1, number - 1)] == [2, 3, 6]

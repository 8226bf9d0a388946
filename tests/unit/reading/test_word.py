"""Word files, read from XML written inline."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.document import FileKind, Paragraph, Table
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import WORD_MAIN_PART, tell_kind
from pipelines.reading.word import MAX_XML_BYTES, read_word
from tests.unit.reading.word_xml import (
    cell,
    line,
    paragraph,
    read,
    read_table,
    read_tables,
    read_texts,
    row,
    run,
    table,
    tall,
    under,
    wide,
    word_file,
    zip_file,
)


def refusal(content: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refused:
        read_word(content, sha256="0" * 64, file_name="made.docx")
    return refused.value


def spans(made: Table) -> dict[str, tuple[int, int, int, int]]:
    """Each cell's row, column, row span and column span, by its text."""
    return {
        cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in made.cells
    }


def field_character(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def text_box(*blocks: str) -> str:
    return f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"


def test_a_number_has_the_path_of_its_run():
    link = f"<w:hyperlink>{run('（见表）')}</w:hyperlink>"
    [block] = read(
        paragraph(
            run("收入"), run("看不见", "<w:vanish/>"), run(""), link, run("12.5"), run("万元")
        )
    ).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "收入（见表）12.5万元"
    paths = [block.place_of(begin, begin + 1).path for begin in (0, 2, 6, 10)]
    assert paths == [f"body/p[1]/r[{number}]" for number in (1, 4, 5, 6)]
    assert block.place_of(6, 12).path == "body/p[1]/r[5]"


def test_blocks_keep_their_order_and_place():
    blocks = read(line("上"), table(row("中")), line("下")).blocks
    assert [(type(block), block.place.path) for block in blocks] == [
        (Paragraph, "body/p[1]"),
        (Table, "body/tbl[1]"),
        (Paragraph, "body/p[2]"),
    ]


def test_the_file_is_identified():
    document = read_word(word_file(line("一")), sha256="ab" * 32, file_name="某局.docx")
    assert (document.sha256, document.file_name, document.kind, document.page_count) == (
        "ab" * 32,
        "某局.docx",
        FileKind.DOCX,
        None,
    )


def test_blank_paragraphs_are_left_out_but_counted():
    document = read(line("一"), line("　"), paragraph(), line("二"))
    assert [block.place.path for block in document.blocks] == ["body/p[1]", "body/p[4]"]


def test_runs_are_joined_as_printed():
    assert read_texts(paragraph(run("支 "), run("出"), run(" 12.5"))) == ["支 出 12.5"]


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("<w:tab/>", "\t"),
        ("<w:ptab/>", "\t"),
        ("<w:br/>", "\n"),
        ("<w:cr/>", "\n"),
        ("<w:noBreakHyphen/>", "-"),
        ("<w:softHyphen/>", ""),
        ('<w:sym w:font="Wingdings" w:char="00D7"/>', "×"),
        ("<w:footnoteReference/>", ""),
        ("<w:lastRenderedPageBreak/>", ""),
    ],
)
def test_marks_inside_a_run_become_the_character_they_print(mark: str, text: str):
    made = paragraph(f"<w:r><w:t>甲</w:t>{mark}<w:t>乙</w:t></w:r>")
    assert read_texts(made) == [f"甲{text}乙"]


@pytest.mark.parametrize(
    "inline",
    [
        run("决算"),
        f'<w:hyperlink w:anchor="x">{run("决算")}</w:hyperlink>',
        f"<w:ins>{run('决算')}</w:ins>",
        f"<w:moveTo>{run('决算')}</w:moveTo>",
        f"<w:smartTag><w:smartTagPr/>{run('决算')}</w:smartTag>",
        f"<w:customXml>{run('决算')}</w:customXml>",
        f'<w:fldSimple w:instr="REF x">{run("决算")}</w:fldSimple>',
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('决算')}</w:sdtContent></w:sdt>",
        f'<w:bookmarkStart w:id="0" w:name="RANGE!A1:I22"/>{run("决算")}<w:bookmarkEnd/>',
        run("决算", properties='<w:vanish w:val="0"/>'),
        run("决算", properties='<w:vanish w:val="false"/>'),
    ],
    ids=[
        "run",
        "hyperlink",
        "inserted",
        "moved here",
        "smart tag",
        "custom XML",
        "simple field",
        "content control",
        "bookmark",
        "not hidden: 0",
        "not hidden: false",
    ],
)
def test_printed_text_is_read_once_through_any_wrapping(inline: str):
    assert read_texts(paragraph(run("部门"), inline)) == ["部门决算"]


@pytest.mark.parametrize(
    "inline",
    [
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        f"<w:del>{run('旧')}</w:del>",
        f"<w:moveFrom>{run('旧')}</w:moveFrom>",
        run("旧", properties="<w:vanish/>"),
        run("旧", properties='<w:vanish w:val="true"/>'),
        instruction("PAGEREF _Toc1"),
        "<w:commentRangeStart/><w:proofErr/>",
    ],
    ids=[
        "deleted",
        "deleted as text",
        "moved away",
        "hidden",
        "hidden: true",
        "field",
        "marks",
    ],
)
def test_text_that_is_not_printed_is_not_read(inline: str):
    assert read_texts(paragraph(run("部门"), inline, run("决算"))) == ["部门决算"]


def test_a_complex_field_leaves_its_result_alone():
    made = paragraph(
        run("第"),
        field_character("begin"),
        instruction(' PAGEREF _Toc25831 \\h {"12.5"}'),
        field_character("separate"),
        run("3"),
        field_character("end"),
        run("页"),
    )
    assert read_texts(made) == ["第3页"]


def test_a_content_control_may_hold_whole_paragraphs():
    controlled = f"<w:sdt><w:sdtContent>{line('目录')}{line('一')}</w:sdtContent></w:sdt>"
    assert read_texts(controlled, line("二")) == ["目录", "一", "二"]


def test_a_text_box_follows_its_paragraph():
    made = paragraph(f"<w:r><w:pict>{text_box(line('盒中'))}</w:pict></w:r>", run("段"))
    assert [(block.text, block.place.path) for block in read(made).blocks] == [
        ("段", "body/p[1]"),
        ("盒中", "body/p[1]/txbx/p[1]"),
    ]


def test_of_two_renderings_one_is_read():
    drawing = f"<w:drawing>{text_box(line('盒中'))}</w:drawing>"
    picture = f"<w:pict>{text_box(line('盒中'))}</w:pict>"
    made = paragraph(
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{picture}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read_texts(made) == ["盒中"]


def test_a_choice_between_runs_is_read_once():
    made = paragraph(
        f'<mc:AlternateContent><mc:Choice Requires="x">{run("甲")}</mc:Choice>'
        f"<mc:Fallback>{run('甲')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read_texts(made) == ["甲"]


def test_a_fallback_alone_is_read():
    made = paragraph(
        f"<mc:AlternateContent><mc:Fallback>{run('甲')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read_texts(made) == ["甲"]


def test_a_table_in_a_text_box_is_a_table():
    boxed = text_box(table(row("12.5")), line(""))
    (made,) = read_tables(paragraph(f"<w:r><w:pict>{boxed}</w:pict></w:r>"))
    assert made.cells[0].place.path == "body/p[1]/txbx/tbl[1]/tr[1]/tc[1]"


def test_a_plain_grid():
    made = read_table(row("甲", "乙"), row("1", "2"))
    assert (made.row_count, made.column_count) == (2, 2)
    assert spans(made) == {
        "甲": (0, 0, 1, 1),
        "乙": (0, 1, 1, 1),
        "1": (1, 0, 1, 1),
        "2": (1, 1, 1, 1),
    }


def test_each_cell_says_where_it_is():
    made = read_table(row("甲", "乙"), row(wide("丙", 2)))
    assert [cell.place.path for cell in made.cells] == [
        "body/tbl[1]/tr[1]/tc[1]",
        "body/tbl[1]/tr[1]/tc[2]",
        "body/tbl[1]/tr[2]/tc[1]",
    ]


def test_a_wide_cell_pushes_the_next_one():
    assert spans(read_table(row(wide("甲", 3), "乙"), row("1", "2", "3", "4"))) == {
        "甲": (0, 0, 1, 3),
        "乙": (0, 3, 1, 1),
        "1": (1, 0, 1, 1),
        "2": (1, 1, 1, 1),
        "3": (1, 2, 1, 1),
        "4": (1, 3, 1, 1),
    }


def test_a_tall_cell_lengthens_row_by_row():
    made = read_table(row(tall("甲"), "1"), row(under(), "2"), row(under(), "3"), row("乙", "4"))
    assert spans(made)["甲"] == (0, 0, 3, 1)
    assert spans(made)["乙"] == (3, 0, 1, 1)


def test_tall_cells_side_by_side_stay_apart():
    made = read_table(row(tall("甲"), tall("乙")), row(under(), under()))
    assert spans(made) == {"甲": (0, 0, 2, 1), "乙": (0, 1, 2, 1)}


def test_a_new_tall_cell_ends_the_one_above():
    made = read_table(row(tall("甲")), row(tall("乙")), row(under()))
    assert spans(made) == {"甲": (0, 0, 1, 1), "乙": (1, 0, 2, 1)}


def test_a_cell_between_breaks_a_merge():
    made = read_table(row(tall("甲")), row("断"), row(under("续")))
    assert spans(made) == {"甲": (0, 0, 1, 1), "断": (1, 0, 1, 1), "续": (2, 0, 1, 1)}


def test_a_merge_that_nothing_begins_is_a_cell():
    made = read_table(row("甲", "乙"), row(under("丙"), "丁"), row(under(), "戊"))
    assert spans(made)["丙"] == (1, 0, 2, 1)


def test_a_merge_of_another_width_is_a_cell_of_its_own():
    merged = '<w:gridSpan w:val="2"/><w:vMerge/>'
    made = read_table(row(tall("甲"), "乙"), row(cell("丙", properties=merged)))
    assert spans(made) == {"甲": (0, 0, 1, 1), "乙": (0, 1, 1, 1), "丙": (1, 0, 1, 2)}


def test_wide_and_tall_at_once():
    first = cell("甲", properties='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
    second = cell("", properties='<w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>')
    made = read_table(row(first, "1"), row(second, "2"))
    assert spans(made) == {"甲": (0, 0, 2, 2), "1": (0, 2, 1, 1), "2": (1, 2, 1, 1)}


def test_a_row_may_begin_further_right():
    made = read_table(row("甲", "乙"), row("丙", properties='<w:gridBefore w:val="1"/>'))
    assert spans(made)["丙"] == (1, 1, 1, 1)


@pytest.mark.parametrize("value", ["0", "-3", "1"])
def test_a_span_is_at_least_one_column(value: str):
    narrow = cell("甲", properties=f'<w:gridSpan w:val="{value}"/>')
    assert spans(read_table(row(narrow, "乙")))["乙"] == (0, 1, 1, 1)


def test_paragraphs_of_a_cell_are_lines():
    made = read_table(row(cell("政府性", "基金")))
    assert made.cells[0].text == "政府性\n基金"


def test_blank_cells_are_cells():
    made = read_table(row("甲", ""), row("", "1.00"))
    assert [cell.text for cell in made.cells] == ["甲", "", "", "1.00"]


def test_rows_and_cells_in_content_controls_are_read():
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    made = read_table(control(row(control(cell("甲")), "乙")), row("1", "2"))
    assert spans(made)["乙"] == (0, 1, 1, 1)
    assert made.row_count == 2


def test_a_table_that_only_frames_others_is_read_as_what_it_frames():
    framed = read(
        table(row(cell(line("收入决算表"), line("单位：万元"))), row(cell(table(row("甲")))))
    )
    assert [type(block).__name__ for block in framed.blocks] == ["Paragraph", "Paragraph", "Table"]
    assert framed.blocks[-1].place.path == "body/tbl[1]/tr[2]/tc[1]/tbl[1]"


def test_a_nested_table_has_its_own_grid_and_no_text_in_the_outer():
    inner = table(row("内甲", "内乙"))
    outer, nested = read_tables(table(row(cell("外", inner, ""), "右")))
    assert [made.text for made in outer.cells] == ["外", "右"]
    assert [made.text for made in nested.cells] == ["内甲", "内乙"]
    assert nested.place.path == "body/tbl[1]/tr[1]/tc[1]/tbl[1]"


def test_a_deleted_revision_in_a_cell_is_not_read():
    revised = cell(paragraph(f"<w:del>{run('1.00')}</w:del>", f"<w:ins>{run('2.00')}</w:ins>"))
    assert read_table(row(revised)).cells[0].text == "2.00"


def test_a_table_without_rows_is_empty():
    made = read_tables(table(), line("一"))[0]
    assert (made.row_count, made.column_count, made.cells) == (0, 0, ())


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=6), min_size=1, max_size=6))
def test_no_two_cells_cover_one_grid_position(widths: list[list[int]]):
    made = read_table(*(row(*(wide("甲", width) for width in line)) for line in widths))
    covered = [
        (cell.row, cell.column + offset)
        for cell in made.cells
        for offset in range(cell.column_span)
    ]
    assert len(covered) == len(set(covered))
    assert made.column_count == max(map(sum, widths))


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=8))
def test_broken_merges_cover_every_position_once(merges: list[list[bool]]):
    made = read_table(
        *(row(*(under("乙") if merged else tall("甲") for merged in line)) for line in merges)
    )
    covered = [
        (cell.row + down, cell.column) for cell in made.cells for down in range(cell.row_span)
    ]
    whole = [(number, column) for number in range(len(merges)) for column in range(3)]
    assert sorted(covered) == whole


@pytest.mark.parametrize(
    "files",
    [
        {WORD_MAIN_PART: ""},
        {WORD_MAIN_PART: "<w:document"},
        {WORD_MAIN_PART: "<a><b></a>"},
        {"word/other.xml": "<a/>"},
    ],
    ids=["empty part", "cut short", "not well formed", "no main part"],
)
def test_damage_inside_is_explained(files: dict[str, str]):
    refused = refusal(zip_file(files))
    assert refused.reason is UnreadableReason.DAMAGED
    assert "fetch it again" in refused.explanation


@pytest.mark.parametrize(
    "content",
    [
        word_file(),
        word_file(line("　 ")),
        word_file(table(row("", ""))),
        zip_file({WORD_MAIN_PART: "<other/>"}),
    ],
    ids=["nothing", "white space", "a blank table", "no body"],
)
def test_a_file_without_text_is_refused(content: bytes):
    refused = refusal(content)
    assert refused.reason is UnreadableReason.NO_TEXT
    assert "check what was published" in refused.explanation


def test_a_bomb_is_refused_before_it_is_unpacked():
    buffer = BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(WORD_MAIN_PART, "w") as part,
    ):
        for _ in range(MAX_XML_BYTES // 2**20 + 1):
            part.write(b" " * 2**20)
    refused = refusal(buffer.getvalue())
    assert refused.reason is UnreadableReason.DAMAGED
    assert "more than 64 MiB of text; it is not a disclosure" in refused.explanation


@pytest.mark.parametrize(
    "entity", ['"机密"', 'SYSTEM "file:///etc/passwd"'], ids=["a text", "a file of this machine"]
)
def test_an_entity_is_not_resolved_and_no_text_is_read_around_it(entity: str):
    prolog = f"<!DOCTYPE d [<!ENTITY planted {entity}>]>"
    content = word_file(paragraph("<w:r><w:t>12&planted;50</w:t></w:r>"), prolog=prolog)
    assert refusal(content).reason is UnreadableReason.DAMAGED


def test_comments_and_instructions_do_not_break_a_text():
    made = paragraph("<w:r><!-- one --><w:t>12<!-- two -->.5<?three four?>0</w:t></w:r>")
    assert read_texts(made) == ["12.50"]


def test_entities_of_entities_do_not_grow():
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    prolog = f'<!DOCTYPE d [<!ENTITY e0 "好好好好好好好好好好">{levels}]>'
    content = word_file(paragraph("<w:r><w:t>甲&e9;</w:t></w:r>"), prolog=prolog)
    assert refusal(content).reason is UnreadableReason.DAMAGED


def test_a_member_with_a_password_is_called_protected():
    content = bytearray(word_file(line("一")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    refused = refusal(bytes(content))
    assert refused.reason is UnreadableReason.ENCRYPTED
    assert "unprotected copy" in refused.explanation


def test_an_unknown_compression_is_explained():
    content = bytearray(word_file(line("一")))
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(signature) + method] = 99
    refused = refusal(bytes(content))
    assert refused.reason is UnreadableReason.DAMAGED
    assert "save it again" in refused.explanation


@given(st.data())
def test_whatever_is_changed_in_a_file_nothing_but_a_refusal_escapes(data: st.DataObject):
    content = bytearray(word_file(line("一段"), table(row("甲", "1.00"))))
    changes = data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=8)
    )
    for position, byte in changes:
        content[position] = byte
    cut = data.draw(st.integers(0, len(content)))
    try:
        document = read_word(bytes(content[cut:]), sha256="0" * 64, file_name="made.docx")
    except UnreadableFileError as refused:
        assert refused.explanation  # noqa: PT017 - either outcome is right
    else:
        assert document.blocks


def field(instruction: str, result: str) -> str:
    """The runs of a field whose instruction may hold runs itself."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")
    )
    return f"{begin}{instruction}{separate}{result}{end}"


def test_what_a_field_puts_into_another_ones_instruction_is_not_printed():
    inner = field("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("7"))
    outer = field(f"<w:r><w:instrText>IF </w:instrText></w:r>{inner}{run('1')}", run("单位：万元"))
    assert read_texts(paragraph(outer, run("。"))) == ["单位：万元。"]


def test_a_field_within_a_result_is_printed():
    inner = field("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("7"))
    outer = field("<w:r><w:instrText>TOC</w:instrText></w:r>", run("收入决算表") + inner)
    assert read_texts(paragraph(outer)) == ["收入决算表7"]


def test_cells_merged_the_old_way_are_one():
    def merged(text: str, kind: str) -> str:
        return cell(text, properties=f'<w:hMerge w:val="{kind}"/>')

    table = read_table(
        row(merged("合计", "restart"), merged("旧文", "continue"), "9.00"),
        row("208", "社保", "9.00"),
    )
    assert [(it.text, it.row, it.column, it.column_span) for it in table.cells] == [
        *(("合计", 0, 0, 2), ("9.00", 0, 2, 1)),
        *(("208", 1, 0, 1), ("社保", 1, 1, 1), ("9.00", 1, 2, 1)),
    ]


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/'
    'officeDocument" Target="/word/main2.xml"/></Relationships>'
)


def texts_of(content: bytes) -> list[str]:
    document = read_word(content, sha256="0" * 64, file_name="made.docx")
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_the_main_part_is_the_one_the_package_names():
    content = word_file(line("收入决算表"), part="word/main2.xml", extra={"_rels/.rels": RELATIONS})
    assert tell_kind(content) is FileKind.DOCX
    assert texts_of(content) == ["收入决算表"]


def test_a_strict_file_is_read_like_any_other():
    usual = word_file(line("收入决算表"))
    with zipfile.ZipFile(BytesIO(usual)) as archive:
        xml = archive.read(WORD_MAIN_PART).decode()
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = xml.replace(transitional, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts_of(zip_file({WORD_MAIN_PART: xml})) == ["收入决算表"]


STYLES = """
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
  <w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>
  <w:style w:type="character" w:styleId="heir"><w:basedOn w:val="secret"/></w:style>
  <w:style w:type="character" w:styleId="plain"><w:basedOn w:val="secret"/>
    <w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
  <w:style w:type="paragraph" w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>
"""


@pytest.mark.parametrize(
    ("inline", "printed"),
    [
        (run("9.00", '<w:rStyle w:val="secret"/>'), []),
        (run("9.00", '<w:rStyle w:val="heir"/>'), []),
        (run("9.00", '<w:rStyle w:val="plain"/>'), ["9.00"]),
        (run("9.00", '<w:rStyle w:val="secret"/><w:vanish w:val="false"/>'), ["9.00"]),
        (run("9.00", '<w:rStyle w:val="unknown"/>'), ["9.00"]),
    ],
)
def test_text_that_a_style_hides_is_not_printed(inline: str, printed: list[str]):
    content = word_file(paragraph(inline), line("。"), extra={"word/styles.xml": STYLES})
    assert texts_of(content) == [*printed, "。"]


def test_a_run_outside_of_paragraphs_has_no_style_of_one():
    """Such a file is damaged, and all else that it prints is read."""
    content = word_file(run("1.00"), line("收入"), extra={"word/styles.xml": STYLES})
    assert texts_of(content) == ["收入"]


def test_a_paragraph_that_its_style_hides_is_not_printed():
    hidden = f'<w:p><w:pPr><w:pStyle w:val="z"/></w:pPr>{run("9.00")}</w:p>'
    content = word_file(hidden, line("。"), extra={"word/styles.xml": STYLES})
    assert texts_of(content) == ["。"]


def test_a_row_that_was_deleted_or_is_hidden_is_not_printed():
    read = read_table(
        row("类", "金额"),
        row("甲", "1.00", properties='<w:del w:id="1"/>'),
        row("乙", "2.00", properties='<w:ins w:id="2"/>'),
        row("丙", "3.00", properties="<w:hidden/>"),
        row("丁", "4.00", properties='<w:hidden w:val="0"/>'),
    )
    assert [cell.text for cell in read.cells] == ["类", "金额", "乙", "2.00", "丁", "4.00"]
    assert read.row_count == 3
    assert [cell.place.path for cell in read.cells[2::2]] == [
        "body/tbl[1]/tr[3]/tc[1]", "body/tbl[1]/tr[5]/tc[1]"
    ]  # fmt: skip


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next_one():
    deleted_end = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{}</w:p>'
    deleted = f'<w:del w:id="2">{run("年初")}</w:del>'
    joined = (deleted_end.format(run("收入12") + deleted), line("3.45万元"), line("其次"))
    assert read_texts(*joined) == ["收入123.45万元", "其次"]
    (one,) = read_table(row(cell(*joined[:2]))).cells
    assert one.text == "收入123.45万元"


def test_a_paragraph_whose_end_was_deleted_may_be_the_last():
    last = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("完")}</w:p>'
    assert read_texts(last) == ["完"]


def wide_and(text: str, columns: int, properties: str) -> str:
    """A cell over several columns that is merged downwards, too."""
    return cell(text, properties=f'<w:gridSpan w:val="{columns}"/>{properties}')


def test_a_column_too_narrow_to_be_seen_parts_nothing():
    # The border between the second and the third column is one twentieth of a point off above.
    (found,) = read_tables(
        table(
            row("项目", tall("预算"), wide_and("决算", 2, '<w:vMerge w:val="restart"/>')),
            row("其中", wide_and("", 2, "<w:vMerge/>"), under()),
            row("收入", wide("1.00", 2), "2.00"),
            widths=(1200, 1200, 1, 1200),
        )
    )
    assert [(each.text, each.row, each.column, each.row_span) for each in found.cells] == [
        ("项目", 0, 0, 1), ("预算", 0, 1, 2), ("决算", 0, 2, 2),
        ("其中", 1, 0, 1),
        ("收入", 2, 0, 1), ("1.00", 2, 1, 1), ("2.00", 2, 2, 1),
    ]  # fmt: skip
    assert found.column_count == 3


def test_a_narrow_column_with_cells_of_its_own_is_a_column():
    found = read_tables(table(row("甲", "", "乙"), widths=(1200, 5, 1200)))[0]
    assert [(each.text, each.column) for each in found.cells] == [("甲", 0), ("", 1), ("乙", 2)]


def test_what_is_left_free_before_a_row_may_be_too_narrow_to_be_seen():
    found = read_tables(
        table(
            row(wide("甲", 2), "乙"),
            row("丙", "丁", properties='<w:gridBefore w:val="1"/>'),
            widths=(4, 1200, 1200),
        )
    )[0]
    assert [(each.text, each.column) for each in found.cells] == [
        ("甲", 0), ("乙", 1), ("丙", 0), ("丁", 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("colour", "is_read"),
    [
        ('<w:color w:val="FFFFFF"/>', False),
        ('<w:color w:val="ffffff"/>', False),
        ('<w:color w:val="FFFFFE"/>', True),
        ('<w:color w:val="auto"/>', True),
        ("<w:color/>", True),
        ("", True),
    ],
)
def test_white_text_is_not_read(colour: str, *, is_read: bool):
    white = run("白", properties=colour)
    assert read_texts(paragraph(run("部门"), white)) == ["部门白" if is_read else "部门"]


@pytest.mark.parametrize(
    ("fill", "is_read"),
    [
        ('w:fill="000080"', True),
        ('w:fill="auto"', False),
        ('w:fill="ffffff"', False),
        ("", False),
    ],
    ids=["dark", "none", "white", "not told"],
)
def test_white_text_is_read_where_it_or_what_it_stands_in_is_shaded(fill: str, *, is_read: bool):
    shading, white = f'<w:shd w:val="clear" {fill}/>', '<w:color w:val="FFFFFF"/>'
    shaded = [
        f"<w:p>{run('白', properties=white + shading)}</w:p>",
        f"<w:p><w:pPr>{shading}</w:pPr>{run('白', properties=white)}</w:p>",
    ]
    for made in shaded:
        assert read_texts(line("部门"), made) == ["部门", *(["白"] if is_read else [])]
    in_cell = cell(f"<w:p>{run('白', properties=white)}</w:p>", properties=shading)
    found = read(table(row("部门", in_cell)))
    assert [each.text for each in found.blocks[0].cells] == ["部门", "白" if is_read else ""]

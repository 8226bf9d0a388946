"""Web pages and web archives: what a browser shows, cell by cell."""

import quopri
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.reading import web_page
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import tell_kind
from pipelines.reading.web_page import read_web_page


def read(content: bytes | str) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return read_web_page(raw, sha256="0" * 64, file_name="决算.html")


def page(body: str) -> Document:
    return read(f"<html><body>{body}</body></html>")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def only_table(body: str) -> Table:
    [table] = tables(page(f"<table>{body}</table>"))
    return table


def shapes(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]


def rows(*lines: str) -> str:
    return "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in line.split('|'))}</tr>" for line in lines
    )


def test_a_page_becomes_paragraphs_and_tables_in_reading_order():
    document = page(f"<h1>决算</h1><p>一、总表</p><table>{rows('甲|乙', '1|2')}</table><p>注</p>")
    assert document.kind is FileKind.WEB_PAGE
    kinds = [type(block) for block in document.blocks]
    assert kinds == [Paragraph, Paragraph, Table, Paragraph]
    assert [block.place.path for block in document.blocks] == ["p[1]", "p[2]", "table[1]", "p[3]"]
    assert texts(document) == ["决算", "一、总表", "注"]


def test_a_number_has_the_path_of_its_element():
    made = page(
        "<h1>决算</h1><p>\n 收入 <b> 12 </b><span>万元，</span>支出<span> <b>3</b>万元</span></p>"
    )
    paragraph = made.blocks[1]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "收入 12 万元，支出 3万元"
    places = {
        number: paragraph.place_of(paragraph.text.index(number), paragraph.text.index(number) + 1)
        for number in ("收", "12", "万元，", "支", "3", "万元")
    }
    assert places == {
        "收": Place(path="p[2]"),
        "12": Place(path="p[2]/b[1]"),
        "万元，": Place(path="p[2]/span[1]"),
        "支": Place(path="p[2]"),
        "3": Place(path="p[2]/b[2]"),
        "万元": Place(path="p[2]/span[1]"),
    }
    assert paragraph.place_of(len(paragraph.text) - 1, len(paragraph.text)).path == "p[2]/span[2]"


@given(st.lists(st.tuples(st.sampled_from(["b", "span", ""]), st.text("收1 \n\xa0", max_size=4))))
def test_elements_part_a_text_without_changing_it(parts: list[tuple[str, str]]):
    marked = "".join(f"<{tag}>{text}</{tag}>" if tag else text for tag, text in parts)
    plain = "".join(text for _, text in parts)
    made, unmarked = page(f"<p>甲{marked}</p>"), page(f"<p>甲{plain}</p>")
    assert texts(made) == texts(unmarked)
    [paragraph] = made.blocks
    assert isinstance(paragraph, Paragraph)
    begins = [piece.begin for piece in paragraph.pieces]
    assert begins == sorted(set(begins))
    assert all(begin < len(paragraph.text) for begin in begins)


def test_cells_know_their_place_as_it_is_written():
    table = only_table(f"<thead>{rows('科目|决算数')}</thead><tbody>{rows('收入|1.00')}</tbody>")
    assert [cell.place.path for cell in table.cells] == [
        *("table[1]/tr[1]/td[1]", "table[1]/tr[1]/td[2]"),
        *("table[1]/tr[2]/td[1]", "table[1]/tr[2]/td[2]"),
    ]


def test_merged_cells_push_the_others_aside():
    table = only_table(
        "<tr><th rowspan=2>科目</th><th colspan=2>本年支出</th></tr>"
        "<tr><th>基本</th><th>项目</th></tr>" + rows("合计|1|2")
    )
    assert shapes(table) == [
        ("科目", 0, 0, 2, 1),
        ("本年支出", 0, 1, 1, 2),
        ("基本", 1, 1, 1, 1),
        ("项目", 1, 2, 1, 1),
        ("合计", 2, 0, 1, 1),
        ("1", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
    ]
    assert (table.row_count, table.column_count) == (3, 3)


@pytest.mark.parametrize(("printed", "rows_covered"), [("0", 2), ("9", 2), ("x", 1), ("-1", 1)])
def test_a_row_span_ends_with_its_table(printed: str, rows_covered: int):
    table = only_table(f"<tr><td rowspan='{printed}'>甲</td><td>乙</td></tr>{rows('丙')}")
    assert table.cells[0].row_span == rows_covered
    assert table.row_count == 2


def test_a_cell_wider_than_its_gap_does_not_cover_another():
    table = only_table(
        "<tr><td>甲</td><td rowspan=2>乙</td></tr><tr><td colspan=2>丙</td><td>丁</td></tr>"
    )
    assert shapes(table)[2:] == [("丙", 1, 0, 1, 1), ("丁", 1, 2, 1, 1)]


def test_white_space_is_shown_as_browsers_do():
    table = only_table("<tr><td>  社会\n  保障 <br>和就业<p>支出</p></td><td>&nbsp;</td></tr>" * 2)
    assert table.cells[0].text == "社会 保障\n和就业\n支出"
    assert table.cells[1].text == "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>甲</script>",
        "<style>甲</style>",
        "<p style='display: none'>甲</p>",
        "<p hidden>甲</p>",
        "<span style='mso-hide:all'>甲</span>",
        "<!-- 甲 -->",
        "<select><option>甲</option></select>",
        "<nav><p>甲</p></nav>",
        "<footer>甲</footer>",
        "<ul><li><a href='/'>甲</a></li></ul>",
        "<div><a href='/'>甲</a> <a href='/2'>甲</a></div>",
    ],
)
def test_what_is_not_shown_or_frames_the_site_is_not_read(unseen: str):
    document = page(f"{unseen}<p>乙</p><table>{rows('a|b', f'{unseen}丙|丁')}</table>")
    assert "甲" not in "".join(texts(document))
    assert texts(document) == ["乙"]


def test_a_link_within_a_sentence_is_read():
    assert texts(page("<p>详见<a href='x'>附件</a>。</p>")) == ["详见附件。"]


def test_hidden_rows_and_cells_are_not_read():
    table = only_table(
        rows("a|b") + "<tr style='display:none'><td>甲</td></tr>"
        "<tr><td style='display:none'>乙</td><td>c</td><td>d</td></tr>"
    )
    assert [cell.text for cell in table.cells] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td>左</td><td>{}</td></tr><tr><td>底</td></tr></table>",
        "<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>",
    ],
)
def test_tables_that_lay_out_the_page_are_opened(layout: str):
    document = page(layout.format(f"<p>总表</p><table>{rows('a|b', '1|2')}</table>"))
    assert "总表" in texts(document)
    [table] = tables(document)
    assert [cell.text for cell in table.cells] == ["a", "b", "1", "2"]


def test_a_table_of_one_row_of_numbers_is_the_rest_of_a_form():
    """The total alone in a table of its own was taken for running text."""
    document = page(f"<table>{rows('总计|29|1.00|总计|58|1.00')}</table>")
    [table] = tables(document)
    assert [cell.text for cell in table.cells] == ["总计", "29", "1.00", "总计", "58", "1.00"]


def test_one_row_of_cells_is_a_table():
    """A form's total may stand in a table of its own, below the page it was broken on."""
    [table] = tables(page(f"<table>{rows('合计|3,405,264.63')}</table>"))
    assert [cell.text for cell in table.cells] == ["合计", "3,405,264.63"]


@pytest.mark.parametrize("lines", [("首页|公开",), ("首页", "公开")], ids=["a row", "a column"])
def test_words_beside_or_below_each_other_alone_are_no_table(lines: tuple[str, ...]):
    document = page(f"<table>{rows(*lines)}</table>")
    assert (texts(document), tables(document)) == (["首页", "公开"], [])


def test_a_grid_of_two_columns_in_a_cell_of_a_form_is_a_table_of_its_own():
    """What is hidden before it hides nothing else."""
    own = "".join(f"<tr><td>{name}</td><td>1.00</td></tr>" for name in ("收入", "支出", "结余"))
    inner = f"<p hidden>无</p><table>{rows('甲|乙', '1|2')}</table>"
    document = page(f"<table>{own}<tr><td>附</td><td>{inner}</td></tr></table>")
    assert [table.column_count for table in tables(document)] == [2, 2]
    assert [cell.text for cell in tables(document)[-1].cells] == ["甲", "乙", "1", "2"]


def test_a_table_of_running_text_is_running_text():
    long_text = "一、部门职责。" * 100
    document = page(f"<table>{rows(f'目录|{long_text}', '页脚|地址')}</table>")
    assert long_text in texts(document)
    assert not tables(document)


PAGE = f"<html><head>{{}}</head><body><p>部门决算</p><table>{rows('a|b', '1|2')}</table></body>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-8"),
        ("", "gb18030"),
        ("<meta charset='gb2312'>", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ("<meta charset=utf-8>", "gb18030"),
        ("<meta charset=gb2312>", "utf-8"),
        ("<meta charset=nonsense>", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_the_bytes_decide_the_character_set(declared: str, encoding: str):
    assert texts(read(PAGE.format(declared).encode(encoding))) == ["部门决算"]


def test_an_xml_declaration_is_no_obstacle():
    content = '<?xml version="1.0" encoding="UTF-8"?>' + PAGE.format("")
    assert texts(read(content)) == ["部门决算"]


def archive(parts: Iterable[tuple[str, bytes]]) -> bytes:
    body = b"".join(
        b"--edge\r\nContent-Type: " + kind.encode() + b"\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(part) + b"\r\n"
        for kind, part in parts
    )
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="edge"\r\n\r\n'
    return head + body + b"--edge--\r\n"


def test_a_web_archive_saved_as_doc_is_unpacked():
    """Some publishers' .doc files are MHTML: quoted-printable pages with numeric entities."""
    entities = "".join(f"&#{ord(letter)};" for letter in "部门决算")
    content = PAGE.format("").replace("部门决算", entities).encode("ascii")
    packed = archive([("image/png", b"\x89PNG"), ('text/html; charset="us-ascii"', content)])
    document = read(packed)
    assert texts(document) == ["部门决算"]
    assert len(tables(document)) == 1


def test_a_web_archive_in_a_chinese_character_set():
    packed = archive([('text/html; charset="gb2312"', PAGE.format("").encode("gb18030"))])
    assert texts(read(packed)) == ["部门决算"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html></html>", UnreadableReason.NO_TEXT),
        (b"<html><body><!-- nothing --></body></html>", UnreadableReason.NO_TEXT),
        (b"<html><body><script>x</script></body></html>", UnreadableReason.NO_TEXT),
        (archive([("image/png", b"\x89PNG")]), UnreadableReason.NOT_A_DOCUMENT),
        (b"<table>" + b"<tr><td colspan=1000 rowspan=0>x<td>" * 2000, UnreadableReason.DAMAGED),
    ],
)
def test_pages_without_content_are_refused(content: bytes, reason: UnreadableReason):
    with pytest.raises(UnreadableFileError) as refused:
        read(content)
    assert refused.value.reason is reason


def test_elements_nested_beyond_reason_are_read_or_refused_but_do_not_break():
    try:
        document = read("<div>" * 100_000 + "一" + "</div>" * 100_000)
    except UnreadableFileError:
        return
    assert "".join(texts(document)) in ("", "一")


def test_a_page_reads_nothing_from_elsewhere(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    document = read(
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>甲&x;</p></body>'
    )
    assert "秘密" not in "".join(texts(document))


def test_of_a_web_archive_of_frames_what_they_show_is_read():
    frames = b'<html><frameset><frame src="sheet001.htm"></frameset></html>'
    sheets = [
        f"<html><body><p>{name}</p><table><tr><td>项目<td>金额<tr><td>收入<td>1.00</table>".encode()
        for name in ("收入表", "支出表")
    ]
    packed = archive([("text/html", each) for each in (frames, *sheets)])
    document = read(packed)
    assert texts(document) == ["收入表", "支出表"]
    assert [each.place.path for each in tables(document)] == ["table[1]", "table[2]"]


def test_a_web_archive_may_begin_with_a_long_title():
    head = b"From: <Saved by Blink>\r\nSubject: " + b"=?utf-8?Q?=E5=86=B3=E7=AE=97?=" * 90 + b"\r\n"
    packed = head + archive([("text/html", PAGE.format("").encode())])
    assert tell_kind(packed) is FileKind.WEB_PAGE
    assert texts(read(packed)) == texts(read(PAGE.format("")))


def test_a_page_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web_page, "MAX_PAGE_BYTES", 2**20)
    content = b"<p>12.50</p>"
    assert texts(read(content.ljust(2**20))) == ["12.50"]
    with pytest.raises(UnreadableFileError, match="larger than 1 MiB"):
        read(content.ljust(2**20 + 1))


def test_what_a_page_says_to_programs_is_not_read():
    assert texts(page("<p>收入<?xml:namespace prefix=o ?>12.50<!-- 1 -->万元</p>")) == [
        "收入12.50万元"
    ]


@pytest.mark.parametrize(
    ("own", "is_data"),
    [
        (("收入|1.00", "支出|2.00"), True),
        (("收入|1.00",), False),
        (("收入|1.00", "支出|二"), False),
        (("收入|1.00", "3.00|2.00"), False),
        (("收入|1.00", "|2.00"), False),
        (("收入|1.00", "支出|2.00|"), True),
    ],
    ids=[
        *("two rows", "one", "no number", "numbers alone", "a number and a blank"),
        "a blank beside them",
    ],
)
def test_a_table_around_another_holds_data_where_two_rows_name_a_number(
    own: tuple[str, ...], *, is_data: bool
):
    inner = f"<table>{rows('甲|1.00', '乙|2.00')}</table>"
    document = page(f"<table>{rows(*own, f'{inner}|')}</table>")
    assert len(tables(document)) == (2 if is_data else 1)
    beside = page(f"<table>{rows(own[0], f'{inner}|9.00|丙')}</table>")
    assert len(tables(beside)) == 2


@pytest.mark.parametrize(
    ("inner", "count"),
    [
        (("甲|1.00", "乙|2.00"), 2),
        (("甲|1.00",), 1),
        (("甲", "乙"), 1),
        (("甲|1.00", "乙"), 2),
    ],
    ids=["two by two", "one row", "one column", "a wide row and another"],
)
def test_a_table_in_a_cell_is_a_grid_of_its_own_if_it_has_rows_and_columns(
    inner: tuple[str, ...], count: int
):
    cell = f"说明<table>{rows(*inner)}</table>"
    form = page(f"<table>{rows('收入|1.00', '支出|2.00', f'{cell}|3.00')}</table>")
    assert len(tables(form)) == count


@pytest.mark.parametrize(("length", "is_table"), [(600, True), (601, False)])
def test_a_table_with_a_long_text_in_a_cell_lays_out_the_page(length: int, *, is_table: bool):
    document = page(f"<table>{rows('收入|1.00', '说明|' + '字' * length)}</table>")
    assert bool(tables(document)) == is_table

"""The pages of single things: a figure, a statement, a document, an identity, a check."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from PIL import Image

from tests.integration.serving.conftest import (
    BOX,
    CULPRIT,
    HOSTILE,
    INVENTED,
    PAGE_SIZE,
    key_of,
)
from tests.integration.serving.test_pages import Tags, table

SCALE = 2
RED = (220, 30, 30)
LIGHT_GRAY = (211, 211, 211)
BROKEN_TOTAL = f"/figure/{key_of(f'{INVENTED.broken.document_id}:expenditure::0:total')}"
BROKEN_PROJECT = f"/figure/{key_of(CULPRIT)}"
PAGED = f"/figure/{key_of(f'{INVENTED.third.document_id}:income::0:total')}"
UNPAGED = f"/figure/{key_of(f'{INVENTED.first.document_id}:income::0:total')}"
STATED = f"/claim/{key_of(f'{INVENTED.first.document_id}:0')}"
HOSTILE_CLAIM = f"/claim/{key_of(f'{INVENTED.hostile.document_id}:0')}"
BROKEN = f"/document/{INVENTED.broken.document_id}"
WITH_FILE = f"/document/{INVENTED.third.document_id}"

NOT_THERE = (
    "/figure/0000000000000000",
    "/figure/000000000000000",
    "/figure/0000000000000000/page.png",
    f"{UNPAGED}/page.png",
    f"{PAGED}/page.png?crop=2",
    "/claim/0000000000000000",
    f"/claim/{key_of(CULPRIT)}",
    "/check/0000000000000000",
    "/identity/no_such_identity",
    "/identity/Tree",
    "/document/0000000000000000",
    f"{BROKEN}?form=99",
    f"{BROKEN}?form=-1",
    f"{BROKEN}/file",
    "/document/0000000000000000/file",
)


def pages(explored) -> list[str]:
    check = addresses_of(explored, BROKEN, "check")[0]
    identity = addresses_of(explored, BROKEN, "identity")[0]
    return [
        *(BROKEN_TOTAL, BROKEN_PROJECT, PAGED, UNPAGED, STATED, HOSTILE_CLAIM),
        *(BROKEN, f"{BROKEN}?form=0", WITH_FILE, check, identity),
    ]


def addresses_of(explored, page: str, sort: str) -> list[str]:
    found = Tags(explored.client.get(page).text).addresses()
    return sorted(each for each in found if each.startswith(f"/{sort}/"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_answers_in_both_languages_and_runs_nothing_inline(explored, language):
    for page in pages(explored):
        sign = "&" if "?" in page else "?"
        answer = explored.client.get(f"{page}{sign}lang={language}")
        assert answer.status_code == 200, page
        tags = Tags(answer.text)
        assert not [tag for tag, _ in tags.found if tag in {"style", "iframe", "base"}]
        assert not [
            name
            for _, attributes in tags.found
            for name in attributes
            if name == "style" or name.startswith("on")
        ]
        assert not [each for each in tags.addresses() if not each.startswith(("/", "#"))]


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there_is_said_in_words(explored, address):
    answer = explored.client.get(address)
    assert answer.status_code == 404
    assert "此地址没有内容" in answer.text


@pytest.mark.parametrize("page", [BROKEN_TOTAL, PAGED, HOSTILE_CLAIM, f"{BROKEN}?form=0"])
def test_every_link_of_a_page_answers(explored, page):
    found = Tags(explored.client.get(page).text).addresses()
    wrong = {
        address: answer.status_code
        for address in {each.partition("#")[0] for each in found}
        if address and (answer := explored.client.get(address)).status_code != 200
    }
    assert wrong == {}


def test_an_equation_that_fails_says_both_sides_with_a_link_for_each_term(explored):
    text = explored.client.get(BROKEN_TOTAL).text
    article = re.search(r'<article class="equation contradicted".*?</article>', text, re.DOTALL)
    assert article is not None
    linked = Tags(article[0]).addresses()
    spelled = f"{INVENTED.broken.document_id}:expenditure::0:"
    terms = {f"/figure/{key_of(spelled + each)}" for each in ("total", "basic", "project")}
    assert terms <= linked
    assert "≠" in article[0]
    assert "130.00 万元" in article[0]
    assert text.index("contradicted") < text.index('class="equation held')


def test_the_culprit_says_what_it_should_read(explored):
    own = explored.client.get(BROKEN_PROJECT).text
    assert "此数最可能有误" in own
    assert "印为 50.00，应为 40.00 万元" in own
    assert "错一位数字" in own
    other = explored.client.get(BROKEN_TOTAL).text
    assert "最可能有误的是另一个数字" in other
    assert BROKEN_PROJECT in Tags(other).addresses()
    elsewhere = explored.client.get(PAGED).text
    assert "最可能有误" not in elsewhere


def test_the_picture_is_the_page_with_the_place_outlined(explored):
    answer = explored.client.get(f"{PAGED}/page.png")
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(BytesIO(answer.content))
    assert picture.size == tuple(SCALE * each for each in PAGE_SIZE)
    assert picture.getpixel((5, 5)) == LIGHT_GRAY
    left, top, right, bottom = (round(SCALE * each) for each in BOX)
    assert picture.getpixel((left - 2, (top + bottom) // 2)) == RED
    assert picture.getpixel(((left + right) // 2, bottom + 2)) == RED
    assert picture.getpixel(((left + right) // 2, (top + bottom) // 2)) == LIGHT_GRAY
    assert picture.getpixel((left - 10, top - 10)) == LIGHT_GRAY


def test_a_crop_is_a_piece_of_the_page(explored):
    answer = explored.client.get(f"{PAGED}/page.png?crop=1")
    picture = Image.open(BytesIO(answer.content))
    assert picture.height < SCALE * PAGE_SIZE[1] // 2
    assert RED in {colour for _, colour in picture.getcolors(1 << 24)}


def test_a_picture_that_the_browser_has_is_not_drawn_again(explored):
    first = explored.client.get(f"{PAGED}/page.png")
    known = {"If-None-Match": first.headers["etag"]}
    again = explored.client.get(f"{PAGED}/page.png", headers=known)
    assert (again.status_code, again.content) == (304, b"")


def test_a_figure_without_its_file_says_why_and_shows_what_was_read(explored):
    text = explored.client.get(UNPAGED).text
    assert "原文件已不在存档中" in text
    assert "page.png" not in text
    outlined = re.search(r'<td class="n outlined"><a[^>]*>([^<]*)</a>', text)
    assert outlined is not None
    assert outlined[1] == "120.00"


def test_what_prose_says_is_never_markup(explored):
    text = explored.client.get(HOSTILE_CLAIM).text
    assert "<script>alert" not in text
    assert '&"局' not in text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#34;局<mark>9.00</mark>" in text
    assert HOSTILE not in explored.client.get(f"/document/{INVENTED.hostile.document_id}").text


def test_a_document_says_what_is_wrong_and_shows_its_tables(explored):
    text = explored.client.get(f"{BROKEN}?form=1").text
    assert "120.00" in text
    assert BROKEN_PROJECT in Tags(text).addresses()
    rows = table(explored, f"{BROKEN}?form=1&table=figures&format=csv")
    assert len(rows) == 12
    assert {row["figure_id" if "figure_id" in row else "数字编号"] for row in rows} >= {
        key_of(CULPRIT)
    }
    found = table(explored, f"{BROKEN}?table=contradictions&format=csv")
    assert "自相矛盾" in {row["程度"] for row in found}


def test_the_workbook_of_a_document_holds_all_its_tables(explored):
    answer = explored.client.get(f"{BROKEN}?format=xlsx")
    assert len(load_workbook(BytesIO(answer.content)).sheetnames) == 3


def test_the_published_file_is_handed_out_to_be_saved(explored, raw_dir):
    answer = explored.client.get(f"{WITH_FILE}/file")
    assert answer.content == (raw_dir / INVENTED.third.document_id).read_bytes()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_is_another_by_now_is_not_handed_out(explored, raw_dir):
    file = raw_dir / INVENTED.third.document_id
    published = file.read_bytes()
    file.write_bytes(published + b" ")
    try:
        assert explored.client.get(f"{WITH_FILE}/file").status_code == 404
        assert explored.client.get(f"{PAGED}/page.png").status_code == 404
        assert "内容已被替换" in explored.client.get(PAGED).text
    finally:
        file.write_bytes(published)


def test_an_identity_says_how_often_it_holds_and_where_it_does_not(explored):
    identity = addresses_of(explored, BROKEN, "identity")[0]
    record = table(explored, f"{identity}?table=record&format=csv")
    assert sum(int(row["不成立"]) for row in record) >= 1
    assert all(int(row["已评估"]) == int(row["成立"]) + int(row["不成立"]) for row in record)
    failures = table(explored, f"{identity}?table=contradictions&format=csv")
    assert {row["部门、单位"] for row in failures} == {"麻阳县教育局"}


def test_a_check_shows_its_terms_as_a_table(explored):
    check = addresses_of(explored, BROKEN, "check")[0]
    rows = table(explored, f"{check}?format=csv")
    assert {"左侧", "右侧"} == {row["侧"] for row in rows}
    assert {row["核对编号"] for row in rows} == {check.rpartition("/")[2]}

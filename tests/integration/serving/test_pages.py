"""Every page of the explorer, asked for as a browser does."""

import csv
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from tests.integration.serving.conftest import HOSTILE, INVENTED, key_of

NOT_THERE = (
    "/department/a0000000000000ff",
    "/department/../../etc/passwd",
    "/department/A0000000000000FF",
    "/department/a0000000000000f",
    "/region/999999",
    "/region/43122",
    "/region/43122a",
    "/ranking/richest",
    "/discrepancies?region=000000",
    "/discrepancies?identity=no_such_identity",
    "/discrepancies?year=23",
    "/discrepancies?page=0",
    "/discrepancies?kind=rumours",
    "/discrepancies?format=exe",
    "/quality/chart/years.exe",
    "/quality/chart/nights.svg",
    "/static/../application.py",
    "/nothing",
)


class Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.found.append((tag, dict(attrs)))

    def addresses(self) -> set[str]:
        """Where links and pictures lead."""
        return {
            str(value)
            for _, attributes in self.found
            for name, value in attributes.items()
            if name in {"href", "src", "srcset"}
        }


def pages(explored) -> list[str]:
    return [
        "/",
        "/search",
        "/search?q=jyj",
        "/search?q=nothing",
        "/ranking/overspent",
        "/ranking/growth?year=2023",
        "/ranking/newest",
        "/discrepancies",
        "/quality",
        "/region/431222",
        "/region/431222?class=205",
        "/region/431200",
        "/region/430000",
        *(f"/department/{body_id}" for body_id in explored.bodies.values()),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_answers_in_both_languages(explored, language):
    for page in pages(explored):
        sign = "&" if "?" in page else "?"
        answer = explored.client.get(f"{page}{sign}lang={language}")
        assert answer.status_code == 200, page
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text
        assert "text/html" in answer.headers["content-type"]


def test_pages_load_nothing_from_elsewhere_and_run_nothing_of_their_own(explored):
    for page in pages(explored):
        text = explored.client.get(page).text
        tags = Tags(text)
        assert not [tag for tag, _ in tags.found if tag in {"style", "iframe", "base"}]
        assert not re.search(r"<script[^>]*>[^<]", text)
        assert not [
            name
            for _, attributes in tags.found
            for name in attributes
            if name == "style" or name.startswith("on")
        ]
        assert not [each for each in tags.addresses() if not each.startswith(("/", "#"))]


def test_links_between_these_pages_lead_somewhere(explored):
    ours = re.compile(r"/(department|region|discrepancies|quality|ranking|search|static)\b|/$")
    followed = {
        address.partition("#")[0]
        for page in pages(explored)
        for address in Tags(explored.client.get(page).text).addresses()
    }
    wrong = {
        address: answer.status_code
        for address in followed
        if ours.match(address)
        and "format=" not in address
        and (answer := explored.client.get(address)).status_code != 200
    }
    assert wrong == {}


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there_is_said_in_words(explored, address):
    answer = explored.client.get(address)
    assert answer.status_code == 404
    assert "此地址没有内容" in answer.text


def test_texts_of_documents_are_never_markup(explored):
    hostile = explored.body(HOSTILE)
    for page in (hostile, "/ranking/newest", "/region/431222", "/search?q=script"):
        text = explored.client.get(page).text
        assert "alert(" in text
        assert "<script>alert" not in text
        assert '&"局' not in text


def test_what_was_searched_is_never_markup(explored):
    text = explored.client.get("/search", params={"q": '"><img src=x onerror=alert(1)>'}).text
    assert "<img" not in text


def test_the_first_page_counts_and_ranks(explored):
    text = explored.client.get("/").text
    assert "沅陵县教育局" in text
    assert "/ranking/overspent" in text
    assert "<dd>7</dd>" in text


def test_a_number_leads_to_its_figure(explored):
    tags = Tags(explored.client.get("/ranking/overspent").text)
    figure_id = key_of(f"{INVENTED.first.document_id}:three_public::0:actual_total")
    assert f"/figure/{figure_id}" in tags.addresses()


def test_the_overspent_are_those_who_spent_more(explored):
    rows = table(explored, "/ranking/overspent?format=csv")
    assert [(row["部门、单位"], row["预算数"], row["决算数"], row["超预算"]) for row in rows] == [
        ("沅陵县教育局", "20000", "25000", "5000")
    ]


def test_growth_is_against_the_year_before(explored):
    rows = table(explored, "/ranking/growth?format=csv&year=2023")
    assert [(row["部门、单位"], row["上年"], row["本年"], row["增幅"]) for row in rows] == [
        ("沅陵县教育局", "1000000", "1200000", "20")
    ]


def test_a_department_shows_both_years_and_what_changed(explored):
    rows = table(explored, f"{explored.body('沅陵县教育局')}?table=function&format=csv")
    assert [(row["编码"], row["金额"], row["上年"], row["增减"]) for row in rows] == [
        ("", "1200000", "1000000", "20"),
        ("205", "1200000", "1000000", "20"),
        ("20502", "1200000", "1000000", "20"),
        ("2050202", "1200000", "1000000", "20"),
    ]


def test_costs_a_head_are_of_the_staff_that_the_text_states(explored):
    rows = table(explored, f"{explored.body('沅陵县教育局')}?table=a_head&format=csv")
    assert ("支出", "1200000", "40", "30000") in [
        (row["费用"], row["金额"], row["人数"], row["人均"]) for row in rows
    ]


def test_peers_are_bodies_of_the_level_whose_names_end_alike(explored):
    address = explored.body("沅陵县教育局")
    rows = table(explored, f"{address}?table=places&format=csv")
    spent = next(row for row in rows if row["金额"] == "支出")
    assert (spent["本部门"], spent["中位数"], spent["名次"], spent["总数"]) == (
        *("1200000", "1600000"),
        *("3", "4"),
    )
    assert "以“教育局”结尾" in explored.client.get(address).text


def test_a_unit_and_its_department_of_the_same_name_lead_to_each_other(explored):
    department = explored.body("辰溪县教育局")
    unit = explored.body("辰溪县教育局", "unit")
    assert unit in Tags(explored.client.get(department).text).addresses()
    assert department in Tags(explored.client.get(unit).text).addresses()
    by_scope = explored.client.get(f"{department}?scope=unit").text
    assert "50.00" in by_scope


def test_a_region_adds_up_without_counting_a_unit_twice(explored):
    rows = table(explored, "/region/431223?table=totals&format=csv")
    assert ("支出", "3000000", "1") in [(row["金额"], row["合计"], row["计入个数"]) for row in rows]
    listed = table(explored, "/region/431223?table=departments&format=csv")
    assert [row["支出"] for row in listed] == ["3000000", "500000"]


def test_a_sum_leads_to_what_it_is_the_sum_of(explored):
    classes = Tags(explored.client.get("/region/431222?year=2023").text).addresses()
    assert "/region/431222?year=2023&kind=final_accounts&class=205#class" in classes
    rows = table(explored, "/region/431222?year=2023&class=205&table=class&format=csv")
    assert [row["金额"] for row in rows] == ["1200000", "90000"]


def test_the_prefecture_knows_its_counties(explored):
    rows = table(explored, "/region/431200?year=2023&table=parts&format=csv")
    assert [(row["地区"], row["计入个数"], row["支出"]) for row in rows] == [
        ("沅陵县", "2", "1290000"),
        ("辰溪县", "1", "3000000"),
        ("溆浦县", "1", "2000000"),
        ("麻阳苗族自治县", "1", "1200000"),
    ]


def test_a_region_that_discloses_nothing_itself_shows_the_latest_year_of_what_is_below_it(explored):
    unasked = explored.client.get("/region/431200").text
    assert "/region/431200?year=2023&kind=final_accounts" in Tags(unasked).addresses()
    assert "计入合计" not in unasked
    assert table(explored, "/region/431200?table=parts&format=csv") == table(
        explored, "/region/431200?year=2023&table=parts&format=csv"
    )


def test_an_identity_says_once_what_should_hold(explored):
    identity = re.search(r"/identity/([a-z0-9_]+)", explored.client.get("/discrepancies").text)
    rows = table(explored, f"/identity/{identity[1]}?table=contradictions&format=csv")
    assert rows
    assert "应当成立" not in rows[0]


def test_contradictions_can_be_narrowed(explored):
    rows = table(explored, "/discrepancies?format=csv&level=violation")
    assert {row["部门、单位"] for row in rows} == {"麻阳县教育局"}
    assert table(explored, "/discrepancies?format=csv&level=violation&region=431222") == []
    assert table(explored, "/discrepancies?format=csv&level=violation&year=2022") == []
    assert len(table(explored, "/discrepancies?format=csv&region=431200")) >= len(rows)
    identity = re.search(r"/identity/([a-z0-9_]+)", explored.client.get("/discrepancies").text)
    assert table(explored, f"/discrepancies?format=csv&identity={identity[1]}")


def test_both_sides_of_a_contradiction_lead_to_their_figures(explored):
    rows = table(explored, "/discrepancies?format=csv&level=violation")
    split = next(row for row in rows if row["左侧"] == "1200000" and row["右侧"] == "1300000")
    figures = {split["左侧 figure_id"], split["右侧 figure_id"]}
    assert figures <= {
        key_of(f"{INVENTED.broken.document_id}:expenditure::{row}:{measure}")
        for row in range(4)
        for measure in ("total", "basic", "project")
    }
    linked = Tags(explored.client.get("/discrepancies").text).addresses()
    assert {f"/figure/{each}" for each in figures} <= linked


def test_an_absent_side_is_no_zero(explored):
    text = explored.client.get(f"{explored.body('沅陵县教育局')}?lang=en").text
    assert 'aria-label="not printed">–</span>' in text


@pytest.mark.parametrize("layout", ["csv", "xlsx", "parquet"])
def test_every_table_can_be_saved(explored, layout):
    for page in pages(explored):
        for address in Tags(explored.client.get(page).text).addresses():
            if f"format={layout}" in address:
                answer = explored.client.get(address)
                assert answer.status_code == 200, address
                assert answer.headers["content-disposition"].startswith("attachment; ")
                assert answer.headers["content-disposition"].endswith(f".{layout}")


def test_csv_is_known_as_utf_8_and_holds_no_formula(explored):
    answer = explored.client.get("/ranking/newest?format=csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert not [row for row in csv.reader(StringIO(answer.text)) for cell in row if cell[:1] == "="]


def test_a_workbook_has_a_sheet_for_each_table(explored):
    answer = explored.client.get(f"{explored.body('沅陵县教育局')}?format=xlsx")
    workbook = load_workbook(BytesIO(answer.content))
    assert len(workbook.sheetnames) > 5
    sheet = workbook.worksheets[1]
    assert sheet.freeze_panes == "B2"
    assert sheet["C2"].value == 1_200_000
    assert sheet["D2"].value == key_of(f"{INVENTED.first.document_id}:expenditure::3:total")


def test_parquet_keeps_decimals_and_places(explored):
    answer = explored.client.get("/ranking/overspent?format=parquet")
    (row,) = parquet.read_table(BytesIO(answer.content)).to_pylist()
    assert str(row["actual"]) == "25000.000000"
    figure_id = key_of(f"{INVENTED.first.document_id}:three_public::0:actual_total")
    assert row["actual_figure_id"] == figure_id


@pytest.mark.parametrize(
    "layout", [("svg", b"<svg"), ("png", b"\x89PNG")], ids=lambda each: each[0]
)
def test_charts_are_pictures(explored, layout):
    ending, beginning = layout
    department = explored.body("沅陵县教育局")
    for chart in (
        *(f"{department}/chart/{name}" for name in ("years", "function", "three_public")),
        "/region/431222/chart/classes",
        "/quality/chart/years",
    ):
        answer = explored.client.get(f"{chart}.{ending}")
        assert answer.status_code == 200, chart
        assert answer.content.startswith(beginning)


def test_a_page_that_the_browser_has_is_not_made_again(explored):
    first = explored.client.get("/quality")
    again = explored.client.get("/quality", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = explored.client.get(
        "/quality?lang=en", headers={"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200


def test_the_language_is_remembered(explored):
    chosen = explored.client.get("/quality?lang=en")
    assert "lang=en" in chosen.headers["set-cookie"]
    assert "HttpOnly" in chosen.headers["set-cookie"]
    remembered = explored.client.get("/quality")
    assert "Data quality" in remembered.text
    explored.client.cookies.clear()
    assert "数据质量" in explored.client.get("/quality").text


def table(explored, address: str) -> list[dict[str, str]]:
    """The rows of a table that is saved as CSV."""
    answer = explored.client.get(address)
    assert answer.status_code == 200, address
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_quality_tells_what_proofs_rest_on(explored):
    text = explored.client.get("/quality?lang=en").text
    told = re.search(
        r"Of (\S+) proven figures, (\S+) are bound.*?, (\S+) only.*? and (\S+) are", text
    )
    proven, *kinds = (int(number.replace(",", "")) for number in told.groups())
    assert sum(kinds) == proven
    assert kinds[0] > kinds[1]


def test_a_search_offers_the_list_on_a_topic_and_says_that_it_searches_names(explored):
    found = explored.client.get("/search?q=三公经费&lang=en").text
    assert '<a href="/ranking/overspent">' in found
    assert "Names are searched" not in found
    nothing = explored.client.get("/search?q=甲乙丙丁&lang=en").text
    assert "Names are searched, not what documents print." in nothing
    assert "/ranking/" not in explored.client.get("/search?q=公&lang=en").text

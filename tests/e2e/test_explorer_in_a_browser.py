"""The explorer looked at in Chromium: clicks, keys, both widths, print, and what axe finds.

Skipped, saying so, where there is no Chromium.
"""

from collections.abc import Iterator

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing.chromium import EXECUTABLE, chromium
from tests.browsing.exploring import explorer
from tests.paths import SAMPLES_DIR

pytestmark = pytest.mark.skipif(not EXECUTABLE.exists(), reason=f"there is no {EXECUTABLE}")

DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def address(samples) -> Iterator[str]:
    with explorer(samples.path, SAMPLES_DIR) as running:
        yield running.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor who has not been there before; what goes wrong in the browser fails the test."""
    opened = browser.new_context(viewport=DESK, base_url=address)
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    elsewhere: list[str] = []
    opened.on(
        "request",
        lambda request: None if request.url.startswith(address) else elsewhere.append(request.url),
    )
    yield opened
    opened.close()
    assert complaints == []
    assert elsewhere == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def paths(samples) -> list[str]:
    """One page of every kind, with something on it."""
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        (body,) = connection.execute(
            "select body_id from marts.dim_disclosures group by body_id order by count(*) desc, 1"
        ).fetchone()
        (unit,) = connection.execute(
            "select body_id from marts.dim_disclosures where not adds_up order by 1"
        ).fetchone()
        (region,) = connection.execute(
            "select region_code from marts.dim_disclosures group by 1 order by count(*) desc, 1"
        ).fetchone()
    return [
        "/",
        "/search?q=xpx",
        "/ranking/growth",
        "/discrepancies",
        "/quality",
        f"/department/{body}",
        f"/department/{unit}",
        f"/region/{region}",
        f"/region/{region[:2]}0000",
    ]


def test_axe_has_nothing_serious_to_say(page, paths):
    found = {}
    for path in paths:
        page.goto(path)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in SERIOUS:
                found[path, violation["id"]] = [node["html"] for node in violation["nodes"]]
    assert found == {}


@pytest.mark.parametrize("viewport", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_no_page_is_wider_than_the_screen(page, paths, viewport, tmp_path):
    page.set_viewport_size(viewport)
    wide = {}
    for number, path in enumerate(paths):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            wide[path] = width
    assert wide == {}


def test_a_department_is_found_by_the_first_letters_of_its_pinyin(page):
    page.goto("/")
    page.get_by_role("searchbox").fill("xpxyg")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="霞浦县渔港资料管理局").first.click()
    assert "霞浦县渔港资料管理局" in page.title()


@pytest.mark.parametrize("path", ["/", "/search"])
def test_names_are_found_while_they_are_typed(page, path):
    page.goto(path)
    page.get_by_role("searchbox").press_sequentially("xpxyg")
    page.locator("#found").get_by_role("link", name="霞浦县渔港资料管理局").first.wait_for()
    assert page.url.endswith(path)


def test_keys_suffice(page):
    page.goto("/discrepancies")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    # Tables that scroll can be reached, so that the arrow keys scroll them.
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
    assert "sheet" in reached


def test_nothing_needs_scripts(browser, address, paths):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    for path in paths:
        page.goto(path)
        assert page.get_by_role("heading", level=1).is_visible()
        assert page.locator("main a").count() > 0
    page.goto("/discrepancies")
    page.get_by_label("程度").select_option("violation")
    page.get_by_role("button", name="查看").click()
    assert "level=violation" in page.url
    context.close()


def test_charts_are_shown_with_a_text_and_above_their_table(page, paths):
    page.goto(paths[5])
    page.wait_for_load_state("networkidle")
    charts = page.locator("figure.chart img")
    assert charts.count() >= 2
    for number in range(charts.count()):
        chart = charts.nth(number)
        chart.scroll_into_view_if_needed()
        chart.evaluate("image => image.decode()")
        assert chart.evaluate("image => image.naturalWidth") > 0
        assert "同样的数字见下表" in chart.get_attribute("alt")


def test_print_leaves_out_what_only_screens_need(page, paths):
    page.goto(paths[5])
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert not page.locator(".downloads").first.is_visible()
    assert page.get_by_role("table").first.is_visible()


def test_the_language_can_be_switched_and_stays(page, paths):
    page.goto(paths[5])
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Data quality").click()
    assert page.get_by_role("heading", level=1).inner_text() == "How much is read, named and proven"


def test_a_table_is_saved_by_a_click(page):
    page.goto("/ranking/newest")
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    assert saved.value.suggested_filename == "最新文件.csv"

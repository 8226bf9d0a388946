"""A newcomer asks who overspent, and is at the very cell of the published page two clicks later."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browsing.chromium import EXECUTABLE
from tests.forge.ledger import Ledger, ThreePublic
from tests.forge.numerals import in_unit, write_number
from tests.forge.samples import Sample
from tests.forge.samples import samples as chosen_samples
from tests.forge.styles import HouseStyle
from tests.paths import SAMPLES_DIR

pytestmark = pytest.mark.skipif(
    not EXECUTABLE.exists(), reason=f"there is no Chromium at {EXECUTABLE}"
)

OVERSPENT, ACTUAL = re.compile("三公.*超"), re.compile("三公.*决算数")
PICTURE = "main img[src*='page']"
LEAST_SATURATION = 100
"""How far a colour's channels lie apart at least; the forge prints in shades of grey."""


@dataclass(frozen=True, slots=True)
class Overrun:
    """What a sample says of an overrun of its 三公 budget.

    Attributes:
        department: Whose it is.
        year: Of the accounts.
        budget: As printed.
        actual: As printed.
    """

    department: str
    year: str
    budget: str
    actual: str
    file_name: str


@pytest.fixture(scope="module")
def overrun() -> Overrun:
    (found,) = [_overrun(it) for it in chosen_samples() if _overspends(it)]
    return found


@pytest.fixture
def home(browser, running) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(running.address)
    yield page
    context.close()


def test_the_sample_that_overspent_is_on_the_first_page(home, overrun):
    row = home.get_by_role("table", name=OVERSPENT).get_by_role("row", name=overrun.department)
    expect(row).to_have_count(1)
    for words in (overrun.year, overrun.budget, overrun.actual):
        expect(row.get_by_text(words, exact=True)).to_be_visible()


def test_one_click_leads_from_the_number_to_its_cell(home, overrun):
    table = home.get_by_role("table", name=OVERSPENT)
    row = table.get_by_role("row", name=overrun.department)
    row.get_by_role("link", name=overrun.actual, exact=True).click()
    assert_the_cell_is_shown(home, overrun)


def test_two_clicks_lead_over_the_department_to_the_cell(home, overrun):
    table = home.get_by_role("table", name=OVERSPENT)
    table.get_by_role("link", name=overrun.department).click()
    expect(home.get_by_role("heading", level=1)).to_contain_text(overrun.department)
    row = home.get_by_role("row", name=ACTUAL)
    row.get_by_role("link", name=overrun.actual, exact=True).click()
    assert_the_cell_is_shown(home, overrun)


def test_what_a_search_finds_leads_there_too(home, overrun):
    home.get_by_role("searchbox").fill(overrun.department[:3])
    home.get_by_role("searchbox").press("Enter")
    home.get_by_role("main").get_by_role("link", name=overrun.department).first.click()
    expect(home.get_by_role("heading", level=1)).to_contain_text(overrun.department)


def assert_the_cell_is_shown(page: Page, overrun: Overrun) -> None:
    """The page shows the amount and, in view once scrolled to, its cell in an outline."""
    expect(page.get_by_role("main").get_by_text(overrun.actual).first).to_be_visible()
    picture = page.locator(PICTURE).first
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    outlined = _outline(_picture(page, str(picture.get_attribute("src"))))
    whole_page = picture.locator("xpath=ancestor::a[1]").get_attribute("href")
    whole = _picture(page, str(whole_page))
    left, top, right, bottom = _outline(whole)
    assert (outlined[2] - outlined[0], outlined[3] - outlined[1]) == (right - left, bottom - top)
    number = int(re.findall(r"第 ?(\d+) ?页", str(picture.get_attribute("alt")))[0])
    assert _printed(overrun, number, whole, (left, top, right, bottom)) == overrun.actual


def _overspends(sample: Sample) -> bool:
    ledger = sample.ledger
    return isinstance(ledger, Ledger) and ledger.actual.total > ledger.budgeted.total


def _overrun(sample: Sample) -> Overrun:
    ledger, style = sample.ledger, sample.style
    assert isinstance(ledger, Ledger)
    assert isinstance(style, HouseStyle)
    return Overrun(
        department=ledger.department.name,
        year=str(ledger.fiscal_year),
        budget=_written(ledger.budgeted, style),
        actual=_written(ledger.actual, style),
        file_name=sample.file_name,
    )


def _written(expenses: ThreePublic, style: HouseStyle) -> str:
    return write_number(in_unit(expenses.total, style.numbers.unit), style.numbers)


def _picture(page: Page, address: str) -> Image.Image:
    response = page.request.get(page.evaluate("it => new URL(it, location).href", address))
    assert response.status == 200
    return Image.open(io.BytesIO(response.body())).convert("RGB")


def _outline(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where a picture is coloured: left, top, right and bottom."""
    saturation = picture.convert("HSV").getchannel("S")
    coloured = saturation.point(lambda value: 255 * (value > LEAST_SATURATION)).getbbox()
    assert coloured is not None, "nothing is outlined"
    return coloured


def _printed(
    overrun: Overrun, number: int, picture: Image.Image, box: tuple[int, int, int, int]
) -> str:
    """What the published page prints within a box of its picture, told by another reader."""
    with pypdfium2.PdfDocument(SAMPLES_DIR / overrun.file_name) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = picture.width / width
        left, top, right, bottom = (edge / scale for edge in box)
        text = page.get_textpage().get_text_bounded(left, height - bottom, right, height - top)
    return str(text).strip()

"""Spoilt PDFs have the fault that they are said to have, and no other."""

import random
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from tests.forge.disclosure import draft
from tests.forge.invention import Character, invent_ledger
from tests.forge.page_faults import (
    DAMAGES,
    LOSING,
    STAMPS,
    DrawnAmount,
    PageFault,
    number_pages,
    spoil,
)
from tests.forge.pdf_writer import write_pdf
from tests.forge.styles import MINISTRY_2022

SEED = 3
WATERMARKS = [fault for fault in PageFault if fault.startswith("watermark")]
WHOLE = [fault for fault in PageFault if fault not in LOSING]
ALL_TEXTS = [
    *(PageFault.REVERSED, PageFault.SHUFFLED, PageFault.TWO_UP, PageFault.SCALED),
    *(PageFault.USER_UNIT, PageFault.NO_COLUMN_RULING, PageFault.NO_ROW_RULING),
    PageFault.LOW_TEXT,
]


@dataclass(frozen=True)
class Opened:
    """A PDF as pdfplumber sees it."""

    pages: tuple[Counter[str], ...]
    sizes: tuple[tuple[float, float], ...]
    rulings: tuple[int, ...]
    tops: tuple[tuple[float, ...], ...]

    @property
    def texts(self) -> Counter[str]:
        """Every character of the file."""
        return sum(self.pages, Counter())


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(5)  # noqa: S311 - reproducible, and nothing is kept secret
    ledger = invent_ledger(rng, character=Character(12, "2120101", ("2120102",)))
    cover, *_, fourth, fifth, sixth = draft(ledger, MINISTRY_2022).sections()[:8]
    path = tmp_path_factory.mktemp("sound") / "sound.pdf"
    write_pdf((cover, fourth, fifth, sixth), path)
    return path


def spoilt(sound: Path, fault: PageFault, folder: Path) -> Path:
    path = folder / f"{fault}.pdf"
    spoil(sound, fault, path, SEED)
    return path


@cache
def opened(path: Path) -> Opened:
    with pdfplumber.open(path) as pdf:
        return Opened(
            pages=tuple(Counter(char["text"] for char in page.chars) for page in pdf.pages),
            sizes=tuple((round(page.width), round(page.height)) for page in pdf.pages),
            rulings=tuple(len(page.lines) for page in pdf.pages),
            tops=tuple(tuple(char["top"] for char in page.chars) for page in pdf.pages),
        )


@pytest.mark.parametrize("fault", PageFault)
def test_spoiling_twice_gives_the_same_bytes(sound: Path, fault: PageFault, tmp_path: Path):
    first, second = (spoilt(sound, fault, tmp_path).read_bytes() for _ in range(2))
    assert first == second
    assert first != sound.read_bytes()


@pytest.mark.parametrize("fault", WHOLE)
def test_a_viewer_opens_every_spoilt_file_that_is_whole(
    sound: Path, fault: PageFault, tmp_path: Path
):
    with pypdfium2.PdfDocument(spoilt(sound, fault, tmp_path)) as shown:
        pages = len(shown)
    count = len(opened(sound).pages)
    assert pages == ((count + 1) // 2 if fault is PageFault.TWO_UP else count)


@pytest.mark.parametrize("fault", ALL_TEXTS)
def test_no_text_is_lost(sound: Path, fault: PageFault, tmp_path: Path):
    assert opened(spoilt(sound, fault, tmp_path)).texts == opened(sound).texts


@pytest.mark.parametrize("fault", [PageFault.NO_XREF, PageFault.SHIFTED])
def test_viewers_show_all_of_a_file_whose_table_of_objects_is_no_use(
    sound: Path, fault: PageFault, tmp_path: Path
):
    assert texts_shown(spoilt(sound, fault, tmp_path)) == texts_shown(sound)


def texts_shown(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as file:
        return [page.get_textpage().get_text_bounded() for page in file]


@pytest.mark.parametrize("fault", WATERMARKS)
def test_watermarks_add_their_words_to_every_page(sound: Path, fault: PageFault, tmp_path: Path):
    before, after = opened(sound), opened(spoilt(sound, fault, tmp_path))
    for page, stamped in zip(before.pages, after.pages, strict=True):
        assert any(Counter(text) <= stamped - page for text in STAMPS)
        assert page <= stamped


def test_pages_are_put_into_another_order(sound: Path, tmp_path: Path):
    before = opened(sound).pages
    assert opened(spoilt(sound, PageFault.REVERSED, tmp_path)).pages == before[::-1]
    shuffled = opened(spoilt(sound, PageFault.SHUFFLED, tmp_path)).pages
    assert shuffled not in (before, before[::-1])


def test_two_pages_stand_on_each_sheet(sound: Path, tmp_path: Path):
    before, after = opened(sound), opened(spoilt(sound, PageFault.TWO_UP, tmp_path))
    assert after.pages[1] == before.pages[2] + before.pages[3]


def test_sizes_are_ten_times_as_large_or_declared_to_be(sound: Path, tmp_path: Path):
    before = opened(sound).sizes[0]
    after = opened(spoilt(sound, PageFault.SCALED, tmp_path)).sizes[0]
    assert after == pytest.approx([10 * side for side in before], abs=5)
    declared = spoilt(sound, PageFault.USER_UNIT, tmp_path)
    assert opened(declared).sizes[0] == pytest.approx([side / 10 for side in before], abs=1)
    assert b"/UserUnit 10" in declared.read_bytes()


@pytest.mark.parametrize("fault", [PageFault.OUTLINED_NUMBER, PageFault.PICTURED_NUMBER])
def test_drawn_numbers_are_no_text_and_can_be_seen(sound: Path, fault: PageFault, tmp_path: Path):
    path = tmp_path / "drawn.pdf"
    drawn = spoil(sound, fault, path, SEED)
    assert len(drawn) > 3
    gone = sum((Counter(amount.text) for amount in drawn), Counter())
    assert opened(sound).texts - opened(path).texts == gone
    with pypdfium2.PdfDocument(path) as shown, pypdfium2.PdfDocument(sound) as written:
        for amount in drawn[:3]:
            before, after = (ink(file, amount) for file in (written, shown))
            assert after == pytest.approx(before, rel=0.3)


def ink(file: pypdfium2.PdfDocument, amount: DrawnAmount) -> float:
    """How dark it is where a number begins, from 0 to 1."""
    scale = 4
    picture = file[amount.page - 1].render(scale=scale, grayscale=True).to_pil()
    left, bottom = amount.x * scale, picture.height - amount.y * scale
    box = picture.crop((int(left), int(bottom - 7 * scale), int(left + 12 * scale), int(bottom)))
    values = list(box.get_flattened_data())
    return 1 - sum(values) / len(values) / 255


@pytest.mark.parametrize("fault", [PageFault.NO_COLUMN_RULING, PageFault.NO_ROW_RULING])
def test_rulings_are_missing_on_pages_with_tables(sound: Path, fault: PageFault, tmp_path: Path):
    before, after = opened(sound).rulings, opened(spoilt(sound, fault, tmp_path)).rulings
    with_tables = [(was, now) for was, now in zip(before, after, strict=True) if was]
    fewer = [now for was, now in with_tables if now < was]
    assert len(with_tables) > 3
    assert len(fewer) > len(with_tables) / 2
    assert all(now <= was for was, now in with_tables)


def test_text_stands_about_half_a_row_lower(sound: Path, tmp_path: Path):
    before, after = opened(sound), opened(spoilt(sound, PageFault.LOW_TEXT, tmp_path))
    assert after.rulings == before.rulings
    for lines, was, now in zip(before.rulings, before.tops, after.tops, strict=True):
        shifts = {round(lower - higher, 1) for higher, lower in zip(was, now, strict=True)}
        assert all(5 < shift < 10 for shift in shifts) if lines else shifts <= {0}


@pytest.mark.parametrize("fault", sorted(LOSING))
def test_what_is_cut_short_has_less_to_read_and_nothing_else(
    sound: Path, fault: PageFault, tmp_path: Path
):
    path = spoilt(sound, fault, tmp_path)
    if fault in DAMAGES:
        assert sound.read_bytes().startswith(path.read_bytes())
    else:
        assert opened(path).texts < opened(sound).texts


def test_pages_are_numbered_at_their_foot(sound: Path, tmp_path: Path):
    path = tmp_path / "numbered.pdf"
    path.write_bytes(sound.read_bytes())
    number_pages(path)
    with pdfplumber.open(path) as pdf:
        feet = [page.extract_text().splitlines()[-1] for page in pdf.pages]
    assert feet == [f"— {number} —" for number in range(1, len(feet) + 1)]


@pytest.mark.parametrize("fault", PageFault)
def test_numbered_pages_can_be_spoilt_too(sound: Path, fault: PageFault, tmp_path: Path):
    numbered = tmp_path / "numbered.pdf"
    numbered.write_bytes(sound.read_bytes())
    number_pages(numbered)
    path = spoilt(numbered, fault, tmp_path)
    assert path.read_bytes() not in (numbered.read_bytes(), sound.read_bytes())

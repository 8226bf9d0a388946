"""Scans are pictures of what was printed, worn as they are said to be, the same every time."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from tests.forge.disclosure import draft
from tests.forge.invention import Character, invent_ledger
from tests.forge.pdf_writer import write_pdf
from tests.forge.scans import (
    WEARS,
    Condition,
    TextLayer,
    scan,
    write_pictures,
    write_scanned_pdf,
)
from tests.forge.styles import MINISTRY_2022

SEED = 2
FORM = 1
"""The page of the only form."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(5)  # noqa: S311 - reproducible, and nothing is kept secret
    ledger = invent_ledger(rng, character=Character(12, "2120101", ("2120102",)))
    sections = draft(ledger, MINISTRY_2022).sections()
    path = tmp_path_factory.mktemp("printed") / "printed.pdf"
    write_pdf((sections[0], sections[4]), path)
    return path


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def shown(path: Path) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            yield page.render(scale=1).to_pil().convert("L")


def darkness(picture: Image.Image) -> float:
    return 1 - float(np.asarray(picture.convert("L"), dtype=float).mean()) / 255


@pytest.mark.parametrize("condition", Condition)
def test_a_page_is_a_picture_of_the_stated_dots(printed: Path, condition: Condition):
    (scanned,) = scan(printed, WEARS[condition], SEED, {FORM})
    width, height = (round(side * WEARS[condition].dots / 72) for side in scanned.size)
    assert scanned.picture.size == pytest.approx((width, height), abs=1)
    is_upright = scanned.size[0] < scanned.size[1]
    assert is_upright == (condition is Condition.TURNED_200)
    assert 0.01 < darkness(scanned.picture) < 0.2


@pytest.mark.parametrize("condition", Condition)
def test_scanning_twice_gives_the_same_picture(printed: Path, condition: Condition):
    (first,), (second,) = (scan(printed, WEARS[condition], SEED, {FORM}) for _ in range(2))
    assert first.picture.tobytes() == second.picture.tobytes()


def test_worse_conditions_differ_more_from_the_clean_page(printed: Path):
    with pypdfium2.PdfDocument(printed) as pdf:
        clean = np.asarray(pdf[FORM].render(scale=200 / 72).to_pil().convert("L"), dtype=float)

    def distance(condition: Condition) -> float:
        (scanned,) = scan(printed, WEARS[condition], SEED, {FORM})
        picture = scanned.picture.convert("L").resize(clean.shape[::-1])
        return float(np.abs(np.asarray(picture, dtype=float) - clean).mean())

    assert distance(Condition.CLEAN_200) == 0
    assert 0 < distance(Condition.OFFICE_200) < distance(Condition.HARSH_200)


def test_seals_are_red_and_leave_black_what_is_black(printed: Path):
    (scanned,) = scan(printed, WEARS[Condition.SEALED_200], SEED, {FORM})
    red, green, _ = (np.asarray(band, dtype=int) for band in scanned.picture.split())
    assert (red - green > 80).sum() > 2000
    (plain,) = scan(printed, WEARS[Condition.OFFICE_200], SEED, {FORM})
    assert (red < 120).sum() == pytest.approx((np.asarray(plain.picture) < 120).sum(), rel=0.2)


def test_faxes_are_black_and_white(printed: Path, tmp_path: Path):
    write_scanned_pdf(printed, tmp_path / "fax.pdf", Condition.FAX_200, SEED)
    write_scanned_pdf(printed, tmp_path / "clean.pdf", Condition.CLEAN_200, SEED)
    assert b"CCITTFaxDecode" in (tmp_path / "fax.pdf").read_bytes()
    for fax, clean in zip(shown(tmp_path / "fax.pdf"), shown(tmp_path / "clean.pdf"), strict=True):
        assert darkness(fax) == pytest.approx(darkness(clean), abs=0.03)


def test_scanned_pages_have_no_text_and_the_size_of_the_paper(printed: Path, tmp_path: Path):
    path = tmp_path / "scanned.pdf"
    write_scanned_pdf(printed, path, Condition.OFFICE_150, SEED)
    assert set(texts(path)) == {""}
    assert [picture.size for picture in shown(path)] == [picture.size for picture in shown(printed)]


def test_pages_may_stay_as_they_are(printed: Path, tmp_path: Path):
    path = tmp_path / "mixed.pdf"
    write_scanned_pdf(printed, path, Condition.CLEAN_200, SEED, kept={0})
    assert texts(path) == [texts(printed)[0], ""]


@pytest.mark.parametrize("layer", [TextLayer.WRONG_BELOW, TextLayer.WRONG_INVISIBLE])
def test_a_text_layer_is_wrong_and_cannot_be_seen(printed: Path, layer: TextLayer, tmp_path: Path):
    layered, plain = tmp_path / "layered.pdf", tmp_path / "plain.pdf"
    write_scanned_pdf(printed, layered, Condition.CLEAN_200, SEED, layer=layer)
    write_scanned_pdf(printed, plain, Condition.CLEAN_200, SEED)
    read, right = texts(layered)[FORM].split(), texts(printed)[FORM].split()
    assert len(set(read) & set(right)) > len(set(right)) / 4
    assert any("." in text for text in set(right) - set(read))
    for with_text, without in zip(shown(layered), shown(plain), strict=True):
        assert with_text.tobytes() == without.tobytes()


@pytest.mark.parametrize("condition", [Condition.OFFICE_200, Condition.FAX_200])
def test_pages_are_also_pictures_of_their_own(printed: Path, condition: Condition, tmp_path: Path):
    (tiff,) = write_pictures(printed, tmp_path / "scan.tiff", condition, SEED)
    with Image.open(tiff) as pages:
        assert pages.n_frames == len(texts(printed))
        assert round(pages.info["dpi"][0]) == WEARS[condition].dots
    for suffix in ("jpg", "png"):
        files = write_pictures(printed, tmp_path / f"scan.{suffix}", condition, SEED)
        assert [file.name for file in files] == [f"scan-01.{suffix}", f"scan-02.{suffix}"]


def test_writing_twice_gives_the_same_bytes(printed: Path, tmp_path: Path):
    layer = TextLayer.WRONG_BELOW
    for name in ("first.pdf", "second.pdf"):
        write_scanned_pdf(printed, tmp_path / name, Condition.FAX_200, SEED, layer=layer)
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()

"""The tracked sample documents are what the forge writes, and what was asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import DocumentKind
from tests.forge.blocks import TextBlock
from tests.forge.catalogue import economic_names, function_names
from tests.forge.disclosure import FileFormat, draft
from tests.forge.embedded_font import FONT_FILE
from tests.forge.ledger import Ledger
from tests.forge.samples import FOLDER, MUDFLAT_PHOTOS, Sample, samples, write_samples

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder)
    return folder


def texts_of(sample: Sample) -> Iterator[str]:
    for section in draft(sample.ledger, sample.style).sections():
        for block in section.blocks:
            if isinstance(block, TextBlock):
                yield block.text + block.right
            else:
                yield from (cell.text for cell in block.grid.cells)


def test_tracked_samples_are_what_the_forge_writes(written: Path):
    """Run ``python -m tests.forge.samples`` after changing the forge."""
    tracked = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    fresh = {path.name: path.read_bytes() for path in written.iterdir()}
    assert sorted(tracked) == sorted(fresh)
    changed = [name for name, content in fresh.items() if tracked[name] != content]
    assert changed == []


def test_samples_stay_small():
    sizes = [path.stat().st_size for path in FOLDER.iterdir()]
    assert max(sizes) < 0.4 * MEGABYTE
    assert sum(sizes) < 3 * MEGABYTE


def test_samples_cover_years_departments_styles_and_formats():
    chosen = samples()
    assert len(chosen) >= 14
    assert {sample.ledger.fiscal_year for sample in chosen} == {2022, 2023, 2024, 2025}
    assert len({sample.ledger.department.name for sample in chosen}) >= 6
    assert (
        len({s.ledger.department.name for s in chosen if s.ledger.department.place == "徐闻县"})
        >= 3
    )
    assert {sample.file_format for sample in chosen} == set(FileFormat)
    assert len({sample.style_name for sample in chosen}) >= 3


def test_samples_hold_budgets_in_both_units_of_departments_with_accounts():
    drafts = {sample.file_name: draft(sample.ledger, sample.style) for sample in samples()}
    budgets = [it for it in drafts.values() if it.kind is DocumentKind.BUDGET]
    accounts = [it for it in drafts.values() if it.kind is DocumentKind.FINAL_ACCOUNTS]
    assert {it.house.numbers.unit for it in budgets} == {PrintedUnit.YUAN, PrintedUnit.WAN_YUAN}
    assert {it.front.department for it in budgets} <= {it.front.department for it in accounts}


def test_only_word_samples_contradict_themselves():
    planted = [sample for sample in samples() if sample.plant]
    assert planted
    assert {sample.file_format for sample in planted} == {FileFormat.DOCX}


def test_one_sample_spends_more_on_three_public_expenses_than_was_budgeted():
    accounts = [it for it in samples() if isinstance(it.ledger, Ledger)]
    overspent = [it for it in accounts if it.ledger.actual.total > it.ledger.budgeted.total]
    assert [(it.ledger.department, it.ledger.fiscal_year, it.file_format) for it in overspent] == [
        (MUDFLAT_PHOTOS, 2023, FileFormat.PDF)
    ]


def test_the_embedded_font_has_every_character():
    with TTFont(FONT_FILE) as font:
        known = {chr(code) for code in font.getBestCmap()}
    names = "".join((*function_names().values(), *economic_names().values()))
    printed = "".join(text for sample in samples() for text in texts_of(sample))
    assert set(names + printed) - known - {"\n"} == set()


def test_the_font_stays_small():
    assert FONT_FILE.stat().st_size < 0.9 * MEGABYTE

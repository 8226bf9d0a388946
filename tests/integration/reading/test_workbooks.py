"""The samples as workbooks say what they say as Word files, figure for figure.

Knows the forge's writers and the way from a file to a disclosure. How departments fill workbooks is
the forge's.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipelines.domain.disclosure import Disclosure, RejectionReason
from pipelines.normalising.disclosing import read_disclosure
from tests.forge.blocks import Section, TableBlock, TextBlock
from tests.forge.disclosure import draft
from tests.forge.docx_writer import write_docx
from tests.forge.samples import samples
from tests.forge.workbook_habits import PLAIN_HABITS, FormSheets, WorkbookHabits, draw_habits
from tests.forge.xls_writer import write_xls
from tests.forge.xlsx_writer import write_xlsx
from tests.paths import REFERENCE_DIR

Write = Callable[[Sequence[Section], Path, WorkbookHabits], None]
SAMPLES = list(enumerate(samples()))


def figures(disclosure: Disclosure) -> Counter[tuple[object, ...]]:
    """Every figure, named or not, wherever it is printed."""
    return Counter(
        (f.form, f.section, f.row.row_code, f.row.row_path, f.measure, f.text, f.unit)
        for f in disclosure.figures
    )


def said(disclosure: Disclosure) -> dict[str, object]:
    """What a disclosure says."""
    return {
        "figures": figures(disclosure),
        "forms": [(form.form, form.title, form.entity_text) for form in disclosure.forms],
        "claims": [(c.kind, c.topic, c.item, c.value, c.sentence) for c in disclosure.claims],
        "identification": disclosure.identification,
        "rejections": [
            (rejection.reason, rejection.printed)
            for rejection in disclosure.rejections
            if rejection.reason not in (RejectionReason.HIDDEN_TEXT, RejectionReason.HIDDEN_COPY)
        ],
    }


def sections_of(number: int) -> list[Section]:
    """What a sample prints, by its number."""
    _, sample = SAMPLES[number]
    return draft(sample.ledger, sample.style).sections()


@cache
def word_file(number: int) -> Disclosure:
    """A sample as a Word file, which every test compares with and none changes."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "word")
        write_docx(sections_of(number), file)
        return read_disclosure(file, REFERENCE_DIR)


def workbook(
    sections: Sequence[Section], folder: Path, write: Write, habits: WorkbookHabits
) -> Disclosure:
    """The disclosure as a workbook."""
    write(sections, folder / "workbook", habits)
    return read_disclosure(folder / "workbook", REFERENCE_DIR)


def without_rulings(sections: Sequence[Section]) -> list[Section]:
    """The same document with no line drawn."""

    def plain(block: TextBlock | TableBlock) -> TextBlock | TableBlock:
        if isinstance(block, TextBlock):
            return block
        return replace(block, grid=replace(block.grid, is_ruled=False))

    return [replace(section, blocks=tuple(map(plain, section.blocks))) for section in sections]


every_sample = pytest.mark.parametrize(
    "number", range(len(SAMPLES)), ids=[f"{n} {each.style_name}" for n, each in SAMPLES]
)


@every_sample
@pytest.mark.parametrize(
    ("write", "drawn"), [(write_xlsx, 0), (write_xls, len(SAMPLES))], ids=["xlsx", "xls"]
)
def test_a_sample_says_as_a_workbook_what_it_says_as_a_word_file(
    number: int, write: Write, drawn: int, tmp_path: Path
):
    sections = sections_of(number)
    word = said(word_file(number))
    for habits in (PLAIN_HABITS, draw_habits(number + drawn)):
        assert said(workbook(sections, tmp_path, write, habits)) == word


@every_sample
def test_forms_are_told_apart_without_rulings(number: int, tmp_path: Path):
    sections = sections_of(number)
    word = said(word_file(number))
    drawn = replace(draw_habits(number), form_sheets=FormSheets.STACKED)
    habits = drawn if number % 2 else PLAIN_HABITS
    read = workbook(without_rulings(sections), tmp_path, write_xlsx, habits)
    assert said(read) == word


@every_sample
def test_forms_without_cover_and_prose_are_read_alike(number: int, tmp_path: Path):
    sections = sections_of(number)
    habits = replace(draw_habits(number), is_narrated=False)
    read = workbook(sections, tmp_path, write_xlsx, habits)
    assert figures(read) == figures(word_file(number))

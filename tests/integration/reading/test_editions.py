"""One disclosure in every format says the same: its Word file's figures, numbers and paragraphs."""

import random
import zipfile
from pathlib import Path

import pytest

from pipelines.domain.disclosure import Disclosure
from pipelines.normalising.disclosing import disclose, read_disclosure
from pipelines.reading.documents import read_document
from pipelines.reading.office import find_office
from tests.forge.disclosure import Manuscript, draft
from tests.forge.editions import Edition, write_edition
from tests.forge.invention import Character, invent_ledger
from tests.forge.ofd_writer import OfdHabits, draw_ofd_habits, write_ofd
from tests.forge.styles import MINISTRY_2022
from tests.paths import REFERENCE_DIR

BY_OFFICE = (Edition.DOC, Edition.WPS, Edition.RTF, Edition.ODT)
EVERY_OFD_HABIT = [OfdHabits(), *map(draw_ofd_habits, range(4)), OfdHabits(*[True] * 6)]


@pytest.fixture(scope="module")
def manuscript() -> Manuscript:
    rng = random.Random(7)  # noqa: S311 - reproducible, and nothing is kept secret
    return draft(invent_ledger(rng, character=Character(6, "2120101", ("2120102",))), MINISTRY_2022)


@pytest.fixture(scope="module")
def as_word(manuscript: Manuscript, tmp_path_factory: pytest.TempPathFactory) -> Disclosure:
    """What the Word file says."""
    path = tmp_path_factory.mktemp("editions") / "决算.docx"
    write_edition(manuscript, Edition.DOCX, path)
    return read_disclosure(path, REFERENCE_DIR)


def figures(disclosure: Disclosure) -> list[tuple[object, ...]]:
    """Every figure with what it is of, wherever it stands."""
    return [
        (
            *(each.row.form, each.row.section, each.row.row_code, each.row.row_label),
            *(each.measure, each.text, each.value, each.unit),
        )
        for each in disclosure.figures
    ]


@pytest.mark.parametrize(
    "edition",
    [
        Edition.OFD,
        Edition.MHTML,
        *(
            pytest.param(
                edition,
                marks=pytest.mark.skipif(
                    find_office() is None, reason="LibreOffice is not installed"
                ),
            )
            for edition in BY_OFFICE
        ),
    ],
)
def test_every_format_says_what_the_word_file_says(
    edition: Edition, manuscript: Manuscript, as_word: Disclosure, tmp_path: Path
):
    path = tmp_path / "决算"
    write_edition(manuscript, edition, path)
    found = read_disclosure(path, REFERENCE_DIR)
    assert figures(found) == figures(as_word)
    assert len(figures(found)) > 100
    assert found.identification.department_name == as_word.identification.department_name
    assert [each.sentence for each in found.claims] == [each.sentence for each in as_word.claims]


@pytest.mark.parametrize("habits", EVERY_OFD_HABIT, ids=range(6))
def test_an_ofd_is_read_alike_whatever_program_wrote_it(
    habits: OfdHabits, manuscript: Manuscript, as_word: Disclosure, tmp_path: Path
):
    write_ofd(manuscript.on_pages(manuscript.sections()), tmp_path / "a.ofd", habits)
    found = read_disclosure(tmp_path / "a.ofd", REFERENCE_DIR)
    assert figures(found) == figures(as_word)
    assert all(each.place.page and each.place.bbox for each in found.figures)


def test_the_kind_is_the_files_own(manuscript: Manuscript, tmp_path: Path):
    path = tmp_path / "决算.docx"
    write_edition(manuscript, Edition.OFD, path)
    document = read_document(path.read_bytes(), path.name)
    assert disclose(document, REFERENCE_DIR).file_kind == "ofd"
    with zipfile.ZipFile(path) as package:
        assert "OFD.xml" in package.namelist()

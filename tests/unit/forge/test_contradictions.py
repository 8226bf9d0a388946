"""Planted contradictions stand where they are said to stand, and nowhere else."""

import random
from decimal import Decimal
from pathlib import Path

import pytest

from tests.forge.borrowed import small_county_bureau
from tests.forge.contradictions import (
    CONTRADICTIONS,
    GOODS_OFF,
    THREE_PUBLIC_TOTAL_OFF,
    Contradiction,
    FigureContradiction,
    NothingToPlantError,
)
from tests.forge.disclosure import FileFormat, forge_disclosure
from tests.forge.invention import ANYWHERE, Character, invent_ledger
from tests.forge.styles import METROPOLITAN, MINISTRY_2022, Form

LEDGER = invent_ledger(
    random.Random(3),  # noqa: S311 - reproducible, and nothing is kept secret
    character=Character(headcount=20, running_item="2010301", project_items=("2010302",)),
)


@pytest.mark.parametrize("planted", CONTRADICTIONS, ids=lambda planted: planted.name)
def test_a_contradiction_changes_one_number(planted: Contradiction, tmp_path: Path):
    clean = forge_disclosure(LEDGER, MINISTRY_2022, FileFormat.DOCX, tmp_path / "clean.docx")
    forged = forge_disclosure(
        *(LEDGER, MINISTRY_2022, FileFormat.DOCX), tmp_path / "planted.docx", [planted]
    )
    changed = [
        (before, after)
        for before, after in zip(
            (*clean.figures, *clean.claims), (*forged.figures, *forged.claims), strict=True
        )
        if before != after
    ]
    assert len(changed) == 1
    (done,) = forged.planted
    assert Decimal(done.printed_text) - Decimal(done.true_text) == planted.shift
    assert done.breaks == planted.breaks


def test_the_claim_planted_is_the_claim_printed(tmp_path: Path):
    forged = forge_disclosure(
        LEDGER, METROPOLITAN, FileFormat.DOCX, tmp_path / "a.docx", [GOODS_OFF]
    )
    claims = {claim.subject: claim.value_text for claim in forged.claims}
    assert claims["procurement.goods"] == forged.planted[0].printed_text


def test_nothing_is_planted_where_nothing_is_printed(tmp_path: Path):
    ghost = FigureContradiction(
        name="ghost",
        form=Form.INCOME,
        row_code="999",
        row_label="",
        measure="total",
        shift=THREE_PUBLIC_TOTAL_OFF.shift,
        breaks=(),
    )
    with pytest.raises(NothingToPlantError, match="ghost"):
        forge_disclosure(
            *(small_county_bureau(ANYWHERE), MINISTRY_2022, FileFormat.DOCX),
            tmp_path / "a.docx",
            [ghost],
        )

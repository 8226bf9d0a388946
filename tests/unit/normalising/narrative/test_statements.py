"""What forged narratives state in the wordings of many provinces is claimed, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.domain.disclosure import DocumentKind, Reading
from pipelines.normalising.narrative.numbers import UNTOLD
from tests.forge.statements import Family, Stated, load_families, write_statements
from tests.unit.normalising.drawn import stated

BY_NAME = {family.name: family for family in load_families()}
# Statements about what surrounds a value; the families do not list them.
BESIDE = {"date", "name"}


def claimed(family: Family, seed: int, year: int) -> tuple[list[Stated], list[Stated]]:
    """What the narrative is read as, and what it states."""
    texts, truth = write_statements(family, seed, year)
    kind = DocumentKind.BUDGET if family.is_budget else DocumentKind.FINAL_ACCOUNTS
    found = stated(*texts, kind=kind, fiscal_year=year)
    # What a meeting was about counts nothing, and is kept as such.
    claims = [claim for claim in found if claim.reading_note != UNTOLD]
    assert [claim for claim in claims if claim.reading is Reading.AMBIGUOUS] == []
    labels = {truth.label for truth in truth}
    read = [
        Stated(
            claim.subject,
            claim.kind.value,
            claim.value_text,
            claim.base,
            claim.item_label if claim.item_label in labels else "",
        )
        for claim in claims
        if claim.kind.value not in BESIDE
    ]
    return read, list(truth)


@pytest.mark.parametrize("name", BY_NAME)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), year=st.integers(2019, 2026))
def test_claims_are_what_the_narrative_states(name: str, seed: int, year: int):
    read, truth = claimed(BY_NAME[name], seed, year)
    assert [compared(*each) for each in zip(read, truth, strict=True)] == truth


def compared(read: Stated, truth: Stated) -> Stated:
    """What was read; a whole that no words name is told by the amounts, which are random here."""
    is_unnamed = truth.kind == "share" and truth.base == ""
    return replace(read, base="") if is_unnamed else read

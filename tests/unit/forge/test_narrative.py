"""The narrative states what is recorded of it."""

import random

from hypothesis import given, settings

from tests.forge.borrowed import small_county_bureau
from tests.forge.invention import ANYWHERE, invent_ledger
from tests.forge.ledger import Ledger
from tests.forge.narrative import write_narrative
from tests.forge.strategies import printable_pairs
from tests.forge.styles import MINISTRY_2022, NAMED_STYLES, OLDER_COUNTY, HouseStyle


@given(printable_pairs())
@settings(max_examples=40, deadline=None)
def test_every_claim_is_printed_once_with_its_unit(pair: tuple[Ledger, HouseStyle]):
    narrative = write_narrative(*pair)
    text = "".join(block.text for block in narrative.explanation)
    assert "{" not in text
    for claim in narrative.claims:
        assert f"{claim.value_text}{claim.unit}" in text
    subjects = [claim.subject for claim in narrative.claims]
    assert len(subjects) == len(set(subjects))


def test_the_families_word_the_same_facts_differently():
    ledger = invent_ledger(random.Random(1))  # noqa: S311
    texts = {
        style.narrative: "".join(b.text for b in write_narrative(ledger, style).explanation)
        for style in NAMED_STYLES
    }
    assert len(set(texts.values())) == len(texts)


def test_shares_carry_their_base():
    ledger = small_county_bureau(ANYWHERE)
    claims = {claim.subject: claim for claim in write_narrative(ledger, OLDER_COUNTY).claims}
    assert claims["procurement.sme_share"].value_text == "100"
    assert claims["procurement.sme_share"].base == "procurement.total"
    assert claims["procurement.micro_share"].base == "procurement.total"
    assert claims["procurement.total"].base == ""


def test_vehicle_types_without_vehicles_are_named_only_where_the_house_does():
    ledger = small_county_bureau(ANYWHERE)
    county = {claim.subject for claim in write_narrative(ledger, OLDER_COUNTY).claims}
    ministry = {claim.subject for claim in write_narrative(ledger, MINISTRY_2022).claims}
    assert "assets.vehicles.courier" in county
    assert "assets.vehicles.courier" not in ministry

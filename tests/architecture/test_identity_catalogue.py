"""The catalogue of identities is whole: each rule of its design is in it, or said not to be.

Knows the seeds, docs/identities.md and the design beside the project. Skipped where that is absent.
"""

import csv
import re

import pytest

from tests.architecture.test_docs import SEEDS_DIR, names_in, section, table_rows, text_of
from tests.paths import SHARED_DIR

DESIGN = SHARED_DIR / "design" / "IDENTITIES.md"
FIRST_SECTION, LAST_SECTION = 2, 12
RULE = re.compile(r"^\| *(?P<names>`[^|]*`)(?P<nature>[^|]*)\|", re.MULTILINE)

pytestmark = pytest.mark.skipif(not DESIGN.is_file(), reason=f"the design is not at {SHARED_DIR}")


def named_in_the_design() -> dict[str, bool]:
    """Every rule of the sections that list rules, and whether it is soft."""
    _, *parts = re.split(r"^## (\d+)\. ", DESIGN.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        name: "soft" in row["nature"]
        for number, text in zip(parts[::2], parts[1::2], strict=True)
        if FIRST_SECTION <= int(number) <= LAST_SECTION
        for row in RULE.finditer(text)
        for name in names_in(row["names"])
    }


def severities() -> dict[str, str]:
    with (SEEDS_DIR / "identities.csv").open(encoding="utf-8", newline="") as lines:
        return {row["identity_id"]: row["severity"] for row in csv.DictReader(lines)}


def stood_in_for() -> dict[str, list[str]]:
    """Rules without a line of their own, and the identities that stand in for each."""
    page = section(text_of("docs/identities.md"), "Known rules that have no line of their own")
    return {names_in(rule)[0]: names_in(instead) for rule, instead, _ in table_rows(page)}


def test_every_rule_of_the_design_is_in_the_catalogue_or_said_not_to_be():
    designed, catalogue, elsewhere = named_in_the_design(), severities(), stood_in_for()
    assert len(designed) > 100
    assert sorted(set(designed) - set(catalogue)) == sorted(elsewhere)


def test_what_stands_in_for_a_rule_is_in_the_catalogue():
    instead = {name for names in stood_in_for().values() for name in names}
    assert sorted(instead - set(severities())) == []


def test_what_may_fail_for_a_reason_raises_no_alarm():
    catalogue = severities()
    soft = {name for name, is_soft in named_in_the_design().items() if is_soft}
    assert sorted(name for name in soft if catalogue.get(name, "soft") != "soft") == []


def test_what_is_softer_than_its_rule_says_why():
    page = section(text_of("docs/identities.md"), "Soft although they are rules")
    explained = [name for row in table_rows(page) for name in names_in(row[0])]
    catalogue = severities()
    softer = [
        name
        for name, is_soft in named_in_the_design().items()
        if not is_soft and catalogue.get(name) == "soft"
    ]
    assert sorted(explained) == sorted(softer)

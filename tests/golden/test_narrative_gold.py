"""What real documents say in words, value for value against what a person read off the page.

Knows the corpus beside the project, its hand-read narratives, and how their vocabulary maps to
the subjects of docs/claims.md. Skipped where the corpus is absent.
"""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipelines.domain.disclosure import Claim, Disclosure, Reading
from pipelines.normalising.disclosing import read_disclosure
from tests.paths import PROJECT_DIR, REFERENCE_DIR, SHARED_DIR

CORPUS, GOLD = SHARED_DIR / "corpus", SHARED_DIR / "gold"
OWN_GOLD = PROJECT_DIR / "tests" / "golden" / "narrative"
SHANGHAI = "shpt_gzj_2024_final"
HUNAN = ("lanshan_ybj_2023_final", "huaihua_ybj_2023_final")
# Items of the hand-read Hunan narratives that state no value in the running text.
UNSTATED = re.compile(r"^units,|,(?:score|grade|events)$|_class$|_group$|_item$|_name$|_year$")

pytestmark = pytest.mark.skipif(
    not (CORPUS.is_dir() and GOLD.is_dir()),
    reason=f"the corpus and its hand-read narratives are not at {SHARED_DIR}",
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def disclosures(gold: str) -> tuple[Disclosure, ...]:
    """The documents that a gold name speaks of, in every file format there is."""
    names = [row["file"] for row in rows(GOLD / "manifest.csv") if row["gold"] == gold]
    paths = sorted(path for name in names for path in CORPUS.rglob(name))
    return tuple(read_disclosure(path, REFERENCE_DIR) for path in paths)


def says(claim: Claim, value_text: str, unit: str) -> bool:
    """Whether a claim states this value; a unit that the print lacks may be noted either way."""
    return claim.value_text == value_text and (
        claim.unit == unit or claim.is_unit_missing or not unit
    )


def test_every_item_of_the_shanghai_narrative_is_claimed_of_the_right_thing():
    (disclosure,) = disclosures(SHANGHAI)
    meant = {(row["section"], row["item"]): row for row in rows(OWN_GOLD / "vocabulary.csv")}
    missing = []
    for item in rows(GOLD / f"{SHANGHAI}.narrative.csv"):
        subject = meant[item["section"], item["item"]]
        stated = [
            claim
            for claim in disclosure.claims
            if (claim.subject, claim.kind) == (subject["subject"], subject["kind"])
            and (not subject["whole_or_base"] or claim.base == subject["whole_or_base"])
            and claim.reading is Reading.CLEAR
        ]
        if not any(says(claim, item["value_text"], item["unit"]) for claim in stated):
            missing.append((item, [(claim.value_text, claim.unit) for claim in stated]))
    assert missing == []


def test_the_defects_of_words_of_the_shanghai_document_are_found_and_no_others():
    (disclosure,) = disclosures(SHANGHAI)
    kinds = {
        "unit_missing": "unit_missing",
        "template_residue": "template_residue",
        "name_inconsistent": "name_mismatch",
    }
    wanted = Counter(
        kinds[row["kind"]] for row in rows(GOLD / f"{SHANGHAI}.defects.csv") if row["kind"] in kinds
    )
    found = Counter(finding.kind for finding in disclosure.text_findings)
    # One line of the list names three places of the same wrong name.
    assert found - wanted == Counter({"name_mismatch": 2})
    assert wanted - found == Counter()


@pytest.mark.parametrize("gold", HUNAN)
def test_every_value_of_the_hunan_narratives_is_claimed_once(gold: str):
    for disclosure in disclosures(gold):
        claimed = Counter(claim.value_text for claim in disclosure.claims)
        wanted = Counter(
            item["value_text"].removeprefix("超")
            for item in rows(OWN_GOLD / f"{gold}.narrative.csv")
            if not UNSTATED.search(f"{item['section']},{item['item']}")
            and re.search(r"\d", item["value_text"])
        )
        assert wanted - claimed == Counter(), disclosure.file_name


@pytest.mark.parametrize("gold", HUNAN)
def test_word_and_pdf_say_the_same(gold: str):
    claims = [
        [(claim.subject, claim.kind, claim.value_text, claim.item_label) for claim in each.claims]
        for each in disclosures(gold)
    ]
    assert claims[0] == claims[1]


def test_nothing_is_found_wrong_with_the_words_of_documents_without_defects():
    clean = [
        path
        for path in sorted(CORPUS.rglob("*.pdf"))
        if "预算" in path.stem and re.search(r"20\d{2}年", path.stem)
    ]
    assert clean
    for path in clean:
        assert read_disclosure(path, REFERENCE_DIR).text_findings == (), path.name

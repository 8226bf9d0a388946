"""Everything that people are shown by a canonical name has a label in both languages.

Held to the label table: the form catalogue, what the narrative can speak of, and the enumerations
of the code. Values that only SQL knows are held to it by assert_every_value_has_a_label.
"""

import csv
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import product

import pytest

from pipelines.auditing.slips import Slip
from pipelines.domain.disclosure import (
    ClaimKind,
    Direction,
    DocumentKind,
    Part,
    Reading,
    RejectionReason,
    ResolvedBy,
    Scope,
)
from pipelines.domain.file_record import FileReason, FileStatus
from pipelines.domain.languages import Language
from pipelines.exploring.labels import Names, shipped_labels
from pipelines.normalising.narrative.lexicon import load_wording
from pipelines.normalising.narrative.sections import load_headings
from pipelines.reading.errors import UnreadableReason
from pipelines.recognising.catalogue import SectionSpec, load_catalogue
from tests.architecture.test_claims_page import documented_subjects, names_of
from tests.architecture.test_docs import first_names, section, table_rows, text_of
from tests.paths import PROJECT_DIR

LABELS = shipped_labels(PROJECT_DIR / "dbt_project")
ENUMERATIONS = {
    "claim_kind": ClaimKind,
    "direction": Direction,
    "document_kind": DocumentKind,
    "part": Part,
    "reading": Reading,
    "resolved_by": ResolvedBy,
    "scope": Scope,
    "slip": Slip,
    "file_status": FileStatus,
}
REASONS: tuple[type[StrEnum], ...] = (FileReason, UnreadableReason, RejectionReason)


def unlabelled(kind: str, keys: Iterator[str] | set[str]) -> list[str]:
    return sorted(set(keys) - {""} - set(LABELS.of_kind(kind)))


def sections_of_forms() -> Iterator[SectionSpec]:
    yield load_catalogue().performance
    for form in load_catalogue().forms:
        yield from form.sections


def test_every_form_measure_line_and_side_has_a_label():
    sections = list(sections_of_forms())
    measures = {name for part in sections for name, *_ in (*part.measures, *part.down)}
    assert len(measures) > 100
    assert unlabelled("form", {form.form for form in load_catalogue().forms}) == []
    assert unlabelled("measure", measures) == []
    assert unlabelled("line", {line.line for part in sections for line in part.lines}) == []
    assert unlabelled("section", {part.section for part in sections}) == []
    assert unlabelled("basis", {form.basis for form in load_catalogue().forms}) == []


def test_everything_that_prose_can_speak_of_has_a_label():
    things = set(documented_subjects())
    assert len(things) > 200
    assert unlabelled("thing", things) == []
    assert unlabelled("topic", {thing.partition(".")[0] for thing in things}) == []
    assert unlabelled("item", {thing.partition(".")[2] for thing in things}) == []
    roles = first_names(section(text_of("docs/claims.md"), "Roles"))
    assert unlabelled("role", set(roles)) == []
    assert unlabelled("topic", {topic for topic, _ in load_headings().topics}) == []


def things_of_the_grammar() -> set[tuple[str, str]]:
    """Topic and item of everything that a claim can be of."""
    known = (name for each in load_wording().subjects.values() for name in names_of(each))
    topics = (name.partition(".") for name in {*documented_subjects(), *known})
    return {(topic, item) for topic, _, item in topics}


def measures_of_the_grammar() -> Iterator[str]:
    """What a claim can say of a thing, as identities call it."""
    roles = first_names(section(text_of("docs/claims.md"), "Roles"))
    yield from roles
    for role, kind in product(roles, ClaimKind):
        yield f"{role}_{kind}"
    things = (f"{topic}.{item}" for topic, item in things_of_the_grammar())
    for kind, base in product((ClaimKind.CHANGE, ClaimKind.GROWTH), (*roles, *things)):
        yield f"{kind}_{base}"


@pytest.mark.parametrize("language", Language)
def test_nothing_that_a_claim_can_be_of_is_called_by_its_identifier(language):
    names = Names(LABELS, language)
    wrong = re.compile(r"[a-z]_[a-z]|[a-z]\.[a-z]" if language is Language.EN else "[a-z]{2,}")
    things = things_of_the_grammar()
    assert len(things) > 200
    stated = [f"{part}.{topic} {item}" for part, (topic, item) in product(Part, sorted(things))]
    assert [each for each in stated if wrong.search(names.place(each))] == []
    measures = sorted(measures_of_the_grammar())
    assert len(measures) > 150
    called = {each: names.place(f"narrative.income total {each}") for each in measures}
    assert {each: said for each, said in called.items() if wrong.search(said)} == {}


def test_every_reason_for_a_doubt_has_a_label():
    reasons = {row[0] for row in table_rows(section(text_of("docs/claims.md"), "Doubts"))}
    assert len(reasons) > 20
    assert unlabelled("doubt", reasons) == []


def test_every_known_exception_of_an_identity_is_told_in_chinese():
    with (PROJECT_DIR / "dbt_project/seeds/identities/identities.csv").open(newline="") as rows:
        exceptions = {row["exceptions"] for row in csv.DictReader(rows)}
    assert len(exceptions) > 50
    assert unlabelled("exception", exceptions) == []
    assert set(LABELS.of_kind("exception")) - exceptions == set()


@pytest.mark.parametrize("kind", ENUMERATIONS)
def test_every_value_of_an_enumeration_has_a_label(kind):
    assert unlabelled(kind, set(ENUMERATIONS[kind])) == []


@pytest.mark.parametrize("reasons", REASONS)
def test_every_reason_for_not_using_something_has_a_label(reasons):
    assert unlabelled("rejection", set(reasons)) == []


def test_labels_are_written_alike():
    for kind in LABELS.kinds:
        for label in LABELS.of_kind(kind).values():
            assert label.zh, label
            assert label.en, label
            assert not set("()\"'") & set(label.zh), label
            assert label.en == label.en.strip(), label
            assert bool(label.definition_zh) >= bool(label.definition_en), label

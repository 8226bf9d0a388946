"""Values in doubt, counted by the words that stand before them."""

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import duckdb
import pytest

from pipelines.domain.disclosure import Claim, Disclosure, NarrativeParagraph, Reading
from pipelines.exploring.csv_text import BYTE_ORDER_MARK, as_csv
from pipelines.exploring.prose_doubts import ProseDoubt, list_prose_doubts
from pipelines.warehouse.connection import open_for_reading, open_for_writing
from pipelines.warehouse.loads import replace_document
from pipelines.warehouse.schema import WarehouseOutdatedError, apply_staging_schema
from tests.made_disclosures import CELL, made_claim, made_disclosure

FIRST = "收入5万元，其中往来 款3万元，差旅费2万元。"
SECOND = "其中：往来款１万元。"
UNKNOWN = "nothing says what it is of"


def in_doubt(text: str, number: str, paragraph: int = 0, note: str = UNKNOWN) -> Claim:
    begin = text.index(number)
    return replace(
        made_claim(),
        paragraph_index=paragraph,
        value_text=number,
        sentence=text,
        begin=begin,
        end=begin + len(number),
        reading=Reading.AMBIGUOUS if note else Reading.CLEAR,
        reading_note=note,
    )


def told(name: str, *claims: Claim) -> Disclosure:
    paragraphs = tuple(
        NarrativeParagraph(index, ("说明",), text, CELL)
        for index, text in enumerate((FIRST, SECOND))
    )
    return replace(made_disclosure(name, name, claims=claims), paragraphs=paragraphs)


@pytest.fixture
def doubts_of(tmp_path: Path):
    def find(*disclosures: Disclosure) -> list[ProseDoubt]:
        with open_for_writing(tmp_path / "w.duckdb") as connection:
            apply_staging_schema(connection)
            for disclosure in disclosures:
                replace_document(connection, disclosure, "1")
        with open_for_reading(tmp_path / "w.duckdb") as connection:
            return list_prose_doubts(connection)

    return find


def test_the_same_words_are_counted_over_documents_and_the_most_frequent_come_first(doubts_of):
    travel = in_doubt(FIRST, "2")
    current, again = in_doubt(FIRST, "3"), in_doubt(SECOND, "１", paragraph=1)
    first, *others = doubts_of(told("a.docx", current, travel, again), told("b.docx", again))
    assert (first.words, first.reason) == ("往来款", UNKNOWN)
    assert (first.occurrences, first.document_count) == (2, 2)
    assert (first.printed, first.sentence, first.file_name) == ("１万元", SECOND, "a.docx")
    assert [(other.words, other.occurrences) for other in others] == [
        ("其中往来款", 1),
        ("差旅费", 1),
    ]


def test_each_reason_is_a_doubt_of_its_own_and_a_value_with_two_is_one(doubts_of):
    found = doubts_of(
        told(
            "a.docx",
            in_doubt(FIRST, "3"),
            in_doubt(FIRST, "3", note="no unit"),
            in_doubt(FIRST, "2", note="no unit"),
        )
    )
    assert [(doubt.words, doubt.reason, doubt.occurrences) for doubt in found] == [
        ("其中往来款", f"no unit; {UNKNOWN}", 1),
        ("差旅费", "no unit", 1),
    ]


def test_what_is_read_clearly_is_no_doubt(doubts_of):
    assert doubts_of(told("a.docx", in_doubt(FIRST, "5", note=""))) == []


def test_doubts_that_print_no_number_are_counted_one_by_one(doubts_of):
    nowhere = replace(in_doubt(FIRST, "3"), value_text="", begin=0, end=0)
    (doubt,) = doubts_of(told("a.docx", nowhere, nowhere))
    assert (doubt.words, doubt.occurrences) == ("", 2)


def test_the_csv_has_a_column_for_everything(doubts_of):
    doubts = doubts_of(told("a.docx", in_doubt(FIRST, "3")))
    text = as_csv(ProseDoubt, doubts).removeprefix(BYTE_ORDER_MARK)
    (row,) = csv.DictReader(StringIO(text))
    assert (row["words"], row["occurrences"], row["printed"]) == ("其中往来款", "1", "3万元")
    assert (row["sentence"], row["page"]) == (FIRST, "")


def test_a_warehouse_of_another_version_is_refused():
    with duckdb.connect(":memory:") as connection, pytest.raises(WarehouseOutdatedError):
        list_prose_doubts(connection)

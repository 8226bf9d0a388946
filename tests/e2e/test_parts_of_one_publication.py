"""Prose in one file and tables in another are one publication, and count as one.

Three invented bodies: one publishes prose and tables apart and has an older set of tables beside
them, one publishes prose alone in the same folder, one repeats the prose of its accounts on a page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from tests.e2e.sample_run import Answer, juesuan
from tests.forge.complete import quiet_accounts
from tests.forge.disclosure import FileFormat, draft_final_accounts, forge_disclosure
from tests.forge.invention import ANYWHERE
from tests.forge.parts import write_prose, write_tables
from tests.forge.styles import OLDER_COUNTY

SILENT = replace(ANYWHERE, name="徐闻县潮汐年历编印所")
WHOLE = replace(ANYWHERE, name="徐闻县潮位观测站")
TRUE, FALSE = "公务接待费全年预算7.5万元，决算7万元", "公务接待费全年预算7.5万元，决算8万元"


@dataclass(frozen=True, slots=True)
class Published:
    """The warehouse of all of it, and what the command said."""

    path: Path
    answer: Answer

    def ask(self, query: str, *values: object) -> list[tuple]:
        """The rows that answer a query."""
        with duckdb.connect(str(self.path), read_only=True) as connection:
            return connection.execute(query, list(values)).fetchall()

    def document(self, file_name: str) -> str:
        """The key of the document in a file."""
        [(document_id,)] = self.ask(
            "select document_id from marts.dim_documents where file_name = ?", file_name
        )
        return str(document_id)


def contradicted(text: str) -> str:
    return text.replace(TRUE, FALSE)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("parts")
    apart, together = folder / "raw" / "apart", folder / "raw" / "together"
    for each in (apart, together):
        each.mkdir(parents=True)
    manuscript = draft_final_accounts(quiet_accounts(), OLDER_COUNTY)
    write_prose(manuscript, apart / "prose.docx", contradicted)
    write_tables(manuscript, apart / "tables.pdf")
    older = draft_final_accounts(quiet_accounts(fiscal_year=2022), OLDER_COUNTY)
    write_tables(older, apart / "older.docx")
    write_prose(draft_final_accounts(quiet_accounts(SILENT), OLDER_COUNTY), apart / "silent.docx")
    whole = quiet_accounts(WHOLE)
    forge_disclosure(whole, OLDER_COUNTY, FileFormat.DOCX, together / "whole.docx")
    write_prose(draft_final_accounts(whole, OLDER_COUNTY), together / "page.html")
    warehouse = folder / "juesuan.duckdb"
    answer = juesuan("run", "--raw", folder / "raw", "--warehouse", warehouse, "--jobs", "2")
    return Published(warehouse, answer)


def test_prose_without_forms_is_read_and_says_so(published):
    assert published.answer.exit_code == 0, published.answer
    assert published.ask(
        "select file_name, has_forms, other_parts, missing_form_count "
        "from marts.fct_document_quality where not has_forms order by file_name"
    ) == [
        ("page.html", False, "whole.docx", 0),
        ("prose.docx", False, "tables.pdf", 0),
        ("silent.docx", False, "", 0),
    ]


def test_only_parts_of_one_body_and_year_are_joined(published):
    found = published.ask(
        "select documents.file_name, disclosures.file_name, documents.is_preferred, "
        "documents.is_prose_preferred "
        "from marts.dim_documents as documents "
        "inner join marts.dim_documents as disclosures "
        "on documents.disclosure_id = disclosures.document_id order by documents.file_name"
    )
    assert found == [
        ("older.docx", "older.docx", True, True),
        ("page.html", "whole.docx", False, False),
        ("prose.docx", "tables.pdf", True, True),
        ("silent.docx", "silent.docx", True, True),
        ("tables.pdf", "tables.pdf", True, False),
        ("whole.docx", "whole.docx", True, True),
    ]


def test_facts_take_amounts_of_one_part_and_counts_of_the_other_once(published):
    reception = published.ask(
        "select file_name, actual_yuan, person_count "
        "from marts.fct_three_public_expenses "
        "inner join marts.dim_documents using (document_id) "
        "where item = 'reception' and file_name not in ('older.docx', 'silent.docx') "
        "order by file_name"
    )
    assert reception == [("tables.pdf", 70_000, 60), ("whole.docx", 70_000, 60)]


@pytest.mark.parametrize(
    "mart", ["fct_procurement", "fct_budget_execution", "fct_year_on_year_changes"]
)
def test_statements_count_once_for_each_body(published, mart: str):
    counts = dict(published.ask(f"select document_id, count(*) from marts.{mart} group by 1"))
    documents = {published.document(name) for name in ("tables.pdf", "silent.docx", "whole.docx")}
    assert set(counts) == documents
    assert len(set(counts.values())) == 1


def test_statements_are_held_against_the_tables_in_the_other_file(published):
    evaluated = published.ask(
        "select file_name, count(*) from marts.fct_identity_checks "
        "inner join marts.dim_documents using (document_id) "
        "where fct_identity_checks.evidence = 'narrative' "
        "and tier not in ('not_applicable', 'not_evaluable') "
        "group by file_name"
    )
    counts = dict(evaluated)
    assert counts["prose.docx"] == counts["whole.docx"] == counts["page.html"]
    assert counts["silent.docx"] < counts["prose.docx"]


def test_a_contradiction_between_the_files_cites_both(published):
    found = published.ask(
        "select file_name, printed_left, printed_right, place, sentence "
        "from marts.fct_discrepancies where level = 'violation' and contains(place, ' of ')"
    )
    assert {(file_name, sentence[:5]) for file_name, *_, sentence in found} == {
        ("prose.docx", "公务接待费")
    }
    [(_, left, right, place, _)] = found
    assert (left, right) == ("8万元", "7")
    assert re.fullmatch(r"page \d+ of tables\.pdf, body/p\[\d+\]/r\[1\]", place)


def test_what_needs_forms_is_not_evaluated_and_does_not_fail(published):
    reasons = published.ask(
        "select distinct documents.file_name, checks.tier, checks.reason "
        "from marts.fct_identity_checks as checks "
        "inner join marts.dim_documents as documents using (document_id) "
        "where not documents.has_forms and checks.evidence = 'forms' order by all"
    )
    assert reasons == [
        ("page.html", "not_evaluable", "the forms are not in this file but in whole.docx"),
        ("prose.docx", "not_evaluable", "the forms are not in this file but in tables.pdf"),
        ("silent.docx", "not_evaluable", "the forms are not in this file"),
    ]


@pytest.fixture
def told(published) -> Callable[[str], str]:
    def tell(name: str) -> str:
        answer = juesuan("explain", name, "--warehouse", published.path)
        assert answer.exit_code == 0, answer
        return answer.output

    return tell


def test_explain_says_where_the_forms_are(told):
    assert "forms       not in this file" in told("prose.docx")
    assert "other parts tables.pdf" in told("prose.docx")
    assert "forms       not in this file" in told("silent.docx")
    assert "other parts" not in told("silent.docx")

"""A contradiction in a PDF is the document's or ours: the second reading decides, on real tables.

Three PDFs of one department: one that is sound, one that contradicts itself, and a sound one of
which the first reading is made to err.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.auditing.audits import AuditSummary
from pipelines.domain.languages import Language
from pipelines.exploring.discrepancies import list_discrepancies
from pipelines.exploring.labels import Names, shipped_labels
from pipelines.exploring.reports import (
    DocumentReport,
    as_html,
    as_markdown,
    report_documents,
)
from pipelines.normalising.versions import current_reader_version
from pipelines.running.building import build
from pipelines.warehouse.builds import BuildOutcome
from pipelines.warehouse.ingesting import disclosure_reader, ingest
from pipelines.warehouse.transforming import DbtProject, NodeResults, Transformation
from tests.executors import ONE_PROCESS
from tests.forge.contradictions import INCOME_ROW_SPLIT_OFF
from tests.forge.disclosure import FileFormat, forge_disclosure
from tests.forge.samples import samples
from tests.made_settings import made_settings
from tests.paths import PROJECT_DIR

NAMES = Names(shipped_labels(PROJECT_DIR / "dbt_project"), Language.ZH)
# Printed 1.00 higher than the first reading of the misread document is made to say.
MISREAD = """
    update staging.figures set
        amount_text = replace(amount_text, '.', '9.'),
        amount_yuan = cast(replace(amount_text, '.', '9.') as decimal(24, 6)) * 10000
    where
        form = 'income' and measure = 'total' and length(row_code) = 7
        and document_id in (
            select document_id from staging.documents where file_name = 'misread.pdf'
        )
"""

Query = Callable[[str], list[tuple]]


@dataclass(frozen=True, slots=True)
class Audited:
    """A warehouse whose documents were audited while it was built, and what a second build did.

    Attributes:
        built: The build.
        audit: What was audited in it.
        rebuilt: Names of the nodes that were built after auditing.
        again: Another build.
        audited_again: What was audited in that.
    """

    warehouse: Path
    raw_dir: Path
    built: Transformation
    audit: AuditSummary
    rebuilt: frozenset[str]
    again: Transformation
    audited_again: AuditSummary


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Read and build, and build again."""
    folder = tmp_path_factory.mktemp("audited")
    raw_dir, warehouse = folder / "raw", folder / "w.duckdb"
    raw_dir.mkdir()
    finals = [each for each in samples() if each.file_format is FileFormat.PDF and not each.plant]
    for name, sample, plant in (
        ("sound.pdf", finals[2], ()),
        ("contradicting.pdf", finals[3], (INCOME_ROW_SPLIT_OFF,)),
        ("misread.pdf", finals[4], ()),
    ):
        forge_disclosure(sample.ledger, sample.style, FileFormat.PDF, raw_dir / name, plant)
    settings = replace(made_settings(), warehouse=warehouse, raw_dir=raw_dir)
    ingest(
        raw_dir,
        warehouse,
        executor=ONE_PROCESS,
        on_progress=lambda _: None,
        reader=disclosure_reader(settings.reference_dir),
        reader_version=current_reader_version(settings.reference_dir),
        work_dir=warehouse.parent,
    )
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(MISREAD)
    rebuilt: set[str] = set()
    with pytest.MonkeyPatch.context() as patched:
        build_rest = DbtProject.build_rest

        def note(*arguments: object, **options: object) -> NodeResults:
            results = build_rest(*arguments, **options)
            rebuilt.update(node.split(".")[2] for node in results)
            return results

        patched.setattr(DbtProject, "build_rest", note)
        built, audit = build(warehouse, settings, ONE_PROCESS, on_progress=lambda _: None)
    again, audited_again = build(warehouse, settings, ONE_PROCESS, on_progress=lambda _: None)
    return Audited(warehouse, raw_dir, built, audit, frozenset(rebuilt), again, audited_again)


@pytest.fixture(scope="module")
def query(audited: Audited) -> Iterator[Query]:
    with duckdb.connect(str(audited.warehouse), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_only_documents_that_contradict_themselves_are_read_again(audited, query):
    assert len(audited.audit.audited) == len(audited.audit.read_again) == 2
    assert query(
        """
        select distinct file_name from staging.second_readings
        inner join staging.documents using (document_id) order by file_name
        """
    ) == [("contradicting.pdf",), ("misread.pdf",)]


def test_where_both_readings_agree_the_document_contradicts_itself(query):
    assert query(
        """
        select attribution, is_quarantined from marts.fct_identity_checks
        inner join marts.dim_documents using (document_id)
        where file_name = 'contradicting.pdf' and tier = 'violation' and severity = 'hard'
        group by all
        """
    ) == [("fails_in_source", False)]


def test_where_they_differ_the_document_is_quarantined_and_both_readings_are_kept(query):
    assert query(
        """
        select attribution, is_quarantined from marts.fct_identity_checks
        inner join marts.dim_documents using (document_id)
        where file_name = 'misread.pdf' and tier = 'violation' and severity = 'hard'
            and identity_id = 'inc_row_split'
        group by all
        """
    ) == [("misread", True)]
    kept = query(
        "select first_text, second_text from staging.second_readings where outcome = 'differs'"
    )
    assert kept
    assert all(first == second.replace(".", "9.") for first, second in kept)


def test_the_tests_turn_red_for_a_misreading_and_only_warn_of_a_contradiction(audited):
    assert audited.built.summary.outcome is BuildOutcome.TESTS_FAILED
    assert [each.name for each in audited.built.summary.failed] == [
        "assert_no_violation_is_left_unconfirmed"
    ]
    assert [each.name for each in audited.built.summary.warned] == [
        "assert_no_document_contradicts_itself"
    ]


def test_the_guilty_figure_is_named_with_what_it_should_read(query):
    ((culprits, suspicion),) = query(
        """
        select distinct printed_text || ' → ' || suggested_text, suspicion
        from marts.fct_error_locations
        inner join marts.fct_disclosed_figures using (figure_id)
        where fct_error_locations.file_name = 'contradicting.pdf' and solution_rank = 1
        """
    )
    printed, _, suggested = culprits.partition(" → ")
    assert abs(Decimal(printed) - Decimal(suggested) - INCOME_ROW_SPLIT_OFF.shift) < Decimal("0.05")
    assert suspicion == "culprit"


def test_what_auditing_reads_is_not_built_twice(audited):
    assert {"int_identity_checks__attributed", "fct_discrepancies"} <= audited.rebuilt
    assert not audited.rebuilt & {"int_identities__evaluated", "stg_figures", "identities"}


def test_nothing_is_audited_twice(audited):
    assert audited.audited_again == AuditSummary((), (), {}, changed=False)
    assert not audited.again.was_needed


def report(audited: Audited, raw_dir: Path) -> list[DocumentReport]:
    with duckdb.connect(str(audited.warehouse), read_only=True) as connection:
        return report_documents(
            connection, list_discrepancies(connection, "contradicting"), raw_dir
        )


def test_a_report_sets_the_two_places_side_by_side(audited):
    (document,) = report(audited, audited.raw_dir)
    finding = document.findings[0]
    assert finding.worst.is_violation
    assert finding.is_located
    assert len(finding.discrepancies) > 1, "what one figure breaks is one finding"
    page = as_html([document], NAMES)
    assert page.count("data:image/png;base64,") == sum(
        len(each.places) for each in document.findings
    )
    for said in (
        "最可能有误",
        "likeliest culprit",
        "收入决算表",
        "the document contradicts itself",
    ):
        assert said in page
    assert not re.findall(r"(?:src|href)=\"(?!data:)", page), "it needs nothing else"


def test_a_report_without_the_file_has_words_instead_of_pictures(audited, tmp_path):
    page = as_html(report(audited, tmp_path), NAMES)
    assert "data:image" not in page
    assert "最可能有误" in page
    assert f"没有图片 no pictures: contradicting.pdf 已不在 {tmp_path} 下" in page
    assert "name its folder with --raw" in page
    assert "no pictures" not in as_html(report(audited, audited.raw_dir), NAMES)


def test_a_report_in_markdown_says_the_same(audited):
    text = as_markdown(report(audited, audited.raw_dir), NAMES)
    assert "# contradicting.pdf" in text
    assert not re.search(r"[^|\n]\n\|", text), "a table needs an empty line above it"
    assert "inc_row_split" in text
    assert "likeliest culprit" in text


def test_nothing_to_report_is_said():
    assert "没有不符" in as_html([], NAMES)
    assert "No discrepancies" in as_markdown([], NAMES)

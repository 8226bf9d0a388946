"""Questions put to a warehouse whose marts are a few rows written by hand."""

from pathlib import Path

import duckdb
import pytest

from pipelines.exploring.discrepancies import list_discrepancies
from pipelines.exploring.documents import NothingFoundError, find_documents
from pipelines.exploring.explain import (
    AmbiguousError,
    DocumentExplanation,
    FigureExplanation,
    explain,
)
from pipelines.exploring.marts import MartsMissingError, open_marts
from pipelines.exploring.status import read_status
from pipelines.warehouse.connection import open_for_reading, open_for_writing
from pipelines.warehouse.keys import figure_ids
from pipelines.warehouse.loads import replace_document
from pipelines.warehouse.schema import apply_staging_schema
from tests.made_disclosures import made_disclosure

ONE = made_disclosure("one", "某县水利局2023年度部门决算.pdf")
OTHER = made_disclosure("other", "某县教育局2023年度部门决算.pdf")

# The columns that the questions read, as dbt builds them.
MARTS = """
    create schema marts;
    create table marts.dim_documents as
    select
        document_id, file_name, department_name, '某县' as region_name, fiscal_year, kind, scope,
        document_id as disclosure_id, true as is_preferred,
        file_name like '%教育%' as is_quarantined, true as is_identified
    from staging.documents;
    create table marts.fct_disclosed_figures as
    select figures.*, documents.file_name, 'proven' as status
    from staging.figures as figures inner join staging.documents as documents using (document_id);
    create table marts.fct_document_quality as
    select
        document_id, 1 as found_form_count, 1 as table_count, 0 as unnamed_table_count,
        true as has_forms, '' as other_parts, true as missing_forms_known, '' as missing_forms,
        1 as figure_count, 1 as named_count, 1 as proven_count,
        0 as unchecked_count, 0 as disputed_count, 1 as violation_count,
        2 as number_count, 2 as accounted_count,
        3 as prose_number_count, 2 as prose_clear_count, 4 as prose_furniture_count
    from staging.documents;
    create table marts.fct_narrative_claims as from staging.claims;
    create table marts.fct_identity_checks as
    select
        document_id, 'exp_row_split' as identity_id, row_code as scope_key, 'forms' as evidence,
        '=' as relation, 'soft' as severity,
        amount_yuan as left_yuan, amount_yuan + 1 as right_yuan,
        cast(-1 as decimal(24, 6)) as difference_yuan, 'yuan' as unit, 'violation' as tier,
        'soft_violation' as verdict, true as is_failed,
        'fails_in_source' as attribution, '' as reason,
        [{'side': 'left', 'sign': 1, 'figure_id': figure_id}] as terms
    from staging.figures;
    create table marts.fct_discrepancies as
    select
        checks.*, documents.file_name, documents.department_name, documents.fiscal_year,
        'c0ffee' as check_id, checks.identity_id as identity_ids, 1 as check_count,
        '' as sentence, null as fault_number, false as is_located,
        '' as culprits, '' as accepted_reason,
        'info' as level, 'a = b' as formula, 'en' as meaning_en, 'zh' as meaning_zh,
        'page 3' as place, '12.30' as printed_left, '12.31' as printed_right
    from marts.fct_identity_checks as checks
    inner join staging.documents as documents using (document_id);
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exploring") / "w.duckdb"
    with open_for_writing(path) as connection:
        apply_staging_schema(connection)
        for disclosure in (ONE, OTHER):
            replace_document(connection, disclosure, "1")
        connection.execute(MARTS)
    return path


@pytest.fixture
def connection(warehouse: Path):
    with open_marts(warehouse) as opened:
        yield opened


def test_a_document_is_found_by_part_of_its_name_or_the_beginning_of_its_id(connection):
    for wanted in ("水利", ONE.document_id[:6], ONE.document_id[:6].upper()):
        explained = explain(connection, wanted)
        assert isinstance(explained, DocumentExplanation)
        assert explained.document.document_id == ONE.document_id


def test_a_document_explanation_has_forms_verdicts_and_what_was_not_used(connection):
    explained = explain(connection, "水利")
    assert isinstance(explained, DocumentExplanation)
    (form,) = explained.forms
    assert (form.title, form.figure_count, form.named_count) == ("支出决算表", 1, 1)
    assert (form.resolved_by, form.resolution) == ("words", "titled 支出决算表")
    assert explained.tiers == {"soft_violation": 1}
    assert [check.identity_id for check in explained.failing] == ["exp_row_split"]
    assert [unused.printed for unused in explained.unused] == ["1.2.3"]


def test_a_figure_is_found_by_the_beginning_of_its_id_with_its_checks(connection):
    (figure_id,) = figure_ids(ONE)
    explained = explain(connection, figure_id[:8])
    assert isinstance(explained, FigureExplanation)
    assert explained.figure.amount_text == "12.30"
    assert explained.figure.title == "支出决算表"
    assert explained.figure.header_path == "本年支出合计"
    assert explained.figure.row_path == "行政运行"
    assert explained.figure.resolved_by == "words"
    assert explained.figure.table_form == "expenditure"
    assert explained.figure.resolution == "titled 支出决算表"
    (check,) = explained.checks
    assert [term.figure_id for term in check.terms] == [figure_id]


def test_a_name_that_fits_several_documents_lists_them(connection):
    with pytest.raises(AmbiguousError) as raised:
        explain(connection, "2023年度")
    assert ONE.document_id in str(raised.value)
    assert OTHER.document_id in str(raised.value)


def test_a_whole_file_name_is_not_ambiguous(connection):
    explained = explain(connection, OTHER.file_name)
    assert isinstance(explained, DocumentExplanation)
    assert explained.document.is_quarantined


@pytest.mark.parametrize("wanted", ["财政局", "ffffffffff", "%", "' or 1=1 --"])
def test_what_is_not_there_is_said_with_where_to_look(connection, wanted):
    with pytest.raises(NothingFoundError, match="juesuan status"):
        explain(connection, wanted)
    with pytest.raises(NothingFoundError, match="juesuan status"):
        find_documents(connection, wanted)


def test_discrepancies_of_one_document_or_of_all(connection):
    assert len(list_discrepancies(connection)) == 2
    assert [each.document_id for each in list_discrepancies(connection, "水利")] == [
        ONE.document_id
    ]


def test_status_counts_documents_figures_and_verdicts(connection):
    status = read_status(connection)
    assert (len(status.documents), status.figure_count, status.proven_count) == (2, 2, 2)
    assert (status.named_count, status.number_count, status.table_count) == (2, 4, 2)
    assert (status.unnamed_table_count, status.unidentified, status.gaps) == (0, (), ())
    assert status.tiers == {"soft_violation": 2}
    assert [document.file_name for document in status.quarantined] == [OTHER.file_name]


def test_a_warehouse_without_marts_has_a_status_and_nothing_more(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_for_writing(path) as connection:
        apply_staging_schema(connection)
    with open_for_reading(path) as connection:
        assert not read_status(connection).has_marts
    with pytest.raises(MartsMissingError, match="juesuan run"), open_marts(path):
        pass


def test_reading_cannot_change_the_warehouse(connection):
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        connection.execute("delete from staging.figures")

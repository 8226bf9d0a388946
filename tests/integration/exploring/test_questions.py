"""Questions put to a warehouse whose marts are a few rows written by hand."""

from pathlib import Path

import duckdb
import pytest

from pipelines.exploring.discrepancies import list_discrepancies
from pipelines.exploring.documents import NothingFoundError, find_documents
from pipelines.exploring.explain import MATCHES_LISTED, AmbiguousError, explain, find_matches
from pipelines.exploring.explanations import (
    CheckExplanation,
    ClaimExplanation,
    DocumentExplanation,
    FigureExplanation,
    IdentityExplanation,
    explain_check,
    explain_claim,
    explain_document,
    explain_figure,
    explain_identity,
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
        document_id, file_name, file_name as file_path,
        regexp_extract(file_name, '^\\D+') as department_name,
        '某县' as region_name, fiscal_year, kind, scope,
        left(md5(left(file_name, 5)), 16) as department_id,
        left(md5(left(file_name, 5) || scope), 16) as body_id, null as announcement_title,
        document_id as disclosure_id, true as is_preferred,
        file_name like '%教育%' as is_quarantined, true as is_identified,
        false as is_template, not is_quarantined as is_counted
    from staging.documents;
    create table marts.fct_disclosed_figures as
    select figures.*, documents.file_name, 'proven' as status, 1 as proof,
        false as is_contradicted_by_prose
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
    create table marts.fct_narrative_claims as
    select
        claims.*, documents.file_name, topic || '.' || item || '.' || role as subject,
        'narrative.procurement' as identity_form,
        item as identity_row, role as identity_measure, 'unchecked' as status
    from staging.claims as claims inner join staging.documents as documents using (document_id);
    create table marts.fct_identity_statistics as
    select
        'exp_row_split' as identity_id, 'tree' as family, 'final_accounts' as document_kind,
        'forms' as evidence, 'soft' as severity, 'a = b' as formula, 'en' as meaning_en,
        'zh' as meaning_zh, '' as exceptions, 2 as document_count, 2 as evaluated_count,
        0 as held_count, 0 as exact_count, 2 as failed_count, 0 as ambiguous_count,
        0 as not_applicable_count, 0 as not_evaluable_count,
        cast(0 as decimal(9, 6)) as held_ratio;
    create table marts.fct_identity_checks as
    select
        left(md5('check' || document_id), 16) as check_id,
        document_id, 'exp_row_split' as identity_id, row_code as scope_key, 'forms' as evidence,
        '=' as relation, 'soft' as severity,
        amount_yuan as left_yuan, amount_yuan + 1 as right_yuan,
        cast(-1 as decimal(24, 6)) as difference_yuan, 'yuan' as unit, 'violation' as tier,
        'soft_violation' as verdict, true as is_failed,
        'fails_in_source' as attribution, '' as reason,
        [
            {'side': 'left', 'sign': 1, 'figure_id': figure_id},
            {'side': 'right', 'sign': 1, 'figure_id': claim_id}
        ] as terms
    from staging.figures inner join staging.claims using (document_id);
    create table marts.fct_error_locations (
        document_id varchar, fault_number integer, solution_rank integer, solution_number integer,
        is_located boolean, figure_id varchar, form varchar, row_name varchar, measure varchar,
        printed_text varchar, suggested_text varchar, printed_unit varchar, slip varchar,
        cause varchar, place_count integer, place_number integer, repaired_count integer,
        failing_count integer, failing_check_ids varchar
    );
    create table marts.fct_discrepancies as
    select
        checks.*, documents.file_name, documents.department_name, documents.fiscal_year,
        true as is_counted, checks.identity_id as identity_ids, 1 as check_count,
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
    left = check.terms[0]
    assert (left.figure_id, left.printed, left.unit, left.page) == (figure_id, "12.30", "万元", 3)
    assert not left.is_statement


def test_every_id_leads_to_its_story_whole_or_begun(connection):
    ((claim_id, check_id),) = connection.execute(
        "select claim_id, check_id from marts.fct_narrative_claims "
        "inner join marts.fct_identity_checks using (document_id) where document_id = ?",
        [ONE.document_id],
    ).fetchall()
    (figure_id,) = figure_ids(ONE)
    stories = {
        figure_id: (explain_figure, FigureExplanation),
        claim_id: (explain_claim, ClaimExplanation),
        check_id: (explain_check, CheckExplanation),
        ONE.document_id: (explain_document, DocumentExplanation),
        "exp_row_split": (explain_identity, IdentityExplanation),
    }
    for key, (by_id, sort) in stories.items():
        story = by_id(connection, key)
        assert isinstance(story, sort)
        assert story == explain(connection, key) == explain(connection, key[:9].upper())
        with pytest.raises(NothingFoundError, match="has the id"):
            by_id(connection, key[:9])


def test_a_statement_has_its_sentence_and_its_part_in_each_check(connection):
    ((claim_id,),) = connection.execute(
        "select claim_id from staging.claims where document_id = ?", [ONE.document_id]
    ).fetchall()
    explained = explain_claim(connection, claim_id)
    assert explained.claim.sentence == "其中货物支出3.20万元。"
    assert explained.claim.subject == "procurement.goods.actual"
    (check,) = explained.checks
    statement = check.terms[1]
    assert (statement.figure_id, statement.is_statement) == (claim_id, True)
    assert (statement.form, statement.row) == ("narrative.procurement", "goods")


def test_an_identity_says_how_often_it_holds_and_where_it_fails(connection):
    explained = explain_identity(connection, "exp_row_split")
    assert (explained.identity.failed_count, explained.failure_count) == (2, 2)
    assert {each.document_id for each in explained.failures} == {ONE.document_id, OTHER.document_id}


@pytest.mark.parametrize(
    "wanted",
    [
        "2023 水利 决算",
        "决算 水利",
        "水利　２０２３",
        "水利局２０２３年度",
        "final_accounts 某县水利局",
    ],
)
def test_words_of_names_are_found_in_any_order_and_width(connection, wanted):
    assert [match.key for match in find_matches(connection, wanted)] == [ONE.document_id]


@pytest.mark.parametrize("publisher", ["department_id", "body_id"])
def test_a_publisher_stands_for_its_documents(connection, publisher):
    ((key,),) = connection.execute(
        f"select {publisher} from marts.dim_documents where document_id = ?", [ONE.document_id]
    ).fetchall()
    assert [match.key for match in find_matches(connection, key[:10])] == [ONE.document_id]


def test_of_many_that_fit_the_first_are_listed_and_all_are_counted(tmp_path):
    path = tmp_path / "w.duckdb"
    many = [
        made_disclosure(f"content {number}", f"水利局 {number:02}.pdf")
        for number in range(MATCHES_LISTED + 3)
    ]
    with open_for_writing(path) as connection:
        apply_staging_schema(connection)
        for disclosure in many:
            replace_document(connection, disclosure, "1")
        connection.execute(MARTS)
        with pytest.raises(AmbiguousError) as raised:
            explain(connection, "水利局")
    first, *listed, last = str(raised.value).splitlines()
    assert f"fits {len(many)} documents" in first
    assert len(listed) == MATCHES_LISTED
    assert last == "  … and 3 more"


def test_a_name_that_fits_several_documents_lists_them(connection):
    with pytest.raises(AmbiguousError) as raised:
        explain(connection, "2023年度")
    assert ONE.document_id in str(raised.value)
    assert OTHER.document_id in str(raised.value)


def test_a_whole_file_name_is_not_ambiguous(connection):
    explained = explain(connection, OTHER.file_name)
    assert isinstance(explained, DocumentExplanation)
    assert explained.document.is_quarantined


@pytest.mark.parametrize("wanted", ["财政局", "ffffffffff", "%", "' or 1=1 --", " ", ""])
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

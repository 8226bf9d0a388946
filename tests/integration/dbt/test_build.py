"""What dbt makes of small disclosures whose every number is known.

The tiers of single sums are tested in dbt_project/tests/test_of_tests and in the unit test of
int_identities__evaluated. Here the whole build runs once over documents that hold, that
contradict themselves, and that are copies of one another.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.integration.dbt.built import Query, amounts, build_documents, tiers
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated

# 2050202 prints 50.24 for 30.05 + 20.18: each was rounded on its own, and nothing is wrong.
EXPENDITURE = Form(
    "expenditure",
    (
        Row("205", "教育支出", "", amounts("120.35", "80.10", "40.25")),
        Row("20502", "普通教育", "", amounts("120.35", "80.10", "40.25")),
        Row("2050201", "学前教育", "", amounts("70.12", "50.05", "20.07")),
        Row("2050202", "小学教育", "", amounts("50.24", "30.05", "20.18")),
        Row("", "合计", "total", amounts("120.35", "80.10", "40.25")),
    ),
)
# The class line was summed again, and ends one step above the form that it copies.
SUMMARY = Form(
    "income_expenditure_summary",
    (
        Row("", "二、教育支出", "function_class", {"amount": "120.36"}),
        Row("", "三、外交支出", "function_class", {"amount": "0.00"}),
        Row("", "本年支出合计", "expenditure_total", {"amount": "120.35"}),
    ),
    section="expenditure",
)
THREE_PUBLIC = Form(
    "three_public",
    (
        Row(
            printed={
                "budget_total": "2.00",
                "budget_overseas": "",
                "budget_vehicle": "",
                "budget_reception": "2.00",
                "actual_total": "2.50",
                "actual_overseas": "",
                "actual_vehicle": "",
                "actual_reception": "2.50",
            }
        ),
    ),
)
GOVERNMENT_FUND = Form(
    "government_fund",
    empty_statement="本部门无国有资本经营预算支出",
    empty_statement_forms="state_capital",
)
SOUND = (EXPENDITURE, SUMMARY, THREE_PUBLIC, GOVERNMENT_FUND)
# One yuan figure too many in the project column: the row and the column no longer add up.
BROKEN = (
    replace(
        EXPENDITURE,
        rows=(
            *EXPENDITURE.rows[:3],
            Row("2050202", "小学教育", "", amounts("50.24", "30.05", "21.18")),
            *EXPENDITURE.rows[4:],
        ),
    ),
)
CLAIMS = (
    Stated("procurement.total.actual", "amount", "12.50"),
    Stated("procurement.sme.actual", "amount", "10.00"),
    Stated("procurement.sme.actual", "share", "80.00", base="procurement.total"),
    Stated("assets.vehicles.total.held", "count", "3"),
)

SOUND_WORD = Disclosed("a0000000000000d0", SOUND, claims=CLAIMS)
SOUND_PDF = replace(SOUND_WORD, document_id="a0000000000000f0", file_kind="pdf")
BROKEN_WORD = Disclosed("b0000000000000d0", BROKEN, department="虚构县体育局")
BROKEN_PDF = replace(
    BROKEN_WORD, document_id="c0000000000000f0", department="虚构县气象局", file_kind="pdf"
)


@pytest.fixture(scope="module")
def build(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The built warehouse, and how each node of the build ended."""
    folder = tmp_path_factory.mktemp("warehouse")
    documents = (SOUND_WORD, SOUND_PDF, BROKEN_WORD, BROKEN_PDF)
    return build_documents(folder, documents, options=())


@pytest.fixture(scope="module")
def query(build) -> Iterator[Query]:
    warehouse, _ = build
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def test_only_the_tests_that_report_findings_end_otherwise_than_well(build):
    _, statuses = build
    assert {
        name: status for name, status in statuses.items() if status not in {"success", "pass"}
    } == {
        "assert_no_document_contradicts_itself": "warn",
        "assert_no_violation_is_left_unconfirmed": "fail",
        "analysts": "no-op",
        "juesuan_command": "no-op",
    }


def test_what_is_tested_on_rows_of_its_own_is_tested_here(build):
    _, statuses = build
    assert statuses["key_measures_are_the_totals_by_which_disclosures_are_compared"] == "pass"


def test_rounding_is_told_from_error_row_by_row(query):
    assert tiers(query, SOUND_WORD, "exp_row_split") == {
        "205": "exact",
        "20502": "exact",
        "2050201": "exact",
        "2050202": "rounding_likely",
        "total": "exact",
    }
    assert tiers(query, BROKEN_WORD, "exp_row_split")["2050202"] == "violation"


def test_the_code_tree_is_evaluated_in_every_column(query):
    assert tiers(query, SOUND_WORD, "tree_kuan") == {
        "expenditure 20502 total": "rounding_likely",
        "expenditure 20502 basic": "exact",
        "expenditure 20502 project": "exact",
    }
    assert tiers(query, BROKEN_WORD, "tree_kuan")["expenditure 20502 project"] == "violation"


def test_a_class_line_meets_its_code_by_name_and_a_gap_of_one_step_is_a_copy(query):
    assert tiers(query, SOUND_WORD, "tot_exp_lei") == {"205": "copy_mismatch"}


def test_what_could_not_be_evaluated_says_why(query):
    ((tier, reason),) = query(
        "select tier, reason from marts.fct_identity_checks "
        "where document_id = ? and identity_id = 'inc_row_split'",
        SOUND_WORD.document_id,
    )
    assert (tier, reason) == ("not_evaluable", "form income is not printed")
    assert tiers(query, SOUND_WORD, "tpe_vehicle_split") == {"": "not_applicable"}


def test_an_empty_form_must_name_the_right_fund(query):
    assert tiers(query, SOUND_WORD, "empty_form_has_note") == {"government_fund": "violation"}


def test_hard_violations_dispute_figures_and_nothing_else_does(query):
    statuses = dict(
        query(
            "select document_id, list(distinct status order by status) "
            "from marts.fct_disclosed_figures group by document_id"
        )
    )
    assert "disputed" not in statuses[SOUND_WORD.document_id]
    assert "disputed" in statuses[BROKEN_WORD.document_id]
    disputed = query(
        "select row_code, measure from marts.fct_disclosed_figures "
        "where document_id = ? and status = 'disputed' and row_code = '2050202' order by measure",
        BROKEN_WORD.document_id,
    )
    assert disputed == [("2050202", "basic"), ("2050202", "project"), ("2050202", "total")]


def test_a_word_file_contradicts_itself_and_a_pdf_awaits_its_second_reading(query):
    attributions = dict(
        query(
            "select document_id, any_value(attribution) from marts.fct_discrepancies "
            "where level = 'violation' group by document_id"
        )
    )
    assert attributions == {
        BROKEN_WORD.document_id: "fails_in_source",
        BROKEN_PDF.document_id: "fails_unconfirmed",
    }


def test_a_discrepancy_shows_both_sides_as_printed_and_where(query):
    (found,) = query(
        "select level, difference_yuan, place, printed_left, printed_right "
        "from marts.fct_discrepancies "
        "where document_id = ? and identity_id = 'exp_row_split'",
        BROKEN_WORD.document_id,
    )
    assert found == (
        "violation",
        Decimal("-9900.000000"),
        "page 1",
        "50.24",
        "30.05; 21.18",
    )


def test_soft_violations_and_copies_are_information(query):
    levels = query(
        "select distinct identity_id, level from marts.fct_discrepancies "
        "where document_id = ? order by identity_id",
        SOUND_WORD.document_id,
    )
    assert ("tpe_actual_le_budget", "info") in levels
    assert ("tot_exp_lei", "info") in levels
    assert all(level == "info" for _, level in levels)


def test_facts_count_one_document_of_a_disclosure_and_none_in_quarantine(query):
    documents = query(
        "select document_id, is_preferred, preferred_document_id, is_quarantined, is_counted "
        "from marts.dim_documents order by document_id"
    )
    word, pdf = SOUND_WORD.document_id, SOUND_PDF.document_id
    assert documents == [
        (word, True, word, False, True),
        (pdf, False, word, False, False),
        (BROKEN_WORD.document_id, True, BROKEN_WORD.document_id, False, True),
        (BROKEN_PDF.document_id, True, BROKEN_PDF.document_id, True, False),
    ]
    counted = query(
        "select distinct document_id from marts.fct_expenditure_by_function order by document_id"
    )
    assert counted == [(word,), (BROKEN_WORD.document_id,)]


def test_leaves_add_up_to_every_yuan_once(query):
    ((leaves,),) = query(
        "select sum(amount_yuan) from marts.fct_expenditure_by_function "
        "where document_id = ? and component = 'project' and is_leaf",
        SOUND_WORD.document_id,
    )
    assert leaves == Decimal("402500.000000")


def test_three_public_expenses_stand_side_by_side(query):
    rows = query(
        "select item, budget_yuan, actual_yuan from marts.fct_three_public_expenses order by item"
    )
    assert rows == [
        ("reception", Decimal("20000.000000"), Decimal("25000.000000")),
        ("total", Decimal("20000.000000"), Decimal("25000.000000")),
    ]


def test_procurement_and_assets_come_from_the_narrative(query):
    assert query(
        "select item, amount_yuan, share_percent, share_base "
        "from marts.fct_procurement order by item"
    ) == [
        ("sme", Decimal("100000.000000"), Decimal("80.000000"), "total"),
        ("total", Decimal("125000.000000"), None, None),
    ]
    assert query("select asset_item, asset_count from marts.fct_asset_holdings") == [
        ("vehicles.total", 3)
    ]


def test_classifications_learn_codes_that_no_list_holds(query):
    ((name, observers, documents),) = query(
        "select functional_name, publisher_count, document_count "
        "from marts.dim_functional_classification where functional_code = '2050201'"
    )
    assert (name, observers, documents) == ("学前教育", 3, 4)
    assert query("select full_name from marts.dim_regions where region_code = '431200'") == [
        ("湖南省怀化市",)
    ]


def test_document_quality_counts_what_is_proven_and_what_is_missing(query):
    ((figures, proven, disputed, missing),) = query(
        "select figure_count, proven_count + unchecked_count, disputed_count, missing_form_count "
        "from marts.fct_document_quality where document_id = ?",
        SOUND_WORD.document_id,
    )
    assert (figures, proven, disputed, missing) == (22, 22, 0, 5)

"""What a document is given credit for: its precision, and contradictions that were accepted."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

import duckdb
import pytest

from tests.integration.dbt.built import Query, amounts, build_documents, tiers
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated


def cut_off(shares: dict[str, str], last: str = "") -> Disclosed:
    """A document that cuts amounts off: each 项 is worth a little more than it prints."""
    rows = []
    for kuan in range(1, 9):
        items = [Decimal(kuan) + Decimal(share) for share in shares.values()]
        total = sum(items, Decimal(0)).quantize(Decimal("0.01"), ROUND_DOWN)
        code = f"205{kuan:02}"
        printed = last if last and kuan == 8 else str(total)
        rows.append(Row(code, f"款{kuan}", "", {"total": printed}))
        rows.extend(
            Row(
                f"{code}{number:02}",
                f"项{number}",
                "",
                {"total": str(item.quantize(Decimal("0.01"), ROUND_DOWN))},
            )
            for number, item in enumerate(items, start=1)
        )
    return Disclosed("", (Form("expenditure", tuple(rows)),), department="虚构县截尾局")


SHARES = {str(number): "0.1189" for number in range(10)}
CUT_OFF = replace(cut_off(SHARES), document_id="d0000000000000d0")
# Nine cents missing eight times is no rounding, unless all amounts are cut off; one sum that falls
# to the other side says that they are not.
NOT_CUT_OFF = replace(
    cut_off(SHARES, last="81.08"), document_id="e0000000000000d0", department="虚构县四舍五入局"
)
# Whole numbers beside trimmed ones: 1 means 1.00, and 1 ≠ 0 + 0 + 0.
TRIMMED = Disclosed(
    "f0000000000000d0",
    (
        Form(
            "expenditure",
            (
                Row("205", "教育支出", "", amounts("120.35", "80.1", "40.25")),
                Row("20502", "普通教育", "", amounts("120.35", "80.1", "40.25")),
                Row("", "合计", "total", amounts("120.35", "80.1", "40.25")),
            ),
        ),
        Form(
            "three_public",
            (
                Row(
                    printed={
                        "actual_total": "1",
                        "actual_overseas": "0",
                        "actual_vehicle": "0",
                        "actual_reception": "0",
                    }
                ),
            ),
        ),
    ),
    department="虚构县省零局",
)

# Its name says no region; it states its income twice, with and without what was carried over.
UNPLACED = Disclosed(
    "a0000000000000d0",
    (Form("three_public", (Row(printed={"actual_total": "1.00"}),)),),
    department="某研究院",
    region="",
    claims=(
        Stated(
            "income.general_budget.actual", "amount", "50.00", whole=("income.total.actual", "")
        ),
        Stated("income.total.actual", "amount", "90.00"),
        Stated("income.general_budget.actual", "share", "50.00", "income.total"),
        Stated("income.total.actual", "amount", "100.00"),
    ),
)

# One amount could not be read and one stood under a heading that nobody knows; besides, the total
# of all is printed wrong.
HALF_READ = Disclosed(
    "b0000000000000d0",
    (
        Form(
            "expenditure",
            (
                Row("205", "教育支出", "", amounts("120.35", "80.10", "40.25")),
                Row("206", "科技支出", "", amounts("50", "", ""), (("unreadable_amount", "2#"),)),
                Row("207", "文化支出", "", amounts("9", "4", "3"), (("ambiguous_cell", "2"),)),
                Row("208", "社保支出", "", amounts("9", "4", "3"), (("ambiguous_cell", "0.00"),)),
                Row("", "合计", "total", amounts("198.35", "138.10", "46.25")),
            ),
        ),
    ),
    department="虚构县未尽读局",
)


# Reasons: one list nets 100 - 20 + 70 = 150; one leaves 30 unexplained; one states sizes alone. The
# paragraph of two changes gives a reason for each, and one compares on a restated basis.
TOTAL = "income_expenditure.total"


def reason(paragraph: int, kind: str, text: str, direction: str = "", thing: str = TOTAL) -> Stated:
    return Stated(
        "reasons.variance.actual", kind, text, thing, direction, label=text, paragraph=paragraph
    )


def change(paragraph: int, text: str, base: str = "prior_final", role: str = "actual") -> Stated:
    direction = "decrease" if text.startswith("-") else "increase"
    return Stated(f"{TOTAL}.{role}", "change", text, base, direction, paragraph=paragraph)


REASONS = Disclosed(
    "c0000000000000d0",
    (Form("three_public", (Row(printed={"actual_total": "1.00"}),)),),
    department="虚构县缘由局",
    claims=(
        change(1, "150.00"),
        reason(1, "change", "100.00", "increase"),
        reason(1, "change", "-20.00", "decrease"),
        reason(1, "change", "70.00", "increase"),
        change(2, "-120.00"),
        reason(2, "change", "-100.00", "decrease"),
        reason(2, "change", "10.00", "increase"),
        change(3, "-50.00"),
        reason(3, "amount", "30.00"),
        reason(3, "amount", "20.00"),
        change(4, "-8.00"),
        reason(4, "change", "-8.00", "decrease"),
        change(4, "90.00", "opening_budget"),
        reason(4, "change", "90.00", "increase"),
        change(5, "7.00"),
        change(5, "-2.00", "prior_restated", "restated"),
        reason(5, "change", "-3.00", "decrease", f"{TOTAL}.restated"),
        reason(5, "change", "1.00", "increase", f"{TOTAL}.restated"),
        change(6, "-2.00", "budget_restated", "restated"),
    ),
)


ACCEPTED = ",虚构县省零局,2023,tpe_total_actual,,合计为估计数,审核人,2024-10-01\n"


@pytest.fixture(scope="module")
def query(tmp_path_factory) -> Iterator[Query]:
    warehouse, _ = build_documents(
        tmp_path_factory.mktemp("warehouse"),
        (CUT_OFF, NOT_CUT_OFF, TRIMMED, UNPLACED, HALF_READ, REASONS),
        ACCEPTED,
    )
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def test_amounts_that_are_cut_off_are_told_from_amounts_that_are_wrong(query):
    cut = set(tiers(query, CUT_OFF, "tree_kuan").values())
    assert cut <= {"rounding_likely", "rounding_possible"}
    assert "violation" in tiers(query, NOT_CUT_OFF, "tree_kuan").values()


def test_a_form_of_whole_numbers_is_as_precise_as_a_trimming_publisher_usually_is(query):
    assert tiers(query, TRIMMED, "tpe_total_actual") == {"": "violation"}


def test_an_accepted_contradiction_stays_listed_and_no_longer_warns(query):
    ((level, reason),) = query(
        "select level, accepted_reason from marts.fct_discrepancies "
        "where document_id = ? and identity_id = 'tpe_total_actual'",
        TRIMMED.document_id,
    )
    assert (level, reason) == ("accepted", "合计为估计数 (审核人, 2024-10-01)")
    warned = query("select distinct file_name from audit.assert_no_document_contradicts_itself")
    assert {f"{each.document_id}.docx" for each in (NOT_CUT_OFF, HALF_READ)} == {
        file_name for (file_name,) in warned
    }


def test_a_share_is_of_the_statement_that_its_amount_is_a_part_of(query):
    assert tiers(query, UNPLACED, "nar_income_shares") == {"income.general_budget.actual": "exact"}


def test_a_department_of_no_known_region_is_a_department(query):
    assert query(
        "select region_code from marts.dim_bodies where body_name = ?",
        UNPLACED.department,
    ) == [(None,)]


def test_what_lacks_a_number_that_could_not_be_used_is_no_contradiction(query):
    assert tiers(query, HALF_READ, "tree_root") == {
        "expenditure total": "violation",
        "expenditure basic": "not_evaluable",
        "expenditure project": "exact",
    }
    assert tiers(query, HALF_READ, "exp_row_split") == {
        "205": "exact",
        "206": "not_evaluable",
        "207": "not_evaluable",
        "208": "violation",
        "total": "violation",
    }
    assert query(
        "select reason from marts.fct_identity_checks "
        "where document_id = ? and scope_key = '207' and identity_id = 'exp_row_split'",
        HALF_READ.document_id,
    ) == [("a number printed in row 207 of expenditure could not be used: 2 (ambiguous_cell)",)]


def test_reasons_explain_the_change_before_them_more_and_less(query):
    assert tiers(query, REASONS, "reason_explains_delta") == {
        f"{TOTAL} paragraph 1": "exact",
        f"{TOTAL} paragraph 2": "violation",
        f"{TOTAL} paragraph 3": "exact",
        f"{TOTAL} paragraph 4": "exact",
        f"{TOTAL} paragraph 4 #2": "exact",
        f"{TOTAL}.restated paragraph 5": "exact",
    }


def test_changes_on_a_restated_basis_are_marked_and_are_of_no_year_by_default(query):
    changes = query(
        "select base, is_restated, comparison_year from marts.fct_year_on_year_changes "
        "where document_id = ? order by base",
        REASONS.document_id,
    )
    assert changes == [
        ("budget_restated", True, None),
        ("opening_budget", False, 2023),
        ("prior_final", False, 2022),
        ("prior_restated", True, 2022),
    ]

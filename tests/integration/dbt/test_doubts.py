"""What was read of a form explains why a sum fails in it, or it is the document that is wrong.

Each document is one case; beside what is excused stands the same with a wrong amount, which is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import duckdb
import pytest

from tests.integration.dbt.built import Query, amounts, build_documents, tiers
from tests.integration.dbt.staged import Disclosed, Form, Row


def budget(number: str, *forms: Form) -> Disclosed:
    return Disclosed(f"{number}0000000000000d1", forms, f"虚构县第{number}局", kind="budget")


def three_public(number: str, printed: Mapping[str, str]) -> Disclosed:
    return budget(number, Form("budget_three_public", (Row(printed=dict(printed)),)))


def accounts_of_three_public(number: str, printed: Mapping[str, str]) -> Disclosed:
    spent = {f"actual_{name}": text for name, text in printed.items()}
    planned = {f"budget_{name}": text for name, text in printed.items()}
    form = Form("three_public", (Row(printed=planned | spent),))
    return replace(budget(number, form), kind="final_accounts")


PARTS = {
    "total": "30.00",
    "overseas": "10.00",
    "vehicle_purchase": "10.00",
    "vehicle_operation": "5.00",
    "reception": "5.00",
}
NO_SUBTOTAL = three_public("1", PARTS)
WRONG_WITHOUT_SUBTOTAL = three_public("2", PARTS | {"reception": "9.00"})
BLANK_SUBTOTAL = three_public("3", PARTS | {"vehicle": ""})
WRONG_SUBTOTAL = three_public("4", PARTS | {"vehicle": "12.00"})
NO_SUBTOTAL_IN_ACCOUNTS = accounts_of_three_public("5", PARTS)
WRONG_ACCOUNTS = accounts_of_three_public("6", PARTS | {"reception": "9.00"})
READ_IN_DOUBT = three_public("21", PARTS | {"vehicle": "15.00", "reception": "8.00?"})
READ_RIGHT_BUT_IN_DOUBT = three_public("22", PARTS | {"vehicle": "15.00", "reception": "5.00?"})
NO_PARTS = three_public(
    "7", {"total": "30.00", "overseas": "10.00", "vehicle": "15.00", "reception": "9.00"}
)


def coded(number: str, medical: str, wrong: str = "50.00") -> Disclosed:
    """A form whose last 项 has the code given, and an amount that may be wrong."""
    rows = {
        "208": ("社会保障和就业支出", "300.00"),
        "20805": ("行政事业单位养老支出", "300.00"),
        "2080505": ("机关事业单位基本养老保险缴费支出", "300.00"),
        "210": ("卫生健康支出", "50.00"),
        "21011": ("行政事业单位医疗", "50.00"),
        medical: ("事业单位医疗", wrong),
    }
    printed = tuple(
        Row(code, name, "", amounts(amount, amount, "")) for code, (name, amount) in rows.items()
    )
    total = Row("", "合计", "total", amounts("350.00", "350.00", ""))
    return budget(number, Form("budget_expenditure", (*printed, total)))


CLEAN_CODES = coded("8", "2101102")
CLEAN_CODES_AND_A_WRONG_AMOUNT = coded("9", "2101102", "51.00")
MISSHAPEN_CODE = coded("a", "71102")
ORPHANED_CODE = coded("b", "2201102")


def unnamed(number: str, amount: str) -> Disclosed:
    """A form of which one row lost its code and its name."""
    rows = (
        Row("208", "社会保障和就业支出", "", {"total": "300.00"}),
        Row("20805", "行政事业单位养老支出", "", {"total": "300.00"}),
        Row("2080501", "行政单位离退休", "", {"total": "200.00"}),
        Row("2080506", "机关事业单", "", {"total": ""}),
        Row("", "位职业年金缴费支出", "", {"total": amount}),
        Row("", "合计", "total", {"total": "300.00"}),
    )
    return budget(number, Form("budget_expenditure", rows))


LOST_NAME = unnamed("c", "100.00")
WRONG_BESIDE_A_LOST_NAME = unnamed("d", "40.00")


def income(number: str, printed: Mapping[str, str]) -> Disclosed:
    return budget(
        number, Form("budget_income", (Row("", "合计", "total", dict(printed)),)), summed(printed)
    )


def summed(printed: Mapping[str, str]) -> Form:
    """The same income, line by line."""
    names = {"total": "grand_total"}
    lines = {names.get(name, name): text for name, text in printed.items()}
    return Form(
        "budget_summary",
        tuple(Row("", line, line, {"amount": text}) for line, text in lines.items()),
        "income",
    )


BESIDE = income(
    "e", {"total": "100", "fiscal_appropriation": "70", "institutional": "10", "other_funds": "20"}
)
SUMMED = income(
    "f",
    {
        "total": "100",
        "fiscal_appropriation": "70",
        "other_funds": "30",
        "institutional": "10",
        "other": "20",
    },
)
WRONG_OTHER = income(
    "g", {"total": "100", "fiscal_appropriation": "70", "institutional": "10", "other_funds": "44"}
)


def kept_back(number: str, reserve: str) -> Disclosed:
    kinds = {"basic": "60.00", "project": "30.00", "reserve": reserve, "closing_balance": "7.00"}
    row = Row("", "虚构局", "total", {"total": "100.00"} | kinds)
    return budget(number, Form("budget_expenditure", (row,)))


RESERVE = kept_back("h", "3.00")
WRONG_RESERVE = kept_back("i", "5.00")

# Sources of income one below the other: each row is of its own measure, and none is a blank.
DOWNWARD = budget(
    "j",
    Form(
        "budget_income",
        (
            Row("", "收入总计", "", {"?金额": "100.00"}, measure="total"),
            Row("", "一般公共预算", "", {"?金额": "90.00"}, measure="general_public_budget"),
            Row("", "其他资金", "", {"?金额": "10.00"}, measure="other_funds"),
        ),
    ),
)
DOCUMENTS = (
    *(NO_SUBTOTAL, WRONG_WITHOUT_SUBTOTAL, BLANK_SUBTOTAL, WRONG_SUBTOTAL),
    *(NO_SUBTOTAL_IN_ACCOUNTS, WRONG_ACCOUNTS, NO_PARTS),
    *(READ_IN_DOUBT, READ_RIGHT_BUT_IN_DOUBT),
    *(CLEAN_CODES, CLEAN_CODES_AND_A_WRONG_AMOUNT, MISSHAPEN_CODE, ORPHANED_CODE),
    *(LOST_NAME, WRONG_BESIDE_A_LOST_NAME, BESIDE, SUMMED, WRONG_OTHER),
    *(RESERVE, WRONG_RESERVE, DOWNWARD),
)


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Query]:
    warehouse, _ = build_documents(tmp_path_factory.mktemp("warehouse"), DOCUMENTS)
    with duckdb.connect(str(warehouse)) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (NO_SUBTOTAL, {"total": "exact"}),
        (WRONG_WITHOUT_SUBTOTAL, {"total": "violation"}),
        (BLANK_SUBTOTAL, {"total": "exact", "vehicle": "not_evaluable"}),
        (WRONG_SUBTOTAL, {"total": "exact", "vehicle": "violation"}),
        (NO_PARTS, {"total": "violation"}),
    ],
    ids=["no subtotal", "wrong part", "blank subtotal", "wrong subtotal", "no parts"],
)
def test_parts_stand_in_for_a_subtotal_of_vehicles(query, document, found):
    seen = tiers(query, document, "b_tpe")
    assert {key: seen.get(key) for key in found} == found


@pytest.mark.parametrize("identity_id", ["tpe_total_budget", "tpe_total_actual"])
def test_parts_stand_in_for_a_subtotal_of_vehicles_in_accounts(query, identity_id):
    assert tiers(query, NO_SUBTOTAL_IN_ACCOUNTS, identity_id) == {"": "exact"}
    assert tiers(query, WRONG_ACCOUNTS, identity_id) == {"": "violation"}


def test_codes_that_are_right_excuse_no_amount(query):
    assert set(tiers(query, CLEAN_CODES, "b_tree_all_leaves").values()) == {"exact"}
    wrong = tiers(query, CLEAN_CODES_AND_A_WRONG_AMOUNT, "b_tree_all_leaves")
    assert wrong == {
        "budget_expenditure total": "violation",
        "budget_expenditure basic": "violation",
    }
    assert (
        tiers(query, CLEAN_CODES_AND_A_WRONG_AMOUNT, "b_tree")["budget_expenditure 21011 total"]
        == "violation"
    )


@pytest.mark.parametrize(
    ("document", "code"),
    [(MISSHAPEN_CODE, "71102"), (ORPHANED_CODE, "2201102")],
    ids=["misshapen", "orphaned"],
)
def test_a_code_that_cannot_be_right_is_blamed_and_no_amount(query, document, code):
    assert query(
        "select distinct tier, reason from marts.fct_identity_checks "
        "where document_id = ? and identity_id = 'b_tree_all_leaves'",
        document.document_id,
    ) == [("not_evaluable", f"the code of a row cannot be right: {code} in budget_expenditure")]
    assert set(tiers(query, document, "b_tree_root").values()) == {"exact"}
    ((reason,),) = query(
        "select reason from marts.fct_identity_checks "
        "where document_id = ? and identity_id = 'code_shape' and tier = 'violation'",
        document.document_id,
    )
    assert code in reason
    disputed = query(
        "select count(*) from marts.fct_disclosed_figures "
        "where document_id = ? and status = 'disputed'",
        document.document_id,
    )
    assert disputed == [(0,)]


def test_what_a_sum_lacks_may_stand_in_a_row_without_a_name(query):
    scope = "budget_expenditure 20805 total"
    assert tiers(query, LOST_NAME, "b_tree")[scope] == "not_evaluable"
    assert tiers(query, WRONG_BESIDE_A_LOST_NAME, "b_tree")[scope] == "violation"
    ((reason,),) = query(
        "select reason from marts.fct_identity_checks where document_id = ? and scope_key = ? "
        "and identity_id = 'b_tree'",
        LOST_NAME.document_id,
        scope,
    )
    assert reason == (
        "an amount printed in row 位职业年金缴费支出 of budget_expenditure has no name, "
        "and it is what is lacking: 100.00"
    )


@pytest.mark.parametrize(
    ("document", "tier"),
    [(BESIDE, "exact"), (SUMMED, "exact"), (WRONG_OTHER, "violation")],
    ids=["beside the sources", "their sum", "neither"],
)
def test_other_funds_stand_beside_the_sources_or_are_their_sum(query, document, tier):
    assert set(tiers(query, document, "b_inc_row").values()) == {tier}
    assert tiers(query, document, "b_tot_income_sum")["grand_total"] == tier


def test_what_is_kept_back_is_a_kind_of_expenditure(query):
    assert set(tiers(query, RESERVE, "b_exp_row").values()) == {"exact"}
    assert set(tiers(query, WRONG_RESERVE, "b_exp_row").values()) == {"violation"}


def test_a_row_of_one_source_is_no_row_that_lacks_the_others(query):
    failing = query(
        "select identity_id from marts.fct_identity_checks "
        "where document_id = ? and tier = 'violation' and severity = 'hard'",
        DOWNWARD.document_id,
    )
    assert failing == []


@pytest.mark.parametrize(
    "document", [READ_IN_DOUBT, READ_RIGHT_BUT_IN_DOUBT], ids=["wrong", "right"]
)
def test_a_number_that_was_not_read_for_certain_is_neither_proven_nor_violates_anything(
    query, document
):
    found = query(
        "select amount_yuan, status, reading_text from marts.fct_disclosed_figures "
        "where document_id = ? and is_doubtful",
        document.document_id,
    )
    assert [(amount, status) for amount, status, _ in found] == [(None, "unchecked")]
    checks = query(
        "select count(*) from marts.fct_identity_checks "
        "where document_id = ? and tier = 'violation'",
        document.document_id,
    )
    assert checks == [(0,)]
    counted = query(
        "select count(budget_yuan) from marts.fct_three_public_expenses "
        "where document_id = ? and item = 'reception'",
        document.document_id,
    )
    assert counted == [(0,)]

"""Tables that nobody could name: kept, proven by their shape where it adds up, and in no one's way.

One document prints forms and unknown tables side by side; others print the same forms alone, the
same tables with one number changed, or do not say whose they are. All are built in one run.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.integration.dbt.built import Query, amounts, build_documents
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated

EXPENDITURE = Form(
    "expenditure",
    (
        Row("205", "教育支出", "", {**amounts("120.00", "80.00", "40.00"), "?增减率": "3.5%"}),
        Row("20502", "普通教育", "", amounts("120.00", "80.00", "40.00")),
        Row("", "合计", "total", amounts("120.00", "80.00", "40.00")),
    ),
)
# Nothing of its title or headers is known; its codes and its first column show what it adds up.
BY_SOURCE = Form(
    "",
    (
        Row("213", "农林水", printed={"?合计": "30.00", "?来源/甲": "20.00", "?来源/乙": "10.00"}),
        Row("21301", "农业", printed={"?合计": "18.00", "?来源/甲": "12.00", "?来源/乙": "6.00"}),
        Row("21303", "水利", printed={"?合计": "12.00", "?来源/甲": "8.00", "?来源/乙": "4.00"}),
        Row("214", "交通", printed={"?合计": "7.00", "?来源/甲": "5.00", "?来源/乙": "2.00"}),
        Row("", "总计", printed={"?合计": "37.00", "?来源/甲": "25.00", "?来源/乙": "12.00"}),
    ),
    title="分来源明细表",
)
ESTATE = Form(
    "",
    (
        Row("", "房屋", printed={"?面积": "300"}),
        Row("", "土地", printed={"?面积": "500"}),
        Row("", "合计", printed={"?面积": "800"}),
    ),
    unit="",
    title="房地产情况",
)
# The total closes what nobody knows: here less than what stands above it.
OUTLINE = Form(
    "",
    (
        Row("", "上年", printed={"?金额": "9.00"}),
        Row("", "本年", printed={"?金额": "5.00"}),
        Row("", "合计", printed={"?金额": "5.50"}),
    ),
    title="情况表",
)
OTHER_OUTLINES = tuple(replace(OUTLINE, title=f"附表{number}") for number in range(6))
UNKNOWN = (BY_SOURCE, ESTATE, OUTLINE)


def changed(table: Form, row_index: int, column: str, text: str) -> Form:
    """The table with another number in one cell."""
    rows = list(table.rows)
    row = rows[row_index]
    rows[row_index] = replace(row, printed={**row.printed, column: text})
    return replace(table, rows=tuple(rows))


PLAIN = Disclosed("a0000000000000d0", (EXPENDITURE,), department="虚构县甲局")
MIXED = Disclosed(
    "b0000000000000d0",
    (EXPENDITURE, *UNKNOWN),
    department="虚构县乙局",
    loose=("12.00", "13.00"),
)
MISPRINTED = Disclosed(
    "c0000000000000f0",
    (EXPENDITURE, changed(BY_SOURCE, 2, "?来源/乙", "4.90"), *OTHER_OUTLINES),
    department="虚构县丙局",
    file_kind="pdf",
)
MISTOTALLED = Disclosed(
    "bb000000000000d0",
    (changed(BY_SOURCE, 4, "?来源/甲", "26.00"),),
    department="虚构县庚局",
)
REFUSED = Disclosed(
    "d0000000000000d0",
    (
        replace(
            BY_SOURCE,
            rows=(
                *BY_SOURCE.rows[:2],
                Row(
                    "21303",
                    "水利",
                    printed={"?合计": "12.00", "?来源/甲": "8.00"},
                    unused=(("ambiguous_cell", "4.00 4.00"),),
                ),
                *BY_SOURCE.rows[3:],
            ),
        ),
    ),
    department="虚构县丁局",
)
CLAIMS = (Stated("procurement.total.actual", "amount", "12.50"),)
NOBODYS = Disclosed("e0000000000000d0", (EXPENDITURE,), department="", claims=CLAIMS)
TIMELESS = Disclosed(
    "f0000000000000d0",
    (EXPENDITURE,),
    department="虚构县戊局",
    fiscal_year=None,
    claims=CLAIMS,
)
# Its amounts have names and no unit: that they differ from what another form prints is no finding.
WITHOUT_UNIT = Disclosed(
    "aa000000000000d0",
    (
        EXPENDITURE,
        Form(
            "income_expenditure_summary",
            (Row("", "本年支出合计", "expenditure_total", {"amount": "777"}),),
            section="expenditure",
            unit="",
        ),
    ),
    department="虚构县己局",
)
DOCUMENTS = (
    *(PLAIN, MIXED, MISPRINTED, MISTOTALLED, REFUSED),
    *(NOBODYS, TIMELESS, WITHOUT_UNIT),
)
FAILING = ("violation", "copy_mismatch", "undefined_ratio", "residual_plug")


@pytest.fixture(scope="module")
def query(tmp_path_factory) -> Iterator[Query]:
    warehouse, statuses = build_documents(tmp_path_factory.mktemp("warehouse"), DOCUMENTS)
    assert set(statuses.values()) <= {"success", "pass", "no-op"}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def checks(query: Query, document: Disclosed, identity_id: str) -> list[tuple[str, str]]:
    """Tier of each place of an identity, and the unit of its sides."""
    return query(
        "select tier, unit from marts.fct_identity_checks "
        "where document_id = ? and identity_id = ? order by scope_key",
        document.document_id,
        identity_id,
    )


def statuses(query: Query, document: Disclosed, title: str) -> dict[str, str]:
    return dict(
        query(
            "select row_label || ' ' || header_path, status from marts.fct_disclosed_figures "
            "where document_id = ? and title = ?",
            document.document_id,
            title,
        )
    )


def test_every_number_of_every_table_is_kept_as_printed(query):
    assert query(
        "select form, measure, title, header_path, row_path, table_index, resolved_by, "
        "amount_text, amount_yuan, printed_unit from marts.fct_disclosed_figures "
        "where document_id = ? and (row_label = '房屋' or header_path = '增减率')"
        "order by table_index",
        MIXED.document_id,
    ) == [
        ("expenditure", "", "expenditure", "增减率", "教育支出", 0, "", "3.5%", None, ""),
        ("", "", "房地产情况", "面积", "房屋", 2, "", "300", None, ""),
    ]


def test_unknown_tables_change_nothing_of_what_is_known(query):
    named = (
        "select identity_id, scope_key, tier, left_yuan, right_yuan "
        "from marts.fct_identity_checks where document_id = ? "
        "and identity_id not in ('table_tree', 'table_total', 'table_row_sum') order by all"
    )
    facts = (
        "select functional_code, component, amount_yuan, status "
        "from marts.fct_expenditure_by_function where document_id = ? order by all"
    )
    for sql in (named, facts):
        assert query(sql, PLAIN.document_id)
        assert query(sql, PLAIN.document_id) == query(sql, MIXED.document_id)


def test_the_shape_of_a_table_proves_what_nobody_named(query):
    assert checks(query, MIXED, "table_row_sum") == [("exact", "yuan")] * 5
    assert set(statuses(query, MIXED, "分来源明细表").values()) == {"proven"}
    assert set(statuses(query, MIXED, "房地产情况").values()) == {"proven"}
    assert ("exact", "count") in checks(query, MIXED, "table_total")


def test_a_total_that_closes_who_knows_what_raises_no_alarm(query):
    assert set(statuses(query, MIXED, "情况表").values()) == {"unchecked"}
    assert {tier for tier, _ in checks(query, MIXED, "table_total")} == {"exact", "not_applicable"}
    assert (
        query("select 1 from marts.fct_discrepancies where document_id = ?", MIXED.document_id)
        == []
    )


@pytest.mark.parametrize(
    ("document", "broken"),
    [
        pytest.param(MISPRINTED, {"table_tree", "table_row_sum"}, id="a code"),
        pytest.param(MISTOTALLED, {"table_total", "table_row_sum"}, id="the total"),
    ],
)
def test_a_misprint_breaks_each_sum_that_it_stands_in_once(query, document, broken):
    failing = {
        identity_id: [tier for tier, _ in checks(query, document, identity_id) if tier in FAILING]
        for identity_id in ("table_tree", "table_total", "table_row_sum")
    }
    assert failing == {
        identity_id: ["violation"] if identity_id in broken else [] for identity_id in failing
    }


def test_what_fails_in_an_unknown_table_disputes_nothing(query):
    found = statuses(query, MISPRINTED, "分来源明细表")
    assert set(found.values()) == {"proven", "unchecked"}
    assert found["水利 来源/乙"] == "unchecked"
    levels = query(
        "select level, severity, printed_left, printed_right from marts.fct_discrepancies "
        "where document_id = ? and identity_id = 'table_row_sum'",
        MISPRINTED.document_id,
    )
    assert levels == [("info", "soft", "12.00", "8.00; 4.90")]
    assert query(
        "select is_quarantined, violation_count from marts.fct_document_quality "
        "where document_id = ?",
        MISPRINTED.document_id,
    ) == [(False, 0)]


def test_a_number_that_could_not_be_used_may_be_what_a_sum_lacks(query):
    tiers = {
        tier
        for identity_id in ("table_tree", "table_row_sum")
        for tier, _ in checks(query, REFUSED, identity_id)
    }
    assert tiers == {"exact", "not_evaluable"}


def test_terms_lead_to_what_is_printed_where_nothing_has_a_name(query):
    bound = query(
        """
        select figures.title, figures.header_path, bound.term.figure_id
        from (
            select unnest(terms) as term
            from marts.fct_identity_checks
            where document_id = ? and identity_id = 'table_row_sum' and scope_key like '% row 3 %'
        ) as bound
        inner join marts.fct_disclosed_figures as figures
            on bound.term.figure_id = figures.figure_id
        order by bound.term.side, bound.term.term_no
        """,
        MIXED.document_id,
    )
    assert [title for title, _, _ in bound] == ["分来源明细表"] * 3
    assert [header for _, header, _ in bound] == ["合计", "来源/甲", "来源/乙"]
    assert all("?分来源明细表" in figure_id for _, _, figure_id in bound)


def test_quality_counts_tables_and_what_they_print(query):
    columns = (
        "figure_count, named_count, number_count, accounted_count, coverage_ratio, table_count, "
        "named_table_count, unnamed_table_count, unnamed_tables, missing_forms_known, "
        "missing_form_count, missing_forms"
    )
    sql = f"select {columns} from marts.fct_document_quality where document_id = ?"
    assert query(sql, MIXED.document_id) == [
        (
            *(31, 9, 33, 31, Decimal("0.939394"), 4, 1, 3),
            *("分来源明细表; 房地产情况; 情况表", False, 0, ""),
        )
    ]
    ((*counts, known, missing, forms),) = query(sql, PLAIN.document_id)
    assert counts == [10, 9, 10, 10, Decimal(1), 1, 1, 0, ""]
    assert (known, missing) == (True, 8)
    assert forms.split(", ")[0] == "appropriation_summary"


def test_of_many_unknown_tables_a_few_are_listed(query):
    ((listed,),) = query(
        "select unnamed_tables from marts.fct_document_quality where document_id = ?",
        MISPRINTED.document_id,
    )
    assert listed == "分来源明细表; 附表0; 附表1; 附表2; 附表3; …"


def test_no_fact_counts_what_does_not_say_whose_it_is_and_of_which_year(query):
    for document in (NOBODYS, TIMELESS):
        for mart in ("fct_expenditure_by_function", "fct_procurement"):
            sql = f"select 1 from marts.{mart} where document_id = ?"
            assert query(sql, document.document_id) == []
        assert query(
            "select is_identified, is_preferred, is_counted from marts.dim_documents "
            "where document_id = ?",
            document.document_id,
        ) == [(False, True, False)]


def test_amounts_without_a_unit_are_kept_and_bind_nothing(query):
    assert query(
        "select measure, amount_text, amount_yuan, status from marts.fct_disclosed_figures "
        "where document_id = ? and form = 'income_expenditure_summary'",
        WITHOUT_UNIT.document_id,
    ) == [("amount", "777", None, "unchecked")]
    assert (
        query(
            "select 1 from marts.fct_income_expenditure_summary where document_id = ?",
            WITHOUT_UNIT.document_id,
        )
        == []
    )
    assert (
        query(
            "select identity_id, tier from marts.fct_identity_checks "
            "where document_id = ? and list_contains(?, tier)",
            WITHOUT_UNIT.document_id,
            list(FAILING),
        )
        == []
    )

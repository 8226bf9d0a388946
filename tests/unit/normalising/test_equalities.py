"""What the language of the catalogue's equalities means, on a few cells made by hand."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.domain.disclosure import DocumentKind
from pipelines.normalising.equalities import (
    CellRow,
    Equality,
    Instance,
    SupposedCell,
    equalities_of,
    load_equalities,
)

IDENTITIES = "identity_id,scope,relation,severity,document_kind,evidence"
TERMS = "identity_id,term_no,side,sign,form,section,rows,measures,required,scope_key"
HALF_CENT = Decimal("0.005")

Load = Callable[..., tuple[Equality, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads equalities from the lines of both lists."""

    def load_lines(*terms: str, identities: tuple[str, ...] = ()) -> tuple[Equality, ...]:
        lines = identities or ("sum,document,=,hard,any,forms",)
        (tmp_path / "identities.csv").write_text("\n".join((IDENTITIES, *lines)), encoding="utf-8")
        (tmp_path / "identity_terms.csv").write_text("\n".join((TERMS, *terms)), encoding="utf-8")
        return load_equalities(tmp_path)

    return load_lines


def row(
    code: str = "", *, line: str = "", label: str = "", is_leaf: bool = False, siblings: int = 0
) -> CellRow:
    return CellRow(code or line or label, code, line, is_leaf, siblings)


def cell(
    amount: str, of: CellRow, measure: str = "total", form: str = "spent", section: str = ""
) -> SupposedCell:
    return SupposedCell(form, section, of, measure, Decimal(amount), HALF_CENT)


TOTAL = row(line="total")


def selected(load: Load, rows: str, cells: list[SupposedCell]) -> Decimal | None:
    """What a term adds up of cells beside a total; None where it finds nothing."""
    (equality,) = load(
        "sum,1,left,1,spent,,total,total,amount,", f"sum,2,right,1,spent,,{rows},total,row,"
    )
    found = list(equality.evaluate([cell("1.00", TOTAL), *cells]))
    return found[0].right if found else None


CODES = [
    cell("1000", row("205")),
    cell("200", row("20502")),
    cell("30", row("2050201", is_leaf=True, siblings=1)),
    cell("4", row("2050301", is_leaf=True, siblings=2)),
    cell("0.50", row(line="income")),
    cell("0.07", row(line="function_class")),
]


@pytest.mark.parametrize(
    ("rows", "adds_up"),
    [
        ("line:income|other", "0.50"),
        ("function_classes", "0.07"),
        ("code:205|2050301", "1004"),
        ("under:20502", "30"),
        ("under:205", "200"),
        ("leaves", "34"),
        ("roots", "1000"),
        ("codes", "1234"),
        ("codes:5", "200"),
        ("codes:3|7", "1034"),
        ("children", "234"),
        ("children:7", "34"),
        ("only_child", "30"),
    ],
)
def test_a_selector_takes_its_rows_and_no_others(load, rows, adds_up):
    assert selected(load, rows, CODES) == Decimal(adds_up)


@pytest.mark.parametrize("rows", ["line:other", "code:206", "under:206", "codes:4", "children:9"])
def test_a_selector_that_finds_no_row_opens_no_instance(load, rows):
    assert selected(load, rows, CODES) is None


def test_all_rows_are_taken_in_a_scope_of_each(load):
    (equality,) = load(
        "sum,1,left,1,spent,,rows,total,amount,",
        "sum,2,right,1,spent,,rows,basic|project,row,",
        identities=('sum,"form,code",=,hard,any,forms',),
    )
    found = list(
        equality.evaluate(
            [
                cell("3.00", row("205")),
                cell("1.00", row("205"), "basic"),
                cell("2.00", row("205"), "project"),
                cell("9.00", row("206")),
                cell("8.00", row("206"), "basic"),
            ]
        )
    )
    assert [(each.left, each.right, each.holds) for each in found] == [(3, 3, True), (9, 8, False)]
    assert found[0].columns == {("spent", "total"), ("spent", "basic"), ("spent", "project")}
    assert found[0].forms == {"spent"}


@pytest.mark.parametrize("scope", ["code", "line"])
def test_children_and_an_only_child_stand_in_the_scope_of_their_parent(load, scope):
    for selector in ("children", "only_child"):
        load_equalities.cache_clear()
        (equality,) = load(
            "sum,1,left,1,spent,,code:20502,total,amount,",
            f"sum,2,right,1,spent,,{selector},total,row,",
            identities=(f"sum,{scope},=,hard,any,forms",),
        )
        (found,) = equality.evaluate(
            [
                cell("30", row("20502", siblings=2)),
                cell("30", row("2050201", siblings=1)),
                cell("7", row("2060201", siblings=1)),
            ]
        )
        assert (found.left, found.right) == (30, 30)


def test_a_scope_of_measures_compares_each_measure_with_itself(load):
    (equality,) = load(
        "sum,1,left,1,spent,,total,*,amount,",
        "sum,2,right,1,spent,,roots,*,row,",
        identities=("sum,measure,=,hard,any,forms",),
    )
    found = list(
        equality.evaluate(
            [
                cell("5", TOTAL, "basic"),
                cell("5", row("205"), "basic"),
                cell("6", TOTAL, "project"),
                cell("7", row("205"), "project"),
            ]
        )
    )
    assert [(each.left, each.right) for each in found] == [(5, 5), (6, 7)]


def test_a_scope_of_forms_compares_each_form_with_itself(load):
    (equality,) = load(
        "sum,1,left,1,spent|received,,total,total,amount,",
        "sum,2,right,1,spent|received,,roots,total,row,",
        identities=("sum,form,=,hard,any,forms",),
    )
    found = list(
        equality.evaluate(
            [
                cell("5", TOTAL),
                cell("5", row("205")),
                cell("6", TOTAL, form="received"),
                cell("7", row("205"), form="received"),
                cell("8", row("205"), form="other"),
            ]
        )
    )
    assert [(each.left, each.right) for each in found] == [(5, 5), (6, 7)]


def test_a_term_of_one_side_takes_nothing_of_the_other(load):
    (equality,) = load(
        "sum,1,left,1,spent,income,total,total,amount,",
        "sum,2,right,1,spent,expenditure,total,total,row,",
    )
    (found,) = equality.evaluate(
        [cell("5", TOTAL, section="income"), cell("6", TOTAL, section="expenditure")]
    )
    assert (found.left, found.right) == (5, 6)


def test_a_term_may_be_taken_away(load):
    (equality,) = load(
        "sum,1,left,1,spent,,total,total,amount,",
        "sum,2,right,1,spent,,code:205,total,row,",
        "sum,3,right,-1,spent,,code:206,total,row,",
    )
    (found,) = equality.evaluate([cell("5", TOTAL), cell("7", row("205")), cell("2", row("206"))])
    assert (found.right, found.holds) == (5, True)


def test_a_term_is_required_that_has_to_have_an_amount(load):
    terms = "sum,1,left,1,spent,,total,total,row,", "sum,2,right,1,spent,,code:205,total,row,"
    cells = [cell("5", TOTAL), cell("5", row("205"))]
    (optional,) = load(*terms, "sum,3,right,1,spent,,code:206,total,row,")
    assert [each.holds for each in optional.evaluate(cells)] == [True]
    load_equalities.cache_clear()
    (required,) = load(*terms, "sum,3,right,1,spent,,code:206,total,amount,")
    assert not list(required.evaluate(cells))


def test_one_side_alone_is_no_instance(load):
    (equality,) = load(
        "sum,1,left,1,spent,,total,total,row,", "sum,2,right,1,spent,,code:205,total,row,"
    )
    assert not list(equality.evaluate([cell("5", TOTAL)]))
    assert not list(equality.evaluate([cell("5", row("205"))]))


def test_what_has_to_be_nil_excludes_where_it_is_not(load):
    (equality,) = load(
        "sum,1,left,1,spent,,total,total,amount,",
        "sum,2,right,1,spent,,code:205,total,row,",
        "sum,3,when_zero,1,spent,,code:206,total,no,",
    )
    cells = [cell("5", TOTAL), cell("5", row("205"))]
    assert [each.left for each in equality.evaluate([*cells, cell("0", row("206"))])] == [5]
    assert not list(equality.evaluate([cell("-1", row("206")), *cells]))


def two_ways(load: Load, first: str, second: str) -> list[Instance]:
    """Evaluate an identity that one amount beside a total of 5 or another may meet."""
    (equality,) = load(
        "sum,1,left,1,spent,,total,total,amount,sum/1",
        "sum,2,right,1,spent,,code:205,total,amount,sum/1",
        "sum,3,left,1,spent,,total,total,amount,sum/2",
        "sum,4,right,1,spent,,code:206,total,amount,sum/2",
        identities=("sum,key,=,hard,any,forms",),
    )
    return list(
        equality.evaluate([cell("5", TOTAL), cell(first, row("205")), cell(second, row("206"))])
    )


@pytest.mark.parametrize(
    ("first", "second", "right", "holds"),
    [("5", "5.00", "5", True), ("7", "5", "5", True), ("7", "8", "7", False)],
)
def test_of_several_ways_it_is_the_first_that_holds_or_else_the_first(
    load, first, second, right, holds
):
    (found,) = two_ways(load, first, second)
    assert (found.right, found.holds) == (Decimal(right), holds)


@pytest.mark.parametrize(("right", "holds"), [("5.01", True), ("4.99", True), ("5.02", False)])
def test_rounding_of_all_amounts_but_nils_is_allowed_for(load, right, holds):
    (equality,) = load(
        "sum,1,left,1,spent,,total,total,amount,", "sum,2,right,1,spent,,codes,total,row,"
    )
    cells = [cell("5.00", TOTAL), cell(right, row("205")), cell("0.00", row("206"))]
    assert [each.holds for each in equality.evaluate(cells)] == [holds]


def test_nils_alone_say_nothing(load):
    (equality,) = load(
        "sum,1,left,1,spent,,total,total,amount,", "sum,2,right,1,spent,,code:205,total,row,"
    )
    assert not list(equality.evaluate([cell("0", TOTAL), cell("0.00", row("205"))]))
    assert list(equality.evaluate([cell("0", TOTAL), cell("1.00", row("205"))]))


@pytest.mark.parametrize(
    ("identity", "term"),
    [
        ("other,document,<=,hard,any,forms", "other,1,left,1,spent,,total,total,amount,"),
        ("other,document,=,soft,any,forms", "other,1,left,1,spent,,total,total,amount,"),
        ("other,document,=,hard,any,narrative", "other,1,left,1,spent,,total,total,amount,"),
        ("other,document,=,hard,any,forms", "none,1,left,1,spent,,total,total,amount,"),
        ("other,document,=,hard,any,forms", "other,1,when_holds,1,spent,,total,total,amount,"),
        ("other,document,=,hard,any,forms", "other,1,left,1,spent,,named:a,total,amount,"),
    ],
    ids=["inequality", "soft", "prose", "no terms", "rests on another", "unknown selector"],
)
def test_only_hard_sums_of_forms_are_loaded(load, identity, term):
    loaded = load(
        "sum,1,left,1,spent,,total,total,amount,",
        term,
        identities=("sum,document,=,hard,any,forms", identity),
    )
    assert [each.identity for each in loaded] == ["sum"]


def test_equalities_of_a_form_are_those_of_its_kind_of_document(load):
    loaded = load(
        "a,1,left,1,spent,,total,total,amount,",
        "b,1,left,1,spent,,total,total,amount,",
        "c,1,left,1,received,,total,total,amount,",
        "d,1,left,1,spent|received,,total,total,amount,",
        identities=(
            "a,document,=,hard,budget,forms",
            "b,document,=,hard,final_accounts,forms",
            "c,document,=,hard,any,forms",
            "d,document,=,hard,any,forms",
        ),
    )
    found = equalities_of(loaded, "spent", DocumentKind.BUDGET)
    assert [each.identity for each in found] == ["a", "d"]

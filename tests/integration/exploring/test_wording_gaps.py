"""Wordings that named nothing, found in staged tables of a province with words of its own."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import yaml

from pipelines.domain.disclosure import (
    Disclosure,
    Figure,
    FormColumn,
    FormPrinting,
    FormRow,
    ResolvedBy,
)
from pipelines.exploring.csv_text import BYTE_ORDER_MARK, as_csv
from pipelines.exploring.wording_gaps import (
    GapKind,
    WordingGap,
    as_yaml,
    list_wording_gaps,
)
from pipelines.warehouse.connection import open_for_reading, open_for_writing
from pipelines.warehouse.loads import replace_document
from pipelines.warehouse.schema import WarehouseOutdatedError, apply_staging_schema
from tests.made_disclosures import made_column, made_disclosure, made_figure, made_row

WORDS, PROOF, NOTHING = ResolvedBy.WORDS, ResolvedBy.PROOF, ResolvedBy.NOTHING


def disclosed(*tables: tuple[FormPrinting, Sequence[Figure]], name: str = "某局.pdf") -> Disclosure:
    """A disclosure of these tables and nothing else."""
    figures = [
        replace(
            figure,
            row=replace(figure.row, table_index=index, form=printing.form),
            column=replace(figure.column, table_index=index, form=printing.form),
        )
        for index, (printing, printed) in enumerate(tables)
        for figure in printed
    ]
    return replace(
        made_disclosure(name, name),
        forms=tuple(
            replace(printing, table_index=index) for index, (printing, _) in enumerate(tables)
        ),
        columns=tuple(dict.fromkeys(figure.column for figure in figures)),
        rows=tuple(dict.fromkeys(figure.row for figure in figures)),
        figures=tuple(figures),
        furniture=(),
        rejections=(),
    )


def titled(title: str, form: str = "", resolved_by: ResolvedBy = NOTHING) -> FormPrinting:
    (printing,) = made_disclosure().forms
    return replace(
        printing, title=title, form=form, resolved_by=resolved_by, resolution=f"because of {title}"
    )


def column(
    *header_path: str, measure: str = "", resolved_by: ResolvedBy = NOTHING, index: int = 2
) -> FormColumn:
    return replace(
        made_column(measure), header_path=header_path, resolved_by=resolved_by, column_index=index
    )


def figure(above: FormColumn, row: FormRow | None = None, measure: str | None = None) -> Figure:
    made = made_figure(measure=above.measure if measure is None else measure)
    return replace(made, column=above, row=row or made.row)


@pytest.fixture
def gaps_of(tmp_path: Path):
    def find(*disclosures: Disclosure) -> list[WordingGap]:
        with open_for_writing(tmp_path / "w.duckdb") as connection:
            apply_staging_schema(connection)
            for disclosure in disclosures:
                replace_document(connection, disclosure, "1")
        with open_for_reading(tmp_path / "w.duckdb") as connection:
            return list_wording_gaps(connection)

    return find


BASIC = column("本年支出", "经常类支出", measure="basic", resolved_by=PROOF)
TOTAL = column("本年支出合计", measure="total", resolved_by=WORDS)


def test_what_words_named_is_no_gap(gaps_of):
    named = titled("支出决算表", "expenditure", WORDS)
    assert gaps_of(disclosed((named, [figure(TOTAL)]))) == []


def test_a_title_is_folded_and_counted_over_tables_and_documents(gaps_of):
    unnamed = [(titled(f"公开03表 {year}年度某县水利局 进项一览"), [figure(TOTAL, measure="")])
               for year in (2022, 2023)]  # fmt: skip
    one, other = disclosed(*unnamed, name="a.pdf"), disclosed(unnamed[0], name="b.pdf")
    (gap,) = gaps_of(one, other)
    assert (gap.kind, gap.wording, gap.resolved_by) == (GapKind.TITLE, "进项一览", "")
    assert (gap.occurrences, gap.document_count) == (3, 2)
    assert (gap.file_name, gap.page, gap.uncovered) == ("a.pdf", 3, ("进项一览",))
    assert not gap.is_named


def test_a_table_without_figures_or_printed_again_lacks_no_word(gaps_of):
    again = replace(titled("支出决算表"), reprint_of="expenditure")
    assert gaps_of(disclosed((titled("进项一览"), []), (again, [figure(TOTAL)]))) == []


def test_a_title_that_proof_had_to_name_says_which_form_it_is(gaps_of):
    proven = titled("经常类支出决算表", "basic_expenditure", PROOF)
    (gap,) = gaps_of(disclosed((proven, [figure(TOTAL)])))
    assert (gap.resolved_by, gap.form, gap.uncovered) == ("proof", "basic_expenditure", ("经常类",))


def test_a_proven_header_says_what_its_word_stands_for(gaps_of):
    named = titled("支出决算表", "expenditure", WORDS)
    (gap,) = gaps_of(disclosed((named, [figure(TOTAL), figure(replace(BASIC, column_index=3))])))
    assert (gap.kind, gap.wording) == (GapKind.HEADER, "本年支出/经常类支出")
    assert (gap.form, gap.measure, gap.concept) == ("expenditure", "basic", "basic")
    assert gap.term_line == "basic: [经常类]"


def test_a_header_that_nothing_named_leaves_its_concept_open(gaps_of):
    unnamed = titled("支出决算表", "expenditure", WORDS)
    (gap,) = gaps_of(disclosed((unnamed, [figure(column("经常类支出（万元）"))])))
    assert (gap.wording, gap.is_named, gap.concept) == ("经常类支出", False, "")
    assert gap.term_line == "?: [经常类]"


@pytest.mark.parametrize(
    ("above", "form"),
    [
        # Understood; its table has no form in which it could measure something.
        (column("基本支出"), ""),
        # Counts and shares have no measure by design.
        (column("数量（辆）"), "expenditure"),
        (column("增长率"), "expenditure"),
        (column(), "expenditure"),
    ],
)
def test_a_header_that_lacks_no_word_is_no_gap(gaps_of, above, form):
    named = titled("支出决算表", form, WORDS if form else NOTHING)
    assert [
        gap for gap in gaps_of(disclosed((named, [figure(above)]))) if gap.kind is GapKind.HEADER
    ] == []


def test_a_header_that_is_understood_and_measures_nothing_on_its_form_lacks_no_word(gaps_of):
    named = titled("支出决算表", "expenditure", WORDS)
    (gap,) = gaps_of(disclosed((named, [figure(column("事业收入"))])))
    assert (gap.wording, gap.uncovered, gap.term_line) == ("事业收入", (), "")


def test_columns_whose_rows_name_the_measures_lack_none(gaps_of):
    named = titled("三公经费支出决算表", "three_public", WORDS)
    down = figure(column("陌生栏"), measure="actual_overseas")
    assert gaps_of(disclosed((named, [down]))) == []


@pytest.mark.parametrize(
    ("form", "section", "row", "is_gap"),
    [
        ("income_expenditure_summary", "income", made_row(0, "", "一、财政安排进项"), True),
        ("income_expenditure_summary", "income", made_row(0, "201", "财政安排进项"), False),
        ("expenditure", "", made_row(0, "", "某某中心"), False),
        ("expenditure", "", made_row(0, "", "进项共计"), True),
        ("three_public", "", made_row(0, "", "进项共计"), False),
    ],
    ids=["a line", "a code", "a unit", "a total", "a form without lines"],
)
def test_labels_are_gaps_where_a_form_names_its_lines(gaps_of, form, section, row, is_gap):
    row = replace(row, section=section)
    found = gaps_of(disclosed((titled("某表", form, WORDS), [figure(TOTAL, row)])))
    assert [gap.kind for gap in found] == [GapKind.LABEL] * is_gap


def test_a_functional_class_and_a_label_of_no_amount_are_no_gaps(gaps_of):
    named = titled("某表", "income_expenditure_summary", WORDS)
    line = replace(made_row(0, "", "科学技术"), section="expenditure", line="function_class")
    unmeasured = replace(made_row(1, "", "陌生行"), section="income")
    figures = [figure(TOTAL, line), figure(replace(TOTAL, measure=""), unmeasured)]
    found = gaps_of(disclosed((named, figures)))
    assert [gap for gap in found if gap.kind is GapKind.LABEL] == []


def test_yaml_holds_certain_terms_as_the_catalogue_does_and_the_others_as_comments(gaps_of):
    named = titled("支出决算表", "expenditure", WORDS)
    unknown = replace(column("专项（甲）类"), column_index=4)
    printed = as_yaml(
        gaps_of(disclosed((named, [figure(replace(BASIC, column_index=3)), figure(unknown)])))
    )
    assert yaml.safe_load(printed) == {"concepts": {"basic": ["经常类"]}}
    assert "  # ?: [专项]  # header 专项(甲)类 ×1\n" in printed
    assert yaml.safe_load(as_yaml([])) == {"concepts": None}


def test_csv_has_a_line_for_the_catalogue(gaps_of):
    named = titled("支出决算表", "expenditure", WORDS)
    gaps = gaps_of(disclosed((named, [figure(BASIC)])))
    text = as_csv(WordingGap, gaps, "term_line").removeprefix(BYTE_ORDER_MARK)
    (row,) = csv.DictReader(StringIO(text))
    assert (row["kind"], row["wording"], row["resolved_by"]) == (
        "header", "本年支出/经常类支出", "proof"
    )  # fmt: skip
    assert (row["uncovered"], row["term_line"]) == ("经常类", "basic: [经常类]")


def test_a_warehouse_of_another_version_is_refused_in_words(tmp_path):
    with open_for_writing(tmp_path / "w.duckdb") as connection:
        apply_staging_schema(connection)
        connection.execute("alter table staging.forms drop column resolution")
        with pytest.raises(WarehouseOutdatedError, match="another version"):
            list_wording_gaps(connection)

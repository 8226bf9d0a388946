"""A figure keeps its key when the document is read again, and no two figures share one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipelines.warehouse.keys import claim_ids, figure_ids
from tests.made_disclosures import made_claim, made_disclosure, made_figure, made_row

figures = st.lists(
    st.builds(
        made_figure,
        row_index=st.integers(0, 3),
        row_code=st.sampled_from(["", "201", "20103"]),
        row_label=st.sampled_from(["合计", "行政运行"]),
        measure=st.sampled_from(["total", "basic"]),
    ),
    max_size=12,
).map(tuple)


@given(figures)
def test_keys_are_unique_within_a_document(made):
    keys = figure_ids(made_disclosure(figures=made))
    assert len(set(keys)) == len(made)


def test_the_same_figure_has_another_key_in_another_document():
    one, other = made_disclosure("one"), made_disclosure("other")
    assert figure_ids(one) != figure_ids(other)


def test_a_better_reading_of_the_amount_keeps_the_key():
    before = made_disclosure(figures=(made_figure(text="12.30"),))
    after = made_disclosure(figures=(made_figure(text="12.80"),))
    assert figure_ids(before) == figure_ids(after)


def test_a_row_found_later_above_it_keeps_the_key():
    before = made_disclosure(figures=(made_figure(row_index=0),))
    after = made_disclosure(
        figures=(made_figure(row_index=1),), rows=(made_row(0, "2010102", "一般行政管理事务"),)
    )
    assert figure_ids(before) == figure_ids(after)


def test_a_blank_row_of_the_same_name_counts_as_an_occurrence():
    second = made_figure(row_index=5, row_code="", row_label="其他")
    alone = made_disclosure(figures=(second,))
    below_blank = made_disclosure(figures=(second,), rows=(made_row(2, "", "其他"),))
    assert figure_ids(alone) != figure_ids(below_blank)


def test_rows_of_two_blocks_side_by_side_are_counted_apart():
    """Rows of the right side that come to be must not change the keys of the left side's."""
    left = [made_figure(row_index=index, row_code="", row_label="其他") for index in range(2)]
    right = [
        replace(made_row(index, "", label), block=1, section="expenditure")
        for index, label in enumerate(("其他", "合计"))
    ]
    alone = made_disclosure(figures=tuple(left))
    beside = replace(alone, rows=(*alone.rows, *right))
    assert figure_ids(alone) == figure_ids(beside)


def test_a_number_without_a_measure_is_known_by_its_header():
    unnamed = made_figure(measure="")
    other = replace(unnamed, column=replace(unnamed.column, header_path=("上年数",)))
    keys = figure_ids(made_disclosure(figures=(made_figure(), unnamed, other)))
    assert len(set(keys)) == 3
    assert figure_ids(made_disclosure(figures=(other,))) == [keys[2]]


def test_the_label_does_not_matter_where_a_code_is_printed():
    misread = made_disclosure(figures=(made_figure(row_label="行政運行"),))
    assert figure_ids(misread) == figure_ids(made_disclosure())


def test_claims_of_the_same_thing_are_told_apart_by_their_order():
    keys = claim_ids(made_disclosure(claims=(made_claim("1.00"), made_claim("2.00"))))
    assert len(set(keys)) == 2
    corrected = claim_ids(made_disclosure(claims=(made_claim("1.50"), made_claim("2.00"))))
    assert keys == corrected

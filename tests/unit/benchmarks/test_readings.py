"""Readings are compared figure for figure, and nothing that differs is counted as equal."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.benchmarks.page_faults import readable
from tests.benchmarks.readings import Comparison, Figure, Row, Told, compare
from tests.benchmarks.scans import as_read, by_code
from tests.forge.page_faults import DrawnAmount

TOTAL = Row("income", "", "", "合计", "total")
PENSION = Row("income", "", "2080505", "养老保险", "total")


def figure(row: Row, text: str, **changes: object) -> Figure:
    plain = Figure(row, text, Decimal(text) * 10_000, "", "proven", 3, (10, 20, 60, 32))
    return replace(plain, **changes)  # type: ignore[arg-type]


SOUND = [figure(TOTAL, "12.50"), figure(PENSION, "7.25")]
TRUTH = Told(SOUND, Counter({("income", "7.25"): 2}), ("county", 2023))


def counts(result: Comparison) -> tuple[int, ...]:
    return result.equal, result.different, result.missing, result.extra, result.proven


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (SOUND, (2, 0, 0, 0, 0)),
        (SOUND[::-1], (2, 0, 0, 0, 0)),
        ([], (0, 0, 2, 0, 0)),
        ([*SOUND, figure(TOTAL, "12.50")], (2, 0, 0, 1, 1)),
        ([SOUND[0], figure(PENSION, "7.26")], (1, 1, 0, 0, 1)),
        ([SOUND[0], figure(PENSION, "7.25", yuan=Decimal("7.25"))], (1, 1, 0, 0, 1)),
        ([SOUND[0], figure(PENSION, "7.26", status="unchecked")], (1, 1, 0, 0, 0)),
        ([SOUND[0], figure(PENSION._replace(measure="basic"), "7.25")], (1, 1, 0, 0, 1)),
        ([SOUND[0], figure(PENSION._replace(label="医疗", code=""), "8.25")], (1, 0, 1, 1, 1)),
        ([SOUND[0], figure(Row("", "", "", "", ""), "7.25")], (1, 0, 0, 0, 0)),
    ],
    ids=[
        *("same", "other order", "nothing", "twice", "other amount", "other unit"),
        *("unchecked", "other measure", "other row", "unnamed"),
    ],
)
def test_figures_are_equal_different_missing_or_extra(found: list[Figure], wanted: tuple[int, ...]):
    result = compare("00", TRUTH, replace(TRUTH, figures=found))
    assert counts(result) == wanted
    assert result.wanted == 2
    assert result.is_perfect == (wanted == (2, 0, 0, 0, 0))
    assert len(result.examples) == sum(wanted[1:4]) + result.unnamed
    assert result.wanted == result.equal + result.unnamed + result.different + result.missing


def test_documents_may_be_unread_or_somebody_elses():
    unread = compare("00", TRUTH, Told(rejected=[("scanned", "00/00.pdf: a picture")]))
    assert (unread.unread, unread.identities_wrong, unread.claims_equal) == (1, 0, 0)
    assert unread.rejected == {"scanned: a picture": 1}
    elsewhere = compare("00", TRUTH, replace(TRUTH, identity=("county", 2022)))
    assert (elsewhere.unread, elsewhere.identities_wrong, elsewhere.claims_equal) == (0, 1, 2)


def test_comparisons_add_up():
    total = Comparison()
    for found in (SOUND, SOUND[:1], []):
        total.add(compare("00", TRUTH, replace(TRUTH, figures=found)))
    assert (total.documents, total.wanted, *counts(total)) == (3, 6, 3, 0, 3, 0, 0)


def test_figures_that_are_drawn_are_not_wanted():
    page_height = {3: 842.0}
    drawn = DrawnAmount("7.25", 3, 25, 842 - 30)
    assert readable(TRUTH, (drawn,), page_height).figures == SOUND[:1]
    for other in (
        replace(drawn, text="7.26"),
        replace(drawn, page=4),
        replace(drawn, x=90),
        replace(drawn, y=30),
    ):
        assert readable(TRUTH, (other,), page_height).figures == SOUND


def test_rows_of_scans_are_told_apart_by_their_codes_where_they_have_any():
    misread = Told([figure(PENSION._replace(label="养老保除"), "7.25")])
    wanted = by_code(Told(SOUND[1:]))
    assert compare("00", wanted, by_code(misread)).is_perfect
    assert not compare("00", Told(SOUND[1:]), misread).is_perfect


def test_what_a_recogniser_read_is_known_where_the_warehouse_keeps_it():
    repaired = figure(PENSION, "7.25", raw="7.75")
    assert [each.text for each in as_read(Told([repaired, SOUND[0]])).figures] == ["7.75", "12.50"]

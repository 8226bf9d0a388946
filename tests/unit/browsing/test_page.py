"""What was measured of the explorer is told as it is: bars met, missed or not measured."""

from dataclasses import replace

from tests.browsing.page import render
from tests.browsing.results import (
    DEPARTMENT,
    FIGURE,
    FIRST_PAGE,
    REACHED_DEPARTMENT,
    Export,
    Pages,
    Results,
    Rival,
    Size,
    bars,
)
from tests.browsing.visits import Visit

VISIT = Visit(
    path="/",
    answered=40.0,
    shown=300.0,
    complete=350.0,
    processor=30.0,
    longest=20.0,
    all_queries=35.0,
    picture=None,
    byte_count=9_000,
    peak_bytes=200_000_000,
)


def a_size(documents: int) -> Size:
    quick, slow = VISIT, replace(VISIT, shown=700.0, longest=301.0)
    return Size(
        documents,
        pages=[
            Pages(FIRST_PAGE, (replace(VISIT, shown=1_000.0),)),
            Pages(DEPARTMENT, (quick, quick, slow)),
            Pages(REACHED_DEPARTMENT, (quick, slow, quick)),
            Pages(FIGURE, (replace(VISIT, picture=250.0),)),
        ],
        exports=[Export("csv", 30.0, 10.0, 299.0, 4_000, 380_000_000)],
        rivals=[Rival(VISIT, asked=80.0, processor=60.0)],
        peak_bytes=399_000_000,
    )


def verdicts(*sizes: Size) -> dict[str, str]:
    return {bar.promise: bar.verdict for bar in bars(sizes)}


def test_bars_are_held_against_what_was_measured():
    assert verdicts(a_size(10_000)) == {
        "first page after the start, cold, shown": "met",
        "department page, from the first page, shown, median": "met",
        "department page, from the first page, shown, slowest": "missed",
        "department page, cold, shown, median": "met",
        "department page, cold, shown, slowest": "missed",
        "picture of a printed page, cold, median": "met",
        "picture of a printed page, cold, slowest": "met",
        "longest query": "missed",
        "memory of the server at most": "met",
    }


def test_a_smaller_warehouse_meets_nothing():
    assert set(verdicts(a_size(9_999)).values()) == {"not measured"}
    assert set(verdicts().values()) == {"not measured"}


def test_the_longest_query_may_be_that_of_a_file():
    size = a_size(10_000)
    assert size.longest == 301
    slow = Export("xlsx", 900.0, 900.0, 800.0, 4_000, 380_000_000)
    assert replace(size, exports=[slow]).longest == 800


def test_what_a_page_does_not_tell_is_not_measured():
    silent = replace(VISIT, longest=None, picture=None)
    size = Size(10_000, pages=[Pages(FIGURE, (silent,))])
    found = verdicts(size)
    assert found["longest query"] == "not measured"
    assert found["picture of a printed page, cold, slowest"] == "not measured"


def test_everything_that_was_found_out_is_told():
    text = render(Results([a_size(200)], failures=["200 documents, figure: /figure/1 answers 404"]))
    assert "### The explorer on 200 documents" in text
    assert "| department | 3 | 40 | 40 | 300 | 700 |" in text
    assert "| csv | 30 | 10 | 299 | 4 | 380 |" in text
    assert "costs 0.5 times as much" in text
    assert "- 200 documents, figure: /figure/1 answers 404" in text

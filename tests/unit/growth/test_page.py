"""What was measured is told as it is: bars met, missed or not measured, and what failed."""

from dataclasses import replace

from tests.growth.measuring import Taken
from tests.growth.page import draw_plot, render
from tests.growth.results import Bar, Loading, Results, Size, bars

TAKEN = Taken(cpu_seconds=12.0, wall_seconds=10.0, peak_bytes=10**9, output="{}")


def a_size(documents: int, night_seconds: float) -> Size:
    return Size(
        documents,
        figures=documents * 380,
        full=replace(TAKEN, cpu_seconds=documents * 0.05),
        full_bytes=documents * 500_000,
        night=replace(TAKEN, cpu_seconds=night_seconds),
    )


def verdicts(results: Results) -> dict[str, str]:
    return {bar.promise: bar.verdict for bar in bars(results)}


def test_a_bar_is_met_missed_or_not_measured():
    assert Bar("at most", 1, 1.0, "s").verdict == "met"
    assert Bar("at most", 1, 1.1, "s").verdict == "missed"
    assert Bar("at least", 1, 1.0, "s", is_floor=True).verdict == "met"
    assert Bar("at least", 1, 0.9, "s", is_floor=True).verdict == "missed"
    assert Bar("unknown", 1, None, "s").verdict == "not measured"


def test_nothing_that_was_not_measured_is_met():
    assert set(verdicts(Results()).values()) == {"not measured"}


def test_other_sizes_than_the_promised_ones_meet_nothing():
    results = Results(sizes=[a_size(100, 10), a_size(300, 10)])
    assert set(verdicts(results).values()) == {"not measured"}


def test_bars_are_held_against_what_was_measured():
    largest = replace(a_size(10_000, 16), queries={"quick": 0.1, "slow": 0.4})
    results = Results(sizes=[a_size(100, 10), a_size(1_000, 11), largest])
    found = verdicts(results)
    assert found["ten new documents at 10,000, as a multiple of their cost at 100"] == "missed"
    assert found["ten new documents at 10,000"] == "met"
    assert found["full build at 1,000, each document"] == "met"
    assert found["file at 10,000, each document of 380 figures"] == "missed"
    assert found["slowest documented query at 10,000"] == "missed"


def test_everything_that_was_found_out_is_told():
    loading = Loading(300, 114_000, 300_000, 6.0, 4.0, 2.0)
    results = Results(sizes=[a_size(100, 10)], loading=loading, failures=["queries: no such table"])
    text = render(results)
    assert "300 documents with 114,000 figures" in text
    assert "11,400 figures" in text
    assert "has 0.2 of its speed, writing alone 0.5" in text
    assert "- queries: no such table" in text


def test_the_plot_is_a_small_drawing(tmp_path):
    path = tmp_path / "plots" / "growth.svg"
    draw_plot(Results(sizes=[a_size(100, 10), a_size(1_000, 11)]), path)
    assert path.read_text(encoding="utf-8").endswith("</svg>\n")
    assert path.stat().st_size < 200_000

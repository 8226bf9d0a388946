"""What programs are told of runs, also where there is no warehouse yet."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipelines.exploring.status_summary import status_as_json
from pipelines.warehouse.diary import DiaryEntry

BEGAN = datetime(2026, 3, 1, 2, 30)  # noqa: DTZ001 - as the diary keeps it: UTC, unsaid


def told(**of_run: object) -> dict[str, object]:
    run = DiaryEntry("nightly", BEGAN, BEGAN + timedelta(seconds=90.5), 1, **of_run)
    summary = json.loads(status_as_json(Path("w.duckdb"), None, [run]))
    assert (summary["totals"], summary["documents_in_need"]) == (None, [])
    return summary["runs"][0]


def test_times_say_their_zone():
    run = told()
    assert (run["started_at"], run["seconds"]) == ("2026-03-01T02:30:00+00:00", 90.5)
    here = BEGAN.replace(tzinfo=UTC).astimezone(timezone(timedelta(hours=8)))
    entry = DiaryEntry("run", here, here, 0)
    (run,) = json.loads(status_as_json(Path("w.duckdb"), None, [entry]))["runs"]
    assert run["started_at"] == "2026-03-01T02:30:00+00:00"


@pytest.mark.parametrize(
    ("counts", "ratio"),
    [
        ({}, None),
        ({"proven_in_all": 0, "figures_in_all": 0}, None),
        ({"proven_in_all": 1, "figures_in_all": 3}, 0.3333),
        ({"proven_in_all": 199999, "figures_in_all": 200000}, 0.9999),
    ],
)
def test_the_proven_share_of_a_run_is_never_rounded_up(counts, ratio):
    assert told(counts=counts)["proven_ratio"] == ratio


def test_a_run_that_failed_says_why_and_where():
    sites = [{"site": "a", "has_failed": True}, {"site": "b", "has_failed": False}]
    run = told(error="the disk is full", sites=sites)
    assert (run["exit_code"], run["error"]) == (1, "the disk is full")
    assert run["sites_failed"] == ["a"]

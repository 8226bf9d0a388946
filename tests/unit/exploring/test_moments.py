"""Moments are shown in the time of the system, with its zone."""

import time
from datetime import UTC, datetime

import pytest

from pipelines.exploring.moments import day_text, moment_text


@pytest.fixture
def in_shanghai(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_shanghai")
@pytest.mark.parametrize("zone", [UTC, None])
def test_a_moment_of_the_warehouse_is_in_utc_and_shown_as_people_here_read_their_clocks(zone):
    moment = datetime(2026, 11, 29, 18, 41, 9, tzinfo=zone)
    assert moment_text(moment) == "2026-11-30 02:41:09 +0800"
    assert day_text(moment) == "2026-11-30"

"""The diary: runs in order, and none lost to a line that was cut short."""

from datetime import datetime

from pipelines.warehouse.diary import DiaryEntry, diary_of, latest_entries, write_entry

BEGAN, ENDED = datetime(2026, 1, 1, 2, 30), datetime(2026, 1, 1, 2, 31)  # noqa: DTZ001 - UTC, unsaid


def entry(exit_code: int) -> DiaryEntry:
    return DiaryEntry("run", BEGAN, ENDED, exit_code, counts={"read": exit_code})


def test_the_latest_come_first_and_no_more_than_asked_for(tmp_path):
    warehouse = tmp_path / "new" / "w.duckdb"
    assert latest_entries(warehouse, 5) == []
    for exit_code in range(4):
        write_entry(warehouse, entry(exit_code))
    assert latest_entries(warehouse, 2) == [entry(3), entry(2)]


def test_a_line_that_was_cut_short_costs_no_other(tmp_path):
    warehouse = tmp_path / "w.duckdb"
    write_entry(warehouse, entry(1))
    with diary_of(warehouse).open("a", encoding="utf-8") as stream:
        stream.write('{"command": "run", "started_')
    write_entry(warehouse, entry(2))
    assert latest_entries(warehouse, 5) == [entry(2), entry(1)]

"""The diary: runs in order, and none lost to a line that was cut short."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

from pipelines.warehouse.diary import (
    DiaryEntry,
    all_entries,
    diary_of,
    former_diary_of,
    latest_entries,
    put_away,
    write_entry,
    write_entry_once,
)

BEGAN, ENDED = datetime(2026, 1, 1, 2, 30, tzinfo=UTC), datetime(2026, 1, 1, 2, 31, tzinfo=UTC)


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


def test_a_diary_that_has_grown_long_is_put_away_and_still_read(tmp_path):
    warehouse = tmp_path / "w.duckdb"
    assert not put_away(warehouse, 0)
    write_entry(warehouse, entry(1))
    size = diary_of(warehouse).stat().st_size
    assert not put_away(warehouse, size)
    assert put_away(warehouse, size - 1)
    assert latest_entries(warehouse, 5) == [entry(1)]
    write_entry(warehouse, entry(2))
    assert latest_entries(warehouse, 5) == [entry(2), entry(1)]
    assert latest_entries(warehouse, 1) == [entry(2)]
    assert list(all_entries(warehouse)) == [entry(1), entry(2)]
    assert put_away(warehouse, size - 1)
    assert list(all_entries(warehouse)) == [entry(2)]
    assert former_diary_of(warehouse).stat().st_size == size


def test_times_say_their_zone_and_those_of_former_versions_are_in_utc(tmp_path):
    warehouse = tmp_path / "w.duckdb"
    write_entry(warehouse, entry(1))
    line = diary_of(warehouse).read_text(encoding="utf-8")
    assert '"started_at": "2026-01-01T02:30:00+00:00"' in line
    diary_of(warehouse).write_text(line.replace("+00:00", ""), encoding="utf-8")
    assert latest_entries(warehouse, 1) == [entry(1)]


def test_a_run_of_which_many_tell_is_there_once_also_where_the_diary_was_put_away(tmp_path):
    warehouse = tmp_path / "new" / "w.duckdb"
    told = [entry(2), replace(entry(0), command="fetch"), replace(entry(0), started_at=ENDED)]
    with ThreadPoolExecutor(8) as tellers:
        list(tellers.map(lambda each: write_entry_once(warehouse, each), told * 8))
    assert len(list(all_entries(warehouse))) == len(told)
    assert put_away(warehouse, 0)
    # What is known of a run already stays as it is.
    write_entry_once(warehouse, entry(0))
    kept = sorted(all_entries(warehouse), key=lambda each: told.index(each))
    assert kept == told

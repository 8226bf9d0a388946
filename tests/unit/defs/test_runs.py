"""Runs of Dagster in the diary, and runs of the command among Dagster's events."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.runs import FETCHED, FILES, entry_of, events_of, runs, runs_of_the_command
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.diary import DiaryEntry, latest_entries, write_entry

BEGAN = datetime(2026, 5, 1, 2, 30, tzinfo=UTC)


@dg.asset(key=FILES)
def files() -> dg.MaterializeResult:
    counts = {"files_read_now": 2, "files_rejected_now": 1, "figures_loaded_now": 70}
    return dg.MaterializeResult(metadata={"dagster/row_count": 3, **counts})


@dg.asset(key=["staging", "other"], deps=[FILES])
def broken() -> None:
    raise RuntimeError("could not build") from ValueError("the disk is full")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def run_of(instance: dg.DagsterInstance, *assets: dg.AssetsDefinition) -> dg.DagsterRun:
    job = dg.define_asset_job("build_warehouse").resolve(
        asset_graph=dg.Definitions(assets=assets).resolve_asset_graph()
    )
    return job.execute_in_process(instance=instance, raise_on_error=False).dagster_run


def entry(command: str, minutes: int = 0, **told: object) -> DiaryEntry:
    began = BEGAN + timedelta(minutes=minutes)
    return DiaryEntry(command, began, began + timedelta(seconds=20), exit_code=0, **told)


def test_a_run_that_succeeded_is_an_entry_with_what_it_counted(instance):
    found = entry_of(instance, run_of(instance, files))
    assert (found.command, found.exit_code, found.error) == ("dagster build_warehouse", 0, "")
    assert found.counts == {"read": 2, "rejected": 1, "figures": 70}
    assert found.was_needed
    assert found.started_at <= found.finished_at <= datetime.now(UTC)


def test_a_run_that_failed_says_its_first_cause(instance):
    found = entry_of(instance, run_of(instance, files, broken))
    assert (found.exit_code, found.counts["read"]) == (2, 2)
    assert found.error == "ValueError: the disk is full"


def test_ended_runs_are_written_into_the_diary(instance, tmp_path):
    settings = load_settings({"JUESUAN_HOME": str(tmp_path)})
    run = run_of(instance, files)
    (sensor,) = [each for each in runs().sensors if each.name == "runs_in_the_diary_success"]
    event = next(
        record.dagster_event
        for record in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_SUCCESS)
    )
    context = dg.build_run_status_sensor_context(
        sensor_name=sensor.name, dagster_instance=instance, dagster_run=run, dagster_event=event,
        resources={"settings": settings},
    )  # fmt: skip
    sensor(context)
    (found,) = latest_entries(settings.warehouse, 5)
    assert (found.command, found.counts["read"]) == ("dagster build_warehouse", 2)


def look(settings: Settings, cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    context = dg.build_sensor_context(cursor=cursor, resources={"settings": settings})
    found = runs_of_the_command(context)
    assert isinstance(found, dg.SensorResult | dg.SkipReason)
    return found


def test_runs_of_the_command_are_told_once_and_those_of_dagster_never(tmp_path: Path):
    settings = load_settings({"JUESUAN_HOME": str(tmp_path)})
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    assert isinstance(look(settings, None), dg.SkipReason)
    write_entry(settings.warehouse, entry("run", was_needed=True, counts={"read": 4}))
    write_entry(settings.warehouse, entry("dagster build_warehouse", 1))
    first = look(settings, None)
    (event,) = first.asset_events
    assert isinstance(event, dg.AssetMaterialization)
    assert (event.asset_key, event.metadata["files_read_now"].value) == (FILES, 4)
    assert isinstance(look(settings, first.cursor), dg.SkipReason)
    write_entry(settings.warehouse, entry("run", 2))
    (event,) = look(settings, first.cursor).asset_events
    assert isinstance(event, dg.AssetObservation)


def test_a_night_tells_of_each_site_and_a_failed_run_of_its_error():
    sites = [
        {"site": "a", "documents": {"new": 3}, "has_failed": False, "trouble": ""},
        {"site": "b", "documents": {}, "has_failed": True, "trouble": "no answer"},
    ]
    night = entry("nightly", was_needed=True, sites=sites)
    read, one, other = events_of(night)
    assert [type(each) for each in (read, one, other)] == [
        *(dg.AssetMaterialization, dg.AssetMaterialization, dg.AssetObservation),
    ]
    assert [(each.asset_key, each.partition) for each in (one, other)] == [
        *((FETCHED, "a"), (FETCHED, "b")),
    ]
    assert (one.metadata["new"].value, other.metadata["trouble"].value) == (3, "no answer")
    (failed,) = events_of(entry("run", was_needed=True, error="no room"))
    assert isinstance(failed, dg.AssetObservation)
    assert failed.metadata["error"].value == "no room"
    assert not list(events_of(entry("fetch")))

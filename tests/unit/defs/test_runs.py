"""Runs of Dagster in the diary, and runs of the command among Dagster's events."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.acquiring.raw_files import find_raw_files
from pipelines.defs.killed_runs import at_work, killed_runs
from pipelines.defs.runs import (
    FETCHED,
    FILES,
    entry_of,
    events_of,
    note_earlier_runs,
    noted_runs,
    runs,
    runs_of_the_command,
)
from pipelines.domain.warehouse_place import beside
from pipelines.settings import Settings, load_settings
from pipelines.warehouse.diary import DiaryEntry, all_entries, write_entry

BEGAN = datetime(2026, 5, 1, 2, 30, tzinfo=UTC)


@dg.asset(key=FILES)
def files() -> dg.MaterializeResult:
    counts = {"files_read_now": 2, "files_rejected_now": 1, "figures_loaded_now": 70}
    return dg.MaterializeResult(metadata={"dagster/row_count": 3, **counts})


@dg.asset(key=["staging", "other"], deps=[FILES])
def broken() -> None:
    raise RuntimeError("could not build") from ValueError("the disk is full")


@dg.asset(key=["staging", "other"], deps=[FILES])
def stopped() -> None:
    raise KeyboardInterrupt


@dg.asset(key=["marts", "last"], deps=[["staging", "other"]])
def last(settings: dg.ResourceParam[Settings]) -> None:
    assert settings.warehouse


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"JUESUAN_HOME": str(tmp_path)})


def job_of(*assets: dg.AssetsDefinition, settings: Settings | None = None) -> dg.JobDefinition:
    handed = dg.ResourceDefinition(noted_runs(settings)) if settings else None
    definitions = dg.Definitions(
        assets=assets,
        jobs=[dg.define_asset_job("build_warehouse")],
        resources={"settings": handed} if handed else None,
    )
    return definitions.resolve_job_def("build_warehouse")


def run_of(
    instance: dg.DagsterInstance, *assets: dg.AssetsDefinition, settings: Settings | None = None
) -> dg.DagsterRun:
    ran = job_of(*assets, settings=settings).execute_in_process(
        instance=instance, raise_on_error=False
    )
    return ran.dagster_run


def ended_otherwise(
    instance: dg.DagsterInstance, status: dg.DagsterRunStatus, said: str = ""
) -> dg.DagsterRun:
    """A run that did not come to its first step."""
    run = instance.create_run_for_job(job_of(files))
    if status is dg.DagsterRunStatus.FAILURE:
        instance.report_run_failed(run, message=said)
    elif status is dg.DagsterRunStatus.CANCELED:
        instance.report_run_canceled(run)
    return instance.get_run_by_id(run.run_id)


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


@pytest.mark.parametrize(
    ("assets", "exit_code", "error"),
    [
        ((files, last), 0, ""),
        ((files, broken, last), 2, "ValueError: the disk is full"),
        ((files, stopped, last), 130, "interrupted"),
    ],
    ids=["succeeded", "failed", "interrupted"],
)
def test_a_run_notes_itself_as_dagster_has_it_afterwards(
    instance, settings, assets, exit_code, error
):
    run = run_of(instance, *assets, settings=settings)
    (found,) = all_entries(settings.warehouse)
    assert (found.command, found.counts["read"]) == ("dagster build_warehouse", 2)
    assert (found.exit_code, found.error) == (exit_code, error)
    afterwards = entry_of(instance, run)
    assert found.finished_at <= afterwards.finished_at
    assert found == replace(afterwards, finished_at=found.finished_at)


def test_of_chosen_assets_it_is_said_that_they_were_materialized(instance):
    ran = dg.materialize([files], instance=instance)
    assert entry_of(instance, ran.dagster_run).command == "dagster materialize"


def test_a_run_that_was_stopped_between_two_steps_is_no_success(instance):
    run = instance.create_run_for_job(job_of(files))
    assert (entry_of(instance, run).exit_code, entry_of(instance, run).error) == (
        *(130, "interrupted"),
    )


def sense(settings: Settings, instance: dg.DagsterInstance, run: dg.DagsterRun, ended: str) -> None:
    """Have the sensor see a run that ended."""
    (sensor,) = [each for each in runs().sensors if each.name == f"runs_in_the_diary_{ended}"]
    kind = dg.DagsterEventType(f"PIPELINE_{ended.upper()}")
    event = next(record.dagster_event for record in instance.all_logs(run.run_id, of_type=kind))
    handed = dg.ResourceDefinition(noted_runs(settings))
    context = dg.build_run_status_sensor_context(
        sensor_name=sensor.name, dagster_instance=instance, dagster_run=run, dagster_event=event,
        resources={"settings": handed},
    )  # fmt: skip
    sensor(context)


def test_a_sensor_notes_what_never_began_and_nothing_twice(instance, settings):
    failed = run_of(instance, files, broken, last, settings=settings)
    sense(settings, instance, failed, "failure")
    assert len(list(all_entries(settings.warehouse))) == 1
    unbegun = ended_otherwise(instance, dg.DagsterRunStatus.FAILURE, "no such image")
    canceled = ended_otherwise(instance, dg.DagsterRunStatus.CANCELED)
    for _ in range(2):
        sense(settings, instance, unbegun, "failure")
        sense(settings, instance, canceled, "canceled")
    _, one, other = all_entries(settings.warehouse)
    assert (one.exit_code, one.error) == (2, "no such image")
    assert (other.exit_code, other.error) == (130, "interrupted")


def test_the_next_run_notes_those_before_it_that_could_not(instance, settings):
    ended_otherwise(instance, dg.DagsterRunStatus.FAILURE, "of another warehouse")
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    write_entry(settings.warehouse, DiaryEntry("run", now, now, exit_code=0))
    ended_otherwise(instance, dg.DagsterRunStatus.FAILURE, "no such image")
    ended_otherwise(instance, dg.DagsterRunStatus.NOT_STARTED)
    for _ in range(2):
        run_of(instance, files, last, settings=settings)
    noted = [(each.command, each.error) for each in all_entries(settings.warehouse)]
    assert noted == [
        *(("run", ""), ("dagster build_warehouse", "no such image")),
        *(("dagster build_warehouse", ""), ("dagster build_warehouse", "")),
    ]


def test_a_run_whose_process_is_gone_has_failed_and_dagster_is_told(instance, settings):
    run = ended_otherwise(instance, dg.DagsterRunStatus.NOT_STARTED)
    instance.report_engine_event("Executing steps in process", run)
    with at_work(settings.warehouse, run.run_id):
        # Of a killed process this is what stays: the file, which nobody holds.
        (held,) = beside(settings.warehouse, ".dagster").glob("*@*")
        note_earlier_runs(settings, instance)
        assert list(all_entries(settings.warehouse)) == []
    held.touch()
    note_earlier_runs(settings, instance)
    note_earlier_runs(settings, instance)
    (found,) = all_entries(settings.warehouse)
    assert found.exit_code == 2
    assert re.fullmatch(r"its process is gone, last heard of at \d{4}-.* UTC", found.error)
    assert instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.FAILURE


def test_what_a_run_holds_is_no_document(settings):
    raw_dir = settings.warehouse.parent
    with at_work(settings.warehouse, "a"):
        assert list(find_raw_files(raw_dir)) == []


def test_of_runs_on_other_machines_nothing_is_said(settings, monkeypatch):
    with at_work(settings.warehouse, "a"):
        (held,) = beside(settings.warehouse, ".dagster").glob("*@*")
    assert not held.exists()
    held.touch()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("socket.gethostname", lambda: "elsewhere")
        assert list(killed_runs(settings.warehouse)) == []
    assert list(killed_runs(settings.warehouse)) == ["a"]
    assert list(killed_runs(settings.warehouse)) == []


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

"""Runs of Dagster in the diary of the warehouse, and runs of the command among Dagster's events.

Knows how each tells of a run. Does not know what a run does. Whoever asks ``juesuan status`` or
opens the UI sees the nights of both.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from signal import SIGINT
from typing import Any

import dagster as dg

from pipelines.defs.jobs import build_warehouse
from pipelines.defs.sites import FETCHED
from pipelines.defs.staging import FILES
from pipelines.domain.interruptions import EXIT_OF_SIGNALS
from pipelines.running.messages import ERROR_LENGTH, in_a_line
from pipelines.running.notes import EXIT_CANNOT_DO
from pipelines.settings import Settings
from pipelines.warehouse.diary import DiaryEntry, all_entries, write_entry

# Commands that Dagster ran are called by its name and the job's.
OF_DAGSTER = "dagster"
EXIT_INTERRUPTED = EXIT_OF_SIGNALS + SIGINT
# What the command calls the counts that assets report.
COUNTS: Mapping[dg.AssetKey, Mapping[str, str]] = {
    FILES: {
        "files_read_now": "read",
        "files_rejected_now": "rejected",
        "files_unchanged": "unchanged",
        "files_rejected": "rejected_in_all",
        "files_vanished": "vanished",
        "figures_loaded_now": "figures",
    },
    FETCHED: {name: name for name in ("found", "new", "changed", "gone", "failed", "skipped")},
}
# Where one of them is not nil a run found something to do.
OF_CHANGES = ("read", "rejected", "vanished", "new", "changed")
EXIT_CODES = {
    dg.DagsterRunStatus.SUCCESS: 0,
    dg.DagsterRunStatus.FAILURE: EXIT_CANNOT_DO,
    dg.DagsterRunStatus.CANCELED: EXIT_INTERRUPTED,
}


@dg.definitions
def runs() -> dg.Definitions:
    """The sensors that let either side know of the other's runs; on from the beginning."""
    return dg.Definitions(sensors=[*map(_ended_runs, EXIT_CODES), runs_of_the_command])


def _ended_runs(status: dg.DagsterRunStatus) -> dg.SensorDefinition:
    """Writes runs of Dagster into the warehouse's diary, those that ended in one way."""

    @dg.run_status_sensor(
        run_status=status,
        name=f"runs_in_the_diary_{status.value.lower()}",
        description="Writes runs of Dagster into the diary that 'juesuan status' shows.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def ended_runs(
        context: dg.RunStatusSensorContext, settings: dg.ResourceParam[Settings]
    ) -> None:
        """Write one run into the diary."""
        write_entry(settings.warehouse, entry_of(context.instance, context.dagster_run))

    return ended_runs


def entry_of(instance: dg.DagsterInstance, run: dg.DagsterRun) -> DiaryEntry:
    """A run of Dagster as the diary has it."""
    (record,) = instance.get_run_records(dg.RunsFilter(run_ids=[run.run_id]))
    began, ended = record.start_time, record.end_time
    counts = dict(_counts(instance, run.run_id))
    return DiaryEntry(
        command=f"{OF_DAGSTER} {run.job_name}",
        started_at=_moment(began or record.create_timestamp.timestamp()),
        finished_at=_moment(ended or began or record.create_timestamp.timestamp()),
        exit_code=EXIT_CODES[record.dagster_run.status],
        error=_error(instance, record.dagster_run),
        was_needed=any(counts.get(name) for name in OF_CHANGES),
        counts=counts,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _counts(instance: dg.DagsterInstance, run_id: str) -> Iterator[tuple[str, int]]:
    """What a run's assets counted, as the command calls it."""
    events = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    for event in events:
        told = event.asset_materialization
        if told is None:
            continue
        for name, counted in COUNTS.get(told.asset_key, {}).items():
            value = told.metadata[name].value if name in told.metadata else None
            if isinstance(value, int):
                yield counted, value


def _error(instance: dg.DagsterInstance, run: dg.DagsterRun) -> str:
    """Why a run could not do its work, '' where it could."""
    if run.status is dg.DagsterRunStatus.CANCELED:
        return "interrupted"
    if run.status is not dg.DagsterRunStatus.FAILURE:
        return ""
    steps = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    causes = (event.dagster_event.step_failure_data.error for event in steps if event.dagster_event)
    cause = next((each for each in causes if each), None)
    while cause is not None and cause.cause is not None:
        cause = cause.cause
    return in_a_line(cause.message if cause else "the run failed", ERROR_LENGTH)


@dg.sensor(
    job=build_warehouse,
    minimum_interval_seconds=60,
    description=(
        "Shows runs of 'juesuan run', 'nightly' and 'fetch' among the events of the assets that "
        "they brought up to date. Starts nothing."
    ),
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def runs_of_the_command(
    context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]
) -> dg.SensorResult | dg.SkipReason:
    """Tell of the runs that ended since the last look."""
    seen = context.cursor or ""
    entries = [
        entry
        for entry in all_entries(settings.warehouse)
        if not entry.command.startswith(OF_DAGSTER) and _cursor(entry) > seen
    ]
    if not entries:
        return dg.SkipReason("no command has run since")
    return dg.SensorResult(
        asset_events=[event for entry in entries for event in events_of(entry)],
        cursor=max(map(_cursor, entries)),
    )


def _cursor(entry: DiaryEntry) -> str:
    return entry.finished_at.astimezone(UTC).isoformat(timespec="microseconds")


def events_of(entry: DiaryEntry) -> Iterator[dg.AssetMaterialization | dg.AssetObservation]:
    """A run of the command as events of what it fetched and what it read.

    What did nothing, or failed, is an observation: the asset is as it was.
    """
    metadata = {
        "command": entry.command,
        "started_at": dg.MetadataValue.timestamp(entry.started_at),
        "seconds": (entry.finished_at - entry.started_at).total_seconds(),
        "exit_code": entry.exit_code,
        **({"error": entry.error} if entry.error else {}),
    }
    if entry.command != "fetch":
        is_new = entry.was_needed and not entry.error
        yield _event(FILES, metadata | _told(entry, FILES), is_new=is_new)
    for site in entry.sites:
        described = {name: site[name] for name in ("has_failed", "trouble") if name in site}
        told: dict[str, Any] = {**metadata, **described, **site.get("documents", {})}
        is_new = not site.get("has_failed", False)
        yield _event(FETCHED, told, is_new=is_new, partition=str(site["site"]))


def _told(entry: DiaryEntry, asset: dg.AssetKey) -> dict[str, int]:
    """The command's counts, as the asset calls them."""
    return {
        name: entry.counts[counted]
        for name, counted in COUNTS[asset].items()
        if counted in entry.counts
    }


def _event(
    asset: dg.AssetKey, metadata: Mapping[str, Any], *, is_new: bool, partition: str | None = None
) -> dg.AssetMaterialization | dg.AssetObservation:
    kind = dg.AssetMaterialization if is_new else dg.AssetObservation
    return kind(asset_key=asset, metadata=dict(metadata), partition=partition)

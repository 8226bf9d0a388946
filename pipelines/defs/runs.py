"""Runs of Dagster in the diary of the warehouse, and runs of the command among Dagster's events.

Knows how each tells of a run. Does not know what a run does. Whoever asks ``juesuan status`` or
opens the UI sees the nights of both.

A run notes itself as its last step ends, which takes no daemon. What cannot, because it never began
or was killed, is noted by the next run, or by a sensor where a daemon is at work.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from signal import SIGINT
from typing import Any

import dagster as dg

from pipelines.defs.jobs import build_warehouse
from pipelines.defs.killed_runs import at_work, killed_runs
from pipelines.defs.sites import FETCHED
from pipelines.defs.staging import FILES
from pipelines.domain.exit_codes import EXIT_CANNOT_DO
from pipelines.domain.interruptions import EXIT_OF_SIGNALS, Interrupted
from pipelines.running.messages import ERROR_LENGTH, in_a_line
from pipelines.settings import Settings
from pipelines.warehouse.diary import DiaryEntry, all_entries, write_entry_once

# Runs are called by Dagster's name and the job's; chosen assets have a job of Dagster's own.
OF_DAGSTER = "dagster"
OF_CHOSEN_ASSETS = "__"
MATERIALIZING = "materialize"
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
# How runs end that may not have come to note themselves.
CUT_SHORT = (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)
STOPPED = (dg.DagsterRunStatus.CANCELING, dg.DagsterRunStatus.CANCELED)
INTERRUPTIONS = {
    each.__name__ for each in (dg.DagsterExecutionInterruptedError, KeyboardInterrupt, Interrupted)
}
INTERRUPTED = EXIT_INTERRUPTED, "interrupted"


@dg.definitions
def runs() -> dg.Definitions:
    """The sensors that let either side know of the other's runs; on from the beginning."""
    return dg.Definitions(sensors=[*map(_ended_runs, CUT_SHORT), runs_of_the_command])


def noted_runs(
    settings: Settings,
) -> Callable[[dg.InitResourceContext], Settings | Iterator[Settings]]:
    """What hands the settings to all steps of a run, and notes the run when they have ended."""

    def hand(context: dg.InitResourceContext) -> Settings | Iterator[Settings]:
        if context.run is None or context.instance is None:  # a sensor asks, or a schedule
            return settings
        return _noted(settings, context.instance, context.run)

    return hand


def _noted(
    settings: Settings, instance: dg.DagsterInstance, run: dg.DagsterRun
) -> Iterator[Settings]:
    # As with the command, what a run does matters more than that it cannot be noted.
    with ExitStack() as held:
        with suppress(OSError):
            note_earlier_runs(settings, instance)
            held.enter_context(at_work(settings.warehouse, run.run_id))
        try:
            yield settings
        finally:
            with suppress(OSError):
                write_entry_once(settings.warehouse, entry_of(instance, run))


def note_earlier_runs(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Write runs into the diary that were cut short since the latest run of Dagster in it began.

    Before the first one, since the diary began. Dagster is told of those that were killed, which
    without a daemon it takes to be at work still.
    """
    for run_id in killed_runs(settings.warehouse):
        run = instance.get_run_by_id(run_id)
        if run is not None and not run.is_finished:
            heard_of = _moment(max(event.timestamp for event in instance.all_logs(run_id)))
            said = f"its process is gone, last heard of at {heard_of:%Y-%m-%d %H:%M:%S %Z}"
            instance.report_run_failed(run, message=said)
    entries = list(all_entries(settings.warehouse))
    ours = [entry for entry in entries if entry.command.startswith(OF_DAGSTER)]
    since = max((entry.started_at for entry in ours), default=None) or min(
        (entry.started_at for entry in entries), default=None
    )
    cut_short = dg.RunsFilter(statuses=CUT_SHORT, updated_after=since)
    for record in instance.get_run_records(cut_short, ascending=True):
        write_entry_once(settings.warehouse, entry_of(instance, record.dagster_run))


def _ended_runs(status: dg.DagsterRunStatus) -> dg.SensorDefinition:
    """Writes runs into the warehouse's diary that did not: those that ended in one way."""

    @dg.run_status_sensor(
        run_status=status,
        name=f"runs_in_the_diary_{status.value.lower()}",
        description=(
            "Writes runs of Dagster that could not do so themselves, because they never began or "
            "were killed, into the diary that 'juesuan status' shows."
        ),
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def ended_runs(
        context: dg.RunStatusSensorContext, settings: dg.ResourceParam[Settings]
    ) -> None:
        """Write one run into the diary."""
        write_entry_once(settings.warehouse, entry_of(context.instance, context.dagster_run))

    return ended_runs


def entry_of(instance: dg.DagsterInstance, run: dg.DagsterRun) -> DiaryEntry:
    """A run of Dagster as the diary has it; one that is under way as if it ended now."""
    (record,) = instance.get_run_records(dg.RunsFilter(run_ids=[run.run_id]))
    began = _moment(record.start_time or record.create_timestamp.timestamp())
    ended = record.end_time and _moment(record.end_time)
    exit_code, error = _ending(instance, record.dagster_run)
    counts = dict(_counts(instance, run.run_id))
    is_chosen = run.job_name.startswith(OF_CHOSEN_ASSETS)
    return DiaryEntry(
        command=f"{OF_DAGSTER} {MATERIALIZING if is_chosen else run.job_name}",
        started_at=began,
        finished_at=ended or (began if record.dagster_run.is_finished else datetime.now(UTC)),
        exit_code=exit_code,
        error=error,
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


def _ending(instance: dg.DagsterInstance, run: dg.DagsterRun) -> tuple[int, str]:
    """How a run ended: its exit code, and why it could not do its work, '' where it could."""
    causes = list(_causes(instance, run))
    if run.status in STOPPED or any(kind in INTERRUPTIONS for kind, _ in causes):
        return INTERRUPTED
    if causes:
        _, said = causes[0]
        return EXIT_CANNOT_DO, in_a_line(said, ERROR_LENGTH)
    if run.status is dg.DagsterRunStatus.FAILURE:
        ends = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
        messages = (event.dagster_event.message for event in ends if event.dagster_event)
        said = next(filter(None, messages), "the run failed")
        return EXIT_CANNOT_DO, in_a_line(said, ERROR_LENGTH)
    if not run.is_finished and _steps_to_do(instance, run):
        return INTERRUPTED
    return 0, ""


def _causes(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Iterator[tuple[str, str]]:
    """The first cause of each step that failed: its kind, and what it says."""
    failures = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    for event in failures:
        cause = event.dagster_event and event.dagster_event.step_failure_data.error
        while cause and cause.cause:
            cause = cause.cause
        yield (cause.cls_name or "", cause.message) if cause else ("", event.message)


def _steps_to_do(instance: dg.DagsterInstance, run: dg.DagsterRun) -> set[str]:
    """The steps of a run that have not ended; where none failed, it was stopped between two."""
    if run.execution_plan_snapshot_id is None:
        return set()
    plan = instance.get_execution_plan_snapshot(run.execution_plan_snapshot_id)
    ends = {dg.DagsterEventType.STEP_SUCCESS, dg.DagsterEventType.STEP_SKIPPED}
    ended = {event.step_key for event in instance.all_logs(run.run_id, of_type=ends)}
    return set(plan.step_keys_to_execute) - ended


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

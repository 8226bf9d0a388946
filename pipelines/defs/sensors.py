"""What starts runs and tells of failures between the schedules.

Knows the inbox and the webhook. Does not know what a run does.
"""

import hashlib
from pathlib import Path

import dagster as dg

from pipelines.acquiring.raw_files import find_raw_files
from pipelines.defs.jobs import build_warehouse
from pipelines.running.messages import ERROR_LENGTH, Message, in_a_line
from pipelines.running.telling import tell
from pipelines.settings import Settings

INBOX = "inbox"


@dg.sensor(
    job=build_warehouse,
    minimum_interval_seconds=60,
    description=(
        "Builds the warehouse when files were put into the folder 'inbox' of the raw directory and "
        "none of them changed for a minute."
    ),
    default_status=dg.DefaultSensorStatus.STOPPED,
)
def inbox(
    context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]
) -> dg.SensorResult | dg.SkipReason:
    """Ask for a run once the inbox's contents are new and at rest."""
    folder = settings.raw_dir / INBOX
    if not folder.is_dir():
        return dg.SkipReason(f"there is no {folder}")
    state = _state_of(folder)
    seen, _, built = (context.cursor or " ").partition(" ")
    if state == built:
        return dg.SkipReason("the inbox is as it was")
    if state != seen:
        # Somebody may still be copying: what is there counts when it is the same next time.
        return dg.SensorResult(cursor=f"{state} {built}")
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key=f"inbox {state}")], cursor=f"{state} {state}"
    )


@dg.run_failure_sensor(
    name="failures_told",
    description="Posts every failed run to the address in JUESUAN_WEBHOOK, where there is one.",
    default_status=dg.DefaultSensorStatus.STOPPED,
)
def failures_told(
    context: dg.RunFailureSensorContext, settings: dg.ResourceParam[Settings]
) -> None:
    """Tell the webhook of a failed run."""
    run = context.dagster_run
    site = f" of {run.tags['dagster/partition']}" if "dagster/partition" in run.tags else ""
    message = Message(
        f"juesuan: {run.job_name}{site} failed",
        lines=(in_a_line(context.failure_event.message or "", ERROR_LENGTH),),
        facts={"run": run.run_id, "job": run.job_name},
    )
    trouble = tell(settings.webhook, message)
    if trouble:
        context.log.warning(trouble)


def _state_of(folder: Path) -> str:
    """A word that changes with names, sizes and times of the files in a folder; '' for none."""
    facts = [
        (file.relative_path, file.byte_count, file.modified_ns) for file in find_raw_files(folder)
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16] if facts else ""

"""Says what a run is doing while it does it: a bar on a terminal, plain lines elsewhere.

Knows the results of steps. Does not know how steps follow one another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from pipelines.warehouse.builds import BuildSummary
from pipelines.warehouse.ingesting import IngestSummary, Progress, ProgressObserver

if TYPE_CHECKING:
    from pipelines.auditing.audits import AuditSummary


@contextmanager
def progress_shown(console: Console) -> Iterator[ProgressObserver]:
    """Show progress as a bar on a terminal, as a line a file elsewhere."""
    if not console.is_terminal:
        yield lambda progress: _print_progress(console, progress)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = ("Reading", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def advance(progress: Progress) -> None:
            visible = progress.total > 0
            bar.update(task, total=progress.total, completed=progress.done, visible=visible)
            if progress.record is not None and progress.record.message:
                console.print(f"rejected {progress.record.message}", soft_wrap=True)

        yield advance


def ingestion_text(ingested: IngestSummary, raw_dir: Path) -> str:
    """What reading amounted to."""
    if not ingested.records:
        return f"There are no files under {raw_dir} yet: put PDF or Word files there and run again"
    vanished = f"; {len(ingested.vanished):,} are gone" if ingested.vanished else ""
    files = counted(len(ingested.records), "file")
    if not ingested.newly_read and not ingested.newly_rejected:
        return f"Nothing new: none of {files} had to be read{vanished}"
    return (
        f"Read {counted(len(ingested.newly_read), 'file')} with "
        f"{counted(ingested.figure_count, 'figure')}, rejected {len(ingested.newly_rejected):,}; "
        f"{ingested.unchanged_count:,} needed no reading{vanished}"
    )


def build_text(summary: BuildSummary, *, was_needed: bool, document_count: int) -> str:
    """What building amounted to.

    Args:
        summary: The state of the marts.
        was_needed: Whether anything was built.
        document_count: Of how many documents.
    """
    models = f"{summary.model_count:,} models and seeds"
    if was_needed:
        built = f"Built {models} of {counted(document_count, 'document')}"
    else:
        built = "Nothing changed since the marts were built"
    return (
        f"{built}; tests: {summary.passed_count:,} passed, "
        f"{len(summary.warned):,} warned, {len(summary.failed):,} failed"
    )


def build_progress_text(done: int, total: int) -> str:
    """How far a build of several batches is."""
    return f"  {done:,} of {counted(total, 'document')} built"


def audit_text(audited: "AuditSummary") -> str:
    """What auditing amounted to."""
    documents = counted(len(audited.audited), "document")
    verb = "contradicts itself" if len(audited.audited) == 1 else "contradict themselves"
    said = (
        f"Audited {documents} that {verb}; read tables of {len(audited.read_again):,} a second time"
    )
    failed = (
        f"\n  {document_id} was not read a second time: {message}"
        for document_id, message in audited.not_read_again.items()
    )
    return said + "".join(failed)


def counted(number: int, noun: str) -> str:
    """A number of things.

    Examples:
        >>> counted(1, "site"), counted(2000, "site")
        ('1 site', '2,000 sites')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _print_progress(console: Console, progress: Progress) -> None:
    record = progress.record
    if record is None:
        return
    outcome = record.message or f"{record.shown_as}: {counted(progress.figure_count, 'figure')}"
    line = f"  [{progress.done}/{progress.total}] {record.status} {outcome}"
    console.print(line, soft_wrap=True)

"""Says what a run is doing while it does it: bars on a terminal, plain lines elsewhere.

Knows the results of steps. Does not know how steps follow one another.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Display

from pipelines.domain.file_record import FileRecord
from pipelines.domain.messages import say, say_count
from pipelines.exploring.labels import named
from pipelines.exploring.rejections import rejection_text
from pipelines.warehouse.builds import BuildSummary
from pipelines.warehouse.ingesting import IngestSummary, Progress

if TYPE_CHECKING:
    from pipelines.auditing.audits import AuditSummary


class Bars:
    """A bar for what is being done, on a terminal; elsewhere nothing is drawn."""

    def __init__(self, display: Display | None) -> None:
        """Take the display of a terminal, None where there is no terminal."""
        self._display = display
        self._task: TaskID | None = None
        self._named = ""

    @property
    def are_drawn(self) -> bool:
        """Whether there is a terminal to draw on."""
        return self._display is not None

    def show(self, doing: str, done: int = 0, total: int | None = None) -> None:
        """Draw how far something is, in place of what was drawn before.

        Args:
            doing: What is being done.
            done: How many of it are done.
            total: How many there are, None where nobody knows.
        """
        if self._display is None:
            return
        if doing != self._named:
            self.clear()
            self._task, self._named = self._display.add_task(doing, total=total), doing
        if self._task is not None:
            self._display.update(self._task, completed=done, total=total)

    def clear(self) -> None:
        """Draw nothing any more."""
        if self._display is not None and self._task is not None:
            self._display.remove_task(self._task)
        self._task, self._named = None, ""


class _WhereKnown(ProgressColumn):
    """A column that is empty where nobody knows how much there is to be done."""

    def __init__(self, column: ProgressColumn) -> None:
        super().__init__()
        self._column = column

    def render(self, task: Task) -> RenderableType:
        return "" if task.total is None else self._column.render(task)


@contextmanager
def bars_shown(console: Console) -> Iterator[Bars]:
    """Draw bars on a terminal, with the time that is left; they are gone in the end."""
    if not console.is_terminal:
        yield Bars(None)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        _WhereKnown(MofNCompleteColumn()),
        TimeElapsedColumn(),
        _WhereKnown(TextColumn(say("left:"), markup=False)),
        _WhereKnown(TimeRemainingColumn()),
    )
    with Display(*columns, console=console, transient=True) as display:
        yield Bars(display)


def show_reading(console: Console, bars: Bars, progress: Progress) -> None:
    """Show what became of a file: on a terminal only of one that was rejected."""
    if progress.total:
        bars.show(say("Reading"), progress.done, progress.total)
    record = progress.record
    if record is None:
        return
    if not bars.are_drawn:
        console.print(_read_text(progress, record), soft_wrap=True)
    elif record.message:
        told = say("rejected {message}", message=rejection_text(record))
        console.print(told, soft_wrap=True)


def _read_text(progress: Progress, record: FileRecord) -> str:
    outcome = rejection_text(record) or say(
        "{file}: {figures}", file=record.shown_as, figures=_figures(progress.figure_count)
    )
    return say(
        "  [{done}/{total}] {status} {outcome}",
        done=progress.done,
        total=progress.total,
        status=named("file_status", record.status),
        outcome=outcome,
    )


def renewal_text(tables: Sequence[str]) -> str:
    """Why everything is read anew."""
    return say(
        "The warehouse was made by another version of juesuan (other columns in {tables}): it is "
        "made anew from the raw files, and stays as it is until then",
        tables=", ".join(tables),
    )


def kept_former_text(path: Path | str) -> str:
    """Why a former warehouse stays."""
    return say(
        "The former warehouse stays as {path}: it holds documents whose files are gone, so that "
        "they could not be read again; remove it where nobody needs them",
        path=path,
    )


def ingestion_text(ingested: IngestSummary, raw_dir: Path) -> str:
    """What reading amounted to."""
    if not ingested.records:
        return say(
            "There are no files under {raw_dir} yet: put PDF or Word files there and run again",
            raw_dir=raw_dir,
        )
    vanished = ""
    if ingested.vanished:
        vanished = say("; {count:,} are gone", count=len(ingested.vanished))
    if not ingested.newly_read and not ingested.newly_rejected:
        return say(
            "Nothing new: none of {files} had to be read{vanished}",
            files=_files(len(ingested.records)),
            vanished=vanished,
        )
    return say(
        "Read {files} with {figures}, rejected {rejected_count:,}; {unchanged_count:,} needed no "
        "reading{vanished}",
        files=_files(len(ingested.newly_read)),
        figures=_figures(ingested.figure_count),
        rejected_count=len(ingested.newly_rejected),
        unchanged_count=ingested.unchanged_count,
        vanished=vanished,
    )


def build_text(summary: BuildSummary, *, was_needed: bool, document_count: int) -> str:
    """What building amounted to.

    Args:
        summary: The state of the marts.
        was_needed: Whether anything was built.
        document_count: Of how many documents.
    """
    if was_needed:
        built = say(
            "Built {count:,} models and seeds of {documents}",
            count=summary.model_count,
            documents=_documents(document_count),
        )
    else:
        built = say("Nothing changed since the marts were built")
    return say(
        "{built}; tests: {passed_count:,} passed, {warned_count:,} warned, {failed_count:,} failed",
        built=built,
        passed_count=summary.passed_count,
        warned_count=len(summary.warned),
        failed_count=len(summary.failed),
    )


def build_progress_text(done: int, total: int) -> str:
    """How far a build of several batches is."""
    return say("  {done:,} of {documents} built", done=done, documents=_documents(total))


def audit_text(audited: "AuditSummary") -> str:
    """What auditing amounted to."""
    said = say_count(
        "Audited {count:,} document that contradicts itself; read tables of {read_count:,} a "
        "second time",
        "Audited {count:,} documents that contradict themselves; read tables of {read_count:,} a "
        "second time",
        len(audited.audited),
        read_count=len(audited.read_again),
    )
    failed = (
        say(
            "  {document_id} was not read a second time: {message}",
            document_id=document_id,
            message=message,
        )
        for document_id, message in audited.not_read_again.items()
    )
    return "\n".join((said, *failed))


def _files(count: int) -> str:
    return say_count("{count:,} file", "{count:,} files", count)


def _figures(count: int) -> str:
    return say_count("{count:,} figure", "{count:,} figures", count)


def _documents(count: int) -> str:
    return say_count("{count:,} document", "{count:,} documents", count)

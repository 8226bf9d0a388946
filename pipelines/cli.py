"""The ``juesuan`` command: turns words on a command line into calls, and results into exit codes.

Knows options, progress and exit codes. Does not know how anything is read, built or judged, and
imports what takes long only in the command that needs it.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pipelines.domain.errors import ExplainedError
from pipelines.domain.file_record import FileStatus
from pipelines.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.auditing.audits import AuditSummary
    from pipelines.exploring.status import WarehouseStatus
    from pipelines.running.updating import Update
    from pipelines.warehouse.builds import BuildSummary
    from pipelines.warehouse.ingesting import IngestSummary, Progress, ProgressObserver
    from pipelines.warehouse.transforming import Transformation

EXIT_UNREADABLE_OR_QUARANTINED = 1
EXIT_CANNOT_DO = 2
VIOLATIONS_SHOWN = 10
NEXT_COMMANDS = (
    ("status", "files, documents, how much of each is proven"),
    ("discrepancies", "every contradiction and oddity, with both sides"),
    ("explain DOCUMENT|FIGURE", "where a figure is printed, what proves or disputes it"),
)

Command = TypeVar("Command", bound=Callable[..., None])


class _ExplainingGroup(click.Group):
    """A group whose commands end in one line, not in a traceback, when something is amiss."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except _expected_errors() as error:
            message = str(error) or type(error).__name__
            raise _CannotDo(message) from error


class _CannotDo(click.ClickException):
    exit_code = EXIT_CANNOT_DO


def _expected_errors() -> tuple[type[Exception], ...]:
    """Failures that people can mend; looked up only once something has failed."""
    import duckdb

    return (ExplainedError, OSError, duckdb.Error)


def _warehouse_option(command: Command) -> Command:
    return click.option(
        "--warehouse",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The DuckDB file. [default: data/warehouse/juesuan.duckdb]",
    )(command)


@click.group(cls=_ExplainingGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="juesuan")
def main() -> None:
    """Turn published budgets and final accounts into a warehouse that can be trusted.

    Begin with 'juesuan run', then ask 'juesuan status' and 'juesuan discrepancies'.
    """


@main.command()
@click.option(
    "--raw",
    "raw_dir",
    type=click.Path(path_type=Path),
    help="Where the published files lie. [default: data/raw]",
)
@_warehouse_option
@click.option("--jobs", type=click.IntRange(min=1), help="Reading processes. [default: processors]")
@click.pass_context
def run(
    context: click.Context, raw_dir: Path | None, warehouse: Path | None, jobs: int | None
) -> None:
    """Read everything new, build and check the warehouse, and say what was found.

    Exits with 0 when every document was processed, 1 when one could not be read or is
    quarantined, 2 when the command could not do its work.
    """
    from pipelines.exploring.rendering import plain_console

    settings = _chosen_settings(raw_dir, warehouse, jobs)
    progress = plain_console(to_stderr=True)
    progress.print(f"Looking for new files under {settings.raw_dir}", soft_wrap=True)
    update = _update(settings, progress)
    context.exit(_show_run(settings, update))


@main.command()
@click.argument("wanted", metavar="DOCUMENT|FIGURE")
@_warehouse_option
@click.option(
    "--png",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Save the figure's PDF page with its cell outlined as this picture.",
)
@click.option(
    "--raw",
    "raw_dir",
    type=click.Path(path_type=Path),
    help="Where the published files lie, for --png. [default: data/raw]",
)
def explain(wanted: str, warehouse: Path | None, png: Path | None, raw_dir: Path | None) -> None:
    """Say where a figure is printed, and what proves or disputes it; or sum up a document.

    Name a document by part of its file name or by the first characters of its id, a figure by
    the first characters of its id.
    """
    from pipelines.exploring.explain import FigureExplanation
    from pipelines.exploring.explain import explain as explain_from_marts
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.rendering import plain_console, show_document, show_figure

    settings = load_settings()
    with open_marts(warehouse or settings.warehouse) as connection:
        explained = explain_from_marts(connection, wanted)
        if png is not None:
            if not isinstance(explained, FigureExplanation):
                raise click.UsageError("--png needs a figure: name one by its id")
            from pipelines.exploring.page_images import save_outlined_page

            save_outlined_page(connection, explained.figure, raw_dir or settings.raw_dir, png)
    if isinstance(explained, FigureExplanation):
        show_figure(plain_console(), explained)
    else:
        show_document(plain_console(), explained)
    if png is not None:
        click.echo(f"Page saved as {png}")


@main.command()
@click.argument("document", required=False)
@click.option(
    "--format",
    "layout",
    type=click.Choice(["table", "csv", "json", "html", "md"]),
    default="table",
    show_default=True,
    help="How to print them; html is one page with pictures of the places, to be saved.",
)
@click.option(
    "--raw",
    "raw_dir",
    type=click.Path(path_type=Path),
    help="Where the published files lie, for the pictures. [default: data/raw]",
)
@_warehouse_option
def discrepancies(
    document: str | None, layout: str, raw_dir: Path | None, warehouse: Path | None
) -> None:
    """List what is wrong in the documents themselves, with both sides and the difference.

    Name a DOCUMENT by part of its file name or by the first characters of its id, or none for all.
    """
    from pipelines.exploring.discrepancies import as_csv, as_json, list_discrepancies
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.rendering import plain_console, show_discrepancies

    settings = load_settings()
    with open_marts(warehouse or settings.warehouse) as connection:
        found = list_discrepancies(connection, document)
        if layout in {"html", "md"}:
            from pipelines.exploring.reports import as_html, as_markdown, report_documents

            reports = report_documents(connection, found, raw_dir or settings.raw_dir)
            click.echo(as_html(reports) if layout == "html" else as_markdown(reports))
            return
    if layout == "csv":
        click.echo(as_csv(found), nl=False)
    elif layout == "json":
        click.echo(as_json(found))
    else:
        show_discrepancies(plain_console(), found)


@main.command()
@_warehouse_option
def status(warehouse: Path | None) -> None:
    """Show files, rejections with their reasons, documents, how much is proven, latest runs."""
    from pipelines.exploring.rendering import plain_console, show_status
    from pipelines.exploring.status import read_status
    from pipelines.warehouse.connection import open_for_reading

    with open_for_reading(warehouse or load_settings().warehouse) as connection:
        found = read_status(connection)
    show_status(plain_console(), found)


@contextmanager
def _progress_shown(console: "Console") -> "Iterator[ProgressObserver]":
    """Show progress as a bar on a terminal, as a line a file elsewhere."""
    if not console.is_terminal:
        yield lambda progress: _print_progress(console, progress)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = ("Reading", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def advance(progress: "Progress") -> None:
            visible = progress.total > 0
            bar.update(task, total=progress.total, completed=progress.done, visible=visible)
            if progress.record is not None and progress.record.message:
                console.print(f"rejected {progress.record.message}", soft_wrap=True)

        yield advance


def _print_progress(console: "Console", progress: "Progress") -> None:
    record = progress.record
    if record is None:
        return
    outcome = record.message or f"{record.file_path}: {progress.figure_count:,} figures"
    line = f"  [{progress.done}/{progress.total}] {record.status} {outcome}"
    console.print(line, soft_wrap=True)


def _chosen_settings(raw_dir: Path | None, warehouse: Path | None, jobs: int | None) -> Settings:
    """The settings, with what the command line names in place of them."""
    settings = load_settings()
    return replace(
        settings,
        raw_dir=raw_dir or settings.raw_dir,
        warehouse=warehouse or settings.warehouse,
        jobs=jobs or settings.jobs,
    )


def _update(settings: Settings, progress: "Console") -> "Update":
    """Bring the warehouse up to date, saying what is being done."""
    from pipelines.auditing.audits import AuditSummary
    from pipelines.running.updating import update_warehouse
    from pipelines.warehouse.ingesting import IngestSummary

    def announce(result: "IngestSummary | Transformation | AuditSummary") -> None:
        if isinstance(result, AuditSummary):
            progress.print(_audit_text(result), soft_wrap=True)
        elif isinstance(result, IngestSummary):
            progress.print(_ingestion_text(result, settings.raw_dir), soft_wrap=True)
            progress.print("Building and checking the marts with dbt, where anything changed")
        else:
            progress.print(_transformation_text(result))

    with _progress_shown(progress) as on_progress:
        return update_warehouse(settings, on_progress=on_progress, announce=announce)


def _ingestion_text(ingested: "IngestSummary", raw_dir: Path) -> str:
    if not ingested.records:
        return f"There are no files under {raw_dir} yet: put PDF or Word files there and run again"
    vanished = f"; {len(ingested.vanished):,} are gone" if ingested.vanished else ""
    if not ingested.newly_read and not ingested.newly_rejected:
        return f"Nothing new: none of {len(ingested.records):,} files had to be read{vanished}"
    return (
        f"Read {len(ingested.newly_read):,} files with {ingested.figure_count:,} figures, rejected "
        f"{len(ingested.newly_rejected):,}; {ingested.unchanged_count:,} needed no reading"
        f"{vanished}"
    )


def _transformation_text(transformed: "Transformation") -> str:
    summary = transformed.summary
    built = (
        f"Built {summary.model_count:,} models and seeds"
        if transformed.was_needed
        else "Nothing changed since the marts were built"
    )
    return (
        f"{built}; tests: {summary.passed_count:,} passed, "
        f"{len(summary.warned):,} warned, {len(summary.failed):,} failed"
    )


def _audit_text(audited: "AuditSummary") -> str:
    said = (
        f"Audited {len(audited.audited):,} documents that contradict themselves; "
        f"read tables of {len(audited.read_again):,} a second time"
    )
    failed = (
        f"\n  {document_id} was not read a second time: {message}"
        for document_id, message in audited.not_read_again.items()
    )
    return said + "".join(failed)


def _show_run(settings: Settings, update: "Update") -> int:
    """Show what the warehouse holds after a run; return the exit code."""
    from pipelines.exploring.discrepancies import list_discrepancies
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.rendering import (
        plain_console,
        show_contradictions,
        show_problem_files,
        show_totals,
        show_vanished,
    )
    from pipelines.exploring.status import read_status

    with open_marts(settings.warehouse) as connection:
        status = read_status(connection)
        discrepancies = list_discrepancies(connection)
    summary = update.transformed.summary
    console = plain_console()
    console.print()
    console.print(f"Warehouse   {settings.warehouse}", soft_wrap=True)
    show_totals(console, status)
    show_problem_files(console, status)
    show_vanished(console, update.ingested.vanished)
    for finding in summary.failed:
        console.print(f"test failed {finding.name}: {finding.row_count:,} rows", soft_wrap=True)
    show_contradictions(console, discrepancies, at_most=VIOLATIONS_SHOWN)
    is_usual = settings.warehouse == load_settings().warehouse
    option = "" if is_usual else f" --warehouse {settings.warehouse}"
    console.print("Next:")
    for command, purpose in NEXT_COMMANDS:
        console.print(f"  {purpose}: {_called_as()} {command}{option}", soft_wrap=True)
    return _exit_code(status, summary)


def _called_as() -> str:
    """How this command can be called again: by its name where the shell finds it, else by path."""
    return "juesuan" if shutil.which("juesuan") else sys.argv[0]


def _exit_code(status: "WarehouseStatus", summary: "BuildSummary") -> int:
    """1 where a document could not be read or is quarantined, else 0."""
    rejected = any(file.status is FileStatus.REJECTED for file in status.files)
    unsound = rejected or status.quarantined or summary.failed
    return EXIT_UNREADABLE_OR_QUARANTINED if unsound else 0

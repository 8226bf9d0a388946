"""The ``juesuan`` command: turns words on a command line into calls, and results into exit codes.

Knows options, progress and exit codes. Does not know how anything is read, built or judged, and
imports what takes long only in the command that needs it.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
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
    from pipelines.warehouse.diary import DiaryEntry
    from pipelines.warehouse.ingesting import IngestSummary, Progress, ProgressObserver
    from pipelines.warehouse.transforming import Transformation

EXIT_UNREADABLE_OR_QUARANTINED = 1
EXIT_CANNOT_DO = 2
VIOLATIONS_SHOWN = 10
RUNS_SHOWN = 5
NO_SITE_ENABLED = (
    "no site is enabled: name one, or describe your own in a folder and set JUESUAN_SITES to it"
)
COUNTED_TROUBLES = (
    ("sites_failed", "sites failed"),
    ("rejected_in_all", "files rejected"),
    ("quarantined", "documents quarantined"),
)
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
    with _noted("run", settings) as notes:
        progress.print(f"Looking for new files under {settings.raw_dir}", soft_wrap=True)
        _show_run(settings, _update(settings, progress), notes)
    context.exit(notes.exit_code)


@main.command()
@click.argument("names", metavar="[SITE]...", nargs=-1)
@click.option(
    "--check", is_flag=True, help="Only show what would be found; fetch and keep nothing."
)
@click.pass_context
def fetch(context: click.Context, names: tuple[str, ...], *, check: bool) -> None:
    """Fetch what is new from the named sites, or from every enabled one.

    Documents go into data/raw/fetched; 'juesuan run' reads them, 'juesuan nightly' does both.
    Exits with 1 where a site could not be asked.
    """
    from pipelines.exploring.rendering import plain_console

    settings = load_settings()
    progress = plain_console(to_stderr=True)
    if check:
        context.exit(_check_sites(settings, names))
    with _noted("fetch", settings) as notes:
        _fetch(settings, names, progress, notes)
    context.exit(notes.exit_code)


@main.command()
@click.argument("names", metavar="[SITE]...", nargs=-1)
@_warehouse_option
@click.option("--jobs", type=click.IntRange(min=1), help="Reading processes. [default: processors]")
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write the summary here too, for programs.",
)
@click.pass_context
def nightly(
    context: click.Context,
    names: tuple[str, ...],
    warehouse: Path | None,
    jobs: int | None,
    json_file: Path | None,
) -> None:
    """Fetch, read, build, check and sum up: everything that a night needs, in one command.

    Exits with 0 when every site and document was processed, 1 when a site could not be asked or a
    document could not be read or is quarantined, 2 when the command could not do its work.
    """
    from pipelines.exploring.rendering import plain_console
    from pipelines.running.telling import tell

    settings = _chosen_settings(None, warehouse, jobs)
    progress = plain_console(to_stderr=True)
    notes = _Notes("nightly")
    try:
        with _noted("nightly", settings, notes, json_file):
            _fetch(settings, names, progress, notes, may_be_none=True)
            update = _update(settings, progress)
            _show_night(notes)
            _show_run(settings, update, notes)
    finally:
        if notes.exit_code and (trouble := tell(settings.webhook, notes.as_message())):
            progress.print(trouble, soft_wrap=True)
    context.exit(notes.exit_code)


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
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["parquet", "csv", "xlsx"]),
    default="parquet",
    show_default=True,
    help="What to write.",
)
@_warehouse_option
def export(folder: Path, layout: str, warehouse: Path | None) -> None:
    """Write every mart into DIR, a file each."""
    from pipelines.exploring.exporting import ExportFormat, export_marts
    from pipelines.exploring.marts import open_marts

    with open_marts(warehouse or load_settings().warehouse) as connection:
        for table in export_marts(connection, folder, ExportFormat(layout)):
            click.echo(f"{table.path}: {table.row_count:,} rows")


@main.command()
@_warehouse_option
def status(warehouse: Path | None) -> None:
    """Show files, rejections with their reasons, documents, how much is proven, latest runs."""
    from pipelines.exploring.rendering import plain_console, show_runs, show_status
    from pipelines.exploring.status import read_status
    from pipelines.warehouse.connection import open_for_reading
    from pipelines.warehouse.diary import latest_entries

    warehouse = warehouse or load_settings().warehouse
    runs = latest_entries(warehouse, RUNS_SHOWN)
    if runs and not warehouse.exists():
        show_runs(plain_console(), runs)
    with open_for_reading(warehouse) as connection:
        found = read_status(connection)
    show_status(plain_console(), found, runs)


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
    outcome = record.message or f"{record.shown_as}: {progress.figure_count:,} figures"
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


@dataclass(slots=True)
class _Notes:
    """What a command has to tell of itself when it ends, however it ends."""

    command: str
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(tzinfo=None))
    exit_code: int = 0
    error: str = ""
    was_needed: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    sites: list[dict[str, object]] = field(default_factory=list)
    vanished: tuple[str, ...] = ()

    def entry(self) -> "DiaryEntry":
        """The same for the diary."""
        from pipelines.warehouse.diary import DiaryEntry

        finished_at = datetime.now(UTC).replace(tzinfo=None)
        return DiaryEntry(**asdict(self), finished_at=finished_at)

    def as_message(self) -> dict[str, object]:
        """The same for a webhook."""
        failed = [str(site["site"]) for site in self.sites if site["has_failed"]]
        said = self.error or ", ".join(
            f"{self.counts[name]} {word}"
            for name, word in COUNTED_TROUBLES
            if self.counts.get(name)
        )
        named = f" ({', '.join(failed)})" if failed else ""
        text = f"juesuan {self.command} ended with {self.exit_code}: {said}{named}"
        return {"text": text, "exit_code": self.exit_code, "counts": self.counts, "sites": failed}


@contextmanager
def _noted(
    command: str, settings: Settings, notes: _Notes | None = None, json_file: Path | None = None
) -> "Iterator[_Notes]":
    """Write into the diary, and into a file where one is named, how a command ended."""
    from pipelines.warehouse.diary import write_entry

    notes = notes or _Notes(command)
    try:
        yield notes
    except BaseException as error:
        notes.exit_code = EXIT_CANNOT_DO
        notes.error = str(error) or type(error).__name__
        raise
    finally:
        entry = notes.entry()
        with suppress(OSError):
            # What the command itself has to say matters more than that it cannot be noted.
            write_entry(settings.warehouse, entry)
        if json_file is not None:
            _write_whole(json_file, f"{entry.as_json()}\n")


def _write_whole(target: Path, text: str) -> None:
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(target)


def _fetch(
    settings: Settings,
    names: Sequence[str],
    progress: "Console",
    notes: _Notes,
    *,
    may_be_none: bool = False,
) -> None:
    """Fetch from sites, saying what comes of each, and note it."""
    from pipelines.exploring.rendering import show_site
    from pipelines.running.nights import chosen_sites, count_fetched, describe_site, fetch

    sites = chosen_sites(settings, names)
    if not sites:
        if not may_be_none:
            raise click.UsageError(NO_SITE_ENABLED)
        progress.print("No site is enabled: reading only what lies in the raw directory")
        return
    progress.print(f"Fetching from {len(sites):,} sites into {settings.store_dir}", soft_wrap=True)
    results = fetch(
        settings, sites, on_site=lambda result: show_site(progress, describe_site(result))
    )
    notes.sites = [describe_site(result) for result in results]
    notes.counts |= count_fetched(results)
    if notes.counts["sites_failed"]:
        notes.exit_code = EXIT_UNREADABLE_OR_QUARANTINED


def _check_sites(settings: Settings, names: Sequence[str]) -> int:
    """Show what there would be to fetch; return the exit code."""
    from pipelines.exploring.rendering import plain_console, show_findings, show_site
    from pipelines.running.nights import chosen_sites, describe_site, fetch

    sites = chosen_sites(settings, names)
    if not sites:
        raise click.UsageError(NO_SITE_ENABLED)
    console = plain_console()
    results = fetch(settings, sites, on_site=lambda _: None, is_check=True)
    for result in results:
        show_site(console, describe_site(result))
        show_findings(console, result.report.found)
    has_failed = any(result.has_failed for result in results)
    return EXIT_UNREADABLE_OR_QUARANTINED if has_failed else 0


def _show_night(notes: _Notes) -> None:
    """Show the totals of a night, and the sites that could not be asked."""
    from pipelines.exploring.rendering import plain_console, show_night

    show_night(plain_console(), notes.entry())


def _update(settings: Settings, progress: "Console") -> "Update":
    """Bring the warehouse up to date, saying what is being done."""
    from pipelines.running.updating import update_warehouse
    from pipelines.warehouse.drafts import Draft
    from pipelines.warehouse.ingesting import IngestSummary
    from pipelines.warehouse.transforming import Transformation

    def announce(result: "IngestSummary | Transformation | AuditSummary | Draft") -> None:
        if isinstance(result, IngestSummary):
            progress.print(_ingestion_text(result, settings.raw_dir), soft_wrap=True)
            progress.print("Building and checking the marts with dbt, where anything changed")
        elif isinstance(result, Transformation):
            progress.print(_transformation_text(result))
        elif isinstance(result, Draft):
            progress.print(f"Publishing what was built as {result.warehouse}", soft_wrap=True)
        else:
            progress.print(_audit_text(result), soft_wrap=True)

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


def _show_run(settings: Settings, update: "Update", notes: "_Notes") -> None:
    """Show what the warehouse holds after a run, and note it with the exit code."""
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
    from pipelines.running.nights import count_documents

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
    notes.was_needed = update.was_needed
    notes.vanished = update.ingested.vanished
    notes.counts |= count_documents(update, status)
    notes.exit_code = max(notes.exit_code, _exit_code(status, summary))


def _called_as() -> str:
    """How this command can be called again: by its name where the shell finds it, else by path."""
    return "juesuan" if shutil.which("juesuan") else sys.argv[0]


def _exit_code(status: "WarehouseStatus", summary: "BuildSummary") -> int:
    """1 where a document could not be read or is quarantined, else 0."""
    rejected = any(file.status is FileStatus.REJECTED for file in status.files)
    unsound = rejected or status.quarantined or summary.failed
    return EXIT_UNREADABLE_OR_QUARANTINED if unsound else 0

"""The ``juesuan`` command: turns words on a command line into calls, and results into exit codes.

Knows options, progress and exit codes. Does not know how anything is read, built or judged, and
imports what takes long only in the command that needs it.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pipelines.domain.errors import ExplainedError
from pipelines.domain.file_record import FileStatus
from pipelines.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.exploring.status import WarehouseStatus
    from pipelines.running.notes import Notes
    from pipelines.running.updating import Announcement, Update
    from pipelines.warehouse.builds import BuildSummary

EXIT_UNREADABLE_OR_QUARANTINED = 1
EXIT_CANNOT_DO = 2
VIOLATIONS_SHOWN = 10
RUNS_SHOWN = 5
NO_SITE_ENABLED = (
    "no site is enabled: name one, or describe your own in a folder and set JUESUAN_SITES to it"
)
PROXY_UNUSED = (
    "{} is set and not used: sites are asked directly, because behind a proxy it could not be "
    "checked that their names lead to public addresses"
)
NO_TERMS_OF_PROSE = (
    "--format yaml prints terms of the catalogue of forms, which the prose has none of: take table "
    "or csv"
)
NEXT_COMMANDS = (
    ("status", "files, documents, how much of each is proven"),
    ("discrepancies", "every contradiction and oddity, with both sides"),
    ("wording", "titles, headers and labels that nobody knows, and the words to add"),
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

    Put published files under data/raw, or have 'juesuan fetch' get them from sites that you
    describe (docs/operations.md). Then 'juesuan run', and ask 'juesuan status' and 'juesuan
    discrepancies'.
    """


@main.command(short_help="Read everything new and build the warehouse.")
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
    from pipelines.running.notes import Notes, noted

    settings = _chosen_settings(raw_dir, warehouse, jobs)
    progress = plain_console(to_stderr=True)
    with noted(Notes("run"), settings.warehouse) as notes:
        progress.print(f"Looking for new files under {settings.raw_dir}", soft_wrap=True)
        _show_run(settings, _update(settings, progress), notes)
    context.exit(notes.exit_code)


@main.command(short_help="Fetch what is new from government sites.")
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
    from pipelines.running.notes import Notes, noted

    settings = load_settings()
    progress = plain_console(to_stderr=True)
    if check:
        context.exit(_check_sites(settings, names))
    with noted(Notes("fetch"), settings.warehouse) as notes:
        _fetch(settings, names, progress, notes)
    if notes.counts["new"] or notes.counts["changed"]:
        progress.print(f"Next: {_called_as()} run reads them")
    context.exit(notes.exit_code)


@main.command(short_help="Fetch, read, build and check, in one go.")
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
    from pipelines.running.notes import Notes, noted
    from pipelines.running.telling import tell

    settings = _chosen_settings(None, warehouse, jobs)
    progress = plain_console(to_stderr=True)
    notes = Notes("nightly")
    try:
        with noted(notes, settings.warehouse, json_file):
            _fetch(settings, names, progress, notes, may_be_none=True)
            update = _update(settings, progress)
            _show_night(notes)
            _show_run(settings, update, notes)
    finally:
        if notes.exit_code and (trouble := tell(settings.webhook, notes.as_message())):
            progress.print(trouble, soft_wrap=True)
    context.exit(notes.exit_code)


@main.command(short_help="Explain a figure, or sum up a document.")
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


@main.command(short_help="List what the documents themselves get wrong.")
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


@main.command(short_help="List the words that named nothing.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["table", "csv", "yaml"]),
    default="table",
    show_default=True,
    help="How to print them; yaml is the terms that the catalogue lacks, to be completed.",
)
@click.option(
    "--prose",
    "is_of_prose",
    is_flag=True,
    help="List the values of the prose that are in doubt instead.",
)
@_warehouse_option
def wording(layout: str, *, is_of_prose: bool, warehouse: Path | None) -> None:
    """List titles, headers and labels that structure or arithmetic had to name, or nothing could.

    With the words that no term of the catalogue covers, which is what a province words differently.
    With --prose the values of the prose of which nobody can say what they are of, by the words
    before them: the sentence, and why.
    """
    if is_of_prose:
        _show_prose_doubts(layout, warehouse)
        return
    from pipelines.exploring.rendering import plain_console, show_wording
    from pipelines.exploring.wording_gaps import as_csv, as_yaml, list_wording_gaps
    from pipelines.warehouse.connection import open_for_reading

    with open_for_reading(warehouse or load_settings().warehouse) as connection:
        gaps = list_wording_gaps(connection)
    if layout == "csv":
        click.echo(as_csv(gaps), nl=False)
    elif layout == "yaml":
        click.echo(as_yaml(gaps), nl=False)
    else:
        show_wording(plain_console(), gaps)


def _show_prose_doubts(layout: str, warehouse: Path | None) -> None:
    from pipelines.exploring.prose_doubts import doubts_as_csv, list_prose_doubts
    from pipelines.exploring.rendering import plain_console, show_prose_doubts
    from pipelines.warehouse.connection import open_for_reading

    if layout == "yaml":
        raise click.UsageError(NO_TERMS_OF_PROSE)
    with open_for_reading(warehouse or load_settings().warehouse) as connection:
        doubts = list_prose_doubts(connection)
    if layout == "csv":
        click.echo(doubts_as_csv(doubts), nl=False)
    else:
        show_prose_doubts(plain_console(), doubts)


@main.command(short_help="Write every mart into DIR, a file each.")
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


@main.command(short_help="Show what there is, and the latest runs.")
@click.option("--all", "lists_all", is_flag=True, help="List every document, however many.")
@_warehouse_option
def status(warehouse: Path | None, *, lists_all: bool) -> None:
    """Show files, rejections with their reasons, documents, how much is proven, latest runs.

    Of many documents those are listed that are in most need of a look.
    """
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
    show_status(plain_console(), found, runs, lists_all=lists_all)


def _chosen_settings(raw_dir: Path | None, warehouse: Path | None, jobs: int | None) -> Settings:
    """The settings, with what the command line names in place of them."""
    settings = load_settings()
    return replace(
        settings,
        raw_dir=raw_dir or settings.raw_dir,
        warehouse=warehouse or settings.warehouse,
        jobs=jobs or settings.jobs,
    )


def _fetch(
    settings: Settings,
    names: Sequence[str],
    progress: "Console",
    notes: "Notes",
    *,
    may_be_none: bool = False,
) -> None:
    """Fetch from sites, saying what comes of each, and note it."""
    from pipelines.exploring.progress import counted
    from pipelines.exploring.rendering import show_site
    from pipelines.running.nights import chosen_sites, count_fetched, describe_site, fetch

    sites = chosen_sites(settings, names)
    if not sites:
        if not may_be_none:
            raise click.UsageError(NO_SITE_ENABLED)
        progress.print("No site is enabled: reading only what lies in the raw directory")
        return
    _tell_of_proxy(settings, progress)
    where = f"{counted(len(sites), 'site')} into {settings.store_dir}"
    progress.print(f"Fetching from {where}", soft_wrap=True)
    results = fetch(
        settings, sites, on_site=lambda result: show_site(progress, describe_site(result))
    )
    notes.sites = [describe_site(result) for result in results]
    notes.counts |= count_fetched(results)
    if notes.counts["sites_failed"]:
        notes.exit_code = EXIT_UNREADABLE_OR_QUARANTINED


def _tell_of_proxy(settings: Settings, console: "Console") -> None:
    if settings.unused_proxy:
        console.print(PROXY_UNUSED.format(settings.unused_proxy), soft_wrap=True)


def _check_sites(settings: Settings, names: Sequence[str]) -> int:
    """Show what there would be to fetch; return the exit code."""
    from pipelines.exploring.rendering import plain_console, show_findings, show_site
    from pipelines.running.nights import chosen_sites, describe_site, fetch

    sites = chosen_sites(settings, names)
    if not sites:
        raise click.UsageError(NO_SITE_ENABLED)
    console = plain_console()
    _tell_of_proxy(settings, plain_console(to_stderr=True))
    results = fetch(settings, sites, on_site=lambda _: None, is_check=True)
    for result in results:
        show_site(console, describe_site(result), found_count=len(result.report.found))
        show_findings(console, result.report.found, has_failed=result.has_failed)
    has_failed = any(result.has_failed for result in results)
    return EXIT_UNREADABLE_OR_QUARANTINED if has_failed else 0


def _show_night(notes: "Notes") -> None:
    """Show the totals of a night, and the sites that could not be asked."""
    from pipelines.exploring.rendering import plain_console, show_night

    show_night(plain_console(), notes.entry())


def _update(settings: Settings, progress: "Console") -> "Update":
    """Bring the warehouse up to date, saying what is being done."""
    from pipelines.exploring.progress import (
        audit_text,
        build_progress_text,
        build_text,
        ingestion_text,
        progress_shown,
    )
    from pipelines.running.building import BuildProgress
    from pipelines.running.updating import Step, update_warehouse
    from pipelines.warehouse.ingesting import IngestSummary
    from pipelines.warehouse.transforming import Transformation

    def announce(told: "Announcement") -> None:
        if isinstance(told, Step):
            text = str(told)
        elif isinstance(told, IngestSummary):
            text = ingestion_text(told, settings.raw_dir)
        elif isinstance(told, Transformation):
            text = build_text(
                told.summary, was_needed=told.was_needed, document_count=told.document_count
            )
        elif isinstance(told, BuildProgress):
            text = build_progress_text(told.done, told.total)
        else:
            text = audit_text(told)
        progress.print(text, soft_wrap=True)

    with progress_shown(progress) as on_progress:
        return update_warehouse(settings, on_progress=on_progress, announce=announce)


def _show_run(settings: Settings, update: "Update", notes: "Notes") -> None:
    """Show what the warehouse holds after a run, and note it with the exit code."""
    from pipelines.exploring.discrepancies import list_discrepancies
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.rendering import (
        plain_console,
        show_contradictions,
        show_gaps,
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
    show_gaps(console, status.gaps)
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

"""``juesuan discrepancies``: what is wrong in the documents themselves, for people and programs."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, raw_option, warehouse_option
from pipelines.domain.warehouse_place import Warehouse


@click.command
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
    "--all",
    "lists_all",
    is_flag=True,
    help="Also those of further editions and other documents that no fact counts.",
)
@raw_option(", for the pictures")
@warehouse_option
def discrepancies(
    document: str | None,
    layout: str,
    raw_dir: Path | None,
    warehouse: Warehouse | None,
    *,
    lists_all: bool,
) -> None:
    """List what is wrong in the documents themselves, with both sides and the difference.

    Name a DOCUMENT by part of its file name or by the first characters of its id, or none for all
    that facts count.
    """
    from pipelines.exploring.csv_text import as_csv
    from pipelines.exploring.discrepancies import (
        Discrepancy,
        as_json,
        list_discrepancies,
        of_counted,
        with_terms,
    )
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.discrepancies import show_discrepancies, show_uncounted

    settings = chosen_settings(raw_dir, warehouse)
    with open_marts(settings.warehouse) as connection:
        listed = list_discrepancies(connection, document)
        found = listed if lists_all or document else of_counted(listed)
        if layout == "table":
            console = plain_console()
            show_discrepancies(console, with_terms(connection, found))
            if found is not listed:
                show_uncounted(console, listed)
            return
        if layout in {"html", "md"}:
            from pipelines.exploring.labels import names
            from pipelines.exploring.reports import as_html, as_markdown, report_documents

            reports = report_documents(connection, found, settings.raw_dir)
            shown = as_html if layout == "html" else as_markdown
            click.echo(shown(reports, names()))
            return
    if layout == "csv":
        click.echo(as_csv(Discrepancy, found), nl=False)
    else:
        click.echo(as_json(found))

"""``juesuan wording``: titles, headers and labels in unknown words, and prose that is in doubt."""

import click

from pipelines.cli.options import chosen_settings, warehouse_option
from pipelines.domain.messages import marked, say
from pipelines.domain.warehouse_place import Warehouse

NO_TERMS_OF_PROSE = marked(
    "--format yaml prints terms of the catalogue of forms, which the prose has none of: take table "
    "or csv"
)


@click.command
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
@warehouse_option
def wording(layout: str, *, is_of_prose: bool, warehouse: Warehouse | None) -> None:
    """List titles, headers and labels that structure or arithmetic had to name, or nothing could.

    With the words that no term of the catalogue covers, which is what a province words differently.
    With --prose the values of the prose whose subject is in doubt, by the words before them, with
    the sentence and the reason.
    """
    chosen = chosen_settings(warehouse=warehouse).warehouse
    if is_of_prose:
        _show_prose_doubts(layout, chosen)
    else:
        _show_gaps(layout, chosen)


def _show_gaps(layout: str, warehouse: Warehouse) -> None:
    from pipelines.exploring.csv_text import as_csv
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.wording import show_wording
    from pipelines.exploring.wording_gaps import WordingGap, as_yaml, list_wording_gaps
    from pipelines.warehouse.connection import open_for_reading

    with open_for_reading(warehouse) as connection:
        gaps = list_wording_gaps(connection)
    if layout == "csv":
        click.echo(as_csv(WordingGap, gaps, "term_line"), nl=False)
    elif layout == "yaml":
        click.echo(as_yaml(gaps), nl=False)
    else:
        show_wording(plain_console(), gaps)


def _show_prose_doubts(layout: str, warehouse: Warehouse) -> None:
    from pipelines.exploring.csv_text import as_csv
    from pipelines.exploring.prose_doubts import ProseDoubt, list_prose_doubts
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.wording import show_prose_doubts
    from pipelines.warehouse.connection import open_for_reading

    if layout == "yaml":
        raise click.UsageError(say(NO_TERMS_OF_PROSE))
    with open_for_reading(warehouse) as connection:
        doubts = list_prose_doubts(connection)
    if layout == "csv":
        click.echo(as_csv(ProseDoubt, doubts), nl=False)
    else:
        show_prose_doubts(plain_console(), doubts)

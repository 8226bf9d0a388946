"""``juesuan explain``: where a figure is printed and what proves it, or a summary of a document."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, raw_option, warehouse_option


@click.command
@click.argument("wanted", metavar="DOCUMENT|FIGURE")
@warehouse_option
@click.option(
    "--png",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Save the figure's PDF page with its cell outlined as this picture.",
)
@raw_option(", for --png")
def explain(wanted: str, warehouse: Path | None, png: Path | None, raw_dir: Path | None) -> None:
    """Say where a figure is printed, and what proves or disputes it; or sum up a document.

    Name a document by part of its file name or by the first characters of its id, a figure by
    the first characters of its id.
    """
    from pipelines.exploring.explain import FigureExplanation
    from pipelines.exploring.explain import explain as explain_from_marts
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.rendering import plain_console, show_document, show_figure

    settings = chosen_settings(raw_dir, warehouse)
    with open_marts(settings.warehouse) as connection:
        explained = explain_from_marts(connection, wanted)
        if png is not None:
            if not isinstance(explained, FigureExplanation):
                raise click.UsageError("--png needs a figure: name one by its id")
            from pipelines.exploring.page_images import save_outlined_page

            save_outlined_page(connection, explained.figure, settings.raw_dir, png)
    if isinstance(explained, FigureExplanation):
        show_figure(plain_console(), explained)
    else:
        show_document(plain_console(), explained)
    if png is not None:
        click.echo(f"Page saved as {png}")

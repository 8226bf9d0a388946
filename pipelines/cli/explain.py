"""``juesuan explain``: the story of whatever has an id or a name."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, raw_option, warehouse_option
from pipelines.domain.messages import say


@click.command
@click.argument("wanted", metavar="ID|WORDS...", nargs=-1, required=True)
@warehouse_option
@click.option(
    "--png",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Save the figure's PDF page with its cell outlined as this picture.",
)
@raw_option(", for --png")
def explain(
    wanted: tuple[str, ...], warehouse: Path | None, png: Path | None, raw_dir: Path | None
) -> None:
    """Say where a figure or statement is printed, and what proves or disputes it.

    Or sum up a document, say how a check ended, or how often an identity holds. Give an id that
    juesuan prints, or its first characters: of a document, a department, a figure, a claim, a
    check or an identity. Or words of a document's names, in any order.
    """
    from pipelines.exploring.explain import explain as explain_from_marts
    from pipelines.exploring.explanations import FigureExplanation
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.rendering import plain_console
    from pipelines.exploring.rendering_explanations import show_explanation

    settings = chosen_settings(raw_dir, warehouse)
    with open_marts(settings.warehouse) as connection:
        explained = explain_from_marts(connection, " ".join(wanted))
        if png is not None:
            if not isinstance(explained, FigureExplanation):
                raise click.UsageError(say("--png needs a figure: name one by its id"))
            from pipelines.exploring.page_images import save_outlined_page

            save_outlined_page(connection, explained.figure, settings.raw_dir, png)
    show_explanation(plain_console(), explained)
    if png is not None:
        click.echo(say("Page saved as {file}", file=png))

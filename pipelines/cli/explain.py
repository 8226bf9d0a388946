"""``juesuan explain``: the story of whatever has an id or a name."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import chosen_settings, raw_option, warehouse_option
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from pipelines.exploring.explanations import Explanation
    from pipelines.exploring.printed import ClaimRow, FigureRow


@click.command
@click.argument("wanted", metavar="ID|WORDS...", nargs=-1, required=True)
@warehouse_option
@click.option(
    "--png",
    "picture",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Save a picture of where the figure or statement is printed, its place outlined: the PDF "
    "page, of other files the table drawn anew. As PNG, or as the name ends.",
)
@raw_option(", for pictures and tables")
def explain(
    wanted: tuple[str, ...], warehouse: Warehouse | None, picture: Path | None, raw_dir: Path | None
) -> None:
    """Say where a figure or statement is printed, and what proves or disputes it.

    Or sum up a document, say how a check ended, or how often an identity holds. Give an id that
    juesuan prints, or its first characters: of a document, a department, a figure, a claim, a
    check or an identity. Or words of a document's names, in any order.
    """
    from pipelines.exploring.explain import explain as explain_from_marts
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.pictures import picture_format, picture_of, redrawn_place
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.explanations import show_explanation
    from pipelines.exploring.rendering.places import show_place
    from pipelines.exploring.source_files import NoPictureError

    settings = chosen_settings(raw_dir, warehouse)
    chosen_format = picture_format(picture) if picture else ""
    console = plain_console()
    with open_marts(settings.warehouse) as connection:
        explained = explain_from_marts(connection, " ".join(wanted))
        printed = _printed(explained)
        if picture and printed:
            drawn = picture_of(connection, printed, settings.raw_dir, settings.language)
            drawn.save(picture, format=chosen_format)
        elif picture:
            raise click.UsageError(say("--png needs a figure or a statement: name one by its id"))
        show_explanation(console, explained)
        if printed:
            try:
                if place := redrawn_place(connection, printed, settings.raw_dir):
                    show_place(console, place)
            except NoPictureError as lack:
                console.print(lack.told(), soft_wrap=True)
    if picture:
        click.echo(say("Picture saved as {file}", file=picture))


def _printed(explained: "Explanation") -> "FigureRow | ClaimRow | None":
    """What of an explanation is printed in one place."""
    from pipelines.exploring.explanations import ClaimExplanation, FigureExplanation

    if isinstance(explained, FigureExplanation):
        return explained.figure
    return explained.claim if isinstance(explained, ClaimExplanation) else None

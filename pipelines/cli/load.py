"""``juesuan load``: reads new files, and leaves building and publishing to ``juesuan run``."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import chosen_settings, jobs_option, raw_option, warehouse_option
from pipelines.domain.exit_codes import EXIT_UNREADABLE_OR_QUARANTINED
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from pipelines.warehouse.parts import Part

PART = re.compile(r"(?P<number>[1-9]\d*)/(?P<count>[1-9]\d*)", re.ASCII)


def _part(context: click.Context, parameter: click.Parameter, value: str) -> "Part":
    """One of several parts, as ``2/4``."""
    from pipelines.warehouse.parts import Part

    found = PART.fullmatch(value)
    if not found or int(found["number"]) > int(found["count"]):
        message = say("{value} is no part such as 2/4", value=value)
        raise click.BadParameter(message, context, parameter)
    return Part(int(found["number"]), int(found["count"]))


@click.command
@click.option(
    "--part",
    callback=_part,
    metavar="I/N",
    default="1/1",
    help="Only the I-th of N parts of the files; others load the others. [default: all]",
)
@raw_option()
@warehouse_option
@jobs_option
@click.pass_context
def load(
    context: click.Context,
    part: "Part",
    raw_dir: Path | None,
    warehouse: Warehouse | None,
    jobs: int | None,
) -> None:
    """Read what is new, and leave building and publishing it to 'juesuan run'.

    In a lake several may load at once, on any number of machines, each another part of the files.
    Readers see nothing of it until a run has built and published it.

    Exits with 0 when every new file was read, 1 when one of them cannot be, 2 when the command
    could not do its work.
    """
    from pipelines.exploring.progress import bars_shown, ingestion_text, show_reading
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.running.updating import load_part

    settings = chosen_settings(raw_dir, warehouse, jobs)
    progress = plain_console(to_stderr=True)
    with bars_shown(progress) as bars:
        ingested = load_part(settings, part, on_progress=partial(show_reading, progress, bars))
    plain_console().print(ingestion_text(ingested, settings.raw_dir), soft_wrap=True)
    context.exit(EXIT_UNREADABLE_OR_QUARANTINED if ingested.newly_rejected else 0)

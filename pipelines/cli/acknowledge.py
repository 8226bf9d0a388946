"""``juesuan acknowledge``: somebody says that something that is wrong is known."""

import getpass
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import chosen_settings, warehouse_option
from pipelines.domain.messages import say

if TYPE_CHECKING:
    from pipelines.domain.night_news import Acknowledgement, Trouble


@click.command
@click.argument("wanted", metavar="[ID|FILE|SITE]...", nargs=-1)
@click.option("--note", default="", metavar="TEXT", help="Why it may stay so.")
@click.option("--undo", is_flag=True, help="Take back what was acknowledged.")
@click.option("--list", "lists", is_flag=True, help="List what is acknowledged, by whom and why.")
@warehouse_option
def acknowledge(
    wanted: tuple[str, ...], note: str, warehouse: Path | None, *, undo: bool, lists: bool
) -> None:
    """Say that a rejected file, a quarantined document or a failing site is known.

    Named by its id, by part of the file's name, or by the site's name; 'juesuan status' lists what
    is wrong. From then on it fails neither a night nor a run. A file of another content, or
    rejected for another reason, is another one, and so is a site that failed again after a night in
    which it answered.
    """
    if lists == bool(wanted):
        raise click.UsageError(say("name what is known, or --list what is acknowledged already"))
    warehouse = chosen_settings(warehouse=warehouse).warehouse
    if lists:
        _list(warehouse)
    elif undo:
        _undo(warehouse, wanted, note)
    else:
        _acknowledge(warehouse, wanted, note)


def _acknowledge(warehouse: Path, wanted: Sequence[str], note: str) -> None:
    from pipelines.exploring.troubles import find_wrong
    from pipelines.warehouse.acknowledgements import write_acknowledgement

    wrong = _wrong_now(warehouse)
    # All of them are found before anything is written.
    for trouble in [find_wrong(wrong, each) for each in wanted]:
        write_acknowledgement(warehouse, trouble, _said_now(note))
        click.echo(say("Acknowledged: {trouble}", trouble=_named(trouble)))


def _undo(warehouse: Path, wanted: Sequence[str], note: str) -> None:
    from pipelines.exploring.troubles import find_acknowledged
    from pipelines.warehouse.acknowledgements import acknowledged, undo_acknowledgement

    known = [each.trouble for each in acknowledged(warehouse).values()]
    for trouble in [find_acknowledged(known, each) for each in wanted]:
        undo_acknowledgement(warehouse, trouble, _said_now(note))
        click.echo(say("No longer acknowledged: {trouble}", trouble=_named(trouble)))


def _named(trouble: "Trouble") -> str:
    from pipelines.exploring.trouble_lines import kind_text

    return f"{kind_text(trouble.kind)} {trouble.name} ({trouble.key})"


def _list(warehouse: Path) -> None:
    from pipelines.exploring.rendering import plain_console
    from pipelines.exploring.trouble_lines import show_acknowledged
    from pipelines.warehouse.acknowledgements import acknowledged

    known = acknowledged(warehouse).values()
    show_acknowledged(
        plain_console(),
        [(each.trouble, each.acknowledgement) for each in known],
        _wrong_now(warehouse) if known else [],
    )


def _wrong_now(warehouse: Path) -> list["Trouble"]:
    from pipelines.exploring.status import read_status
    from pipelines.exploring.troubles import known_troubles
    from pipelines.warehouse.connection import open_for_reading

    with open_for_reading(warehouse) as connection:
        status = read_status(connection)
    return [each.trouble for each in known_troubles(warehouse, status)]


def _said_now(note: str) -> "Acknowledgement":
    from pipelines.domain.night_news import Acknowledgement

    try:
        who = getpass.getuser()
    except (KeyError, OSError, ImportError):
        # In a container the account may have a number and no name.
        who = str(os.getuid())
    return Acknowledgement(datetime.now(UTC), who, " ".join(note.split()))

"""``juesuan acknowledge``: somebody says that something that is wrong is known."""

import getpass
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import chosen_settings, warehouse_option
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from pipelines.domain.night_news import Acknowledgement, Trouble
    from pipelines.settings import Settings


@click.command
@click.argument("wanted", metavar="[ID|FILE|SITE|TEST]...", nargs=-1)
@click.option("--note", default="", metavar="TEXT", help="Why it may stay so.")
@click.option("--undo", is_flag=True, help="Take back what was acknowledged.")
@click.option("--list", "lists", is_flag=True, help="List what is acknowledged, by whom and why.")
@warehouse_option
def acknowledge(
    wanted: tuple[str, ...], note: str, warehouse: Warehouse | None, *, undo: bool, lists: bool
) -> None:
    """Say that a file, document, site, cut answer or test that is wrong is known to be.

    Named by its id, by part of the file's name, or by the name of the site or test or the address;
    'juesuan status' lists what is wrong. From then on it fails neither a night nor a run. A file of
    another content, or rejected for another reason, is another one, and so is a site that failed
    again after a night in which it answered, or a test after a night in which it passed.
    """
    if lists == bool(wanted):
        raise click.UsageError(say("name what is known, or --list what is acknowledged already"))
    settings = chosen_settings(warehouse=warehouse)
    if lists:
        _list(settings)
    elif undo:
        _undo(settings.warehouse, wanted, note)
    else:
        _acknowledge(settings, wanted, note)


def _acknowledge(settings: "Settings", wanted: Sequence[str], note: str) -> None:
    from pipelines.exploring.troubles import find_wrong
    from pipelines.warehouse.acknowledgements import write_acknowledgement

    wrong = _wrong_now(settings)
    # All of them are found before anything is written.
    for trouble in [find_wrong(wrong, each) for each in wanted]:
        write_acknowledgement(settings.warehouse, trouble, _said_now(note))
        click.echo(say("Acknowledged: {trouble}", trouble=_named(trouble)))


def _undo(warehouse: Warehouse, wanted: Sequence[str], note: str) -> None:
    from pipelines.exploring.troubles import find_acknowledged
    from pipelines.warehouse.acknowledgements import acknowledged, undo_acknowledgement

    known = [each.trouble for each in acknowledged(warehouse).values()]
    for trouble in [find_acknowledged(known, each) for each in wanted]:
        undo_acknowledgement(warehouse, trouble, _said_now(note))
        click.echo(say("No longer acknowledged: {trouble}", trouble=_named(trouble)))


def _named(trouble: "Trouble") -> str:
    from pipelines.exploring.rendering.troubles import kind_text

    return f"{kind_text(trouble.kind)} {trouble.name} ({trouble.key})"


def _list(settings: "Settings") -> None:
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.troubles import show_acknowledged
    from pipelines.warehouse.acknowledgements import acknowledged

    known = acknowledged(settings.warehouse).values()
    show_acknowledged(
        plain_console(),
        [(each.trouble, each.acknowledgement) for each in known],
        _wrong_now(settings) if known else [],
    )


def _wrong_now(settings: "Settings") -> list["Trouble"]:
    from pipelines.acquiring.raw_store import RawStore
    from pipelines.exploring.status import read_status
    from pipelines.exploring.troubles import known_troubles
    from pipelines.warehouse.connection import open_for_reading

    with open_for_reading(settings.warehouse) as connection:
        status = read_status(connection)
    standing = known_troubles(settings.warehouse, RawStore(settings.store_dir), status)
    return [each.trouble for each in standing]


def _said_now(note: str) -> "Acknowledgement":
    from pipelines.domain.night_news import Acknowledgement

    try:
        who = getpass.getuser()
    except (KeyError, OSError, ImportError):
        # In a container the account may have a number and no name.
        who = str(os.getuid())
    return Acknowledgement(datetime.now(UTC), who, " ".join(note.split()))

"""``juesuan release``: publishes the state of the warehouse as a dated folder."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import chosen_settings, raw_option, warehouse_option
from pipelines.domain.messages import marked, say
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from pipelines.exploring.releasing.release import Release

# What a comparison calls a change, in words.
CHANGES = {
    "replaced": marked("replaced"),
    "added": marked("added"),
    "gone": marked("gone"),
    "counted": marked("counted in the facts"),
    "no_longer_counted": marked("no longer counted in the facts"),
    "appeared": marked("appeared"),
    "disappeared": marked("disappeared"),
    "amount": marked("with another amount"),
    "status": marked("with another status"),
    "new": marked("new"),
    "settled": marked("settled"),
    "judged_otherwise": marked("judged otherwise"),
}


@click.command
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--replace", "may_replace", is_flag=True, help="Write a release of today anew.")
@raw_option(", for the pictures of the report")
@warehouse_option
def release(
    folder: Path, raw_dir: Path | None, warehouse: Warehouse | None, *, may_replace: bool
) -> None:
    """Write the state of the warehouse into DIR/juesuan-YYYY-MM-DD, for others to use.

    Parquet and a data package of every mart, a workbook, the report of discrepancies, README,
    citation and digests, and what changed since the latest release in DIR of an earlier day. The
    folder appears once it is whole; one of today is only replaced with --replace.
    """
    from pipelines.exploring.marts import open_marts
    from pipelines.exploring.releasing.release import write_release
    from pipelines.warehouse.connection import limit_memory

    settings = chosen_settings(raw_dir, warehouse)
    with open_marts(settings.warehouse) as connection:
        limit_memory(connection, settings.build_bytes, settings.spill_dir)
        written = write_release(
            connection,
            folder,
            datetime.now().astimezone().date(),
            raw_dir=settings.raw_dir,
            language=settings.language,
            may_replace=may_replace,
        )
    _tell(written)


def _tell(written: "Release") -> None:
    row_count = sum(table.row_count for table in written.tables)
    told = say(
        "{path}: {done}, {table_count} tables, {row_count:,} rows",
        path=written.path,
        done=say("replaced") if written.has_replaced else say("written"),
        table_count=len(written.tables),
        row_count=row_count,
    )
    click.echo(told)
    if written.earlier is None:
        click.echo(say("It is the first release of this folder: there is none to compare with"))
    elif written.changes is None:
        told = say(
            "It cannot be compared with {earlier}, which another version made: CHANGES.md says "
            "what is missing",
            earlier=written.earlier.name,
        )
        click.echo(told)
    else:
        click.echo(say("Since {earlier}:", earlier=written.earlier.name))
        for table, counts in written.changes.counts.items():
            changes = say(", ").join(
                say("{count:,} {change}", count=count, change=say(CHANGES.get(change, change)))
                for change, count in counts.items()
            )
            told = say(
                "  {table}: {changes}",
                table=table.removeprefix("changed_"),
                changes=changes or say("no change"),
            )
            click.echo(told)

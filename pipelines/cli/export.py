"""``juesuan export``: writes the marts for other programs and for people."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import chosen_settings, warehouse_option
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from pipelines.exploring.exporting.files import ExportedTable


@click.command
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["parquet", "csv", "xlsx", "datapackage"]),
    default="parquet",
    show_default=True,
    help="What to write: a file for each mart; xlsx, one workbook of those that people read; or "
    "datapackage, CSV described for other programs.",
)
@click.option(
    "--table", "tables", metavar="NAME", multiple=True, help="Write this mart; may be repeated."
)
@warehouse_option
def export(folder: Path, layout: str, tables: tuple[str, ...], warehouse: Warehouse | None) -> None:
    """Write the marts into DIR, for other programs and for people.

    Parquet and CSV hold every mart, a file each. The workbook juesuan.xlsx holds those that people
    read, a sheet each, with a dictionary and the sources; name others with --table. The Fiscal Data
    Package holds every mart as CSV with its types, keys, meanings, checksums and licence.
    """
    from pipelines.acquiring.own_files import remember_written
    from pipelines.exploring.exporting.files import FileFormat, export_files
    from pipelines.exploring.exporting.package import DESCRIPTOR, export_package
    from pipelines.exploring.exporting.tables import list_marts
    from pipelines.exploring.exporting.workbook import WORKBOOK, export_workbook
    from pipelines.exploring.marts import open_marts
    from pipelines.warehouse.connection import limit_memory

    settings = chosen_settings(warehouse=warehouse)
    with open_marts(settings.warehouse) as connection:
        limit_memory(connection, settings.build_bytes, settings.spill_dir)
        marts = list_marts(connection, tables)
        if layout == "xlsx":
            written: Iterable[ExportedTable] = export_workbook(
                connection, marts, folder / WORKBOOK, settings.language, is_chosen=bool(tables)
            )
        elif layout == "datapackage":
            written = export_package(connection, marts, folder)
        else:
            written = export_files(connection, marts, folder, FileFormat(layout))
        remembered: set[Path] = set()
        for table in written:
            # Where a run comes across it, it is no document; a workbook holds many tables.
            if table.path not in remembered:
                remember_written(table.path)
                remembered.add(table.path)
            told = say(
                "{path}: {table}, {count:,} rows",
                path=table.path,
                table=table.name,
                count=table.row_count,
            )
            click.echo(told)
        if layout == "datapackage":
            remember_written(folder / DESCRIPTOR)

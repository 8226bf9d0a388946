"""``juesuan export``: writes the marts for other programs."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, warehouse_option


@click.command
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["parquet", "csv", "xlsx"]),
    default="parquet",
    show_default=True,
    help="What to write.",
)
@warehouse_option
def export(folder: Path, layout: str, warehouse: Path | None) -> None:
    """Write every mart into DIR, a file each."""
    from pipelines.exploring.exporting import ExportFormat, export_marts
    from pipelines.exploring.marts import open_marts

    with open_marts(chosen_settings(warehouse=warehouse).warehouse) as connection:
        for table in export_marts(connection, folder, ExportFormat(layout)):
            click.echo(f"{table.path}: {table.row_count:,} rows")

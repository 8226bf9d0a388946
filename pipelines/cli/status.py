"""``juesuan status``: what the warehouse holds, how sound it is, and the latest runs."""

from typing import TYPE_CHECKING

import click

from pipelines.cli.options import chosen_settings, warehouse_option
from pipelines.domain.warehouse_place import Warehouse

if TYPE_CHECKING:
    from pipelines.acquiring.raw_store import RawStore

RUNS_SHOWN = 5
RUNS_FOR_PROGRAMS = 30


@click.command
@click.option("--all", "lists_all", is_flag=True, help="List every document, however many.")
@click.option(
    "--json",
    "is_json",
    is_flag=True,
    help="Print it for programs: totals, documents in need, troubles, latest runs and builds.",
)
@warehouse_option
def status(warehouse: Warehouse | None, *, lists_all: bool, is_json: bool) -> None:
    """Show files, rejections with their reasons, documents, how much is proven, latest runs.

    Of many documents those are listed that are in most need of a look.
    """
    from pipelines.acquiring.raw_store import RawStore
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.nights import show_runs
    from pipelines.exploring.rendering.status import show_status
    from pipelines.exploring.status import read_status
    from pipelines.exploring.troubles import known_troubles
    from pipelines.warehouse.connection import is_there, open_for_reading
    from pipelines.warehouse.diary import latest_entries

    settings = chosen_settings(warehouse=warehouse)
    chosen, store = settings.warehouse, RawStore(settings.store_dir)
    if is_json:
        _print_summary(chosen, store)
        return
    runs = latest_entries(chosen, RUNS_SHOWN)
    if runs and not is_there(chosen):
        show_runs(plain_console(), runs)
    with open_for_reading(chosen) as connection:
        found = read_status(connection)
    troubles = known_troubles(chosen, store, found)
    show_status(plain_console(), found, runs, troubles, lists_all=lists_all)


def _print_summary(warehouse: Warehouse, store: "RawStore") -> None:
    """Print the state as JSON; where there is no warehouse yet, the runs that made none."""
    from pipelines.exploring.status import read_status
    from pipelines.exploring.status_summary import status_as_json
    from pipelines.exploring.troubles import known_troubles
    from pipelines.warehouse.connection import is_there, open_for_reading
    from pipelines.warehouse.diary import latest_entries

    runs = latest_entries(warehouse, RUNS_FOR_PROGRAMS)
    if runs and not is_there(warehouse):
        click.echo(status_as_json(warehouse, None, runs))
        return
    with open_for_reading(warehouse) as connection:
        found = read_status(connection, RUNS_FOR_PROGRAMS)
    troubles = known_troubles(warehouse, store, found)
    click.echo(status_as_json(warehouse, found, runs, troubles))

"""``juesuan explore``: the warehouse as pages in a browser, until somebody stops it."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, raw_option, warehouse_option
from pipelines.domain.interruptions import Interrupted
from pipelines.domain.languages import Language
from pipelines.domain.messages import say
from pipelines.domain.warehouse_place import Warehouse


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="Name to listen at.")
@click.option(
    "--port",
    type=click.IntRange(min=0, max=65535),
    default=8765,
    show_default=True,
    help="Port to listen at; 0 takes a free one.",
)
@warehouse_option
@raw_option(", for pictures of their pages")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.pass_context
def explore(
    context: click.Context,
    host: str,
    port: int,
    warehouse: Warehouse | None,
    raw_dir: Path | None,
    *,
    no_browser: bool,
) -> None:
    """Show the warehouse as pages in a browser, until stopped with Ctrl-C.

    Pages are in Chinese unless JUESUAN_LANG says otherwise; visitors can choose. A warehouse that
    is built meanwhile is shown as soon as it is there.
    """
    from pipelines.exploring.marts import open_marts
    from pipelines.serving.application import create_app
    from pipelines.serving.running import address_of, listen, open_in_browser, serve

    settings = chosen_settings(raw_dir, warehouse)
    language = settings.language if settings.is_language_chosen else Language.ZH
    with open_marts(settings.warehouse):
        app = create_app(settings.warehouse, settings.raw_dir, language, [host], warms_up=True)
    with listen(host, port) as listening:
        address = address_of(listening, host)
        click.echo(say("The explorer is at {address} (Ctrl-C ends it)", address=address))
        if not no_browser:
            open_in_browser(address)
        try:
            serve(app, listening)
        except Interrupted as stopped:
            context.exit(stopped.exit_code)

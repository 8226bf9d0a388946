"""``juesuan doctor``: what is installed and usable, and what to do about what is not."""

from pathlib import Path

import click

from pipelines.cli.options import chosen_settings, raw_option, warehouse_option
from pipelines.domain.exit_codes import EXIT_SOMETHING_PREVENTS_WORK
from pipelines.domain.messages import marked, say
from pipelines.domain.warehouse_place import Warehouse
from pipelines.settings import SettingsError

SETTINGS = marked("Settings")
# Columns of how well a thing is, and of what it is called.
MARK_WIDTH = 6
SUBJECT_WIDTH = 13


@click.command
@raw_option()
@warehouse_option
@click.pass_context
def doctor(context: click.Context, raw_dir: Path | None, warehouse: Warehouse | None) -> None:
    """Look whether everything that is needed is there, and say what to do where it is not.

    A line for each thing. Nothing is changed, fetched or built. Exits with 1 when something
    prevents work.
    """
    from pipelines.exploring.rendering.consoles import plain_console
    from pipelines.exploring.rendering.topics import topic_line
    from pipelines.running.checkup import Finding, Health, check_up

    console = plain_console()

    def show(finding: Finding) -> None:
        line = topic_line(say(finding.subject), finding.said.told(), SUBJECT_WIDTH)
        console.print(topic_line(say(finding.health), line, MARK_WIDTH), soft_wrap=True)

    is_ill = False
    try:
        settings = chosen_settings(raw_dir, warehouse)
    except SettingsError as error:
        show(Finding(SETTINGS, Health.ILL, error.text))
        context.exit(EXIT_SOMETHING_PREVENTS_WORK)
    for finding in check_up(settings):
        is_ill = is_ill or finding.health is Health.ILL
        show(finding)
    context.exit(EXIT_SOMETHING_PREVENTS_WORK if is_ill else 0)

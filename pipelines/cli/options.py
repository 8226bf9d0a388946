"""Options that several commands have, and the settings with what they name.

Knows how an option is called and described. Does not know what any command does with it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from pipelines.domain.languages import Language
from pipelines.settings import Settings, load_settings

Command = TypeVar("Command", bound=Callable[..., None])


def warehouse_option(command: Command) -> Command:
    """``--warehouse``, passed as ``warehouse``: None where the setting counts."""
    return click.option(
        "--warehouse",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The DuckDB file. [default: data/warehouse/juesuan.duckdb]",
    )(command)


def raw_option(purpose: str = "") -> Callable[[Command], Command]:
    """``--raw``, passed as ``raw_dir``: None where the setting counts.

    Args:
        purpose: What the folder is needed for, '' where that is plain.
    """
    return click.option(
        "--raw",
        "raw_dir",
        type=click.Path(path_type=Path),
        help=f"Where the published files lie{purpose}. [default: data/raw]",
    )


def jobs_option(command: Command) -> Command:
    """``--jobs``, passed as ``jobs``: None where the setting counts."""
    return click.option(
        "--jobs", type=click.IntRange(min=1), help="Reading processes. [default: processors]"
    )(command)


def chosen_settings(
    raw_dir: Path | None = None, warehouse: Path | None = None, jobs: int | None = None
) -> Settings:
    """The settings, with what the command line names in place of them.

    From here on the command answers in the language that they choose.
    """
    settings = load_settings()
    _answer_in(settings.language, settings.dbt_project_dir)
    return replace(
        settings,
        raw_dir=raw_dir or settings.raw_dir,
        warehouse=warehouse or settings.warehouse,
        jobs=jobs or settings.jobs,
    )


def _answer_in(language: Language, dbt_project_dir: Path) -> None:
    """Have forms, measures, statuses and the like called by their names in a language."""
    from pipelines.exploring.labels import Labels, naming, shipped_labels

    try:
        labels = shipped_labels(dbt_project_dir)
    except OSError:
        # Whoever needs the dbt project says that it is not there; others can do without.
        labels = Labels()
    click.get_current_context().with_resource(naming(labels, language))

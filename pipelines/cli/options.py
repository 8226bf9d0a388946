"""Options that several commands have, and the settings with what they name.

Knows how an option is called and described. Does not know what any command does with it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from pipelines.domain.languages import Language
from pipelines.domain.warehouse_place import LAKE_PREFIX, Warehouse
from pipelines.settings import Settings, load_settings, named_lake, no_setting

Command = TypeVar("Command", bound=Callable[..., None])


class _WarehouseName(click.Path):
    """A DuckDB file, completed as one, or a lake by the address of its catalogue."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401 - as click has it
        """The place of a name."""
        if isinstance(value, str) and value.startswith(LAKE_PREFIX):
            return named_lake(value)
        return super().convert(value, param, ctx)


def warehouse_option(command: Command) -> Command:
    """``--warehouse``, passed as ``warehouse``: None where the setting counts."""
    return click.option(
        "--warehouse",
        type=_WarehouseName(),
        help="The DuckDB file, or a lake. [default: data/warehouse/juesuan.duckdb]",
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
    raw_dir: Path | None = None, warehouse: Warehouse | None = None, jobs: int | None = None
) -> Settings:
    """The settings, with what the command line names in place of them.

    From here on the command answers in the language that they choose.
    """
    settings = load_settings()
    _answer_in(settings.language, settings.dbt_project_dir)
    for variable in settings.unknown_variables:
        click.echo(no_setting(variable).told(), err=True)
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

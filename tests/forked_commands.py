"""Runs the command in processes that are forked with the project and dbt imported already.

To import them takes a command as long as half of a small build. In everything else such a process
is what somebody would have typed: one of its own, with its own words, variables, folder, streams
and exit code. What depends on how a process starts, or on who hears signals when, is tried with the
installed command itself: see ``started`` in ``tests/e2e/sample_run.py`` and ``command`` in
``tests/portal/nights.py``.
"""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory

INSTALLED = Path(sys.executable).with_name("juesuan")
IMPORTED = [
    "tests.forked_main",  # before DuckDB
    "pipelines.cli.group",
    *(f"pipelines.cli.{name}" for name in ("run", "updates", "nightly", "status", "discrepancies")),
    *(f"pipelines.cli.{name}" for name in ("explain", "export", "release", "wording")),
    "pipelines.auditing.audits",
    "pipelines.auditing.repairs",
    "pipelines.normalising.disclosing",
    "pipelines.running.building",
    "pipelines.warehouse.form_catalogue",
    "dbt.adapters.duckdb.connections",
    "dbt.adapters.duckdb.impl",
    "dbt.artifacts.schemas.run",
    "dbt.cli.main",
    "dbt.parser.manifest",
    "pandas",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended and what it said."""

    exit_code: int
    output: str
    complaints: str


def run_command(words: Sequence[str | Path], variables: Mapping[str, str], folder: Path) -> Answer:
    """Run the command to its end.

    Args:
        words: What is typed after its name.
        variables: All of its environment.
        folder: Where it is called.
    """
    with TemporaryDirectory() as streams:
        told = [str(word) for word in words]
        process = forking().Process(target=_become, args=(told, dict(variables), folder, streams))
        process.start()
        process.join()
        exit_code = process.exitcode
        process.close()
        output, complaints = (
            Path(streams, name).read_text(encoding="utf-8") for name in ("output", "complaints")
        )
    assert exit_code is not None
    return Answer(exit_code, output, complaints)


def forking() -> ForkServerContext:
    """What starts processes that have the project and dbt imported already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    return context


def _become(words: list[str], variables: dict[str, str], folder: Path, streams: str) -> None:
    """Be the command, in a process that was forked to be it."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    for number, name in enumerate(("output", "complaints"), start=1):
        written = os.open(Path(streams, name), os.O_WRONLY | os.O_CREAT)
        os.dup2(written, number)
        os.close(written)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - until it ends
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    sys.argv = [str(INSTALLED), *words]
    from pipelines.cli import main

    sys.exit(main())

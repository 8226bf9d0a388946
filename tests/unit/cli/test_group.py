"""The table of commands: each is there, and none is loaded before it is called."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import click
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.cli.group import COMMANDS

# What takes long to import, and whatever only a command needs.
HEAVY = (
    "babel", "duckdb", "rich", "pandas", "pyarrow", "dbt", "scrapy", "pypdfium2", "lxml", "yaml",
    "starlette", "uvicorn", "altair",
)  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_and_explains_itself(name: str):
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0
    assert f"main {name} [OPTIONS]" in answer.output
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help


def test_help_lists_every_command_in_the_order_of_the_table():
    lines = CliRunner().invoke(main, ["--help"]).output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)


def test_no_command_is_another_by_mistake():
    answer = CliRunner().invoke(main, ["group"])
    assert answer.exit_code == 2
    assert "No such command 'group'" in answer.output


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_loads_no_command_and_nothing_heavy(words: list[str]):
    script = f"""
import sys
from pipelines.cli import main
main({words!r}, standalone_mode=False)
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert loaded.isdisjoint(HEAVY)
    assert loaded.isdisjoint(f"pipelines.cli.{name}" for name in COMMANDS)


def _fails_as_it_is_told_to_stop() -> None:
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
    raise AttributeError("module 'pyarrow' has no attribute 'lib'")


def test_what_fails_because_it_was_told_to_stop_was_interrupted(monkeypatch):
    """A library that is just being imported swallows what is raised, and then is not whole."""
    command = click.Command("run", callback=_fails_as_it_is_told_to_stop)
    monkeypatch.setattr(main, "get_command", lambda *_: command)
    answer = CliRunner().invoke(main, ["run"])
    assert answer.exit_code == 143
    assert "Interrupted: the warehouse is whole" in answer.output


def test_what_fails_by_itself_is_no_interruption(monkeypatch):
    def fails() -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr(main, "get_command", lambda *_: click.Command("run", callback=fails))
    answer = CliRunner().invoke(main, ["run"])
    assert isinstance(answer.exception, AttributeError)

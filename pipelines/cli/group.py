"""The command above all others: which commands there are, and how they end when something is amiss.

Knows each command's name and what its help says in a line. Does not know options, and loads a
command only when it is called.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from pipelines.cli.interruptions import interruption_text
from pipelines.cli.language import answering_in, in_the_language
from pipelines.domain.errors import ExplainedError
from pipelines.domain.exit_codes import EXIT_CANNOT_DO
from pipelines.domain.interruptions import Interrupted, signals_raised, stop_if_told
from pipelines.domain.messages import marked, say, system_text
from pipelines.settings import chosen_language

# In the order of the help. A command is the function of its name in the module of its name.
COMMANDS = {
    "run": marked("Read everything new and build the warehouse."),
    "fetch": marked("Fetch what is new from government sites."),
    "nightly": marked("Fetch, read, build and check, in one go."),
    "load": marked("Read what is new, and leave building to run."),
    "status": marked("Show what there is, and the latest runs."),
    "acknowledge": marked("Say that something wrong is known."),
    "discrepancies": marked("List what the documents themselves get wrong."),
    "explain": marked("Explain whatever has an id or a name."),
    "explore": marked("Show the warehouse in a browser."),
    "wording": marked("List the words that named nothing."),
    "export": marked("Write the marts into DIR, for programs and for people."),
    "doctor": marked("Look whether everything that is needed is there."),
    "release": marked("Publish the warehouse as a dated folder, with what changed."),
}


class CommandTable(click.Group):
    """A group that loads a command when it is called, and ends in one line when it cannot do it."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever click's own takes
        """Do what the command line says, and answer in the language of the reader."""
        with answering_in(chosen_language()):
            return super(CommandTable, in_the_language(self)).main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"pipelines.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101
        # What shells show beside its name while it is completed.
        command.short_help = COMMANDS[cmd_name]
        return in_the_language(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands, without loading any."""
        with formatter.section(say("Commands")):
            formatter.write_dl([(name, say(purpose)) for name, purpose in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Call the command that is named; what people can mend is said in a line."""
        try:
            with signals_raised():
                return self._invoke_unless_told(ctx)
        except Interrupted as interrupted:
            # The terminal shows ^C in a line that is not ended.
            click.echo(f"\n{interruption_text(ctx.invoked_subcommand)}", err=True)
            ctx.exit(interrupted.exit_code)
        except BrokenPipeError:
            # Whoever reads the answer has seen enough; click ends in silence.
            raise
        except _expected_errors() as error:
            from pipelines.warehouse.faults import explained

            raise _CannotDo(_told(explained(error, Path.cwd()))) from error

    def _invoke_unless_told(self, ctx: click.Context) -> object:
        """Call the command; what fails because it was told to stop was interrupted.

        A library that was just being imported, or asked something, may report the stop as a failure
        of its own.
        """
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception:
            stop_if_told()
            raise


class _CannotDo(click.ClickException):
    exit_code = EXIT_CANNOT_DO


def _told(error: Exception) -> str:
    """What went wrong, in the language of the answer."""
    if isinstance(error, ExplainedError):
        return error.told()
    if isinstance(error, OSError) and error.filename is not None:
        return say("{file}: {reason}", file=error.filename, reason=system_text(error))
    return str(error) or type(error).__name__


def _expected_errors() -> tuple[type[Exception], ...]:
    """Failures that people can mend; looked up only once something has failed."""
    import duckdb

    return (ExplainedError, OSError, MemoryError, duckdb.Error)


@click.group(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="juesuan")
def main() -> None:
    """Turn published budgets and final accounts into a warehouse that can be trusted.

    Put published files under data/raw, or have 'juesuan fetch' get them from sites that you
    describe (docs/operations.md). Then 'juesuan run', and ask 'juesuan status' and 'juesuan
    discrepancies'.
    """

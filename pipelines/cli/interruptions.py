"""What is said where a command is interrupted: what is kept, and what to do next."""

import shlex
import sys

from pipelines.cli.calling import called_as

# What becomes of what a command did so far; of those that change nothing nothing has to be said.
KEPT = {
    "run": "the warehouse is whole, and what was read and built is kept",
    "nightly": "the warehouse is whole, and what was fetched, read and built is kept",
    "fetch": "what was fetched is kept",
    "export": "the files that were named are whole, the others are not written",
}
GO_ON = {
    "run": "the same command goes on from there",
    "nightly": "the same command goes on from there",
    "fetch": "the same command fetches the rest",
    "export": "the same command writes all of them",
}


def interruption_text(command: str | None) -> str:
    """A line on a command that was interrupted."""
    kept = KEPT.get(command or "", "nothing was changed")
    go_on = GO_ON.get(command or "", "to begin again")
    return f"Interrupted: {kept}; {go_on}: {shlex.join([called_as(), *sys.argv[1:]])}"

"""What is said where a command is interrupted: what is kept, and what to do next."""

import shlex
import sys

from pipelines.cli.calling import called_as
from pipelines.domain.messages import marked, say

# What becomes of what a command did so far; of those that change nothing nothing has to be said.
NOTHING_CHANGED = marked("nothing was changed")
BEGIN_AGAIN = marked("to begin again")
KEPT = {
    "run": marked("the warehouse is whole, and what was read and built is kept"),
    "nightly": marked("the warehouse is whole, and what was fetched, read and built is kept"),
    "fetch": marked("what was fetched is kept"),
    "export": marked("the files that were named are whole, the others are not written"),
}
GO_ON = {
    "run": marked("the same command goes on from there"),
    "nightly": marked("the same command goes on from there"),
    "fetch": marked("the same command fetches the rest"),
    "export": marked("the same command writes all of them"),
}


def interruption_text(command: str | None) -> str:
    """A line on a command that was interrupted."""
    kept = KEPT.get(command or "", NOTHING_CHANGED)
    go_on = GO_ON.get(command or "", BEGIN_AGAIN)
    again = shlex.join([called_as(), *sys.argv[1:]])
    return say(
        "Interrupted: {kept}; {go_on}: {command}", kept=say(kept), go_on=say(go_on), command=again
    )

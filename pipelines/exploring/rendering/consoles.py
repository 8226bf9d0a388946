"""Terminals and pipes: what is written, how wide, and tables in them.

Knows how wide a console is. Does not know what is shown.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Wide enough that nothing wraps where the output is read by a program.
WIDTH_WITHOUT_TERMINAL = 240
WIDE_ENOUGH_FOR_ALL_COLUMNS = 140


class _PatientConsole(Console):
    """A console whose reader may leave before the end, as ``head`` does: the work goes on."""

    def on_broken_pipe(self) -> None:
        """Write nothing any more; what is being done is done all the same."""
        self.quiet = True
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), self.file.fileno())


def plain_console(*, to_stderr: bool = False) -> Console:
    """A console that shows text as it is: no markup, no guesses at what to highlight."""
    console = _PatientConsole(stderr=to_stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH_WITHOUT_TERMINAL
    return console


def show_table(console: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Show a table that folds long texts.

    A head that begins with '>' stands over a column of numbers, with '!' over one that must stay
    whole to be copied, with '?' over one that narrow terminals do without.
    """
    is_wide = console.width >= WIDE_ENOUGH_FOR_ALL_COLUMNS
    shown = [position for position, head in enumerate(heads) if is_wide or head[0] != "?"]
    table = Table(box=SIMPLE, pad_edge=False)
    for head in (heads[position] for position in shown):
        table.add_column(
            head.lstrip("!?>"),
            justify="right" if head.startswith(">") else "left",
            no_wrap=head[0] in "!>",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(row[position]) for position in shown))
    if table.row_count:
        console.print(table)

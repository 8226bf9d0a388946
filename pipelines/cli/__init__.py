"""The ``juesuan`` command: turns words on a command line into calls, and results into exit codes.

Knows options, progress and exit codes. Does not know how anything is read, built or judged. Each
command is a module of its own, loaded when it is called, and imports what takes long only then.
"""

from pipelines.cli.group import main

__all__ = ["main"]

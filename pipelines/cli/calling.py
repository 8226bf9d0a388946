"""How the command was called, so that it can say how to be called next."""

import shutil
import sys


def called_as() -> str:
    """How this command can be called again: by its name where the shell finds it, else by path."""
    return "juesuan" if shutil.which("juesuan") else sys.argv[0]

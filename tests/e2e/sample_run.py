"""Runs the command in the project's directory, to its end or only begun."""

import os
import subprocess
from pathlib import Path

from tests.forked_commands import INSTALLED, Answer, run_command
from tests.paths import PROJECT_DIR

__all__ = ["Answer", "juesuan", "started"]


def juesuan(*words: str | Path, **variables: str) -> Answer:
    """Run the command in the project's directory."""
    return run_command(words, {**os.environ, **variables}, PROJECT_DIR)


def started(*words: str | Path, **variables: str) -> subprocess.Popen[str]:
    """Begin to run the installed command."""
    return subprocess.Popen(
        [INSTALLED, *words],
        cwd=PROJECT_DIR,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )

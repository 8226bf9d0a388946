"""Runs the command as people do: another process, the sample documents, a fresh warehouse."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.paths import PROJECT_DIR


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended and what it said."""

    exit_code: int
    output: str
    complaints: str


def juesuan(*words: str | Path, **variables: str) -> Answer:
    """Run the installed command in the project's directory."""
    running = started(*words, **variables)
    output, complaints = running.communicate()
    return Answer(running.returncode, output, complaints)


def started(*words: str | Path, **variables: str) -> subprocess.Popen[str]:
    """Begin to run it."""
    command = Path(sys.executable).with_name("juesuan")
    return subprocess.Popen(
        [command, *words],
        cwd=PROJECT_DIR,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )

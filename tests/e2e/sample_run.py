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
    command = Path(sys.executable).with_name("juesuan")
    finished = subprocess.run(
        [command, *words],
        cwd=PROJECT_DIR,
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Answer(finished.returncode, finished.stdout, finished.stderr)

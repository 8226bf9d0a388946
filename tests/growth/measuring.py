"""Measures commands in fresh processes.

Knows processor time, memory and where this checkout's command is. Does not know what the
commands do.
"""

import json
import os
import subprocess
import sys
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeAlias

from tests.paths import PROJECT_DIR

TIMED = Path(__file__).with_name("timed.py")
# The command of .venv may be installed from another checkout; PYTHONPATH makes it run this one.
JUESUAN = Path(sys.executable).with_name("juesuan")
LAST_WORDS = 2000

Command: TypeAlias = Sequence[str] | Sequence[Path] | Sequence[str | Path]


class MeasuringError(Exception):
    """Something could not be measured, or did not do what was to be measured."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took.

    Attributes:
        cpu_seconds: Of it and of all processes it started and waited for, in user and system mode.
        wall_seconds: From start to end.
        peak_bytes: Resident memory at most: of its largest process as the kernel counts it, or of
            all together as they were seen five times a second, whichever is more.
        output: What it printed on standard output.
        exit_code: How it ended.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int
    output: str
    exit_code: int = 0


def measure(
    command: Command, settings: Mapping[str, str | Path], good_ends: Container[int] = (0,)
) -> Taken:
    """Run a command in a fresh process of this checkout and tell what it took.

    Args:
        command: The command and its arguments.
        settings: The ``JUESUAN_`` variables; those of this process are not passed on.
        good_ends: The exit codes that it may end with.

    Raises:
        MeasuringError: It did not end well.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUESUAN_")}
    environment = {
        **kept,
        **{name: str(value) for name, value in settings.items()},
        "PYTHONPATH": os.pathsep.join(filter(None, (str(PROJECT_DIR), kept.get("PYTHONPATH")))),
    }
    with TemporaryDirectory() as folder:
        result = Path(folder) / "taken.json"
        finished = subprocess.run(
            [sys.executable, "-I", TIMED, result, *command],
            check=False,
            capture_output=True,
            encoding="utf-8",
            env=environment,
            cwd=PROJECT_DIR,
        )
        if not result.exists():
            raise MeasuringError(f"not even started: {finished.stderr[-LAST_WORDS:]}")
        taken = json.loads(result.read_text(encoding="utf-8"))
    if taken["exit_code"] not in good_ends:
        raise MeasuringError(f"exit code {taken['exit_code']}: {finished.stderr[-LAST_WORDS:]}")
    return Taken(**taken, output=finished.stdout)


def measure_module(module: str, arguments: Command, settings: Mapping[str, str | Path]) -> Taken:
    """Run a module of this checkout, see ``measure``."""
    return measure([sys.executable, "-m", module, *arguments], settings)


def median_cpu_seconds(command: Command, settings: Mapping[str, str | Path], times: int) -> float:
    """Run a command so many times; the median of their processor seconds, see ``measure``."""
    return median(measure(command, settings).cpu_seconds for _ in range(times))

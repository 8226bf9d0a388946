"""Says what a benchmark does while it does it, and goes on where a step fails.

Knows standard output and how measuring fails. Does not know the steps.
"""

import sys
from collections.abc import Callable

import duckdb

from tests.growth.measuring import MeasuringError, Taken
from tests.growth.results import MEGABYTE

FAILURES: tuple[type[Exception], ...] = (MeasuringError, duckdb.Error, OSError)


def say(text: str) -> None:
    """Print now, as whoever watches has a long time to wait."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def told(taken: Taken) -> str:
    """What something took, in one line."""
    return (
        f"{taken.cpu_seconds:.1f} s CPU, {taken.wall_seconds:.1f} s wall, "
        f"peak {taken.peak_bytes / MEGABYTE:,.0f} MB"
    )


def attempt(
    failures: list[str],
    what: str,
    step: Callable[[], None],
    expected: tuple[type[Exception], ...] = (),
) -> bool:
    """Do a step; where it fails, say which, remember it and go on.

    Args:
        failures: Where it is remembered.
        what: What the step is called.
        step: The step.
        expected: How it may fail, besides what any measuring may fail with.
    """
    try:
        step()
    except (*FAILURES, *expected) as error:
        failure = " ".join(f"{what}: {error}".split())
        say(f"FAILED {failure}")
        failures.append(failure)
        return False
    return True

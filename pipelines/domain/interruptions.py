"""Being told to stop: by Ctrl-C, or by whoever ends this process.

Knows what is raised and which exit code shells expect. Does not know what is interrupted.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

# What shells add to the number of a signal.
EXIT_OF_SIGNALS = 128


class Interrupted(KeyboardInterrupt):
    """This process was told to stop.

    Whatever makes way for Ctrl-C makes way for it, too.
    """

    def __init__(self, signal_number: int) -> None:
        super().__init__("interrupted")
        self.exit_code = EXIT_OF_SIGNALS + signal_number


@contextmanager
def signals_raised() -> Iterator[None]:
    """Raise ``Interrupted`` in the main thread where this process is told to stop meanwhile."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, _raise) for number in told}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _TOLD.clear()


def stop_if_told() -> None:
    """Raise again what was raised and got lost since ``signals_raised`` began.

    What is raised in the middle of a query or of an object's end may be taken for a failure of that
    by the libraries that called it.

    Raises:
        Interrupted: This process was told to stop.
    """
    if _TOLD:
        raise _TOLD[-1]


# What was raised meanwhile.
_TOLD: list[Interrupted] = []


def _raise(signal_number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - Python calls it
    _TOLD.append(Interrupted(signal_number))
    raise _TOLD[-1]

"""That a process was told to stop is not lost where somebody takes it for another failure."""

import os
import signal
from contextlib import suppress

import pytest

from pipelines.domain.interruptions import Interrupted, signals_raised, stop_if_told


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_a_library_swallowed_is_raised_again(number: signal.Signals, exit_code: int):
    with signals_raised():
        stop_if_told()
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        with pytest.raises(Interrupted) as stopped:
            stop_if_told()
    assert stopped.value.exit_code == exit_code


def test_what_was_told_before_is_over():
    with signals_raised(), suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
    stop_if_told()

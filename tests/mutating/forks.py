"""Asks something of a fork of this process, which may change what it likes and may never end."""

import os
import resource
import signal
import time
from collections.abc import Callable

# What tests answer: the last of these is no answer, they could not be run.
FAILED, PASSED, INVALID, BROKEN = 1, 0, 3, 4
# What waits for something has so many times as long by the clock.
_BUSY = 10


def answer_of_fork(act: Callable[[], int], seconds: float) -> int | None:
    """What an act ends with in a process of its own; None where it does not end in time.

    It is the processor's time that counts: on a busy machine everything takes long.

    Args:
        act: What the fork does.
        seconds: How long it may take.
    """
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (round(seconds), round(seconds) + 1))
        code = BROKEN
        try:
            code = act()
        finally:
            os._exit(code)
    ends = time.monotonic() + _BUSY * seconds
    waited = 0.002
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            answer = os.waitstatus_to_exitcode(status)
            return None if answer in (-signal.SIGXCPU, -signal.SIGKILL) else answer
        time.sleep(waited)
        waited = min(2 * waited, 0.05)
    # Its own group: what the tests started ends with it.
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None

"""Starts the explorer as people do, in a process of its own, and a browser to look at it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.paths import PROJECT_DIR

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NO_CHROMIUM = "there is no chromium on this machine to look at pages with"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60


@dataclass(slots=True)
class Exploring:
    """A running explorer.

    Attributes:
        address: Where it is, without the last slash.
        process: Its process.
    """

    address: str
    process: subprocess.Popen[str]

    def interrupt(self) -> tuple[int, str]:
        """End it as Ctrl-C does: its exit code, and what it said to standard error."""
        self.process.send_signal(signal.SIGINT)
        _, complaints = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, complaints


@contextmanager
def exploring(*options: str | Path, **variables: str) -> Iterator[Exploring]:
    """Run ``juesuan explore`` on a free port until the end of the block."""
    command = [
        Path(sys.executable).with_name("juesuan"),
        *("explore", "--port", "0", "--no-browser", *options),
    ]
    process = subprocess.Popen(
        command,
        cwd=PROJECT_DIR,
        env={**os.environ, **variables, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # An interrupt that ends the tests is not meant for it.
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+?(?=/ )", said)
        assert found, said + process.communicate(timeout=PATIENCE)[1]
        yield Exploring(found[0], process)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=PATIENCE)

"""Starts ``juesuan explore`` as people do, as a process of its own, and watches it.

Knows what the command prints and what the kernel tells of a process. Does not know what it serves.
"""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from tests.growth.measuring import JUESUAN, LAST_WORDS, MeasuringError
from tests.growth.results import MILLISECONDS
from tests.paths import PROJECT_DIR

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
# Places of fields in /proc/PID/stat, counted from behind the name.
USER_TICKS, SYSTEM_TICKS = 11, 12
SECONDS_TO_START, SECONDS_TO_END = 120, 20
SECONDS_BETWEEN_LOOKS = 0.01
KIBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Explorer:
    """A running explorer.

    Attributes:
        address: Where it listens, without a slash at the end.
        process: Its id.
        start_seconds: From its start until it took calls there.
        early_seconds: Of these, how long it had said its address and took no calls yet.
    """

    address: str
    process: int
    start_seconds: float
    early_seconds: float

    @property
    def processor_milliseconds(self) -> float:
        """The processor time that it has taken so far, in all its threads.

        Raises:
            MeasuringError: It ended.
        """
        # The name may hold anything, brackets too; what follows it is numbers.
        fields = self._told("stat").rpartition(")")[2].split()
        ticks = int(fields[USER_TICKS]) + int(fields[SYSTEM_TICKS])
        return ticks * MILLISECONDS / os.sysconf("SC_CLK_TCK")

    @property
    def peak_bytes(self) -> int:
        """The most that it has had in memory so far, as the kernel counts it.

        Raises:
            MeasuringError: It ended.
        """
        found = PEAK.search(self._told("status"))
        if found is None:
            raise MeasuringError("the explorer ended")
        return int(found[1]) * KIBIBYTE

    def _told(self, what: str) -> str:
        try:
            return Path(f"/proc/{self.process}/{what}").read_text(encoding="utf-8")
        except OSError as error:
            raise MeasuringError(f"the explorer ended: {error}") from error


def command_of_explorer(warehouse: Path, raw_dir: Path) -> list[str | Path]:
    """What starts this checkout's explorer at a free port."""
    files: list[str | Path] = ["--warehouse", warehouse, "--raw", raw_dir]
    return [JUESUAN, "explore", "--no-browser", "--port", "0", *files]


@contextmanager
def explorer(warehouse: Path, raw_dir: Path) -> Iterator[Explorer]:
    """Start this checkout's explorer at a free port, and end it as Ctrl-C does.

    Raises:
        MeasuringError: It does not start.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUESUAN_")}
    with TemporaryDirectory() as folder, (Path(folder) / "said").open("w+") as said:
        began = time.monotonic()
        process = subprocess.Popen(
            command_of_explorer(warehouse, raw_dir),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=PROJECT_DIR,
            env={**kept, "PYTHONPATH": str(PROJECT_DIR), "PYTHONUNBUFFERED": "1"},
        )
        try:
            address, said_at = _wait_for_address(process, Path(said.name))
            early_seconds = _wait_for_calls(process, address, said_at)
            yield Explorer(address, process.pid, said_at + early_seconds - began, early_seconds)
        finally:
            _end(process)


def forget(file: Path) -> None:
    """Have the kernel drop what it keeps of a file in memory, as if nobody had read it lately."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _wait_for_address(process: subprocess.Popen[bytes], said: Path) -> tuple[str, float]:
    """The address that it says, and when it was seen."""
    for _ in _looks(process):
        if found := ADDRESS.search(said.read_text(encoding="utf-8")):
            return found[0], time.monotonic()
    raise MeasuringError(f"the explorer says no address: {said.read_text()[-LAST_WORDS:]}")


def _wait_for_calls(process: subprocess.Popen[bytes], address: str, said_at: float) -> float:
    """How long it takes no calls although it has said its address; 0 where it takes the first."""
    host_and_port = urlsplit(address)
    early_seconds = 0.0
    for _ in _looks(process):
        with socket.socket() as caller:
            if caller.connect_ex((host_and_port.hostname, host_and_port.port)) == 0:
                return early_seconds
        early_seconds = time.monotonic() - said_at
    raise MeasuringError(f"the explorer takes no calls at {address}")


def _looks(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Moments to look, until it has ended or had time enough."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        yield
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

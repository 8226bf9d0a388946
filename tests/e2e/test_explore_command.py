"""``juesuan explore`` as a command: what it says, and how it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.sample_run import juesuan
from tests.paths import PROJECT_DIR

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


def test_it_says_where_it_is_and_ends_quietly_when_interrupted(samples):
    with exploring("--warehouse", samples.path) as explorer:
        with urllib.request.urlopen(f"{explorer.address}/quality") as answer:  # noqa: S310
            text = answer.read().decode()
        assert "数据质量" in text
        exit_code, complaints = explorer.interrupt()
    assert exit_code == 130
    assert "Traceback" not in complaints


def test_the_language_can_be_chosen_where_it_is_started(samples):
    with (
        exploring("--warehouse", samples.path, JUESUAN_LANG="en") as explorer,
        urllib.request.urlopen(f"{explorer.address}/quality") as answer,  # noqa: S310
    ):
        text = answer.read().decode()
    assert "Data quality" in text


def test_a_port_in_use_is_said_in_words(samples):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = juesuan("explore", "--no-browser", "--port", port, "--warehouse", samples.path)
    assert answer.exit_code == 2
    assert answer.output == ""
    assert f"port {port} of 127.0.0.1 is in use by another program" in answer.complaints
    assert "--port" in answer.complaints


def test_a_missing_warehouse_is_said_before_anything_is_served(tmp_path):
    answer = juesuan("explore", "--no-browser", "--warehouse", tmp_path / "none.duckdb")
    assert answer.exit_code == 2
    assert "no warehouse at" in answer.complaints


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7"])
def test_a_host_of_another_machine_is_said(samples, host):
    answer = juesuan(
        "explore", "--no-browser", "--port", "0", "--host", host, "--warehouse", samples.path
    )
    assert answer.exit_code == 2
    assert f"cannot listen on {host}" in answer.complaints

"""Whoever ends the explorer finds nothing of it left, and the exit code that is promised."""

import http.client
import os
import signal
import subprocess
from urllib.parse import urlsplit

import pytest

from tests.browsing.exploring import ADDRESS, command_of_explorer
from tests.paths import PROJECT_DIR, SAMPLES_DIR


@pytest.mark.parametrize(
    ("ended_by", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "kill"]
)
def test_nothing_is_left_of_an_explorer_that_is_ended(samples, tmp_path, ended_by, exit_code):
    process = subprocess.Popen(
        command_of_explorer(samples.path, SAMPLES_DIR),
        cwd=PROJECT_DIR,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    said = ADDRESS.search(process.stdout.readline())
    assert said is not None
    visitor = http.client.HTTPConnection(urlsplit(said[0]).netloc, timeout=60)
    visitor.request("GET", "/")
    assert visitor.getresponse().status == 200
    visitor.close()
    process.send_signal(ended_by)
    process.communicate(timeout=60)
    assert process.returncode == exit_code
    assert list(tmp_path.iterdir()) == []

"""``juesuan explore`` as a command: what it says, and how it ends."""

import socket
import urllib.request

import pytest

from tests.e2e.exploring import exploring
from tests.e2e.sample_run import juesuan


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

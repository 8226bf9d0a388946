"""Ctrl-C and being told to end: a line on what to do next, the shell's exit code, no ruin."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import Answer, juesuan
from tests.paths import SAMPLES_DIR
from tests.portal.nights import command, environment, new_home, readable_site, survivors
from tests.portal.server import serving, wait_for

SECONDS_TO_END = 30


def interrupted(
    words: list[str | Path],
    home: Path,
    is_due: Callable[[str], bool],
    number: signal.Signals = signal.SIGINT,
) -> Answer:
    """Run a command and interrupt it, as a terminal does it, when it has said something."""
    said: dict[str, str] = {"out": "", "err": ""}
    process = subprocess.Popen(
        command(*words),
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )

    def listen(name: str) -> None:
        stream = process.stdout if name == "out" else process.stderr
        assert stream is not None
        with stream:
            for line in stream:
                said[name] += line

    listeners = [threading.Thread(target=listen, args=[name]) for name in said]
    for listener in listeners:
        listener.start()
    while process.poll() is None and not is_due(said["out"] + said["err"]):
        time.sleep(0.005)
    if number is signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    exit_code = process.wait(SECONDS_TO_END)
    wait_for(lambda: not survivors(process.pid), seconds=SECONDS_TO_END)
    for listener in listeners:
        listener.join()
    return Answer(exit_code, said["out"], said["err"])


def last_line(answer: Answer) -> str:
    assert "Traceback" not in answer.complaints, answer.complaints
    return answer.complaints.splitlines()[-1]


def after(pattern: str, seconds: float = 0.0) -> Callable[[str], bool]:
    """Some seconds after something was said."""
    seen: list[float] = []

    def is_due(said: str) -> bool:
        if not seen and re.search(pattern, said):
            seen.append(time.monotonic())
        return bool(seen) and time.monotonic() >= seen[0] + seconds

    return is_due


def opened(pipe: Path) -> Callable[[str], bool]:
    """When a command waits for a pipe that nobody else opens."""
    os.mkfifo(pipe)

    def is_due(_: str) -> bool:
        # A writer can open it without waiting only once a reader waits.
        try:
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            return False
        return True

    return is_due


@pytest.mark.parametrize("seconds", [0.0, 0.4, 0.8, 1.2])
def test_a_run_that_is_interrupted_as_it_starts_says_so_in_a_line(tmp_path, seconds):
    words = ["run", "--raw", SAMPLES_DIR, "--warehouse", tmp_path / "w.duckdb"]
    answer = interrupted(words, tmp_path, after("Looking for", seconds))
    assert answer.exit_code == 130
    assert last_line(answer).startswith("Interrupted: the warehouse is whole")
    assert last_line(answer).endswith(f"juesuan {' '.join(map(str, words))}")


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_goes_on_where_it_was_interrupted(tmp_path, samples, number, exit_code):
    warehouse = tmp_path / "w.duckdb"
    words = ["run", "--raw", SAMPLES_DIR, "--warehouse", warehouse]
    reading = interrupted(words, tmp_path, after(r"\[3/"), number)
    assert (reading.exit_code, warehouse.exists()) == (exit_code, False)
    read_count = len(re.findall(r"^  \[", reading.complaints, re.MULTILINE))
    building = interrupted(words, tmp_path, after("Building", 3.0), number)
    assert (building.exit_code, warehouse.exists()) == (exit_code, False)
    assert f"{read_count} needed no reading" in building.complaints
    assert last_line(building).startswith("Interrupted: the warehouse is whole")
    finished = juesuan(*words)
    assert finished.exit_code == 0, finished.complaints
    assert finished.output.replace(str(warehouse), "") == samples.answer.output.replace(
        str(samples.path), ""
    )
    told = juesuan("status", "--warehouse", warehouse).output
    assert told.count(f"{exit_code}: interrupted") == 2


def test_a_night_and_a_fetch_that_are_interrupted_keep_what_was_fetched(tmp_path):
    site = readable_site(4)
    with serving(site.portal):
        home = new_home(tmp_path, site)
        for name in ("fetch", "nightly"):
            answer = interrupted([name], home, after("Fetching from", 1.0))
            assert answer.exit_code == 130
            assert "what was fetched" in last_line(answer)
            assert last_line(answer).endswith(f"juesuan {name}")
        finished = subprocess.run(
            command("nightly"), env=environment(home), capture_output=True, check=False
        )
    assert finished.returncode == 0, finished.stderr.decode()


def test_an_export_that_is_interrupted_leaves_whole_files_and_says_how_to_get_the_others(
    samples: SampleWarehouse, tmp_path
):
    folder = tmp_path / "out"
    folder.mkdir()
    # Where the first mart is written, what was written is looked up.
    is_due = opened(folder / ".juesuan-wrote.json")
    words = ["export", folder, "--format", "csv", "--warehouse", samples.path]
    answer = interrupted(words, tmp_path, is_due)
    assert answer.exit_code == 130
    assert last_line(answer).startswith("Interrupted: the files that were named are whole")
    (whole,) = folder.glob("*.csv")
    assert whole.stat().st_size > 0
    assert list(folder.glob(".*.part")) == []


def test_a_question_that_is_interrupted_changed_nothing(samples: SampleWarehouse, tmp_path):
    warehouse = Path(shutil.copy(samples.path, tmp_path / "w.duckdb"))
    is_due = opened(tmp_path / "w.diary.jsonl")
    answer = interrupted(["status", "--warehouse", warehouse], tmp_path, is_due)
    assert (answer.exit_code, answer.output) == (130, "")
    assert last_line(answer).startswith("Interrupted: nothing was changed; to begin again: ")


def test_a_long_query_does_not_hold_up_an_interruption(tmp_path):
    """DuckDB would finish the query before it closes: minutes, or days."""
    script = """
import sys
from pathlib import Path
from pipelines.domain.interruptions import Interrupted, signals_raised
from pipelines.warehouse.connection import open_for_writing
try:
    with signals_raised(), open_for_writing(Path(sys.argv[1])) as connection:
        print("asking", flush=True)
        connection.execute(
            "select sum(hash(a.range * b.range)) from range(100000000) a, range(10000000) b"
        )
except Interrupted as interrupted:
    print(interrupted.exit_code)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "w.duckdb"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "asking\n"
        time.sleep(0.5)
        asking.send_signal(signal.SIGINT)
        said, _ = asking.communicate(timeout=SECONDS_TO_END)
    assert said == "130\n"
    with duckdb.connect(str(tmp_path / "w.duckdb")):
        pass

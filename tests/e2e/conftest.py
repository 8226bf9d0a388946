"""One warehouse of the sample documents for all end-to-end tests, and what it is looked at with."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from tests.browsing.chromium import chromium
from tests.browsing.exploring import Explorer, explorer
from tests.e2e.sample_run import Answer, juesuan
from tests.paths import SAMPLES_DIR


@dataclass(frozen=True, slots=True)
class SampleWarehouse:
    """The warehouse and what the command said when it built it."""

    path: Path
    answer: Answer


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> SampleWarehouse:
    """Build the warehouse in whichever test process comes first; the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "samples"
    folder.mkdir(exist_ok=True)
    warehouse, said = folder / "samples.duckdb", folder / "answer.json"
    with FileLock(folder / "lock"):
        if not said.exists():
            # In as many processes as there are: the other test process waits.
            answer = juesuan("run", "--raw", SAMPLES_DIR, "--warehouse", warehouse, "--jobs", "2")
            said.write_text(json.dumps(asdict(answer)), encoding="utf-8")
    return SampleWarehouse(warehouse, Answer(**json.loads(said.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def running(samples: SampleWarehouse) -> Iterator[Explorer]:
    """The explorer of the samples."""
    with explorer(samples.path, SAMPLES_DIR) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; only for tests that are skipped where there is none."""
    with chromium() as started:
        yield started

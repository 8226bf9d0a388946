"""One warehouse of the sample documents for all end-to-end tests, built by the command."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from filelock import FileLock

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
            answer = juesuan("run", "--raw", SAMPLES_DIR, "--warehouse", warehouse)
            said.write_text(json.dumps(asdict(answer)), encoding="utf-8")
    return SampleWarehouse(warehouse, Answer(**json.loads(said.read_text(encoding="utf-8"))))

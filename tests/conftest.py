"""What holds for every test: nothing may depend on how fast the machine is."""

import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest

from pipelines.reading.scans import models

hypothesis.settings.register_profile(
    "without_deadlines",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("without_deadlines")


def pytest_configure() -> None:
    """Have Python keep what it compiles, also where the account tells it not to.

    Every command that a test starts would compile the project anew, which takes seconds, and every
    test process all tests.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing there that reads pictures, whatever is installed."""
    monkeypatch.setattr(models, "missing_parts", lambda: ("onnxruntime",))


@pytest.fixture(scope="session", autouse=True)
def one_reading_process() -> Iterator[None]:
    """Have commands read in one process: another takes as long to start as to read a document."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUESUAN_JOBS", "1")
        yield


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """Have all test processes keep parsed projects in one folder, and none in the account's."""
    base = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "JUESUAN_CACHE", str((base if worker_id == "master" else base.parent) / "cache")
        )
        yield

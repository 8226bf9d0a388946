"""A plugin of pytest that writes down how long each test takes."""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

_SECONDS: dict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add what a part of a test took."""
    _SECONDS[report.nodeid] += report.duration


def pytest_sessionfinish() -> None:
    """Write it all down."""
    Path(os.environ["MUTATING_DURATIONS"]).write_text(json.dumps(_SECONDS), encoding="utf-8")

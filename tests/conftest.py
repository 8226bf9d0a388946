"""What holds for every test: nothing may depend on how fast the machine is."""

import hypothesis
import pytest

from pipelines.reading.scans import models

hypothesis.settings.register_profile(
    "without_deadlines",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("without_deadlines")


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing there that reads pictures, whatever is installed."""
    monkeypatch.setattr(models, "missing_parts", lambda: ("onnxruntime",))

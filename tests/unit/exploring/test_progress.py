"""What a run says of its steps."""

import pytest

from pipelines.exploring.progress import build_text
from pipelines.warehouse.builds import BuildSummary


@pytest.mark.parametrize(
    ("was_needed", "rebuilt_count", "said"),
    [
        (False, None, "Nothing changed since the marts were built"),
        (True, None, "Built 80 models and seeds"),
        (True, 12, "Built 12 of 80 models and seeds again, with what auditing found"),
    ],
)
def test_a_build_after_auditing_is_told_from_the_one_before_it(was_needed, rebuilt_count, said):
    summary = BuildSummary(80, 9, (), (), (), 0)
    text = build_text(summary, was_needed=was_needed, rebuilt_count=rebuilt_count)
    assert text == f"{said}; tests: 9 passed, 0 warned, 0 failed"

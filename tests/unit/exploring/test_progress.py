"""What a run says of its steps."""

import pytest

from pipelines.exploring.progress import build_text
from pipelines.warehouse.builds import BuildSummary


@pytest.mark.parametrize(
    ("was_needed", "document_count", "said"),
    [
        (False, 0, "Nothing changed since the marts were built"),
        (True, 1, "Built 80 models and seeds of 1 document"),
        (True, 1200, "Built 80 models and seeds of 1,200 documents"),
    ],
)
def test_a_build_says_of_how_many_documents_it_was(was_needed, document_count, said):
    summary = BuildSummary(80, 9, (), (), (), 0)
    text = build_text(summary, was_needed=was_needed, document_count=document_count)
    assert text == f"{said}; tests: 9 passed, 0 warned, 0 failed"

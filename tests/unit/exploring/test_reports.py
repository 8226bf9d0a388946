"""Reports for people: what they say of errors that are many."""

from dataclasses import replace

import pytest

from pipelines.domain.languages import Language
from pipelines.exploring.labels import Names, shipped_labels
from pipelines.exploring.report_places import PrintedThing
from pipelines.exploring.reports import DocumentReport, Finding, Suspect, as_html, as_markdown
from tests.paths import PROJECT_DIR
from tests.unit.exploring.test_rendering import DISCREPANCY, DOCUMENT

THING = PrintedThing(
    key="feed",
    document_id=DOCUMENT.document_id,
    file_name=DOCUMENT.file_name,
    form_title="支出决算表",
    row_name="205 教育支出",
    column_name="project",
    printed="165.02",
    unit="万元",
    page=4,
    left_edge=None,
    top_edge=None,
    right_edge=None,
    bottom_edge=None,
    cell_path="",
    sentence="",
)
SUSPECT = Suspect(
    rank=1,
    thing=THING,
    suggested="164.12",
    slip="",
    cause="figures",
    place_count=1,
    repaired_count=4,
    failing_count=4,
)


@pytest.mark.parametrize("written", [as_markdown, as_html])
@pytest.mark.parametrize(
    ("suspect", "expected", "unexpected"),
    [
        (SUSPECT, (), ("处，应一并有误", "整栏")),
        (
            replace(SUSPECT, place_count=3),
            ("同一数额印于 3 处，应一并有误", "in 3 places"),
            ("整栏",),
        ),
        (
            replace(SUSPECT, cause="shifted_up", suggested="", place_count=7),
            ("整栏上移一行", "column shifted up by a row"),
            ("应一并有误", "→"),
        ),
    ],
    ids=["one", "copies", "column"],
)
def test_a_suspect_stands_with_all_that_is_wrong_with_it(written, suspect, expected, unexpected):
    finding = Finding(1, (DISCREPANCY,), (suspect,), is_located=True, places=())
    names = Names(shipped_labels(PROJECT_DIR / "dbt_project"), Language.ZH)
    report = written([DocumentReport(DOCUMENT, (finding,), ())], names)
    # Of the report itself, not of what its style sheet says.
    (said,) = (line for line in report.splitlines() if "教育支出" in line)
    assert "165.02" in said
    assert [text for text in expected if text not in said] == []
    assert [text for text in unexpected if text in said] == []

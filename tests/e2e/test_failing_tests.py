"""A failing test of the warehouse is told with sentence, document and remedy, and can be known."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import Answer, juesuan
from tests.paths import SAMPLES_DIR

TEST = "assert_every_number_of_prose_is_accounted_for"


@pytest.fixture
def failing(samples: SampleWarehouse, tmp_path: Path) -> Path:
    """A copy of the samples of which the latest build left a number of the prose out."""
    path = shutil.copy(samples.path, tmp_path / "w.duckdb")
    with duckdb.connect(path) as connection:
        (summary,) = connection.execute(
            "select summary from staging.builds order by built_at desc limit 1"
        ).fetchone()
        failed = [{"name": TEST, "row_count": 1, "message": "Got 1 result"}]
        connection.execute(
            "update staging.builds set outcome = 'tests_failed', summary = ? "
            "where built_at = (select max(built_at) from staging.builds)",
            [json.dumps({**json.loads(summary), "failed": failed})],
        )
        connection.execute(
            f"insert into audit.{TEST} by name select document_id, file_name, 7 as paragraph_index,"
            " '131' as number_text, 3 as text_begin, 0 as account_count,"
            " '推行“131”监管模式。' as paragraph_text from marts.dim_documents"
            " order by file_name limit 1"
        )
    return path


def test_a_failing_test_is_listed_with_what_to_do_until_it_is_acknowledged(failing: Path):
    with duckdb.connect(failing, read_only=True) as connection:
        document_id, file_name = connection.execute(
            f"select document_id, file_name from audit.{TEST}"
        ).fetchone()

    def say(*words: str, language: str = "en") -> Answer:
        return juesuan(*words, "--warehouse", failing, JUESUAN_LANG=language)

    run = say("run", "--raw", SAMPLES_DIR)
    assert run.exit_code == 1, run.complaints
    for answer in (run, say("status")):
        assert f"test failed {TEST}: 1 rows, of {file_name}" in answer.output
        assert f"{file_name}: 131 in “推行“131”监管模式。”" in answer.output
        assert "report it with these lines" in answer.output
    in_chinese = say("status", language="zh").output
    assert f"{file_name}：131，见“推行“131”监管模式。”" in in_chinese
    assert "应当成立" in in_chinese
    told = json.loads(say("status", "--json").output)
    assert told["failed_tests"] == [
        {"name": TEST, "rows": 1, "document_ids": [document_id], "file_names": [file_name]}
    ]
    said = say("acknowledge", TEST, "--note", "reported")
    assert said.exit_code == 0, said.complaints
    assert "reported" in say("status").output
    assert say("run", "--raw", SAMPLES_DIR).exit_code == 0

"""`make mutate` runs dbt's unit tests without dbt's task around them: they must end as in dbt.

That all of them pass in dbt as the project is, tests/integration/dbt/test_build.py says.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from dbt.contracts.graph.manifest import Manifest

from pipelines.warehouse.transforming import as_parsed
from tests.integration.dbt import built
from tests.integration.dbt.staged import Disclosed
from tests.mutating.dbt_directly import DirectDbt
from tests.paths import PROJECT_DIR

DBT_DIR = PROJECT_DIR / "dbt_project"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A warehouse in which every model is built, which says what columns there are."""
    folder = tmp_path_factory.mktemp("warehouse")
    warehouse, _ = built.build_documents(
        folder, (Disclosed("a0000000000000d0", ()),), options=built.NO_TESTS
    )
    return warehouse


@pytest.fixture
def project(whole: Path, tmp_path: Path, monkeypatch) -> Iterator[Manifest]:
    """The parsed project, and a copy of that warehouse."""
    warehouse = tmp_path / "juesuan.duckdb"
    shutil.copyfile(whole, warehouse)
    monkeypatch.setenv("JUESUAN_WAREHOUSE_PATH", str(warehouse))
    yield built._parse(str(DBT_DIR))
    built._parse.cache_clear()


def test_where_nothing_is_changed_all_pass(project, tmp_path):
    direct = DirectDbt(project, DBT_DIR, tmp_path)
    with duckdb.connect() as connection, direct.at_work():
        tests = direct.lay_out(project.nodes, connection)
        assert [test.name for test in tests if direct.is_failing(test, connection)] == []
    assert len(tests) == len(project.unit_tests)


@pytest.mark.parametrize(
    ("model", "words", "others"),
    [
        ("int_printings__equal", "digits_of_any = 5", "digits_of_any = 6"),
        ("int_copies__looked_up", "resolved.amount_yuan <> 0", "resolved.amount_yuan > 0"),
    ],
)
def test_of_a_changed_model_the_same_fail_as_in_dbt(project, tmp_path, model, words, others):
    node = project.nodes[f"model.juesuan.{model}"]
    direct = DirectDbt(project, DBT_DIR, tmp_path)
    with duckdb.connect() as connection, direct.at_work():
        tests = direct.lay_out([node.unique_id], connection)
        assert words in node.raw_code
        node.raw_code = node.raw_code.replace(words, others)
        failing = {test.name for test in tests if direct.is_failing(test, connection)}
    answer = built._ask_dbt(
        as_parsed(project), "test", str(DBT_DIR), tmp_path, "--select", f"{model},test_type:unit"
    )
    outcomes = {
        result.node.name: str(result.status)
        for result in answer.result.results
        if result.node.resource_type == "unit_test"
    }
    assert outcomes.keys() == {test.name for test in tests}
    assert failing == {name for name, outcome in outcomes.items() if outcome != "pass"}
    assert failing

"""The samples in a lake, loaded by several: the same in every row and answer as in a file."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipelines.domain.languages import Language
from pipelines.domain.warehouse_place import Lake
from pipelines.serving.application import create_app
from pipelines.settings import load_settings
from pipelines.warehouse.connection import attach_for_reading, open_for_reading
from tests.e2e.sample_run import Answer, juesuan, started
from tests.lake_servers import postgres_server, programs_of_postgres
from tests.paths import SAMPLES_DIR
from tests.same_rows import differing_tables

LOADERS = 2


@dataclass(frozen=True, slots=True)
class SampleLake:
    """The lake, the variables that name it, and how it was built."""

    lake: Lake
    variables: dict[str, str]
    answer: Answer


@pytest.fixture(scope="module")
def in_lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleLake]:
    """The samples, loaded by several and built by one; in SQLite where there is no PostgreSQL."""
    folder = tmp_path_factory.mktemp("lake")
    with ExitStack() as held:
        programs = programs_of_postgres()
        catalogue = f"sqlite:{folder / 'lake.sqlite'}"
        if programs is not None:
            server = held.enter_context(postgres_server(programs))
            catalogue = f"postgres:{server.new_database()}"
        variables = {
            "JUESUAN_HOME": str(folder),
            "JUESUAN_WAREHOUSE": f"ducklake:{catalogue}",
            "JUESUAN_LAKE_DATA": "lake",
            "JUESUAN_RAW": str(SAMPLES_DIR),
        }
        loaders = [
            started("load", "--part", f"{number}/{LOADERS}", "--jobs", "1", **variables)
            for number in range(1, LOADERS + 1)
        ]
        for loader in loaders:
            said, _ = loader.communicate()
            assert "figures" in said
        answer = juesuan("run", **variables)
        lake = load_settings({**variables}).warehouse
        assert isinstance(lake, Lake)
        yield SampleLake(lake, variables, answer)


def test_loaders_read_everything_and_the_build_says_what_it_says_of_a_file(in_lake, samples):
    assert in_lake.answer.exit_code == samples.answer.exit_code
    assert "none of 22 files had to be read" in in_lake.answer.complaints
    summary = in_lake.answer.output.splitlines()
    of_file = samples.answer.output.splitlines()
    assert [line for line in summary if "Warehouse" not in line and "  juesuan" not in line] == [
        line.replace(f" --warehouse {samples.path}", "")
        for line in of_file
        if "Warehouse" not in line and "  juesuan" not in line
    ]


def test_every_table_is_the_same(in_lake, samples):
    found = differing_tables(in_lake.lake, samples.path)
    assert len(found) > 90
    assert [table for table, row_count in found.items() if row_count] == []


def test_every_chinese_view_is_there_and_can_be_read(in_lake, samples):
    with open_for_reading(in_lake.lake) as connection:
        attach_for_reading(connection, samples.path, "file")
        found = connection.execute(
            "select database_name, list(view_name order by view_name) from duckdb_views()"
            " where schema_name = '分析' group by database_name"
        ).fetchall()
        views = dict(found)
        assert views["lake"] == views["file"]
        for view in views["lake"]:
            connection.execute(f'from lake."分析"."{view}" limit 1').fetchall()


@pytest.mark.parametrize(
    "words", [("discrepancies", "--format", "csv"), ("wording",), ("status", "--all")]
)
def test_every_command_answers_the_same(in_lake, samples, words):
    of_lake = juesuan(*words, **in_lake.variables)
    of_file = juesuan(*words, "--warehouse", samples.path)
    assert (of_lake.exit_code, of_lake.complaints) == (of_file.exit_code, of_file.complaints)
    if words[0] == "status":  # tells when, too
        assert of_lake.output.count("\n") == of_file.output.count("\n")
    else:
        assert of_lake.output == of_file.output


def test_exports_and_explanations_come_from_it(in_lake, tmp_path):
    exported = juesuan("export", tmp_path / "out", **in_lake.variables)
    assert exported.exit_code == 0
    assert (tmp_path / "out" / "fct_disclosed_figures.parquet").is_file()
    with open_for_reading(in_lake.lake) as connection:
        (figure,) = connection.execute("select min(figure_id) from staging.figures").fetchone()
    explained = juesuan("explain", figure, **in_lake.variables)
    assert explained.exit_code == 0
    assert figure in explained.output


def test_the_explorer_shows_the_same_pages(in_lake, samples):
    def pages(warehouse: Path | Lake) -> list[str]:
        app = create_app(warehouse, SAMPLES_DIR, Language.ZH, ["testserver"])
        with TestClient(app) as client:
            found = [client.get(address) for address in ("/", "/discrepancies", "/quality")]
        assert [answer.status_code for answer in found] == [200, 200, 200]
        return [answer.text for answer in found]

    of_lake, of_file = pages(in_lake.lake), pages(samples.path)
    assert [len(text) > 1000 for text in of_lake] == [True] * 3
    assert of_lake[1] == of_file[1]


def test_a_run_without_news_changes_nothing(in_lake):
    with open_for_reading(in_lake.lake) as connection:
        before = connection.execute("select max(snapshot_id) from lake.snapshots()").fetchone()
    again = juesuan("run", **in_lake.variables)
    assert again.exit_code == in_lake.answer.exit_code
    with open_for_reading(in_lake.lake) as connection:
        assert (
            before == connection.execute("select max(snapshot_id) from lake.snapshots()").fetchone()
        )

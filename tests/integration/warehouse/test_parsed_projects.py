"""A project is parsed once for all warehouses, and again wherever it may be another."""

from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner

from pipelines.warehouse import parsed_projects
from pipelines.warehouse.connection import MemoryBounds, open_for_writing
from pipelines.warehouse.parsed_projects import SUFFIX, keep_parsed, parsed_file, take_parsed
from pipelines.warehouse.schema import apply_staging_schema
from pipelines.warehouse.transforming import DbtProject
from tests.dbt_copy import copy_dbt_project
from tests.made_settings import made_settings
from tests.paths import PROJECT_DIR

PROJECT = PROJECT_DIR / "dbt_project"


def project_in(folder: Path, cache: Path | None, source: Path = PROJECT) -> DbtProject:
    """The project at work for a warehouse in a folder."""
    return DbtProject(source, folder / "w.dbt", cache, MemoryBounds(2**30, folder / "spill"))


def parsings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What dbt is called for from now on."""
    called: list[str] = []
    invoke = dbtRunner.invoke

    def counted(self: dbtRunner, arguments: list[str], **more: object) -> object:
        called.append(arguments[0])
        return invoke(self, arguments, **more)

    monkeypatch.setattr(dbtRunner, "invoke", counted)
    return called


def test_a_copy_for_another_name_is_not_parsed_and_builds_alike(tmp_path, monkeypatch):
    called = parsings(monkeypatch)
    cache = made_settings().cache_dir
    sql = []
    for name, source in (("first", PROJECT), ("second", copy_dbt_project(tmp_path))):
        project = project_in(tmp_path / name, cache, source)
        database = tmp_path / name / f"{name}.duckdb"
        with open_for_writing(database) as connection:
            apply_staging_schema(connection)
        results = project.build_checks(database, with_seeds=True)
        assert {result["status"] for result in results.values()} == {"success"}
        nodes = project._manifest_for(database).nodes.values()
        assert {node.root_path for node in nodes if node.resource_type == "seed"} == {str(source)}
        compiled = sorted((tmp_path / name / "w.dbt" / "target" / "run").rglob("*.sql"))
        texts = {path.name: path.read_text(encoding="utf-8") for path in compiled}
        assert any(f'"{name}".' in text for text in texts.values())
        sql.append({each: text.replace(f'"{name}".', "") for each, text in texts.items()})
    # Another test may have had it parsed already.
    assert called in (["build", "build"], ["parse", "build", "build"])
    assert sql[0].keys() == sql[1].keys()
    assert sql[0] == sql[1]


def test_another_project_is_parsed_for_itself(tmp_path):
    copied = copy_dbt_project(tmp_path)
    before = parsed_file(tmp_path, copied)
    assert parsed_file(tmp_path, PROJECT) == before
    with (copied / "macros" / "comments.sql").open("a", encoding="utf-8") as macro:
        macro.write("\n")
    assert parsed_file(tmp_path, copied) != before


@pytest.fixture(scope="module")
def parsed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parsed")
    project = project_in(folder, made_settings().cache_dir)
    return project._manifest_for(folder / "juesuan.duckdb")


def test_what_was_spoilt_or_cannot_be_read_is_passed_over(parsed, tmp_path):
    kept = tmp_path / f"x{SUFFIX}"
    assert take_parsed(kept, PROJECT, "juesuan") is None
    keep_parsed(kept, parsed)
    taken = take_parsed(kept, PROJECT, "juesuan")
    assert taken is not None
    assert taken.nodes == parsed.nodes
    assert taken.flat_graph.keys() == parsed.flat_graph.keys()
    for content in (b"", kept.read_bytes()[:-1], kept.read_bytes().replace(b"juesuan", b"JUESUAN")):
        kept.write_bytes(content)
        assert take_parsed(kept, PROJECT, "juesuan") is None


def test_a_folder_that_cannot_be_written_costs_nothing(parsed, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    keep_parsed(tmp_path / "file" / f"x{SUFFIX}", parsed)
    assert take_parsed(tmp_path / "file" / f"x{SUFFIX}", PROJECT, "juesuan") is None
    assert (tmp_path / "file").read_text(encoding="utf-8") == "no folder"


def test_what_was_not_asked_for_longest_gives_way(parsed, tmp_path, monkeypatch):
    monkeypatch.setattr(parsed_projects, "KEPT", 2)
    for name in "abc":
        keep_parsed(tmp_path / f"{name}{SUFFIX}", parsed)
        assert take_parsed(tmp_path / f"a{SUFFIX}", PROJECT, "juesuan") or name == "c"
    assert {path.stem for path in tmp_path.glob(f"*{SUFFIX}")} == {"a", "c"}

"""Has dbt build everything on small invented disclosures.

Knows how dbt is called in tests. Does not know what any disclosure should come to.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest

from pipelines.warehouse.kept_templates import templates_file, templates_kept
from pipelines.warehouse.parsed_projects import keep_parsed, parsed_file, take_parsed
from pipelines.warehouse.transforming import as_parsed, hasten
from tests.dbt_copy import copy_dbt_project
from tests.integration.dbt.staged import Disclosed, stage
from tests.made_settings import made_settings
from tests.paths import PROJECT_DIR

Query = Callable[..., list[tuple]]

# What dbt tests on rows of its own is the same whatever is staged: see test_build.py.
WITHOUT_UNIT_TESTS = ("--exclude-resource-types", "unit_test")
NO_TESTS = (*WITHOUT_UNIT_TESTS, "test")


def build_documents(
    folder: Path,
    documents: tuple[Disclosed, ...],
    accepted: str = "",
    changed: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
    options: tuple[str, ...] = WITHOUT_UNIT_TESTS,
) -> tuple[Path, dict[str, str]]:
    """Stage documents and build the marts: the warehouse, and how each node of the build ended.

    With accepted exceptions, lines of their seed, it is a copy of the project that is built. What
    is staged may be changed before it is built from. Options of dbt say what is left out.
    """
    warehouse = folder / "juesuan.duckdb"
    stage(warehouse, documents)
    if changed is not None:
        with duckdb.connect(str(warehouse)) as connection:
            changed(connection)
    project = str(PROJECT_DIR / "dbt_project")
    if accepted:
        copied = copy_dbt_project(folder)
        with (copied / "seeds/audit/accepted_exceptions.csv").open("a", encoding="utf-8") as seed:
            seed.write(accepted)
        project = str(copied)
    return warehouse, _build(warehouse, folder, project, *options)


def evaluate_identities(warehouse: Path, folder: Path, *further: str) -> None:
    """Build the checks and the equations that they are, and nothing that is made of these.

    Args:
        warehouse: The warehouse with its staging tables.
        folder: Where dbt may write.
        further: Models to build as well.
    """
    statuses = _build(
        *(warehouse, folder, str(PROJECT_DIR / "dbt_project")),
        *("--select", "+int_equations__signed", *(f"+{model}" for model in further)),
        *NO_TESTS,
    )
    assert set(statuses.values()) == {"success"}


def _build(warehouse: Path, folder: Path, project: str, *options: str) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUESUAN_WAREHOUSE_PATH", str(warehouse))
        answer = _ask_dbt(as_parsed(_parse(project)), "build", project, folder, *options)
    DuckDBConnectionManager.close_all_connections()
    assert answer.result is not None, answer.exception
    return {result.node.name: str(result.status) for result in answer.result.results}


# The project itself, and a changed copy of it.
@lru_cache(maxsize=2)
def _parse(project: str) -> Manifest:
    """The project, parsed once: all warehouses of tests have one name, which stands in it."""
    kept = _kept(project)
    if (parsed := take_parsed(kept, Path(project), "juesuan")) is not None:
        return parsed
    with TemporaryDirectory() as folder:
        answer = _ask_dbt(None, "parse", project, Path(folder))
    assert isinstance(answer.result, Manifest), answer.exception
    keep_parsed(kept, answer.result)
    return answer.result


def _kept(project: str) -> Path:
    cache_dir = made_settings().cache_dir
    assert cache_dir is not None
    return parsed_file(cache_dir, Path(project))


def _ask_dbt(
    manifest: Manifest | None, command: str, project: str, folder: Path, *options: str
) -> dbtRunnerResult:
    hasten()
    with templates_kept(templates_file(_kept(project)) if manifest else None):
        return dbtRunner(manifest=manifest).invoke(
            [
                command,
                *("--project-dir", project, "--profiles-dir", project),
                *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
                *("--log-level", "none", "--log-level-file", "info", "--no-write-json"),
                *("--no-version-check", *options),
            ]
        )


def tiers(query: Query, document: Disclosed, identity_id: str) -> dict[str, str]:
    return dict(
        query(
            "select scope_key, tier from marts.fct_identity_checks "
            "where document_id = ? and identity_id = ?",
            document.document_id,
            identity_id,
        )
    )


def amounts(total: str, basic: str, project: str) -> dict[str, str]:
    return {"total": total, "basic": basic, "project": project}

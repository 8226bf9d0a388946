"""Has dbt build everything on small invented disclosures.

Knows how dbt is called in tests. Does not know what any disclosure should come to.
"""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from tests.dbt_copy import copy_dbt_project
from tests.integration.dbt.staged import Disclosed, stage
from tests.paths import PROJECT_DIR

Query = Callable[..., list[tuple]]


def build_documents(
    folder: Path,
    documents: tuple[Disclosed, ...],
    accepted: str = "",
    changed: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
) -> tuple[Path, dict[str, str]]:
    """Stage documents and build the marts: the warehouse, and how each node of the build ended.

    With accepted exceptions, lines of their seed, it is a copy of the project that is built. What
    is staged may be changed before it is built from.
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
    return warehouse, _build(warehouse, folder, project)


def evaluate_identities(warehouse: Path, folder: Path) -> None:
    """Build the checks and the equations that they are, and nothing that is made of these.

    Args:
        warehouse: The warehouse with its staging tables.
        folder: Where dbt may write.
    """
    statuses = _build(
        *(warehouse, folder, str(PROJECT_DIR / "dbt_project")),
        *("--select", "+int_equations__signed"),
        *("--exclude-resource-types", "test", "unit_test"),
    )
    assert set(statuses.values()) == {"success"}


def _build(warehouse: Path, folder: Path, project: str, *options: str) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUESUAN_WAREHOUSE_PATH", str(warehouse))
        answer = dbtRunner().invoke(
            [
                "build",
                *("--project-dir", project, "--profiles-dir", project),
                *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
                *("--log-level", "none", "--no-version-check", *options),
            ]
        )
    DuckDBConnectionManager.close_all_connections()
    assert answer.result is not None, answer.exception
    return {result.node.name: str(result.status) for result in answer.result.results}


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

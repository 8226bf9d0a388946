"""Remembers what the marts were built from, so that nothing is built twice.

Knows ``staging.builds`` and how to tell that the dbt project changed. Does not know how the marts
are built, nor which documents they have to be built for.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

import duckdb

from pipelines.warehouse.rows import insert_rows, utc_now
from pipelines.warehouse.transactions import transaction

# Folders and files that dbt itself writes into its project.
WRITTEN_BY_DBT = frozenset({"target", "logs", "dbt_packages", ".user.yml"})
LATEST = "select digest, outcome, summary from staging.builds order by built_at desc limit 1"


class BuildOutcome(StrEnum):
    """How a build ended."""

    RUNNING = "running"  # or ended without anybody being able to say so
    BUILT = "built"
    TESTS_FAILED = "tests_failed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TestFinding:
    """A dbt test or model that did not simply pass.

    Attributes:
        name: Its name in the dbt project.
        row_count: Number of rows a test found, 0 where it could not run.
        message: What dbt says, in one line.
    """

    __test__ = False  # it is no pytest class

    name: str
    row_count: int
    message: str


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did.

    Attributes:
        model_count: Models and seeds built.
        passed_count: Tests that passed.
        warned: Tests of severity ``warn`` that found rows.
        failed: Tests of severity ``error`` that found rows.
        broken: Models and tests that could not run.
        skipped_count: Nodes skipped because of those before them.
    """

    model_count: int
    passed_count: int
    warned: tuple[TestFinding, ...]
    failed: tuple[TestFinding, ...]
    broken: tuple[TestFinding, ...]
    skipped_count: int

    @property
    def outcome(self) -> BuildOutcome:
        """The outcome in one word."""
        if self.broken:
            return BuildOutcome.FAILED
        return BuildOutcome.TESTS_FAILED if self.failed else BuildOutcome.BUILT


def project_digest(dbt_project_dir: Path) -> str:
    """What tells one dbt project and program from another, in hexadecimal digits."""
    digest = hashlib.sha256(version("juesuan").encode())
    for path in sorted(_project_files(dbt_project_dir)):
        digest.update(path.relative_to(dbt_project_dir).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def latest_build(connection: duckdb.DuckDBPyConnection, digest: str) -> BuildSummary | None:
    """What the latest build did, if it was of this project and came to an end, else None."""
    latest = connection.execute(LATEST).fetchone()
    ended = (BuildOutcome.BUILT, BuildOutcome.TESTS_FAILED)
    if latest is None or latest[0] != digest or latest[1] not in ended:
        return None
    return _summary_from_json(latest[2])


def failed_tests(connection: duckdb.DuckDBPyConnection) -> tuple[TestFinding, ...]:
    """The tests of severity ``error`` that found rows in what stands in the marts."""
    latest = connection.execute(LATEST).fetchone()
    if latest is None or latest[1] != BuildOutcome.TESTS_FAILED:
        return ()
    return _summary_from_json(latest[2]).failed


def is_of_another_project(connection: duckdb.DuckDBPyConnection, digest: str) -> bool:
    """Whether what stands in the marts, if anything, was built by another project."""
    latest = connection.execute(LATEST).fetchone()
    return latest is None or latest[0] != digest


def record_start(connection: duckdb.DuckDBPyConnection, digest: str) -> None:
    """Note that a build begins: from now on no earlier build stands."""
    insert_rows(
        connection,
        "staging.builds",
        [
            {
                "digest": digest,
                "built_at": utc_now(),
                "outcome": BuildOutcome.RUNNING,
                "summary": "{}",
            }
        ],
    )


def record_end(connection: duckdb.DuckDBPyConnection, digest: str, summary: BuildSummary) -> None:
    """Note how the build that began last ended."""
    with transaction(connection):
        connection.execute(
            """
            update staging.builds set outcome = ?, summary = ?
            where digest = ? and built_at = (select max(built_at) from staging.builds)
            """,
            [summary.outcome, json.dumps(asdict(summary), ensure_ascii=False), digest],
        )


def _project_files(dbt_project_dir: Path) -> Iterator[Path]:
    for path in dbt_project_dir.rglob("*"):
        inside = path.relative_to(dbt_project_dir).parts
        if path.is_file() and WRITTEN_BY_DBT.isdisjoint(inside):
            yield path


def _summary_from_json(text: str) -> BuildSummary:
    stored = json.loads(text)
    for name in ("warned", "failed", "broken"):
        stored[name] = tuple(TestFinding(**finding) for finding in stored[name])
    return BuildSummary(**stored)

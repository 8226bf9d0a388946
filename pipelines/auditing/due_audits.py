"""Tells which documents have to be audited: those that fail their identities in a new way.

Knows where dbt leaves the checks and which of them were audited before. Imports nothing that
audits: whether there is anything to audit is asked every night, and auditing is rare.
"""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import duckdb

from pipelines.reading.scans.models import can_read_pictures
from pipelines.warehouse.connection import has_relation

CHECKS = "int_identity_checks__attributed"
STATES = """
    select
        document_id,
        count(*) || ':' || bit_xor(hash(check_id, tier, left_yuan, right_yuan))
            as state
    from intermediate.int_identity_checks__attributed
    group by document_id
    having bool_or(tier = 'violation' and severity = 'hard')
    order by document_id
"""
DOUBTFUL = """
    select distinct figures.document_id
    from staging.figures as figures
    anti join staging.repaired_documents as repaired
        on figures.document_id = repaired.document_id and repaired.state = $state
    where figures.is_doubtful
    order by figures.document_id
"""


def plan_audits(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, str], list[str]]:
    """Documents to audit with the state of their checks, and audited ones that hold by now."""
    if not has_relation(connection, "intermediate", CHECKS):
        return {}, []
    states = {
        document_id: f"{audit_version()}:{state}"
        for document_id, state in connection.execute(STATES).fetchall()
    }
    audited = dict(
        connection.execute("select document_id, state from staging.audited_documents").fetchall()
    )
    due = {key: state for key, state in states.items() if audited.get(key) != state}
    return due, [key for key in audited if key not in states]


def plan_repairs(connection: duckdb.DuckDBPyConnection, project: str) -> dict[str, str]:
    """Documents whose doubtful numbers have to be decided, with the state to note for each.

    Args:
        connection: A database with staged documents.
        project: Digest of the dbt project, whose identities decide.
    """
    state = f"{audit_version()}:{project}"
    found = connection.execute(DOUBTFUL, {"state": state}).fetchall()
    return dict.fromkeys((document_id for (document_id,) in found), state)


@lru_cache(maxsize=1)
def audit_version() -> str:
    """The version of everything that decides what an audit finds."""
    # Where digits can be recognised, numbers are looked at, too.
    digest = hashlib.sha256(str(can_read_pictures()).encode())
    for package in ("camelot-py", "highspy", "pdfplumber"):
        digest.update(version(package).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

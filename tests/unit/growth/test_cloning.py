"""Clones are other documents of other departments, and otherwise what was cloned."""

from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.schema import apply_staging_schema
from tests.growth.cloning import Clone, add_clones, cloneable_documents, clones, insert_statement

FIRST, SECOND, AUDITED = "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"


def stage(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    """Insert one row, with something in every column that must not be null."""
    columns = connection.execute(
        """
        select column_name, data_type from duckdb_columns()
        where schema_name = 'staging' and table_name = $1 and not is_nullable
        """,
        [table],
    ).fetchall()
    fillers = {"VARCHAR": "x", "VARCHAR[]": ["x"], "BOOLEAN": False, "TIMESTAMP": "2026-01-01"}
    row = {name: fillers.get(data_type, 0) for name, data_type in columns} | values
    placeholders = ", ".join("?" for _ in row)
    connection.execute(
        f"insert into staging.{table} ({', '.join(row)}) values ({placeholders})",
        list(row.values()),
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "source.duckdb"
    with duckdb.connect(str(path)) as connection:
        apply_staging_schema(connection)
        for document_id, name in ((FIRST, "甲局"), (SECOND, ""), (AUDITED, "丙局")):
            sha256 = document_id.ljust(64, "0")
            evidence = f'{{"department_name": "{name}2023年度"}}'
            stage(
                connection,
                "documents",
                document_id=document_id,
                sha256=sha256,
                file_name="决算.pdf",
                department_name=name,
                evidence=evidence,
            )
            stage(connection, "files", file_path="a/决算.pdf", sha256=sha256)
            stage(connection, "forms", document_id=document_id, entity_text=name)
            stage(connection, "figures", document_id=document_id, figure_id=f"f{document_id[1:]}")
        for number, whole in (("1", None), ("2", "1" * 16)):
            stage(
                connection,
                "claims",
                document_id=FIRST,
                claim_id=number * 16,
                whole_claim_id=whole,
                sentence="甲局支出3万元。",
            )
        stage(connection, "publications", document_id=FIRST, superseded_by_document_id="")
        stage(connection, "publications", document_id=SECOND, superseded_by_document_id=FIRST)
        connection.execute(
            "update staging.documents set file_kind = 'pdf' where document_id in (?, ?)",
            [SECOND, AUDITED],
        )
        stage(connection, "audited_documents", document_id=FIRST)
        stage(connection, "audited_documents", document_id=AUDITED)
        stage(connection, "runs", run_id="of no document")
        connection.execute("create view staging.stg_figures as from staging.figures")
    return path


@pytest.fixture(scope="module")
def cloned(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cloned") / "cloned.duckdb"
    add_clones(source, path, clones([FIRST, SECOND], 3, first_number=5))
    return path


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_pdfs_that_contradict_something_are_not_cloned(source):
    assert set(cloneable_documents(source)) == {FIRST, SECOND}


def test_clones_come_in_rounds_of_all_documents():
    assert clones(["a", "b"], 3) == [Clone("a", 0), Clone("b", 0), Clone("a", 1)]


def test_each_clone_is_another_document_of_another_department(cloned):
    query = "select department_name, file_name from staging.documents order by rowid"
    assert rows(cloned, query) == [
        ("甲局5", "5-决算.pdf"),
        ("", "5-决算.pdf"),
        ("甲局6", "6-决算.pdf"),
    ]
    (counts,) = rows(
        cloned, "select count(distinct document_id), count(distinct sha256) from staging.documents"
    )
    assert counts == (3, 3)


def test_a_document_is_still_called_by_the_beginning_of_its_digest(cloned):
    for document_id, sha256 in rows(cloned, "select document_id, sha256 from staging.documents"):
        assert document_id == sha256[:16]
        assert len(sha256) == 64
        assert set(sha256) <= set("0123456789abcdef")


def test_the_name_follows_wherever_the_document_gives_it(cloned):
    assert rows(cloned, "select entity_text from staging.forms order by rowid") == [
        ("甲局5",),
        ("",),
        ("甲局6",),
    ]
    (first,) = rows(cloned, "select evidence from staging.documents order by rowid limit 1")
    assert first == ('{"department_name": "甲局52023年度"}',)


def test_prose_keeps_its_words_so_that_places_in_it_stay_true(cloned):
    assert rows(cloned, "select distinct sentence from staging.claims") == [("甲局支出3万元。",)]


@pytest.mark.parametrize("table", ["forms", "figures", "claims"])
def test_every_row_is_of_a_staged_document(cloned, table):
    query = f"select count(*) from staging.{table} anti join staging.documents using (document_id)"
    assert rows(cloned, query) == [(0,)]


def test_files_are_those_of_the_documents(cloned):
    query = """
        select count(*), count(distinct sha256)
        from staging.files
        semi join staging.documents using (sha256)
    """
    assert rows(cloned, query) == [(3, 3)]


def test_a_part_stays_a_part_of_its_own_documents_claim(cloned):
    query = """
        select count(*), count(distinct wholes.claim_id)
        from staging.claims as parts
        inner join staging.claims as wholes
            on parts.whole_claim_id = wholes.claim_id and parts.document_id = wholes.document_id
    """
    assert rows(cloned, query) == [(2, 2)]
    assert rows(cloned, "select count(*) from staging.claims where whole_claim_id is null") == [
        (2,)
    ]


def test_what_replaced_a_document_is_the_clone_of_the_same_number(cloned):
    query = """
        select superseded_by_document_id = documents.document_id
        from staging.publications
        inner join staging.documents on documents.department_name = '甲局5'
        where superseded_by_document_id <> ''
    """
    assert rows(cloned, query) == [(True,)]


def test_what_is_of_no_document_is_not_cloned(cloned):
    assert rows(cloned, "select count(*) from staging.runs") == [(0,)]


@pytest.mark.parametrize("table", ["builds", "built_documents", "quality_history"])
def test_what_was_built_of_a_document_is_not_built_of_its_clone(table):
    assert insert_statement(table, ["document_id", "state"]) == ""


def test_more_clones_are_added_to_those_that_are_there(source, tmp_path):
    path = tmp_path / "cloned.duckdb"
    for number in (0, 1):
        add_clones(source, path, [Clone(FIRST, number)])
    counted = "select count(*), count(distinct figure_id) from staging.figures"
    assert rows(path, counted) == [(2, 2)]


def test_the_same_clone_is_always_the_same(source, cloned, tmp_path):
    path = tmp_path / "again.duckdb"
    add_clones(source, path, [Clone(FIRST, 6)])
    (again,) = rows(path, "select figure_id, document_id from staging.figures")
    assert again in rows(cloned, "select figure_id, document_id from staging.figures")

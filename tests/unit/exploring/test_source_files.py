"""The file of a document, wherever it lies, as long as it is the one that was read."""

import hashlib
from pathlib import Path

import duckdb
import pytest

from pipelines.exploring.source_files import NoPictureError, find_source
from tests.unit.acquiring.packed import zip_of

CONTENT = b"%PDF-1.7 one"
STAGED = """
    create schema staging;
    create table staging.files (file_path varchar, sha256 varchar);
    create table staging.documents (document_id varchar, file_name varchar, sha256 varchar);
"""


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute(STAGED)
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    made.execute("insert into staging.documents values ('one', '决算.pdf', ?)", [sha256])
    for path in ("a.zip!/公开/决算.pdf", "b/决算.pdf"):
        made.execute("insert into staging.files values (?, ?)", [path, sha256])
    return made


def pack(raw_dir: Path, content: bytes) -> None:
    (raw_dir / "a.zip").write_bytes(zip_of({"公开/决算.pdf": content}))


def test_a_file_in_an_archive_is_found_in_it(connection, tmp_path):
    pack(tmp_path, CONTENT)
    source = find_source(connection, "one", tmp_path)
    assert (source.path, source.member) == ((tmp_path / "a.zip").resolve(), "公开/决算.pdf")
    assert source.read_bytes() == CONTENT


def test_a_copy_beside_the_archive_will_do(connection, tmp_path):
    pack(tmp_path, b"another")
    (tmp_path / "b").mkdir()
    (tmp_path / "b/决算.pdf").write_bytes(CONTENT)
    assert find_source(connection, "one", tmp_path).path == (tmp_path / "b/决算.pdf").resolve()


@pytest.mark.parametrize(
    ("packed", "said"),
    [(b"another", "is another file than the one that was read"), (None, "is not under")],
)
def test_a_file_that_is_another_or_gone_is_not_given(connection, tmp_path, packed, said):
    if packed is not None:
        pack(tmp_path, packed)
    with pytest.raises(NoPictureError, match=said):
        find_source(connection, "one", tmp_path)


def test_an_archive_that_is_broken_by_now_gives_nothing(connection, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(NoPictureError, match="another file"):
        find_source(connection, "one", tmp_path)

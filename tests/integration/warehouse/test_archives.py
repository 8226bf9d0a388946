"""Files in archives are files: read, recorded and left alone like those that lie beside them."""

import hashlib
import os
import signal
from pathlib import Path

import pytest

from pipelines.acquiring.archives import Bounds
from pipelines.acquiring.raw_files import find_raw_files
from pipelines.acquiring.sources import locate
from pipelines.domain.interruptions import Interrupted
from pipelines.warehouse import unfolding
from pipelines.warehouse.connection import open_for_reading
from pipelines.warehouse.ingesting import IngestSummary, Progress, ingest, standing_ingestion
from tests.executors import ONE_PROCESS
from tests.integration.warehouse.fake_reader import read_fake
from tests.unit.acquiring.packed import nested, with_flag, zip_of


class Warehouse:
    """A raw directory, and what is read from it."""

    def __init__(self, folder: Path) -> None:
        self.raw_dir = folder / "raw"
        self.raw_dir.mkdir()
        self.path = folder / "deep" / "warehouse.duckdb"

    def put(self, name: str, content: bytes) -> None:
        """Put a file into the raw directory."""
        path = self.raw_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def ingest(self, version: str = "1", **options: object) -> IngestSummary:
        """Read what is new."""
        return ingest(
            self.raw_dir,
            self.path,
            executor=ONE_PROCESS,
            reader=read_fake,
            reader_version=version,
            work_dir=self.path.parent,
            **{"on_progress": lambda _: None, **options},
        )

    def rows(self, query: str) -> list[tuple]:
        """Ask the warehouse."""
        with open_for_reading(self.path) as connection:
            return connection.execute(query).fetchall()

    def files(self) -> dict[str, tuple[str, str]]:
        """Status and reason of every recorded file."""
        found = self.rows("select file_path, status, reason from staging.files order by all")
        return {path: (status, reason) for path, status, reason in found}

    def stands(self, version: str = "1") -> bool:
        """Whether another run would find nothing to do."""
        with open_for_reading(self.path) as connection:
            return standing_ingestion(connection, self.raw_dir, version) is not None


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path)


def test_files_in_an_archive_are_read_under_their_paths_in_it(warehouse):
    inner = zip_of({"决算.pdf": b"three"})
    warehouse.put("县/a.zip", zip_of({"公开/决算.pdf": b"one", "b.pdf": b"two", "乙.zip": inner}))
    warehouse.put("c.pdf", b"four")
    summary = warehouse.ingest()
    assert warehouse.files() == {
        "c.pdf": ("read", ""),
        "县/a.zip": ("unpacked", ""),
        "县/a.zip!/b.pdf": ("read", ""),
        "县/a.zip!/乙.zip": ("unpacked", ""),
        "县/a.zip!/乙.zip!/决算.pdf": ("read", ""),
        "县/a.zip!/公开/决算.pdf": ("read", ""),
    }
    assert len(summary.newly_read) == 4
    assert warehouse.rows("select distinct file_name from staging.documents order by all") == [
        ("b.pdf",), ("c.pdf",), ("决算.pdf",)
    ]  # fmt: skip
    assert [each.name for each in warehouse.path.parent.iterdir()] == [warehouse.path.name]


def test_an_archive_that_is_as_it_was_is_not_even_opened(warehouse, monkeypatch):
    warehouse.put("a.zip", zip_of({"a.pdf": b"one", "b.pdf": b"refuse"}))
    warehouse.put("c.docx", b"two")
    warehouse.ingest()
    before = warehouse.files()
    assert before["a.zip!/b.pdf"] == ("rejected", "encrypted")
    assert warehouse.stands()
    opened = []
    monkeypatch.setattr(unfolding, "is_archive", lambda path: opened.append(path.name))
    warehouse.put("new.pdf", b"three")
    second = warehouse.ingest()
    assert (second.newly_read, second.newly_rejected, second.vanished) == (("new.pdf",), (), ())
    assert opened == ["new.pdf"]
    assert warehouse.files() == before | {"new.pdf": ("read", "")}


def test_a_member_that_was_replaced_replaces_its_document(warehouse):
    warehouse.put("a.zip", zip_of({"a.pdf": b"one", "b.pdf": b"two"}))
    warehouse.ingest()
    warehouse.put("a.zip", zip_of({"a.pdf": b"one", "b.pdf": b"another", "c.pdf": b"three"}))
    assert not warehouse.stands()
    second = warehouse.ingest()
    assert second.newly_read == ("a.zip!/b.pdf", "a.zip!/c.pdf")
    (found,) = warehouse.rows("select sha256 from staging.files where file_path = 'a.zip!/b.pdf'")
    assert found == (hashlib.sha256(b"another").hexdigest(),)


def test_a_member_that_is_gone_is_told_of(warehouse):
    warehouse.put("a.zip", zip_of({"a.pdf": b"one", "b.pdf": b"two"}))
    warehouse.ingest()
    warehouse.put("a.zip", zip_of({"a.pdf": b"one"}))
    assert warehouse.ingest().vanished == ("a.zip!/b.pdf",)
    (warehouse.raw_dir / "a.zip").unlink()
    assert warehouse.ingest().vanished == ("a.zip", "a.zip!/a.pdf")


def test_an_archive_that_was_only_touched_or_moved_is_not_read_again(warehouse):
    warehouse.put("a.zip", zip_of({"a.pdf": b"one"}))
    warehouse.ingest()
    os.utime(warehouse.raw_dir / "a.zip", (1, 1))
    assert warehouse.ingest().newly_read == ()
    assert warehouse.stands()
    (warehouse.raw_dir / "a.zip").rename(warehouse.raw_dir / "b.zip")
    assert warehouse.ingest().newly_read == ()
    assert warehouse.files() == {"b.zip": ("unpacked", ""), "b.zip!/a.pdf": ("read", "")}


def test_a_member_takes_over_when_the_file_with_its_content_is_gone(warehouse):
    warehouse.put("0.pdf", b"one")
    warehouse.put("a.zip", zip_of({"a.pdf": b"one"}))
    warehouse.ingest()
    assert warehouse.files()["a.zip!/a.pdf"] == ("duplicate", "duplicate")
    (warehouse.raw_dir / "0.pdf").unlink()
    assert warehouse.ingest().newly_read == ()
    assert warehouse.files()["a.zip!/a.pdf"] == ("read", "")


def test_of_two_archives_with_the_same_content_one_is_unpacked(warehouse):
    for name in ("a.zip", "b.zip"):
        warehouse.put(name, zip_of({"a.pdf": b"one"}))
    warehouse.ingest()
    assert warehouse.files() == {
        "a.zip": ("unpacked", ""),
        "a.zip!/a.pdf": ("read", ""),
        "b.zip": ("duplicate", "duplicate"),
    }
    assert warehouse.stands()
    (warehouse.raw_dir / "a.zip").unlink()
    assert warehouse.ingest().newly_read == ()
    assert warehouse.files() == {"b.zip": ("unpacked", ""), "b.zip!/a.pdf": ("read", "")}


def test_another_reader_reads_what_is_in_archives_again(warehouse):
    warehouse.put("a.zip", zip_of({"a.pdf": b"one"}))
    warehouse.ingest()
    assert not warehouse.stands(version="2")
    assert warehouse.ingest(version="2").newly_read == ("a.zip!/a.pdf",)
    assert warehouse.stands(version="2")


def test_what_cannot_be_unpacked_is_named_and_costs_nothing_else(warehouse):
    broken = bytearray(zip_of({"a.pdf": b"one" * 99, "b.pdf": b"two"}))
    broken[broken.index(b"a.pdf") + 6] ^= 0xFF
    warehouse.put("broken.zip", bytes(broken))
    warehouse.put("deep.zip", nested(b"%PDF-", 60))
    warehouse.put("empty.zip", zip_of({}))
    warehouse.put("locked.zip", with_flag(zip_of({"a.pdf": b"x"}), 1, 0))
    summary = warehouse.ingest()
    assert warehouse.files() == {
        "broken.zip": ("unpacked", ""),
        "broken.zip!/a.pdf": ("rejected", "damaged"),
        "broken.zip!/b.pdf": ("read", ""),
        "deep.zip": ("unpacked", ""),
        "deep.zip!/59.zip": ("unpacked", ""),
        "deep.zip!/59.zip!/58.zip": ("unpacked", ""),
        "deep.zip!/59.zip!/58.zip!/57.zip": ("rejected", "too_deep"),
        "empty.zip": ("rejected", "empty_archive"),
        "locked.zip": ("rejected", "encrypted"),
    }
    messages = {record.file_path: record.message for record in summary.records if record.message}
    assert list(messages) == list(summary.newly_rejected)
    assert all(message.startswith(f"{path}: a") for path, message in messages.items())
    assert warehouse.stands()
    assert warehouse.ingest().newly_rejected == ()


def test_an_archive_that_is_too_large_is_tried_again_once_touched(warehouse):
    warehouse.put("a.zip", zip_of({"a.pdf": b"one"}))
    warehouse.ingest(bounds=Bounds(byte_count=2))
    assert warehouse.files() == {"a.zip": ("rejected", "too_large")}
    assert warehouse.ingest().newly_read == ()
    os.utime(warehouse.raw_dir / "a.zip", (1, 1))
    assert warehouse.ingest().newly_read == ("a.zip!/a.pdf",)


def test_an_interrupted_run_does_not_take_an_archive_for_read(warehouse):
    def stop(progress: Progress) -> None:
        if progress.done:
            raise Interrupted(signal.SIGINT)

    warehouse.put("a.zip", zip_of({"a.pdf": b"one", "b.pdf": b"two", "c.pdf": b"three"}))
    with pytest.raises(Interrupted):
        warehouse.ingest(on_progress=stop)
    assert "a.zip" not in warehouse.files()
    read = {path for path in warehouse.files() if path.endswith(".pdf")}
    assert read
    second = warehouse.ingest()
    assert set(second.newly_read) == {"a.zip!/a.pdf", "a.zip!/b.pdf", "a.zip!/c.pdf"} - read
    assert warehouse.stands()


def test_a_file_in_an_archive_is_found_again(warehouse):
    inner = zip_of({"决算.pdf": b"inner"})
    warehouse.put("县/a.zip", zip_of({"公开/b.pdf": b"outer", "乙.zip": inner}))
    for path, content in (
        ("县/a.zip!/公开/b.pdf", b"outer"),
        ("县/a.zip!/乙.zip!/决算.pdf", b"inner"),
    ):
        source = locate(warehouse.raw_dir, path)
        assert (source.read_bytes(), source.name) == (content, path.rpartition("/")[2])
        assert source.digest() == hashlib.sha256(content).hexdigest()
    with pytest.raises(FileNotFoundError):
        locate(warehouse.raw_dir, "县/a.zip!/c.pdf").read_bytes()
    assert locate(warehouse.raw_dir, "县/b.zip!/c.pdf") is None
    assert locate(warehouse.raw_dir, "../warehouse.duckdb") is None


def test_a_file_whose_name_was_in_gb_18030_is_found_again(warehouse):
    name = os.fsdecode("决算.pdf".encode("gb18030"))
    warehouse.put(name, b"one")
    (file,) = find_raw_files(warehouse.raw_dir)
    assert locate(warehouse.raw_dir, file.relative_path).read_bytes() == b"one"

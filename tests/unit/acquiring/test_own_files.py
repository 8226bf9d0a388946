"""What this program wrote is told from what people put beside it, by what it is."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines.acquiring.own_files import (
    claim_folder,
    is_own_file,
    is_own_folder,
    remember_written,
)
from pipelines.acquiring.raw_files import find_raw_files
from pipelines.domain.night_news import Acknowledgement, Trouble, TroubleKind
from pipelines.warehouse.acknowledgements import write_acknowledgement
from pipelines.warehouse.diary import DiaryEntry, diary_of, write_entry
from pipelines.warehouse.night_memory import NightMemory, memory_of, remember
from pipelines.warehouse.rows import utc_now


def put(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(folder: Path) -> list[str]:
    return [file.relative_path for file in find_raw_files(folder)]


def test_a_claimed_folder_is_passed_over_with_all_that_is_in_it(tmp_path):
    claim_folder(tmp_path / "w.draft", {"base.json"})
    put(tmp_path / "w.draft" / "base.json")
    put(tmp_path / "w.draft" / "batch" / "w.duckdb")
    put(tmp_path / "w.drafts" / "决算.docx")
    assert found(tmp_path) == ["w.drafts/决算.docx"]


def test_a_folder_in_which_somebody_put_a_document_is_not_claimed(tmp_path):
    put(tmp_path / "w.draft" / "决算.docx")
    claim_folder(tmp_path / "w.draft", {"base.json"})
    assert not is_own_folder(tmp_path / "w.draft")
    assert found(tmp_path) == ["w.draft/决算.docx"]


def test_the_cache_of_another_program_is_not_ours(tmp_path):
    put(tmp_path / "CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55\n")
    put(tmp_path / "a" / "CACHEDIR.TAG", b"\xff\xfe")
    assert not is_own_folder(tmp_path)
    assert not is_own_folder(tmp_path / "a")


def test_a_warehouse_its_log_and_its_diary_are_passed_over_whatever_they_are_called(tmp_path):
    with duckdb.connect(str(tmp_path / "w.duckdb")):
        pass
    shutil.copy(tmp_path / "w.duckdb", tmp_path / "w.backup")
    put(tmp_path / "w.duckdb.wal")
    now = utc_now()
    write_entry(tmp_path / "w.duckdb", DiaryEntry("run", now, now, 0))
    shutil.copy(diary_of(tmp_path / "w.duckdb"), tmp_path / "last_night")
    said = Acknowledgement(datetime.now(UTC), "li")
    write_acknowledgement(tmp_path / "w.duckdb", Trouble(TroubleKind.SITE, "a", "a"), said)
    remember(tmp_path / "w.duckdb", NightMemory(datetime.now(UTC)))
    shutil.copy(memory_of(tmp_path / "w.duckdb"), tmp_path / "the_night_before")
    assert found(tmp_path) == []


def test_files_that_are_only_called_so_are_candidates(tmp_path):
    names = ("w.duckdb", "决算.wal", "w.diary.jsonl", "fct_procurement.csv", "report.html")
    for name in names:
        put(tmp_path / name, b'<meta charset="utf-8">' + b" " * 20)
    put(tmp_path / "决算", b"no database")
    assert sorted(found(tmp_path)) == sorted([*names, "决算"])


def test_an_export_is_passed_over_and_somebodys_file_in_its_place_is_not(tmp_path):
    for name in ("fct_a.csv", "fct_b.csv"):
        remember_written(put(tmp_path / name, b"document_id\n"))
    put(tmp_path / "决算.csv", b"document_id\n")
    shutil.copytree(tmp_path, tmp_path / "copied")
    assert found(tmp_path) == ["决算.csv", "copied/决算.csv"]
    put(tmp_path / "fct_a.csv", b"document-id\n")
    assert found(tmp_path) == ["fct_a.csv", "决算.csv", "copied/决算.csv"]


@pytest.mark.parametrize("note", [b"", b"[]", b'{"fct_a.csv": 1}', b"\xff", b'{"fct_a.csv": {}}'])
def test_a_note_that_is_none_hides_nothing(tmp_path, note):
    exported = put(tmp_path / "fct_a.csv", b"document_id\n")
    put(tmp_path / ".juesuan-wrote.json", note)
    assert not is_own_file(exported)
    remember_written(exported)
    assert is_own_file(exported)


def test_a_file_that_cannot_be_read_is_not_hidden(tmp_path):
    assert not is_own_file(tmp_path / "gone.csv")
    assert not is_own_file(tmp_path)

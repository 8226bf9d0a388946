"""The samples in an archive are read, shown and left alone like the samples themselves."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from PIL import Image
from starlette.testclient import TestClient

from pipelines.acquiring.raw_files import find_raw_files
from pipelines.domain.languages import Language
from pipelines.serving.application import create_app
from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import Answer, juesuan
from tests.paths import SAMPLES_DIR
from tests.unit.acquiring.packed import chinese_zip_of, zip_of

# What the number of copies and places of files has no say in.
FIGURES = """
    select document_id, figure_id, form, section, row_path, measure, amount_text, page, bbox_x0,
        cell_path, status
    from marts.fct_disclosed_figures order by all
"""
CHECKS = "select document_id, check_id, verdict from marts.fct_identity_checks order by all"


def rows(warehouse: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def sample_files() -> list[Path]:
    return [file.path for file in find_raw_files(SAMPLES_DIR)]


def packed(files: Iterable[Path]) -> bytes:
    """An archive of files as Chinese Windows packs it, those of one year in another one."""
    contents = {path.name: path.read_bytes() for path in files}
    inner = {name: content for name, content in contents.items() if "2022" in name}
    outer = {f"公开/{name}": content for name, content in contents.items() if name not in inner}
    return chinese_zip_of({**outer, "2022年.zip": zip_of(inner)})


class Archived:
    """A raw directory with an archive, and its warehouse."""

    def __init__(self, folder: Path) -> None:
        self.raw_dir, self.warehouse = folder / "raw", folder / "w.duckdb"
        self.raw_dir.mkdir()
        self.archive = self.raw_dir / "县直部门.zip"

    def call(self, command: str, *words: object) -> Answer:
        """Call the command on them."""
        options = ("--raw", self.raw_dir, "--warehouse", self.warehouse)
        return juesuan(command, *words, *options)


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Archived:
    """The samples, packed and read."""
    made = Archived(tmp_path_factory.mktemp("archived"))
    made.archive.write_bytes(packed(sample_files()))
    answer = made.call("run")
    assert answer.exit_code == 0, answer.complaints
    assert f"{len(sample_files())} read, 0 rejected" in answer.output
    assert "2 unpacked" in answer.output
    return made


def test_an_archive_of_the_samples_gives_the_figures_of_the_samples(
    archived: Archived, samples: SampleWarehouse
):
    assert rows(archived.warehouse, FIGURES) == rows(samples.path, FIGURES)
    assert rows(archived.warehouse, CHECKS) == rows(samples.path, CHECKS)


def test_files_go_by_their_paths_in_the_archive(archived: Archived):
    found = dict(rows(archived.warehouse, "select file_path, file_name from staging.files"))
    for path in sample_files():
        inside = "2022年.zip!/" if "2022" in path.name else "公开/"
        assert found[f"县直部门.zip!/{inside}{path.name}"] == path.name


def test_an_unchanged_archive_costs_the_next_run_nothing(archived: Archived):
    content, facts = archived.archive.read_bytes(), archived.archive.stat()
    # Whoever opened it would find no archive any more.
    archived.archive.write_bytes(bytes(len(content)))
    os.utime(archived.archive, ns=(facts.st_mtime_ns, facts.st_mtime_ns))
    try:
        again = archived.call("run")
    finally:
        archived.archive.write_bytes(content)
        os.utime(archived.archive, ns=(facts.st_mtime_ns, facts.st_mtime_ns))
    assert "Nothing new: none of" in again.complaints
    assert "Nothing changed since the marts were built" in again.complaints


@pytest.mark.parametrize("place", ["page is not null", "cell_path is not null"])
def test_the_place_of_a_figure_in_an_archive_is_shown(archived: Archived, tmp_path, place: str):
    (figure,) = rows(
        archived.warehouse,
        f"select figure_id from marts.fct_disclosed_figures where {place} order by all limit 1",
    )[0]
    answer = archived.call("explain", figure, "--png", tmp_path / "shown.png")
    assert answer.exit_code == 0, answer.complaints
    with Image.open(tmp_path / "shown.png") as picture:
        assert picture.width > 300


def test_the_explorer_names_the_place_and_hands_out_the_file(archived: Archived):
    path = next(path for path in sample_files() if path.suffix == ".pdf")
    document_id = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    app = create_app(archived.warehouse, archived.raw_dir, Language.ZH)
    with TestClient(app, base_url="http://localhost") as client:
        page = client.get(f"/document/{document_id}")
        assert f"县直部门.zip!/公开/{path.name}" in page.text
        assert client.get(f"/document/{document_id}/file").content == path.read_bytes()


def test_a_member_that_was_replaced_replaces_its_document(archived: Archived, tmp_path: Path):
    changed = Archived(tmp_path)
    shutil.copy(archived.warehouse, changed.warehouse)
    replaced = next(path for path in sample_files() if path.suffix == ".docx")
    again = tmp_path / replaced.name
    again.write_bytes(replaced.read_bytes())
    with zipfile.ZipFile(again, "a") as word:
        word.comment = b"published once more"
    files = [path for path in sample_files() if path != replaced]
    changed.archive.write_bytes(packed([*files, again]))
    answer = changed.call("run")
    assert answer.exit_code == 0, answer.complaints
    assert f"[1/1] read 县直部门.zip!/公开/{replaced.name}" in answer.complaints
    counted = """
        select sha256, is_counted from marts.dim_documents where file_name = ? order by is_counted
    """
    with duckdb.connect(str(changed.warehouse), read_only=True) as connection:
        found = connection.execute(counted, [replaced.name]).fetchall()
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (replaced, again)]
    assert found == [(digests[0], False), (digests[1], True)]

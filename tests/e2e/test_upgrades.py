"""A warehouse of a former version is brought up to date by the next run; nothing is deleted."""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.forked_commands import Answer, run_command
from tests.paths import PROJECT_DIR, SAMPLES_DIR
from tests.portal.nights import environment, settled_state, warehouse_of

DOCUMENTS = 3
FORMER_SHAPE = (
    "alter table staging.claims rename column role to former_role",
    "alter table staging.figures add column former integer",
)
FORMER_CODE = (
    "update staging.documents set reader_version = 'former'",
    "update staging.files set reader_version = 'former'",
    "update staging.builds set digest = 'former'",
    "alter table marts.fct_document_quality rename column prose_clear_count to former_count",
)


def juesuan(home: Path, *words: str) -> Answer:
    """Run the command in a home, in English."""
    return run_command(words, environment(home, JUESUAN_LANG="en"), PROJECT_DIR)


def change(home: Path, statements: tuple[str, ...]) -> None:
    """Make a home's warehouse one of a former version."""
    with duckdb.connect(str(warehouse_of(home))) as connection:
        for statement in statements:
            connection.execute(statement)


def counted(warehouse: Path, table: str) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (found,) = connection.execute(f"select count(*) from {table}").fetchone() or (-1,)
        return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the warehouse of a few documents."""
    home = tmp_path_factory.mktemp("upgrades") / "built"
    inbox = home / "data" / "raw" / "inbox"
    inbox.mkdir(parents=True)
    samples = sorted(path for path in SAMPLES_DIR.iterdir() if path.suffix == ".docx")
    for sample in samples[:DOCUMENTS]:
        shutil.copy(sample, inbox)
    finished = juesuan(home, "run")
    assert finished.exit_code == 0, finished.complaints
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "home", symlinks=True)


def test_a_warehouse_of_another_shape_is_made_anew_and_keeps_its_history(built, home):
    change(home, FORMER_SHAPE)
    refused = juesuan(home, "status")
    assert refused.exit_code == 2
    assert "another version of juesuan" in refused.complaints
    assert "'juesuan run' makes it anew from the raw files" in refused.complaints
    finished = juesuan(home, "run")
    assert finished.exit_code == 0, finished.complaints
    assert "other columns in staging.claims, staging.figures" in finished.complaints
    assert f"Read {DOCUMENTS} files" in finished.complaints
    assert settled_state(warehouse_of(home)) == settled_state(warehouse_of(built))
    assert counted(warehouse_of(home), "staging.runs") == 2
    assert counted(warehouse_of(home), "staging.quality_history") == 2
    assert list(warehouse_of(home).parent.glob("*.before-*")) == []
    assert juesuan(home, "status").exit_code == 0


def test_a_former_warehouse_stays_where_documents_in_it_cannot_be_read_again(home):
    next((home / "data" / "raw" / "inbox").iterdir()).unlink()
    change(home, FORMER_SHAPE)
    finished = juesuan(home, "run")
    assert finished.exit_code == 0, finished.complaints
    (kept,) = warehouse_of(home).parent.glob("juesuan.before-*.duckdb")
    assert f"The former warehouse stays as {kept}" in finished.complaints
    assert counted(kept, "staging.documents") == DOCUMENTS
    assert counted(warehouse_of(home), "staging.documents") == DOCUMENTS - 1


def test_what_other_code_read_and_built_is_read_and_built_again(built, home):
    change(home, FORMER_CODE)
    refused = juesuan(home, "status")
    assert refused.exit_code == 2
    assert "'juesuan run' builds them anew" in refused.complaints
    finished = juesuan(home, "run")
    assert finished.exit_code == 0, finished.complaints
    assert f"Read {DOCUMENTS} files" in finished.complaints
    assert settled_state(warehouse_of(home)) == settled_state(warehouse_of(built))
    assert "Nothing new" in juesuan(home, "run").complaints

"""Releases of the sample documents: whole, the same for the same warehouse, and compared."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from pipelines.domain.languages import Language
from pipelines.exploring.marts import open_marts
from pipelines.exploring.releasing import release as releasing
from pipelines.exploring.releasing.release import Release, ReleaseExistsError, write_release
from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import Answer, juesuan
from tests.paths import SAMPLES_DIR

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
# What a release says its day in; all other files are the same on any day.
DATED = {
    "CHANGES.md",
    "CITATION.cff",
    "README.md",
    "README.zh-CN.md",
    "SHA256SUMS",
    "datapackage.json",
}


def released(warehouse: Path, folder: Path, day: date, *, may_replace: bool = False) -> Release:
    with open_marts(warehouse) as connection:
        return write_release(
            connection,
            folder,
            day,
            raw_dir=SAMPLES_DIR,
            language=Language.ZH,
            may_replace=may_replace,
        )


@pytest.fixture(scope="module")
def monday(samples: SampleWarehouse, tmp_path_factory) -> Path:
    """The first release of its folder."""
    return released(samples.path, tmp_path_factory.mktemp("releases"), MONDAY).path


@pytest.fixture
def changed(samples: SampleWarehouse, tmp_path: Path) -> Path:
    """A warehouse in which an amount and a document are not what they were."""
    warehouse = tmp_path / "changed.duckdb"
    shutil.copyfile(samples.path, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "update marts.fct_disclosed_figures set amount_text = '9.99', amount_yuan = 99900 "
            "where figure_id = (select min(figure_id) from marts.fct_disclosed_figures)"
        )
        connection.execute("delete from marts.dim_documents where file_name like '敦煌%'")
        connection.execute("delete from marts.fct_discrepancies where file_name like '敦煌%'")
    return warehouse


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def test_a_release_has_everything_that_others_need(samples: SampleWarehouse, monday: Path):
    assert monday.name == "juesuan-2026-11-30"
    assert {path.name for path in monday.iterdir()} == {
        *DATED, ".juesuan-release", "data", "discrepancies.html", "juesuan.xlsx", "parquet",
    }  # fmt: skip
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        marts = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
    assert {path.stem for path in (monday / "parquet").iterdir()} == {name for (name,) in marts}
    assert {path.stem for path in (monday / "data").iterdir()} == {name for (name,) in marts}
    report = (monday / "discrepancies.html").read_text(encoding="utf-8")
    assert "data:image/png;base64," in report


def test_the_digests_are_those_of_the_files(monday: Path):
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (monday / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files(monday)}
    assert set(found) - set(sums) == {"SHA256SUMS", ".juesuan-release"}
    assert {name: found[name] for name in sums} == sums


def test_readme_citation_and_package_agree_on_the_day_and_the_numbers(monday: Path):
    citation = yaml.safe_load((monday / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert citation["date-released"] == MONDAY
    package = json.loads((monday / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == citation["version"] == "2026.11.30"
    rows = {resource["name"]: resource["rowCount"] for resource in package["resources"]}
    for name in ("README.md", "README.zh-CN.md"):
        text = (monday / name).read_text(encoding="utf-8")
        assert str(MONDAY) in text
        for table, count in rows.items():
            assert f"| `{table}` | {count:,} |" in text


def test_the_query_of_the_readme_gives_rows(monday: Path):
    (query,) = [
        line.partition('-c "')[2].rstrip('"')
        for line in (monday / "README.md").read_text(encoding="utf-8").splitlines()
        if "duckdb -c" in line
    ]
    with duckdb.connect() as connection:
        found = connection.execute(query.replace("'parquet/", f"'{monday}/parquet/")).fetchall()
    assert found


def test_an_unchanged_warehouse_makes_the_same_files_but_for_the_day(
    samples: SampleWarehouse, monday: Path, tmp_path: Path
):
    tuesday = released(samples.path, tmp_path, TUESDAY).path
    first, second = dict(files(monday)), dict(files(tuesday))
    assert set(first) == set(second)
    assert {name for name in first if first[name] != second[name]} <= DATED


def test_the_first_release_says_that_there_is_none_to_compare_with(monday: Path):
    assert "The first release of this folder" in (monday / "CHANGES.md").read_text(encoding="utf-8")


def test_a_later_release_says_what_changed(monday: Path, changed: Path, tmp_path: Path):
    folder = tmp_path / "releases"
    shutil.copytree(monday, folder / monday.name)
    later = released(changed, folder, TUESDAY)
    assert later.changes is not None
    assert later.changes.counts["changed_documents"] == {"gone": 1}
    assert later.changes.counts["changed_figures"] == {"amount": 1}
    assert set(later.changes.counts["changed_discrepancies"]) == {"settled"}
    text = (later.path / "CHANGES.md").read_text(encoding="utf-8")
    assert "Compared with juesuan-2026-11-30" in text
    assert "| 9.99 |" in text
    assert "敦煌市医保票据修复事务局" in text
    listed = (later.path / "changes" / "changed_figures.csv").read_text(encoding="utf-8-sig")
    assert listed.count("\n") == 2
    assert (later.path / "changes" / "changed_figures.parquet").exists()


def test_a_release_of_another_version_is_not_compared_and_said_why(
    samples: SampleWarehouse, monday: Path, tmp_path: Path
):
    shutil.copytree(monday, tmp_path / monday.name)
    (tmp_path / monday.name / "parquet" / "fct_discrepancies.parquet").unlink()
    later = released(samples.path, tmp_path, TUESDAY)
    assert later.changes is None
    text = (later.path / "CHANGES.md").read_text(encoding="utf-8")
    assert "`fct_discrepancies.parquet`" in text


def test_a_release_that_fails_leaves_nothing_and_the_other_as_it_was(
    samples: SampleWarehouse, monday: Path, tmp_path: Path, monkeypatch
):
    shutil.copytree(monday, tmp_path / monday.name)
    before = dict(files(tmp_path))

    def fail(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(releasing, "_write_sums", fail)
    with pytest.raises(OSError, match="No space left"):
        released(samples.path, tmp_path, MONDAY, may_replace=True)
    assert dict(files(tmp_path)) == before


def test_what_is_no_release_is_never_replaced(samples: SampleWarehouse, tmp_path: Path):
    (tmp_path / "juesuan-2026-11-30").mkdir()
    with pytest.raises(ReleaseExistsError, match="is no release: move it away"):
        released(samples.path, tmp_path, MONDAY, may_replace=True)


def test_the_command_writes_today_s_release_and_replaces_it_only_when_told(
    samples: SampleWarehouse, tmp_path: Path
):
    def answered(*options: str) -> Answer:
        return juesuan("release", tmp_path, "--warehouse", samples.path, *options)

    first = answered()
    assert first.exit_code == 0, first.complaints
    assert "written, " in first.output
    assert "first release of this folder" in first.output
    again = answered()
    assert again.exit_code == 2
    assert "there is a release of this day" in again.complaints
    assert "--replace" in again.complaints
    replaced = answered("--replace")
    assert replaced.exit_code == 0, replaced.complaints
    assert "replaced, " in replaced.output
    assert len(list(tmp_path.iterdir())) == 1

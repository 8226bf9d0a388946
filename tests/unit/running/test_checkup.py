"""What a check-up finds amiss, and that it changes nothing."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from pipelines.domain.languages import Language
from pipelines.domain.messages import translated_by
from pipelines.exploring.catalogues import read_catalogue
from pipelines.exploring.page_images import NoPictureError
from pipelines.running import checkup
from pipelines.running.checkup import Finding, Health, check_up
from pipelines.settings import MEBIBYTE, load_settings

SITE = """
name: 某县人民政府
region_code: "430600"
level: county
family: generic
start_pages: ["https://www.example.gov.cn/"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return tmp_path


def found(home: Path, subject: str, **variables: str) -> Finding:
    settings = load_settings({"JUESUAN_HOME": str(home), **variables})
    (finding,) = [each for each in check_up(settings) if each.subject == subject]
    return finding


def test_everything_is_looked_at_and_nothing_is_changed(home):
    before = sorted(home.rglob("*"))
    findings = list(check_up(load_settings({"JUESUAN_HOME": str(home)})))
    assert [each.subject for each in findings] == list(checkup.CHECKS)
    assert [each for each in findings if each.health is Health.ILL] == []
    assert sorted(home.rglob("*")) == before


def test_files_are_counted_and_their_lack_is_told(home):
    assert found(home, "Raw files").health is Health.ODD
    (home / "data" / "raw" / "决算.docx").write_bytes(b"x")
    assert str(found(home, "Raw files").said).startswith("1 file under ")
    shutil.rmtree(home / "data" / "raw")
    assert found(home, "Raw files").health is Health.ILL


@pytest.mark.parametrize(
    ("subject", "variable", "said"),
    [
        ("dbt project", "JUESUAN_DBT_PROJECT", "set JUESUAN_DBT_PROJECT to where it is"),
        ("Sites", "JUESUAN_SITES", "create it or mend JUESUAN_SITES"),
    ],
)
def test_a_folder_that_is_not_there_prevents_work(home, subject, variable, said):
    finding = found(home, subject, **{variable: "nowhere"})
    assert finding.health is Health.ILL
    assert said in str(finding.said)


def test_a_file_that_is_no_warehouse_is_told_and_left(home):
    path = home / "w.duckdb"
    path.write_text("Dear Sir or Madam, " * 500, encoding="utf-8")
    finding = found(home, "Warehouse", JUESUAN_WAREHOUSE="w.duckdb")
    assert finding.health is Health.ILL
    assert "is not a warehouse of juesuan" in str(finding.said)
    with duckdb.connect(str(home / "other.duckdb")) as connection:
        connection.execute("create table mine as select 1")
    assert found(home, "Warehouse", JUESUAN_WAREHOUSE="other.duckdb").health is Health.ILL


@pytest.mark.parametrize(
    ("free", "health"), [(100, Health.ILL), (300, Health.ODD), (5000, Health.WELL)]
)
def test_a_lack_of_room_is_told(home, monkeypatch, free, health):
    usage = shutil.disk_usage(home)._replace(free=free * MEBIBYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    finding = found(home, "Disk")
    assert finding.health is health
    assert f"{free:,} MiB free" in str(finding.said)


def test_a_full_disk_of_something_else_is_told_with_what_names_another(home, monkeypatch):
    shared = Path("/dev/shm")  # noqa: S108 - a file system of its own
    assert shared.stat().st_dev != home.stat().st_dev
    usage = shutil.disk_usage(home)
    room = {shared: 100, home: 5000}

    def disk_usage(path: Path) -> object:
        return usage._replace(free=room[shared if path == shared else home] * MEBIBYTE)

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    finding = found(home, "Disk", JUESUAN_SPILL=f"{shared}/nowhere")
    assert finding.health is Health.ODD
    assert str(finding.said) == (
        "100 MiB free at /dev/shm, for what memory has no room for: free some space, or name a "
        "folder on another disk with JUESUAN_SPILL"
    )
    room[shared] = 1
    assert found(home, "Disk", JUESUAN_SPILL=f"{shared}/nowhere").health is Health.ILL
    room[home] = 100
    assert f"at {home}" in str(found(home, "Disk", JUESUAN_SPILL=f"{shared}/nowhere").said)


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A home that every account may enter, with all that a run left there."""
    with TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        for folder in (
            "raw/fetched",
            "warehouse/juesuan.draft",
            "warehouse/juesuan.dbt",
            "spill",
            "cache",
        ):
            (home / "data" / folder).mkdir(parents=True)
        for file in ("diary.jsonl", "night.json", "acknowledged.jsonl", "draft/juesuan.duckdb"):
            (home / "data" / "warehouse" / f"juesuan.{file}").touch()
        for path in (home, *home.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        (home / "sites").mkdir()
        (home / "sites" / "mine.yaml").write_text(SITE, encoding="utf-8")
        yield home


def found_by_nobody(home: Path, subject: str, **variables: str) -> Finding:
    """What is found by an account that is not the administrator's, to whom nothing is refused."""
    nobody = 65534
    with ProcessPoolExecutor(
        1,
        mp_context=get_context("fork"),
        initializer=os.setuid if os.geteuid() == 0 else None,
        initargs=(nobody,) if os.geteuid() == 0 else (),
    ) as apart:
        return apart.submit(found, home, subject, **variables).result()


def test_where_everything_may_be_written_it_is_well(open_home):
    said = str(found_by_nobody(open_home, "Writing").said)
    assert said == "this account may write wherever a run does"


@pytest.mark.parametrize(
    ("path", "health", "purpose", "remedy"),
    [
        ("data/warehouse", Health.ILL, "the warehouse", "other places with JUESUAN_WAREHOUSE"),
        ("data/warehouse/juesuan.draft", Health.ILL, "what a run works on", "rights (chown)"),
        *[
            (f"data/warehouse/juesuan.{name}", *told, "rights (chown)")
            for name, *told in (
                ("draft/juesuan.duckdb", Health.ILL, "what a run works on"),
                ("dbt", Health.ILL, "what dbt writes"),
                ("night.json", Health.ILL, "what the last night left"),
                ("acknowledged.jsonl", Health.ILL, "what was acknowledged"),
                ("diary.jsonl", Health.ODD, "the diary of runs"),
            )
        ],
        ("data/spill", Health.ILL, "what memory has no room for", "places with JUESUAN_SPILL"),
        ("data/cache", Health.ODD, "what later runs need not make anew", "with JUESUAN_CACHE"),
    ],
)
def test_what_cannot_be_written_is_told_with_where_and_what_to_do(
    open_home, path, health, purpose, remedy
):
    (open_home / path).chmod(0o555)
    named = {"JUESUAN_SPILL": "data/spill", "JUESUAN_CACHE": "data/cache"}
    finding = found_by_nobody(open_home, "Writing", **named)
    assert finding.health is health
    said = str(finding.said)
    assert said.startswith(f"this account cannot write {open_home / path} ({purpose}): mend the")
    assert said.endswith(remedy)


def test_several_are_told_at_once_and_a_folder_that_is_in_the_way_of_many_once(open_home):
    for path in ("data/warehouse", "data/spill"):
        (open_home / path).chmod(0o555)
    for path in ("diary.jsonl", "night.json", "acknowledged.jsonl"):
        (open_home / "data" / "warehouse" / f"juesuan.{path}").unlink()
    told = found_by_nobody(open_home, "Writing", JUESUAN_SPILL="data/spill").said
    warehouse, spill = open_home / "data" / "warehouse", open_home / "data" / "spill"
    assert str(told) == (
        f"this account cannot write {warehouse} (the warehouse), {spill} (what memory has no room "
        "for): mend the rights (chown), or name other places with JUESUAN_WAREHOUSE, JUESUAN_SPILL"
    )
    with translated_by(read_catalogue("juesuan", Language.ZH)):
        assert told.told() == (
            f"本账户无法写入 {warehouse}（仓库）、{spill}（内存放不下的数据）："
            "请修正权限（chown），或用 JUESUAN_WAREHOUSE、JUESUAN_SPILL 另指位置"
        )


def test_a_raw_folder_that_is_read_only_prevents_fetching_alone(open_home):
    folder = open_home / "data" / "raw"
    (folder / "决算.docx").write_bytes(b"x")
    (folder / "fetched").chmod(0o555)
    finding = found_by_nobody(open_home, "Raw files")
    assert finding.health is Health.ODD
    assert str(finding.said) == (
        f"1 file under {folder}: they are read, but nothing can be fetched into "
        f"{folder / 'fetched'}, which this account cannot write; mend the rights, or name another "
        "folder with JUESUAN_RAW"
    )
    sites = {"JUESUAN_SITES": "sites", "JUESUAN_CONTACT": "us@example.org"}
    finding = found_by_nobody(open_home, "Sites", **sites)
    assert finding.health is Health.ILL
    assert f"cannot write into {folder / 'fetched'}" in str(finding.said)
    (folder / "fetched").chmod(0o777)
    assert found_by_nobody(open_home, "Raw files").health is Health.WELL
    assert found_by_nobody(open_home, "Sites", **sites).health is Health.WELL


def test_a_build_larger_than_the_machine_is_told(home):
    assert found(home, "Memory", JUESUAN_BUILD_MEBIBYTES="99999999").health is Health.ODD


def test_a_package_of_another_version_is_told_by_its_name(home, monkeypatch):
    needed = ["duckdb>=99", "no-such-package", "click>=8", "tests-only>1; extra == 'dev'"]
    monkeypatch.setattr(checkup, "requires", lambda _: needed)
    finding = found(home, "Packages")
    assert finding.health is Health.ILL
    assert f"duckdb {duckdb.__version__}, no-such-package; install" in str(finding.said)


def test_a_lack_of_fonts_prevents_nothing(home, monkeypatch):
    def no_font() -> Iterator[str]:
        raise NoPictureError("no font with Chinese characters is installed")

    monkeypatch.setattr(checkup, "find_font", no_font)
    assert found(home, "Fonts").health is Health.ODD


def test_sites_want_a_contact_and_no_proxy(home):
    (home / "sites").mkdir()
    (home / "sites" / "mine.yaml").write_text(SITE, encoding="utf-8")
    variables = {"JUESUAN_SITES": "sites"}
    assert "set JUESUAN_CONTACT" in str(found(home, "Sites", **variables).said)
    variables["JUESUAN_CONTACT"] = "us@example.org"
    assert str(found(home, "Sites", **variables).said) == "1 enabled (mine)"
    variables["HTTPS_PROXY"] = "http://proxy.example"
    assert "HTTPS_PROXY is not used" in str(found(home, "Sites", **variables).said)


def test_a_webhook_is_told_by_its_host_alone(home):
    address = "https://oapi.dingtalk.com/robot/send?access_token=secret"
    said = str(found(home, "Webhook", JUESUAN_WEBHOOK=address).said)
    assert said == "dingtalk at oapi.dingtalk.com"


def test_a_variable_that_is_no_setting_is_told_with_the_one_meant(home):
    finding = found(home, "Settings", JUESUAN_RAW_DIR="elsewhere")
    assert finding.health is Health.ODD
    assert "JUESUAN_RAW_DIR" in str(finding.said)
    assert str(finding.said).endswith("did you mean JUESUAN_RAW?")
    assert found(home, "Settings", JUESUAN_RAW="data/raw").health is Health.WELL

"""What a check-up finds amiss, and that it changes nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

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

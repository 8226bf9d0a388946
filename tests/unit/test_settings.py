"""The environment is read in one place, and a wrong value is said in words."""

import inspect
import os
import re
from pathlib import Path

import pytest

from pipelines import settings
from pipelines.domain.languages import Language
from pipelines.domain.webhook import ChatProgram
from pipelines.settings import VARIABLES, SettingsError, exposed_to_dbt, load_settings
from tests.paths import PROJECT_DIR


def test_what_can_be_made_anew_is_kept_for_the_account():
    assert load_settings({"HOME": "/home/x"}).cache_dir == Path("/home/x/.cache/juesuan")
    told = {"HOME": "/home/x", "XDG_CACHE_HOME": "/var/cache/x"}
    assert load_settings(told).cache_dir == Path("/var/cache/x/juesuan")
    assert load_settings({**told, "JUESUAN_CACHE": "/srv/c"}).cache_dir == Path("/srv/c")
    assert load_settings({**told, "JUESUAN_CACHE": ""}).cache_dir is None
    assert load_settings({"XDG_CACHE_HOME": "relative"}).cache_dir is None


def test_defaults_lie_below_home():
    settings = load_settings({"JUESUAN_HOME": "/srv/accounts"})
    assert settings.raw_dir == Path("/srv/accounts/data/raw")
    assert settings.warehouse == Path("/srv/accounts/data/warehouse/juesuan.duckdb")
    assert (settings.document_seconds, settings.document_bytes) == (120, 2 * 1024**3)
    assert settings.jobs >= 1


def test_the_shipped_dbt_project_is_found_from_anywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert (load_settings({}).dbt_project_dir / "dbt_project.yml").is_file()
    assert load_settings({}).reference_dir.is_dir()


def test_relative_paths_start_at_home_and_absolute_ones_stay():
    settings = load_settings(
        {"JUESUAN_HOME": "/srv", "JUESUAN_RAW": "in", "JUESUAN_WAREHOUSE": "/data/w.duckdb"}
    )
    assert settings.raw_dir == Path("/srv/in")
    assert settings.warehouse == Path("/data/w.duckdb")


@pytest.mark.parametrize(
    ("variables", "language", "is_chosen"),
    [
        ({"JUESUAN_LANG": "zh-CN", "LANG": "en_GB.UTF-8"}, Language.ZH, True),
        ({"JUESUAN_LANG": "EN", "LANG": "zh_CN.UTF-8"}, Language.EN, True),
        ({"LANG": "zh_CN.UTF-8"}, Language.ZH, False),
        ({}, Language.EN, False),
    ],
)
def test_the_language_is_chosen_or_that_of_the_system(variables, language, is_chosen):
    settings = load_settings(variables)
    assert (settings.language, settings.is_language_chosen) == (language, is_chosen)


def test_a_language_that_is_not_spoken_is_refused_by_name():
    with pytest.raises(SettingsError, match="JUESUAN_LANG is 'fr'"):
        load_settings({"JUESUAN_LANG": "fr"})


@pytest.mark.parametrize(
    ("address", "wanted", "program"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0", "", ChatProgram.WECOM),
        ("https://oapi.dingtalk.com/robot/send?access_token=0", "", ChatProgram.DINGTALK),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/0", "", ChatProgram.FEISHU),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/0", "", ChatProgram.FEISHU),
        ("https://hooks.slack.com/services/0/0/0", "", ChatProgram.SLACK),
        ("https://example.com/hook", "", ChatProgram.JSON),
        ("https://proxy.example.com/wecom", "WeCom", ChatProgram.WECOM),
    ],
)
def test_the_webhook_is_spoken_to_as_its_host_or_the_setting_says(address, wanted, program):
    settings = load_settings({"JUESUAN_WEBHOOK": address, "JUESUAN_WEBHOOK_FORMAT": wanted})
    assert settings.webhook is not None
    assert settings.webhook.program is program


def test_without_an_address_nobody_is_told():
    assert load_settings({"JUESUAN_WEBHOOK_SECRET": "0"}).webhook is None


@pytest.mark.parametrize(
    "address", ["hooks.slack.com/0123", "file:///0123", "http:///0123", "http://[0123"]
)
def test_a_webhook_that_is_no_address_is_refused_without_being_printed(address):
    with pytest.raises(SettingsError, match="JUESUAN_WEBHOOK is no web address") as refused:
        load_settings({"JUESUAN_WEBHOOK": address})
    assert "0123" not in str(refused.value)


def test_a_format_that_is_not_spoken_is_refused_by_name():
    with pytest.raises(SettingsError, match=r"JUESUAN_WEBHOOK_FORMAT is 'teams'.*dingtalk"):
        load_settings({"JUESUAN_WEBHOOK": "https://a.example", "JUESUAN_WEBHOOK_FORMAT": "teams"})


def test_an_executor_that_there_is_not_is_refused_by_name():
    with pytest.raises(SettingsError, match=r"JUESUAN_EXECUTOR is 'dask'.*'processes'.*'ray'"):
        load_settings({"JUESUAN_EXECUTOR": "dask"})


@pytest.mark.parametrize("text", ["0", "-1", "two", "1.5"])
def test_a_number_that_is_none_is_refused_by_name(text):
    with pytest.raises(SettingsError, match=r"JUESUAN_JOBS .* at least 1"):
        load_settings({"JUESUAN_JOBS": text})


def test_dbt_is_told_an_absolute_path_and_the_environment_is_put_back(monkeypatch):
    monkeypatch.setenv("JUESUAN_WAREHOUSE_PATH", "before")
    monkeypatch.delenv("DO_NOT_TRACK", raising=False)
    monkeypatch.delenv("JUESUAN_DUCKDB_MEMORY_LIMIT", raising=False)
    with exposed_to_dbt(Path("relative.duckdb"), {"memory_limit": "1GB"}):
        assert os.environ["JUESUAN_DUCKDB_MEMORY_LIMIT"] == "1GB"
        assert os.environ["JUESUAN_WAREHOUSE_PATH"] == str(Path.cwd() / "relative.duckdb")
        assert os.environ["DO_NOT_TRACK"] == "1"
    assert os.environ["JUESUAN_WAREHOUSE_PATH"] == "before"
    assert not {"DO_NOT_TRACK", "JUESUAN_DUCKDB_MEMORY_LIMIT"} & os.environ.keys()


def test_every_variable_that_is_read_or_set_is_a_setting():
    source = re.sub(r">>> .*", "", inspect.getsource(settings))
    named = {*re.findall(r"JUESUAN_[A-Z_]+(?=\")", source)}
    assert {*VARIABLES} - {"JUESUAN_DUCKDB_MEMORY_LIMIT", "JUESUAN_DUCKDB_TEMP_DIRECTORY"} == named
    profiles = (PROJECT_DIR / "dbt_project" / "profiles.yml").read_text(encoding="utf-8")
    assert {*re.findall(r"JUESUAN_[A-Z_]+", profiles)} <= VARIABLES


def test_a_variable_that_is_no_setting_is_noticed():
    loaded = load_settings({"JUESUAN_HOME": "/home/someone", "JUESUAN_JOB": "2", "OTHER": "1"})
    assert loaded.unknown_variables == ("JUESUAN_JOB",)

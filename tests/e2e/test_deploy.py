"""What ``deploy/`` ships runs as it stands: with cron's few variables, and as the unit says."""

import configparser
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import PROJECT_DIR, SAMPLES_DIR

DEPLOY_DIR = PROJECT_DIR / "deploy"
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")
# All that cron sets, besides what the crontab does.
CRON_KNOWS = {"HOME": "/", "LOGNAME": "juesuan"}
CRON_LINE = re.compile(r"^30 2 \* \* \*\s+(?P<account>\S+)\s+(?P<command>.*)$", re.MULTILINE)
CRON_VARIABLE = re.compile(r"^(?P<name>[A-Z]+)=\"?(?P<value>[^\"\n]*)\"?$", re.MULTILINE)
SHIPPED_HOME = "/srv/juesuan"
SHIPPED_SETTINGS = "/etc/juesuan.env"


def text_of(name: str) -> str:
    return (DEPLOY_DIR / name).read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one document that nobody named in ASCII, and the settings that are shipped."""
    folder = tmp_path / "srv"
    inbox = folder / "data" / "raw" / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(min(SAMPLES_DIR.glob("*.docx")), inbox)
    (folder / ".venv").symlink_to(sys.prefix)
    settings = text_of("juesuan.env").replace(SHIPPED_HOME, str(folder))
    # Where the tests are not run on what is installed.
    settings += f"PYTHONPATH={PROJECT_DIR}\n"
    (folder / "juesuan.env").write_text(settings, encoding="utf-8")
    return folder


def placed(text: str, home: Path) -> str:
    """A text for a home that is not where the shipped files expect it."""
    return text.replace(SHIPPED_SETTINGS, str(home / "juesuan.env")).replace(
        SHIPPED_HOME, str(home)
    )


def test_the_line_of_the_crontab_spends_a_night_with_the_variables_that_cron_knows(home):
    crontab = text_of("juesuan.cron")
    (line,) = CRON_LINE.finditer(crontab)
    assert "%" not in line["command"], "cron would take it for the end of a line"
    variables = {found["name"]: found["value"] for found in CRON_VARIABLE.finditer(crontab)}
    finished = subprocess.run(
        [variables["SHELL"], "-c", placed(line["command"], home)],
        env={**CRON_KNOWS, **variables},
        cwd="/",
        capture_output=True,
        check=False,
    )
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, b"", b"")
    told = json.loads((home / "data" / "night.json").read_text(encoding="utf-8"))
    assert (told["exit_code"], told["counts"]["documents"]) == (0, 1)
    log = (home / "data" / "night.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert next((home / "data" / "raw" / "inbox").iterdir()).name in log


def unit(name: str) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(text_of(name))
    return read


def test_the_unit_runs_what_the_crontab_runs():
    service = unit("juesuan-nightly.service")["Service"]
    (line,) = CRON_LINE.finditer(text_of("juesuan.cron"))
    program = service["ExecStart"].removeprefix(f"{service['WorkingDirectory']}/")
    assert f"exec {program} >" in line["command"]
    assert service["User"] == line["account"]
    assert service["EnvironmentFile"].removeprefix("-") in line["command"]
    assert service["ReadWritePaths"] == f"{service['WorkingDirectory']}/data"


@pytest.mark.skipif(not SYSTEMD_ANALYZE, reason="there is no systemd-analyze to verify units with")
def test_systemd_has_nothing_to_say_of_the_units(home, tmp_path):
    units = [tmp_path / f"juesuan-nightly.{kind}" for kind in ("timer", "service")]
    for path in units:
        path.write_text(placed(text_of(path.name), home), encoding="utf-8")
    verified = subprocess.run(
        [str(SYSTEMD_ANALYZE), "verify", *units], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_shipped_settings_are_settings():
    documented = set(
        re.findall(r"`(JUESUAN_\w+)`", (PROJECT_DIR / "docs/operations.md").read_text())
    )
    named = set(re.findall(r"^#?([A-Z_]+)=", text_of("juesuan.env"), re.MULTILINE))
    assert named
    assert named <= documented


def test_the_image_is_made_of_what_there_is():
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", text_of("Dockerfile"), re.MULTILINE)
    sources = {name for names in copied for name in names.split()}
    assert all(any(PROJECT_DIR.glob(name)) for name in sources)
    let_in = {
        line[1:] for line in text_of("Dockerfile.dockerignore").splitlines() if line[:1] == "!"
    }
    assert sources == let_in

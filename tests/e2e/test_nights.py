"""Whole nights: fetched, read and built once, killed, without room, and without news."""

import json
import random
import re
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.forked_commands import Answer, run_command
from tests.paths import PROJECT_DIR, SAMPLES_DIR
from tests.portal.chat_programs import ChatServer, listening
from tests.portal.nights import (
    Phase,
    command,
    environment,
    kill_night,
    new_home,
    readable_site,
    settled_state,
    spend_night,
    stray_parts,
    warehouse_of,
)
from tests.portal.server import serving
from tests.portal.sites import PublishedSite, attachment_path

DOCUMENTS = 4
MOUNT, UMOUNT = shutil.which("mount"), shutil.which("umount")
EXTRA_SAMPLE = sorted(path for path in SAMPLES_DIR.rglob("*") if path.suffix == ".docx")[-1]
# Phases to kill a night in, and within how many seconds after they began.
KILLS = (
    (Phase.FETCH, 1.0),
    (Phase.READ, 1.0),
    (Phase.LOAD, 1.0),
    (Phase.BUILD, 10.0),
    (Phase.PUBLISH, 0.5),
)
# What takes seconds to import and is for reading, building and auditing.
NEEDED_BY_WORK_ONLY = {
    "camelot",
    "dagster",
    "dbt",
    "highspy",
    "lark",
    "numpy",
    "pandas",
    "pdfplumber",
}


@pytest.fixture(scope="module")
def site() -> Iterator[PublishedSite]:
    """A site of documents that can be read."""
    published = readable_site(DOCUMENTS)
    with serving(published.portal):
        yield published


@pytest.fixture(scope="module")
def undisturbed(site: PublishedSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after one night that nothing disturbed."""
    home = new_home(tmp_path_factory.mktemp("nights") / "undisturbed", site)
    night = spend_night(home, "--json", home / "night.json")
    assert night.exit_code == 0, night.complaints
    assert f"{DOCUMENTS} documents new" in night.output
    return home


def test_a_night_says_in_json_what_it_did(undisturbed, site):
    told = json.loads((undisturbed / "night.json").read_text(encoding="utf-8"))
    assert (told["exit_code"], told["error"], told["was_needed"]) == (0, "", True)
    assert {name: told["counts"][name] for name in ("sites", "new", "read", "documents")} == {
        "sites": 1, "new": DOCUMENTS, "read": DOCUMENTS, "documents": DOCUMENTS
    }  # fmt: skip
    assert [each["site"] for each in told["sites"]] == [site.family]
    assert told["finished_at"] > told["started_at"]


def test_the_diary_tells_quality_over_time_as_the_page_says(undisturbed, monkeypatch):
    page = (PROJECT_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    (query,) = (
        block for block in re.findall(r"```sql\n(.*?)```", page, re.DOTALL) if "diary" in block
    )
    monkeypatch.chdir(undisturbed)
    ((finished_at, proven_ratio), *_) = duckdb.sql(query).fetchall()
    assert finished_at <= datetime.now(UTC).replace(tzinfo=None)
    assert 0.9 < proven_ratio <= 1


def test_documents_say_where_they_were_published(undisturbed, site):
    with duckdb.connect(str(warehouse_of(undisturbed)), read_only=True) as connection:
        found = connection.execute(
            """
            select site, url, announcement_title, cast(published_date as varchar)
            from marts.dim_documents
            """
        ).fetchall()
    wanted = {site.portal.url(attachment_path(site.family, number)) for number in range(DOCUMENTS)}
    assert {url for _, url, _, _ in found} == wanted
    assert {(family, date) for family, _, _, date in found} == {(site.family, "2023-09-22")}
    assert all("公开" in title for _, _, title, _ in found)


def lines_of(night: subprocess.CompletedProcess[str]) -> list[str]:
    """What Python said of its imports."""
    lines = [line for line in night.stderr.splitlines() if line.startswith("import time:")]
    assert len(lines) > 100
    return lines


def test_a_night_without_news_starts_neither_readers_nor_dbt(undisturbed, site):
    site.portal.forget()
    warehouse = warehouse_of(undisturbed)
    before = (warehouse.stat().st_ino, (undisturbed / "data/warehouse/juesuan.dbt").stat().st_mtime)
    told = undisturbed / "again.json"
    night = subprocess.run(
        command("nightly", "--json", told),
        env=environment(undisturbed, PYTHONPROFILEIMPORTTIME="1"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines_of(night)}
    assert imported.isdisjoint(NEEDED_BY_WORK_ONLY)
    assert "Nothing new" in night.stderr
    assert "Nothing changed since the marts were built" in night.stderr
    after = (warehouse.stat().st_ino, (undisturbed / "data/warehouse/juesuan.dbt").stat().st_mtime)
    assert after == before
    assert sum(site.portal.sent[path] for path in site.reachable) == 0
    assert json.loads(told.read_text(encoding="utf-8"))["was_needed"] is False
    status = run_command(["status"], environment(undisturbed), PROJECT_DIR)
    assert status.output.count("nightly") >= 2
    assert "nothing new" in status.output


def test_nights_killed_in_each_phase_leave_the_warehouse_of_an_undisturbed_one(
    undisturbed, site, tmp_path
):
    wanted = settled_state(warehouse_of(undisturbed))
    home = new_home(tmp_path / "killed", site)
    chance = random.Random(20261122)  # noqa: S311 - moments, no secrets
    died_in = [
        kill_night(home, phase, chance.uniform(0, seconds), with_children=number % 2 == 0)
        for number, (phase, seconds) in enumerate(KILLS)
    ]
    assert len({*died_in} - {Phase.END}) >= 3
    night = spend_night(home)
    assert night.exit_code == 0, night.complaints
    assert stray_parts(home) == []
    state = settled_state(warehouse_of(home))
    assert [table for table in {*state, *wanted} if state.get(table) != wanted.get(table)] == []


def limit_file_size() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))


def test_a_full_disk_is_said_in_a_line_and_costs_the_warehouse_nothing(undisturbed):
    warehouse = warehouse_of(undisturbed)
    before = warehouse.read_bytes()
    (undisturbed / "data" / "raw" / "inbox").mkdir()
    extra = undisturbed / "data" / "raw" / "inbox" / "new.docx"
    extra.write_bytes(b"PK no document")
    try:
        finished = subprocess.run(
            command("nightly"),
            env=environment(undisturbed),
            capture_output=True,
            encoding="utf-8",
            check=False,
            preexec_fn=limit_file_size,
        )
    finally:
        extra.unlink()
        extra.parent.rmdir()
    assert finished.returncode == 2
    (line,) = [line for line in finished.stderr.splitlines() if line.startswith("Error")]
    assert "no room" in line
    assert "Traceback" not in finished.stderr
    assert warehouse.read_bytes() == before


@contextmanager
def small_disk(folder: Path, byte_count: int) -> Iterator[Path]:
    """A file system of its own, in memory, with room for so much."""
    folder.mkdir()
    mounting = [MOUNT, "-t", "tmpfs", "-o", f"size={byte_count}", "tmpfs", folder]
    if not (MOUNT and UMOUNT) or subprocess.run(mounting, check=False).returncode:
        pytest.skip("this system does not let us mount a file system")
    try:
        yield folder
    finally:
        subprocess.run([UMOUNT, folder], check=True)


@pytest.mark.parametrize(
    ("room", "complaint"),
    [
        pytest.param(0.5, "no room for a working copy", id="no room for the draft"),
        pytest.param(1.1, "the disk is full", id="no room to build"),
        pytest.param(1.3, "the disk is full", id="no room to build all and say so"),
    ],
)
def test_a_night_on_a_full_disk_changes_nothing_and_the_next_one_makes_up_for_it(
    undisturbed, tmp_path, room, complaint
):
    size = warehouse_of(undisturbed).stat().st_size
    taken = sum(path.stat().st_blocks * 512 for path in undisturbed.rglob("*"))
    with small_disk(tmp_path / "disk", taken + int(room * size)) as disk:
        home = shutil.copytree(undisturbed, disk / "home", symlinks=True)
        (home / "sites").joinpath("trs_wcm.yaml").unlink()
        (home / "data" / "raw" / "inbox").mkdir()
        shutil.copy(EXTRA_SAMPLE, home / "data" / "raw" / "inbox")
        before = settled_state(warehouse_of(home))
        night = spend_night(home)
        assert night.exit_code == 2, night.complaints
        assert re.search(complaint, night.complaints), night.complaints
        assert "Traceback" not in night.complaints
        assert settled_state(warehouse_of(home)) == before
        subprocess.run([MOUNT, "-o", f"remount,size={8 * size}", disk], check=True)
        assert spend_night(home).exit_code == 0
        after = settled_state(warehouse_of(home))
        assert len(after["staging.documents"]) == len(before["staging.documents"]) + 1


def test_a_site_that_is_dead_costs_the_night_its_good_ending_only(undisturbed, site):
    described = undisturbed / "sites" / f"{site.family}.yaml"
    dead = described.with_name("dead.yaml")
    text = described.read_text(encoding="utf-8").replace(str(site.portal.port), "9")
    dead.write_text(text, encoding="utf-8")
    try:
        with listening(ChatServer("wecom")) as chat:
            address = chat.url("/cgi-bin/webhook/send?key=right-key")
            told = {"JUESUAN_WEBHOOK": address, "JUESUAN_WEBHOOK_FORMAT": "wecom"}
            night = spend_night(undisturbed, **told, JUESUAN_LANG="zh")
    finally:
        dead.unlink()
    assert night.exit_code == 1
    assert re.search(r"^  网站失败 +dead：", night.output, re.MULTILINE), night.output
    assert re.search(r"^文档 +4 ", night.output, re.MULTILINE), night.output
    # Commands are named as they are typed.
    assert re.search(r"juesuan wording$", night.output, re.MULTILINE), night.output
    (message,) = chat.taken
    said = message["text"]["content"].splitlines()
    assert said[0] == "juesuan 夜间任务：新增 1 个问题（退出码 1）"
    assert said[1].startswith("网站无法访问：dead：")
    assert said[1].endswith("；查看：juesuan fetch --check dead")


def test_a_night_fails_for_what_is_new_until_it_is_mended_or_acknowledged(undisturbed, tmp_path):
    home = shutil.copytree(undisturbed, tmp_path / "home", symlinks=True)
    for described in (home / "sites").iterdir():
        described.unlink()
    inbox = home / "data" / "raw" / "inbox"
    inbox.mkdir()
    (inbox / "盐湖县2023年部门决算.pdf").write_bytes(b"%PDF-1.4 cut short")

    def say(*words: str) -> Answer:
        return run_command(words, environment(home), PROJECT_DIR)

    with listening(ChatServer("feishu", answers=[(200, '{"code": 19024, "msg": "no"}')])) as chat:
        told = {
            "JUESUAN_WEBHOOK": chat.url("/open-apis/bot/v2/hook/right-hook"),
            "JUESUAN_WEBHOOK_FORMAT": "feishu",
            "JUESUAN_LANG": "en",
        }
        night = spend_night(home, **told)
        assert night.exit_code == 1
        assert "error 19024: no; take juesuan as the robot's keyword" in night.complaints
        # What could not be told is not taken for known.
        night = spend_night(home, **told)
        assert night.exit_code == 1
        news = night.output.partition("New, since")[2]
        assert "rejected    inbox/盐湖县2023年部门决算.pdf: " in news
        (message,) = chat.taken
        assert "Not read: 盐湖县2023年部门决算.pdf: " in message["content"]["text"]
        night = spend_night(home, "--json", home / "night.json", **told)
        assert night.exit_code == 0, night.output
        assert "; since 20" in night.output.partition("Still:")[2]
        assert say("run").exit_code == 1
        said = say("acknowledge", "盐湖县", "--note", "the office has no other")
        assert (said.exit_code, said.output[:18]) == (0, "Acknowledged: file"), said.complaints
        assert "on 20" in say("acknowledge", "--list").output
        assert "the office has no other" in say("status").output
        assert say("run").exit_code == 0
        night = spend_night(home, **told)
        assert "the office has no other" in night.output.partition("Acknowledged:")[2]
        assert say("acknowledge", "--undo", "盐湖县").exit_code == 0
        assert say("run").exit_code == 1
        (inbox / "盐湖县2023年部门决算.pdf").unlink()
        night = spend_night(home, **told)
        assert night.exit_code == 0
        assert "Over:" in night.output
    assert [each["content"]["text"].splitlines()[0] for each in chat.taken] == [
        "juesuan nightly: 1 new problem (exit code 1)",
        "juesuan nightly: 1 problem is over",
    ]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("acknowledge",), "name what is known"),
        (("fetch",), "no site is enabled"),
        (("fetch", "nowhere"), "no site is called 'nowhere'"),
        (("fetch", "--check", "nowhere"), "no site is called 'nowhere'"),
        (("nightly", "nowhere"), "no site is called 'nowhere'"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_a_line(words, complaint, tmp_path):
    (tmp_path / "sites").mkdir()
    finished = run_command(words, environment(tmp_path), PROJECT_DIR)
    assert finished.exit_code == 2
    assert complaint in finished.complaints
    assert "Traceback" not in finished.complaints

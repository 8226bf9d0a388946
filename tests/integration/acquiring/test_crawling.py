"""Four sites with 300 documents and every fault: what can be had is had once, and stays."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import duckdb
import pytest

from pipelines.acquiring.crawls import FetchLimits, SiteResult, crawl_sites
from pipelines.acquiring.raw_files import find_raw_files
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import load_sites
from tests.portal.server import Answer, Portal, serving
from tests.portal.sites import (
    DOCUMENTS_A_SITE,
    FAMILIES,
    PublishedSite,
    attachment_path,
    page_answer,
    published_sites,
    small_pdf,
    title_of,
)

LIMITS = FetchLimits(
    minutes=10, requests=100_000, mebibytes=10_000, sites_at_once=4, memory_bytes=2 * 2**30
)
USER_AGENT = "juesuan/test (reads published budgets and final accounts; someone@example.org)"


@dataclass
class World:
    """The sites, the store, and what the nights came home with."""

    sites: list[PublishedSite]
    folder: Path
    store: RawStore
    first: dict[str, SiteResult]

    def crawl(self, *names: str, limits: FetchLimits = LIMITS) -> dict[str, SiteResult]:
        """Spend a night on some sites."""
        described = load_sites(self.folder / "sites")
        results = crawl_sites(
            [described[name] for name in names],
            self.store,
            limits,
            user_agent=USER_AGENT,
            on_site=lambda _: None,
        )
        return {result.site: result for result in results}

    def sightings(self, query: str) -> list[tuple]:
        """Ask the manifest."""
        manifest = str(self.store.folder / "manifest" / "*" / "*.parquet")
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"create view sightings as from read_parquet('{manifest}')")
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """All four sites, after the first night."""
    folder = tmp_path_factory.mktemp("world")
    (folder / "sites").mkdir()
    with ExitStack() as servers:
        sites = published_sites()
        for site in sites:
            servers.enter_context(serving(site.portal))
            site.write_description(folder / "sites")
        world = World(sites, folder, RawStore(folder / "raw" / "fetched"), {})
        world.first = world.crawl(*FAMILIES)
        yield world


@pytest.fixture(params=range(len(FAMILIES)), ids=FAMILIES)
def site(request: pytest.FixtureRequest, world: World) -> PublishedSite:
    """One of the sites."""
    return world.sites[request.param]


def test_every_reachable_document_is_fetched_once_and_byte_for_byte(world, site):
    rows = world.sightings(
        f"""
        select url, sha256, extension from sightings
        where site = '{site.family}' and outcome = 'new' and role in ('document', 'archive')
        """
    )
    stored = {url: world.store.object_path(sha, kind).read_bytes() for url, sha, kind in rows}
    assert len(rows) == len(stored)
    wanted = {site.portal.url(path): content for path, content in site.reachable.items()}
    assert {url: content for url, content in stored.items() if "#" not in url} == wanted
    # What is announced as longer than it is may be a part until it comes the same each time.
    announced = {path: site.portal.answers[path].stated_length or 0 for path in site.reachable}
    once = {path for path, content in site.reachable.items() if announced[path] <= len(content)}
    assert len(once) == len(wanted) - 1
    assert max(site.portal.sent[path] for path in once) == 1
    assert len(wanted) >= DOCUMENTS_A_SITE


def test_what_cannot_be_had_is_told_with_the_reason(world, site):
    found = world.sightings(
        f"""
        select url, reason from sightings
        where site = '{site.family}' and outcome in ('failed', 'skipped') and role = 'document'
        """
    )
    told = dict(found)
    own = {site.portal.url(path): reason for path, reason in site.unreachable.items()}
    (endless,) = [url for url in own if url.endswith("endless.pdf")]
    # Which of its limits an endless answer meets first is a matter of how fast the machine is.
    assert told.pop(endless) in {own.pop(endless), "timeout"}
    assert told == {**own, "http://example.com/b.pdf": "other_host"}


def test_other_announcements_are_skipped_by_title(world, site):
    titles = world.sightings(
        f"select title from sightings where site = '{site.family}' and reason = 'no_announcement'"
    )
    assert sorted(title for (title,) in titles) == sorted(
        ["关于召开会议的通知", "某某工程招标公告", "2023年财政总决算报告", "领导活动"]
    )


def test_titles_dates_years_and_departments_are_kept(world, site):
    (row,) = world.sightings(
        f"""
        select title, kind, fiscal_year, department_name, cast(published as varchar)
        from sightings
        where role = 'document' and url = '{site.portal.url(sorted(site.reachable)[20])}'
        """
    )
    title, kind, year, department, published = row
    assert (
        title
        == f"{department}{year}年度{'部门决算' if kind == 'final_accounts' else '部门预算'}公开"
    )
    assert published == "2023-09-22"


def test_what_the_server_calls_a_file_is_kept_for_people(world):
    site = world.sites[1]
    named = dict(world.sightings("select url, file_name from sightings where outcome = 'new'"))
    for path in site.reachable:
        if path in site.names and "faults" not in path:
            assert named[site.portal.url(path)] == site.names[path]


def test_archives_are_unpacked_and_bombs_are_not(world, site):
    members = world.sightings(
        f"""
        select file_name, sha256 from sightings
        where site = '{site.family}' and contains(url, '.zip#') order by url
        """
    )
    assert members == [
        ("甲局.pdf", hashlib.sha256(small_pdf(90_000)).hexdigest()),
        ("乙局.pdf", hashlib.sha256(small_pdf(90_001)).hexdigest()),
    ]
    roles = world.sightings(
        f"""
        select parse_filename(url), role from sightings
        where site = '{site.family}' and url like '%.zip' order by url
        """
    )
    assert roles == [("all.zip", "archive"), ("bomb.zip", "document")]


def test_names_from_the_network_are_never_paths(world):
    files = [path for path in world.store.folder.rglob("*") if path.is_file()]
    assert {path.parent.parent.name for path in files if path.suffix == ".pdf"} == {"objects"}
    assert not list(world.folder.rglob("*passwd*"))


def test_nothing_that_robots_txt_denies_was_asked_and_everybody_was_told_who_asks(site):
    assert site.portal.asked["/secret/a.pdf"] == 0
    assert site.portal.user_agents == {USER_AGENT}


def test_a_huge_answer_is_not_taken_to_its_end(site):
    (endless,) = [path for path in site.unreachable if path.endswith("endless.pdf")]
    assert site.portal.answers[endless].pieces == 2048
    assert site.portal.byte_count < 200 * 2**20


def test_the_store_is_read_as_raw_files_under_published_names(world):
    found = {file.sha256: file for file in find_raw_files(world.folder / "raw")}
    one = hashlib.sha256(small_pdf(23)).hexdigest()
    assert found[one].path.read_bytes() == small_pdf(23)
    assert found[one].file_name == f"{title_of(23)}.pdf"
    contents = {content for site in world.sites for content in site.reachable.values()}
    # Archives are no documents; their two members, the same on each site, are.
    assert len(found) == len(contents) - 1 + 2


@pytest.fixture(scope="module")
def second(world: World) -> dict[str, SiteResult]:
    """What a second night came home with."""
    for site in world.sites:
        site.portal.forget()
        # What goes wrong has gone wrong in the first night; again it would cost time only.
        for path in site.reachable:
            site.portal.answers[path].failures = ()
        for path, reason in site.unreachable.items():
            if reason == "timeout":
                site.portal.answers[path].failures = ("drop",)
    return world.crawl(*FAMILIES)


def test_the_second_night_fetches_no_body_again(second, site):
    result = second[site.family]
    assert sum(site.portal.sent[path] for path in site.reachable) == 0
    assert result.report.documents.keys() == {"unchanged"}
    assert result.report.not_asked > 0
    assert result.trouble == ""


def test_what_failed_is_asked_again_and_what_was_replaced_is_a_version_of_its_own(world, second):
    assert second
    site = world.sites[0]
    (failed,) = [path for path, reason in site.unreachable.items() if reason == "http_500"]
    replaced = attachment_path(site.family, 21)
    site.portal.forget()
    site.portal.answers[failed].is_failing_always = False
    site.portal.asked[failed] = 1  # past its failures
    answer = site.portal.answers[replaced]
    answer.body, answer.etag = small_pdf(70_000), '"21-2"'
    result = world.crawl(site.family)[site.family]
    # Though the page that leads to it is unchanged.
    assert result.report.documents["new"] == 1
    assert site.portal.sent[failed] == 1
    assert world.store.known_addresses(site.family)[site.portal.url(failed)].sha256
    assert result.report.documents["changed"] == 1
    documents = {document.sha256: document for document in world.store.stored_documents()}
    before = hashlib.sha256(small_pdf(21)).hexdigest()
    after = hashlib.sha256(small_pdf(70_000)).hexdigest()
    assert documents[before].superseded_by == after
    assert documents[after].superseded_by == ""
    assert world.store.object_path(before, "pdf").read_bytes() == small_pdf(21)


def test_one_dead_and_one_malicious_site_cost_the_others_nothing(world):
    with closing(socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        dead_port = unused.getsockname()[1]
    dead = PublishedSite("generic", Portal(port=dead_port), "/")
    (world.folder / "sites").joinpath("dead.yaml").write_text(
        description_of(dead), encoding="utf-8"
    )
    with serving(malicious_portal()) as portal:
        evil = PublishedSite("generic", portal, "/index.html")
        (world.folder / "sites").joinpath("evil.yaml").write_text(
            description_of(evil, budget="{minutes: 0.1, requests: 300, document_mebibytes: 8}"),
            encoding="utf-8",
        )
        results = world.crawl("dead", "evil", "vsb")
    assert results["dead"].has_failed
    assert results["dead"].report.failed == {"refused": 1}
    assert not results["vsb"].has_failed
    assert results["evil"].report.requests <= 300
    assert results["evil"].report.skipped["private_address"] >= 1
    assert set(results["evil"].report.documents) <= {"new"}


def description_of(site: PublishedSite, **changes: str) -> str:
    """A site's description, which is not called after its family."""
    fields = {
        "name": "测试",
        "region_code": '"430600"',
        "level": "county",
        "family": site.family,
        "start_pages": f'["{site.portal.url(site.start_page)}"]',
        "allowed_hosts": '["localtest.example:80", "[::1]:9", "10.0.0.1", "169.254.169.254"]',
        "private_networks": '["127.0.0.1/32"]',
        "politeness": "{delay_seconds: 0, concurrency: 8, timeout_seconds: 2, retries: 0}",
        **changes,
    }
    return "\n".join(f"{name}: {value}" for name, value in fields.items())


def malicious_portal() -> Portal:
    """A site that lists pages without end, bombs, and addresses inside our own network."""
    portal = Portal()
    title = "甲县财政局2024年度部门决算公开"
    inward = "".join(
        f'<a href="{address}">{title}</a>'
        for address in (
            "http://10.0.0.1/a.pdf",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]:9/b.pdf",
            "file:///etc/passwd",
            "http://2130706433/c.pdf",
        )
    )
    deep = "<div>" * 20_000
    endless = '<script>var countPage = 99999999;</script><a href="next.html?n=1">下一页</a>'
    page = f"<html><body>{inward}{endless}{deep}</body></html>"
    portal.answers["/index.html"] = page_answer("content_nnn", page)
    for number in range(1, 400):
        onward = f'<a href="next.html?n={number + 1}">下一页</a>{inward}'
        portal.answers[f"/next.html?n={number}"] = Answer(onward.encode())
    return portal

"""What a crawl asks and what it does not: robots.txt, addresses, and pages that lead elsewhere."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from socket import AF_INET6, socket

import duckdb
import pytest

from pipelines.acquiring.crawls import FetchLimits, SiteResult, crawl_sites
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import load_sites
from tests.portal.server import Answer, Portal, serving
from tests.portal.sites import page_answer, small_pdf

LIMITS = FetchLimits(
    minutes=5, requests=1000, mebibytes=100, sites_at_once=3, memory_bytes=2 * 2**30
)
TITLE = "甲县财政局2024年度部门决算公开"
CRAWL_DELAY = 0.3
SITES = {
    "open": (b"<p>Disallow: /</p>", 404),
    "denied": (b"", 503),
    "slow": (f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}".encode(), 200),
    "sluggish": (b"User-agent: *\nCrawl-delay: 86400", 200),
    "inward": (b"", 404),
    "six": (b"", 404),
}


@dataclass
class Fetched:
    """What crawls of all sites came home with."""

    portals: dict[str, Portal]
    results: dict[str, SiteResult]
    store: RawStore

    def sightings(self, site: str) -> dict[str, tuple[str, str, str, str]]:
        """Outcome, reason, detail and file name by the end of each address of a site."""
        manifest = str(self.store.folder / "manifest" / site / "*.parquet")
        rows = duckdb.sql(
            f"select url, outcome, reason, detail, file_name from read_parquet('{manifest}')"
        ).fetchall()
        return {url.split("/", 3)[3]: told for url, *told in rows}


def has_version_6() -> bool:
    """Whether this machine speaks the Internet Protocol's version 6 with itself."""
    try:
        with socket(AF_INET6) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetched]:
    """All sites, crawled once."""
    folder = tmp_path_factory.mktemp("networks")
    store = RawStore(folder / "raw" / "fetched")
    (folder / "sites").mkdir()
    portals = {}
    with ExitStack() as servers:
        for name, (robots, status) in SITES.items():
            if name == "six" and not has_version_6():
                continue
            portal = portals[name] = Portal()
            portal.answers["/robots.txt"] = Answer(robots, status=status)
            publish(portal, is_open=name == "open")
            servers.enter_context(serving(portal, "::1" if name == "six" else "127.0.0.1"))
            (folder / "sites" / f"{name}.yaml").write_text(description(name, portal))
        results = crawl_sites(
            [site for name, site in load_sites(folder / "sites").items() if name in portals],
            store,
            LIMITS,
            user_agent="juesuan/test",
            on_site=lambda _: None,
        )
        yield Fetched(portals, {result.site: result for result in results}, store)


def description(name: str, portal: Portal) -> str:
    """How a site is described."""
    host = {"inward": "localhost", "six": "[::1]"}.get(name, "127.0.0.1")
    starts = ["/", "/moved.html", "/script.html", "/guard.html", "/cookie.html"]
    networks = {"inward": "[]", "six": '["::1/128"]'}
    fields = {
        "name": "测试",
        "region_code": '"430600"',
        "level": "county",
        "family": "generic",
        "start_pages": [
            f"http://{host}:{portal.port}{path}" for path in (starts if name == "open" else ["/"])
        ],
        "private_networks": networks.get(name, '["127.0.0.1/32"]'),
        "politeness": "{delay_seconds: 0, timeout_seconds: 20, retries: 1, retry_seconds: 0}",
    }
    return "\n".join(f"{field}: {value}" for field, value in fields.items())


def publish(portal: Portal, *, is_open: bool) -> None:
    """A list of two documents, and on one site ways to it and files of every kind."""
    files = ["/a.pdf", "/b.pdf"]
    portal.answers |= {path: Answer(small_pdf(len(path) + ord(path[1]))) for path in files}
    if is_open:
        named = "/%B2%BF%C3%C5%BE%F6%CB%E3.pdf"  # 部门决算, percent-encoded in GBK
        portal.answers[named] = Answer(small_pdf(3))
        portal.answers["/all.zip"] = Answer(archive())
        files += [named, "/all.zip"]
        refresh = '<meta http-equiv="refresh" content="0; url=/onward.html">'
        portal.answers["/moved.html"] = Answer(refresh.encode())
        portal.answers["/script.html"] = Answer(b"<script>window.location='/onward2.html'</script>")
        portal.answers["/guard.html"] = Answer(b"<html><script>eval('x')</script></html>")
        portal.answers["/cookie.html"] = Answer(
            status=302, headers={"Location": "/cookie.html", "Set-Cookie": "seen=1"}
        )
        article = f"<h1>{TITLE}</h1><p>正文</p><a href='javascript:down(7)'>附件：{TITLE}</a>"
        portal.answers["/article.html"] = page_answer("trs_wcm", article)
        files.append("/article.html")
        for number, path in enumerate(("/onward.html", "/onward2.html")):
            portal.answers[f"/c{number}.pdf"] = Answer(small_pdf(10 + number))
            portal.answers[path] = page_answer("trs_wcm", listing([f"/c{number}.pdf"]))
    portal.answers["/"] = page_answer("trs_wcm", listing(files))


def listing(paths: list[str]) -> str:
    """A list that leads to files."""
    entries = "".join(f'<li><a href="{path}">{TITLE}</a></li>' for path in paths)
    hidden = f'<a href="javascript:;" onclick="openDetail(7)">{TITLE}</a>'
    return f"<ul>{entries}{hidden}</ul>"


def archive() -> bytes:
    """An archive of a document, a picture, and an archive of a document."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("inner.pdf", small_pdf(20))
    with zipfile.ZipFile(outer, "w") as packed:
        packed.writestr("outer.pdf", small_pdf(21))
        packed.writestr("seal.png", b"\x89PNG....")
        packed.writestr("units.zip", inner.getvalue())
    return outer.getvalue()


def test_nothing_is_asked_of_a_host_in_trouble_whose_robots_txt_is_not_to_be_had(fetched):
    assert set(fetched.portals["denied"].asked) == {"/robots.txt"}
    (told,) = fetched.sightings("denied").values()
    assert told[:2] == ["failed", "http_503"]
    assert told[2].startswith("robots.txt is not to be had")
    assert fetched.results["denied"].has_failed


def test_an_error_page_for_robots_txt_denies_nothing(fetched):
    assert fetched.results["open"].report.documents["new"] == 8


def test_a_crawl_delay_is_kept(fetched):
    report = fetched.results["slow"].report
    assert report.documents == {"new": 2}
    assert report.seconds >= (report.requests - 1) * CRAWL_DELAY / 2  # Scrapy varies it by half


def test_a_crawl_delay_of_a_day_is_a_refusal(fetched):
    assert set(fetched.portals["sluggish"].asked) == {"/robots.txt"}
    assert fetched.results["sluggish"].report.skipped == {"robots": 1}


def test_a_name_that_means_an_address_of_ours_is_not_asked(fetched):
    assert not fetched.portals["inward"].asked
    (told,) = fetched.sightings("inward").values()
    assert told[1] == "private_address"
    assert "localhost is " in told[2]


@pytest.mark.skipif(not has_version_6(), reason="this machine has no ::1")
def test_a_host_with_an_address_of_version_6_alone_is_reached(fetched):
    assert fetched.results["six"].report.documents == {"new": 2}


def test_pages_that_send_browsers_on_are_followed(fetched):
    seen = fetched.sightings("open")
    assert seen["c0.pdf"][0] == "new"
    assert seen["c1.pdf"][0] == "new"


def test_what_only_a_browser_could_follow_is_told_of(fetched):
    seen = fetched.sightings("open")
    assert seen["guard.html"][:2] == ["failed", "script_page"]
    assert seen["cookie.html"][1] == "redirect_loop"
    assert "cookie" in seen["cookie.html"][2]
    assert seen[f"#{TITLE}"][:2] == ["skipped", "script"]
    assert seen[f"article.html#附件：{TITLE}"][:2] == ["skipped", "script"]


def test_archives_in_archives_are_unpacked_and_what_is_no_document_is_told_of(fetched):
    seen = fetched.sightings("open")
    members = {path: told for path, told in seen.items() if path.startswith("all.zip#")}
    assert {(told[0], told[3]) for told in members.values()} == {
        ("new", "outer.pdf"),
        ("skipped", ""),
        ("new", "inner.pdf"),
    }


def test_a_name_that_an_address_holds_in_gbk_is_read(fetched):
    assert fetched.sightings("open")["%B2%BF%C3%C5%BE%F6%CB%E3.pdf"][3] == "部门决算.pdf"

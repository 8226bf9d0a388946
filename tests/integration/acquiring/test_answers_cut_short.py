"""Answers of which a part came: asked again, never taken for whole, and named while they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.acquiring.crawls import FetchLimits, SiteResult, crawl_sites
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import load_sites
from tests.portal.server import Answer, Portal, serving
from tests.portal.sites import small_pdf

LIMITS = FetchLimits(
    minutes=5, requests=1000, mebibytes=100, sites_at_once=1, memory_bytes=2 * 2**30
)
RETRIES = 2
LISTS = ("/0.html", "/1.html", "/2.html")
ARTICLES = tuple(f"/t{number}.html" for number in range(9))
FILES = {f"/{number}-{place}.pdf" for number in range(9) for place in range(2)}
TITLE = "甲县第{}局2024年度部门决算公开"
# How a part comes, and what is said of that of which no more does.
PARTS = {"truncate": "truncated", "unfinished": "truncated", "shorten": "cut_short"}


@dataclass
class Published:
    """A site of three lists, three articles on each, two files behind each, and its visitor."""

    portal: Portal
    folder: Path
    store: RawStore

    def spend_night(self) -> SiteResult:
        """Crawl the site."""
        sites = load_sites(self.folder / "sites")
        (result,) = crawl_sites(
            [sites["cut"]],
            self.store,
            LIMITS,
            user_agent="juesuan/test",
            on_site=lambda _: None,
        )
        assert result.trouble == ""
        return result

    @property
    def fetched(self) -> set[str]:
        """Paths of the documents that are stored whole."""
        stored = {
            document.url: self.store.object_path(document.sha256, document.extension)
            for document in self.store.stored_documents()
            if not document.superseded_by
        }
        return {
            path
            for path in FILES
            if (url := self.portal.url(path)) in stored
            and stored[url].read_bytes() == self.portal.answers[path].body
        }

    @property
    def in_part(self) -> dict[str, str]:
        """Why, by path, of what is there in part at most."""
        host = self.portal.url("")
        return {each.url.removeprefix(host): each.reason for each in self.store.partial_answers()}


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Published]:
    """The site, as it should be."""
    portal = Portal()
    portal.answers["/robots.txt"] = Answer(status=404)
    for number, path in enumerate(LISTS):
        shown = ARTICLES[number * 3 : number * 3 + 3]
        portal.answers[path] = Answer(page_of([(each, title_of(each)) for each in shown]))
    for number, path in enumerate(ARTICLES):
        files = [f"/{number}-{place}.pdf" for place in range(2)]
        portal.answers[path] = Answer(page_of([(each, "附件") for each in files]), etag=f'"{path}"')
        for place, file in enumerate(files):
            portal.answers[file] = Answer(small_pdf(number * 10 + place), etag=f'"{file}"')
    (tmp_path / "sites").mkdir()
    with serving(portal):
        (tmp_path / "sites" / "cut.yaml").write_text(
            f"""
            name: 测试
            region_code: "430600"
            level: county
            family: generic
            start_pages: {[portal.url(path) for path in LISTS]}
            private_networks: ["127.0.0.1/32"]
            politeness:
              {{delay_seconds: 0, timeout_seconds: 5, retries: {RETRIES}, retry_seconds: 0}}
            """,
            encoding="utf-8",
        )
        yield Published(portal, tmp_path, RawStore(tmp_path / "raw" / "fetched"))


def title_of(path: str) -> str:
    """What an article is called."""
    return TITLE.format("一二三四五六七八九十"[int(path[2])])


def page_of(links: list[tuple[str, str]]) -> bytes:
    """A page of links, the last of them in its second half."""
    listed = [f'<p><a href="{path}">{text}</a></p>' for path, text in links]
    text = "<p>正文</p>" * 80
    page = f"<html><body>{''.join(listed[:-1])}{text}{listed[-1]}</body></html>"
    return page.encode()


def spoil(portal: Portal, paths: Iterable[str], times: int | None = None) -> None:
    """Have only half of some answers come, each in another way: so many times, or always."""
    for path, how in zip(paths, PARTS, strict=True):
        answer = portal.answers[path]
        answer.failures, answer.is_failing_always = (how,) * (times or 1), times is None


def mend(portal: Portal) -> None:
    """Have every answer come whole."""
    for answer in portal.answers.values():
        answer.failures, answer.is_failing_always = (), False
    portal.asked.clear()


def test_what_came_in_part_is_asked_again_at_once(published):
    portal = published.portal
    articles, files = ("/t0.html", "/t4.html", "/t8.html"), ("/1-0.pdf", "/2-1.pdf", "/6-0.pdf")
    for spoilt in (LISTS, articles, files):
        spoil(portal, spoilt, RETRIES)
    published.spend_night()
    assert published.fetched == FILES
    assert published.in_part == {}
    spoilt = (*LISTS, *articles, *files)
    assert {portal.asked[path] for path in spoilt} == {RETRIES + 1}
    # A later night, on which something was added to what was whole before.
    portal.asked.clear()
    for number, path in enumerate(("/t1.html", "/t5.html", "/t7.html")):
        added = f"/added{number}.pdf"
        portal.answers[added] = Answer(small_pdf(1000 + number))
        portal.answers[path] = Answer(page_of([("/0-0.pdf", "附件"), (added, "附件")]))
    spoil(portal, ("/t1.html", "/t5.html", "/t7.html"), RETRIES)
    published.spend_night()
    assert [portal.sent[f"/added{number}.pdf"] for number in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("lists", [LISTS[:0], LISTS])
def test_what_stays_cut_short_is_named_and_had_once_it_comes_whole(published, lists):
    articles, files = ("/t0.html", "/t4.html", "/t7.html"), ("/1-0.pdf", "/3-1.pdf", "/6-0.pdf")
    for spoilt in filter(None, (lists, articles, files)):
        spoil(published.portal, spoilt)
    published.spend_night()
    # Whatever the first halves lead to is there.
    unseen = {"/0-1.pdf", "/4-1.pdf", "/7-1.pdf", *files}
    unseen |= {f"/{number}-{place}.pdf" for number in (2, 5, 8) for place in range(2) if lists}
    assert published.fetched == FILES - unseen
    named = {
        path: reason
        for spoilt in filter(None, (lists, articles, files))
        for path, reason in zip(spoilt, PARTS.values(), strict=True)
    }
    assert published.in_part == named
    mend(published.portal)
    published.spend_night()
    assert published.fetched == FILES
    assert published.in_part == {}


def test_pages_of_a_site_that_never_writes_an_end_are_whole(published):
    for path in (*LISTS, *ARTICLES):
        leave_open(published.portal.answers[path])
    published.spend_night()
    assert published.fetched == FILES
    assert published.in_part == {}
    published.portal.asked.clear()
    published.spend_night()
    assert {published.portal.asked[path] for path in (*LISTS, *ARTICLES)} == {1}


def test_articles_without_an_end_below_lists_with_one_are_whole_if_all_are_so(published):
    for path in ARTICLES:
        leave_open(published.portal.answers[path])
    published.spend_night()
    assert published.in_part == {}
    # The next night knows, though there is but one of them.
    new = published.portal.answers["/t9.html"] = Answer(page_of([("/9-0.pdf", "附件")]))
    leave_open(new)
    published.portal.answers["/9-0.pdf"] = Answer(small_pdf(99))
    published.portal.answers[LISTS[0]].body = page_of([("/t9.html", title_of("/t9.html"))])
    published.spend_night()
    assert published.in_part == {}
    assert published.portal.asked["/t9.html"] == 1


def leave_open(page: Answer) -> None:
    """Take a page's end away."""
    page.body = page.body.removesuffix(b"</html>")


def test_what_has_its_own_end_is_whole_whatever_was_announced(published):
    portal = published.portal
    for path in ("/4-1.pdf", "/t1.html", LISTS[2]):
        portal.answers[path].stated_length = len(portal.answers[path].body) + 1000
    result = published.spend_night()
    assert published.fetched == FILES
    assert published.in_part == {}
    assert result.report.failed == {}
    assert portal.asked["/4-1.pdf"] == RETRIES + 1


def test_rules_cut_short_are_not_taken_for_all_there_are(published):
    rules = b"User-agent: *\nDisallow: /secret/\nDisallow: /0.html\n"
    robots = Answer(rules, "text/plain", failures=("truncate",), is_failing_always=True)
    published.portal.answers["/robots.txt"] = robots
    result = published.spend_night()
    assert set(published.portal.asked) == {"/robots.txt"}
    assert result.has_failed
    assert "robots.txt is not to be had" in result.report.problems[0]

"""What visitors may expect of every page of the explorer, whoever and however hostile they are.

Knows the addresses that the documents promise, and asks for nothing else of how pages are made.
"""

import http.client
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsing.chromium import EXECUTABLE
from tests.browsing.exploring import Explorer, explorer
from tests.paths import SAMPLES_DIR

in_a_browser = pytest.mark.skipif(
    not EXECUTABLE.exists(), reason=f"there is no Chromium at {EXECUTABLE}"
)

# One row for each kind of page: its name, and its path.
PATHS = """
    select 'department', '/department/' || min(body_id)
    from marts.dim_bodies where scope = 'department' and document_count > 1
    union all
    select 'unit', '/department/' || min(body_id) from marts.dim_bodies where scope = 'unit'
    union all
    select
        'budget of a department',
        min('/department/' || body_id || '?year=' || fiscal_year || '&kind=budget')
    from marts.dim_documents where kind = 'budget'
    union all
    select 'county', '/region/' || min(region_code) from marts.dim_bodies
    union all
    select 'province', '/region/' || min(province_code)
    from marts.dim_bodies inner join marts.dim_regions using (region_code)
    union all
    select file_kind || ' document', '/document/' || min(document_id)
    from marts.dim_documents group by file_kind
    union all
    select 'figure in a ' || file_kind, '/figure/' || min(figure_id)
    from marts.fct_disclosed_figures inner join marts.dim_documents using (document_id)
    group by file_kind
    union all
    select status || ' figure', '/figure/' || max(figure_id)
    from marts.fct_disclosed_figures group by status
    union all
    select status || ' claim', '/claim/' || max(claim_id)
    from marts.fct_narrative_claims group by status
    union all
    select tier || ' check', '/check/' || min(check_id) from marts.fct_identity_checks group by tier
    union all
    select 'identity that fails', '/identity/' || min(identity_id)
    from marts.fct_discrepancies where level = 'violation'
"""
FIXED_PATHS = {
    "home": "/",
    "search for nothing": "/search",
    "search with answers": f"/search?q={quote('局')}",
    "search by initials": "/search?q=xpx",
    "search without answers": f"/search?q={quote('不存在的部门')}",
    "discrepancies": "/discrepancies",
    "contradictions": "/discrepancies?level=violation",
    "quality": "/quality",
    "overspent": "/ranking/overspent",
    "growth": "/ranking/growth",
    "no such page": "/figure/0000000000000000",
}
FOUND_KINDS = (
    "department",
    "unit",
    "budget of a department",
    "county",
    "province",
    "pdf document",
    "docx document",
    "html document",
    "figure in a pdf",
    "figure in a docx",
    "figure in a html",
    "proven figure",
    "disputed figure",
    "unchecked figure",
    "proven claim",
    "unchecked claim",
    "exact check",
    "violation check",
    "not_evaluable check",
    "identity that fails",
)
KINDS = (*FIXED_PATHS, *FOUND_KINDS)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
CRAWLED = 300
TABS = 60
GRAVE = {"serious", "critical"}
# Formats, and the names of what is named so in Chinese, too.
LATIN_WORDS = {"PDF", "CSV", "XLSX", "PARQUET", "PNG", "SVG", "DOCX", "HTML", "WORD", "EXCEL"}
LATIN_WORDS |= {"UTC", "SHA-256", "JYJ"}  # the last are initials of 教育局, as an example
LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+(?:-\w+)?")
# One check for each reason why something could not be checked, or is not what it should be.
REASONS = """
    select '/check/' || min(check_id) from marts.fct_identity_checks group by tier, reason
    order by all
"""
IDENTITIES = "select '/identity/' || identity_id from reference.identities order by all"
FOCUSED = """
    () => {
        const it = document.activeElement;
        const style = getComputedStyle(it);
        return {
            tag: it.tagName,
            role: it.getAttribute('role') || '',
            type: it.getAttribute('type') || '',
            href: it.getAttribute('href') || '',
            inTable: it.closest('table') !== null,
            inMain: it.closest('main') !== null,
            isMarked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
        };
    }
"""
INLINE = "//style | //@style | //script[not(@src)] | //@*[starts-with(name(), 'on')]"
# Text and what is read out in its place; neither code nor what says of itself that it is English.
WORDS = """
    //text()[not(ancestor::code or ancestor::pre or ancestor::script)]
        [not(ancestor::*[@lang][not(self::html)])]
    | //@aria-label | //@alt | //@title | //@placeholder
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the explorer answers to one request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.headers.get("content-type", "").startswith("text/html")

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


def ask(running: Explorer, target: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for a target just as it is written, which browsers would not do."""
    connection = http.client.HTTPConnection(urlsplit(running.address).netloc, timeout=60)
    try:
        connection.putrequest(
            method, target, skip_accept_encoding=True, skip_host="Host" in headers
        )
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def paths(samples) -> dict[str, str]:
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        return FIXED_PATHS | dict(connection.execute(PATHS).fetchall())


@pytest.fixture(scope="module")
def at_a_desk(browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=WIDE) as made:
        yield made


@pytest.fixture(scope="module")
def on_a_telephone(browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=NARROW) as made:
        yield made


@pytest.fixture(scope="module")
def without_scripts(browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=WIDE, java_script_enabled=False) as made:
        yield made


@pytest.fixture
def page(at_a_desk) -> Iterator[Page]:
    with at_a_desk.new_page() as made:
        yield made


def in_language(path: str, language: str) -> str:
    """The path with the language asked for."""
    return path if language == "zh" else f"{path}{'&' if '?' in path else '?'}lang={language}"


every_kind = pytest.mark.parametrize("kind", KINDS)


def test_pages_of_every_kind_are_there(paths):
    assert set(KINDS) - set(paths) == set()


@every_kind
def test_a_page_answers_and_says_its_language(running, paths, kind):
    for language, said in (("zh", "zh-CN"), ("en", "en")):
        answer = ask(running, in_language(paths[kind], language))
        assert answer.status == (404 if kind == "no such page" else 200)
        assert html.document_fromstring(answer.text).get("lang") == said


def grave_faults(page: Page) -> list[str]:
    """What axe finds on a page that shuts somebody out."""
    found = [it for it in Axe().run(page).response["violations"] if it["impact"] in GRAVE]
    return [f"{it['id']}: {it['help']}: {[n['html'][:200] for n in it['nodes']]}" for it in found]


def overhang(page: Page) -> int:
    """How many pixels of a page stick out at its side."""
    return page.evaluate("document.scrollingElement.scrollWidth - innerWidth")


def keyboard_faults(page: Page) -> list[str]:
    """What somebody misses who only has a keyboard; the page is freshly opened."""
    focused = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        focused.append(page.evaluate(FOCUSED))
    reached = [it for it in focused if it["tag"] in {"A", "BUTTON", "INPUT"}]
    faults = [f"not marked when reached: {it}" for it in reached if not it["isMarked"]]
    if not focused[0]["href"].startswith("#"):
        faults.append(f"the first tab leads to {focused[0]}")
    if not any(it["type"] == "search" for it in reached):
        faults.append("the search is not reached")
    has_links_in_tables = page.locator("main table a[href]").count() > 0
    if any(it["inTable"] for it in reached) != has_links_in_tables:
        faults.append("links in tables are not reached")
    return faults


def is_content_skipped_to(page: Page) -> bool:
    """Whether the skip link, followed by keys, leads into the content; the page is fresh."""
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    to_reach = "main a[href], main input, main button, main [tabindex='0']"
    return page.evaluate(FOCUSED)["inMain"] or not page.locator(to_reach).count()


def shown_in_print(page: Page) -> list[str]:
    """What a printed page shows though it is of use on a screen only."""
    page.emulate_media(media="print")
    roles = ("navigation", "search", "searchbox")
    shown = [role for role in roles for it in page.get_by_role(role).all() if it.is_visible()]
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.emulate_media(media="screen")
    return shown


@in_a_browser
@every_kind
def test_a_page_serves_whoever_comes(page, running, paths, kind):
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(running.address + paths[kind])
    assert shown_in_print(page) == []
    assert grave_faults(page) == []
    assert keyboard_faults(page) == []
    page.goto(running.address + paths[kind])
    assert is_content_skipped_to(page)
    # That a page is missing is what one of them is about.
    missing = [it for it in complaints if kind == "no such page" and "404" in it]
    assert complaints == missing


@in_a_browser
@every_kind
def test_a_page_serves_telephones(on_a_telephone, running, paths, kind):
    with on_a_telephone.new_page() as page:
        page.goto(running.address + in_language(paths[kind], "en"))
        overhang_in_english, faults = overhang(page), grave_faults(page)
        page.goto(running.address + paths[kind])
        overhang_in_chinese = overhang(page)
    assert (overhang_in_english, overhang_in_chinese, faults) == (0, 0, [])


@in_a_browser
@every_kind
def test_a_page_reads_the_same_without_scripts(page, without_scripts, running, paths, kind):
    page.goto(running.address + paths[kind])
    with without_scripts.new_page() as plain:
        plain.goto(running.address + paths[kind])
        expect(plain.get_by_role("heading", level=1)).to_be_visible()
        read_without = plain.get_by_role("main").inner_text()
    assert read_without == page.get_by_role("main").inner_text()


@in_a_browser
def test_search_works_without_scripts(without_scripts, running):
    with without_scripts.new_page() as page:
        page.goto(running.address)
        page.get_by_role("searchbox").fill("xpx")
        page.get_by_role("searchbox").press("Enter")
        page.get_by_role("main").get_by_role("link", name="霞浦县").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("霞浦县")


def latin_lines(page: str, file_names: Iterable[str]) -> set[str]:
    """The lines of a page with Latin words that are not allowed; names of files are."""
    text = "\n".join(str(it) for it in html.document_fromstring(page).xpath(WORDS))
    for name in file_names:
        text = text.replace(name, "")
    lines = {line.strip() for line in text.splitlines()}
    return {
        it for it in lines if any(word.upper() not in LATIN_WORDS for word in LATIN.findall(it))
    }


@pytest.fixture(scope="module")
def file_names(samples) -> list[str]:
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        rows = connection.execute("select file_name from marts.dim_documents").fetchall()
    return [name for (name,) in rows]


@every_kind
def test_a_chinese_page_says_everything_in_chinese(running, file_names, paths, kind):
    assert latin_lines(ask(running, paths[kind]).text, file_names) == set()


@pytest.mark.parametrize("chosen", [REASONS, IDENTITIES], ids=["reasons", "identities"])
def test_every_reason_and_identity_is_told_in_chinese(running, samples, file_names, chosen):
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        found = [path for (path,) in connection.execute(chosen).fetchall()]
    told = {path: latin_lines(ask(running, path).text, file_names) for path in found}
    assert {path: lines for path, lines in told.items() if lines} == {}


def links_of(path: str, page: str) -> Iterator[str]:
    """Everything that a page links to or shows, with its own address as the base."""
    tree = html.document_fromstring(page)
    for link in tree.xpath("//@href | //@src | //@action"):
        yield urljoin(path, str(link))
    for sources in tree.xpath("//@srcset"):
        for source in str(sources).split(","):
            yield urljoin(path, source.split()[0])


def kind_of(link: str) -> str:
    """What a link leads to, roughly: as many of each as possible are followed."""
    parts = urlsplit(link)
    steps = parts.path.split("/")
    file_format = re.findall(r"format=(\w+)", parts.query)
    return " ".join([steps[1], Path(parts.path).suffix, *file_format, "en" * ("lang=en" in link)])


@pytest.fixture(scope="module")
def crawled(running) -> dict[str, tuple[str, Answer]]:
    """What up to so many links answer, the rarest kinds first, and the page each was found on."""
    found: dict[str, str] = {"/": ""}
    answers: dict[str, tuple[str, Answer]] = {}
    visits: Counter[str] = Counter()
    waiting: dict[str, list[str]] = defaultdict(list, {kind_of("/"): ["/"]})
    while len(answers) < CRAWLED and any(waiting.values()):
        kind = min((kind for kind in waiting if waiting[kind]), key=lambda it: visits[it])
        path = waiting[kind].pop(0)
        visits[kind] += 1
        answer = ask(running, path)
        answers[path] = (found[path], answer)
        links = links_of(path, answer.text) if answer.is_page else ()
        for link in (urldefrag(each).url for each in links):
            if link not in found:
                found[link] = path
                if not urlsplit(link).netloc:
                    waiting[kind_of(link)].append(link)
                else:
                    answers[link] = (path, Answer(0, {}, b""))
    return answers


def test_no_chinese_page_leads_to_english(crawled, file_names):
    pages = {
        path: it.text for path, (_, it) in crawled.items() if it.is_page and "lang=" not in path
    }
    told = {path: latin_lines(text, file_names) for path, text in pages.items()}
    assert {path: lines for path, lines in told.items() if lines} == {}


def test_every_link_leads_somewhere(crawled):
    inside = {path: answer for path, answer in crawled.items() if not urlsplit(path).netloc}
    assert len(inside) > CRAWLED // 2
    assert {
        (path, found_on, answer.status)
        for path, (found_on, answer) in inside.items()
        if answer.status != 200
    } == set()


def test_no_link_leads_off_the_site_but_to_published_documents(crawled, samples):
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        rows = connection.execute("select url from marts.dim_documents").fetchall()
    outside = {path: found_on for path, (found_on, _) in crawled.items() if urlsplit(path).netloc}
    assert set(outside) - {url for (url,) in rows} == set()


def test_whatever_is_answered_is_guarded(crawled):
    for path, (_, answer) in crawled.items():
        policy = answer.headers.get("content-security-policy", "")
        assert policy, path
        assert "unsafe" not in policy, path
        assert re.search(r"default-src 'none'", policy), path
        assert not re.search(r"(\*|https?:|data:|blob:)", policy), path
        assert answer.headers.get("x-content-type-options") == "nosniff", path


def test_no_page_has_anything_inline(crawled):
    for path, (_, answer) in crawled.items():
        if answer.is_page:
            assert html.document_fromstring(answer.text).xpath(INLINE) == [], path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize(
    "path", ["/", "/search?q=a", "/department/0000000000000000", "/static/style.css"]
)
def test_nothing_can_be_changed(running, method, path):
    answer = ask(running, path, method, **{"Content-Length": "0"})
    assert answer.status == 405


OVERLONG = "f" * 5_000
HOSTILE_PATHS = (
    "/figure/../../etc/passwd",
    "/figure/..%2f..%2f..%2fetc%2fpasswd",
    "/figure/%2e%2e/%2e%2e/etc/passwd",
    "/static/../../../etc/passwd",
    "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static/%2e%2e/%2e%2e/settings.py",
    "/static/..%5c..%5csettings.py",
    "/static//etc/passwd",
    "/document/<script>alert(1)</script>",
    "/document/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "/department/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    f"/figure/{OVERLONG}",
    f"/claim/{OVERLONG}",
    f"/region/{'1' * 5_000}",
    f"/identity/{OVERLONG}",
    "/figure/%00",
    "/document/0000000000000000%00",
    "/region/%00350921",
    f"/department/{quote('霞浦县')}",
    f"/region/{quote('３５０９２１')}",
    f"/figure/{quote('‮0000000000000000')}",
    "/figure/%ff%fe",
    "/claim/'%20or%20'1'='1",
    "/identity/x;drop%20table%20marts.dim_documents",
    "/ranking/nothing",
    "/ranking/..%2foverspent",
    "/check/-1",
    "/figure/0000000000000000/page.png",
    "/figure/0000000000000000/page.exe",
    "/department/0000000000000000/chart/years.svg",
    "/nothing",
    "//etc/passwd",
)


@pytest.mark.parametrize("path", HOSTILE_PATHS, ids=lambda path: path[:50])
def test_hostile_paths_lead_nowhere(running, path):
    answer = ask(running, path)
    assert answer.status == 404
    assert answer.is_page
    assert html.document_fromstring(answer.text).xpath("//h1")
    assert "<script>alert" not in answer.text
    assert "root:" not in answer.text


SCRIPT = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
HOSTILE_PARAMETERS = (
    "q={}",
    "year={}",
    "kind={}",
    "scope={}",
    "lang={}",
    "format={}",
    "table={}",
    "level={}",
    "body={}",
    "page={}",
    "sort={}",
    "width={}",
    "crop={}",
    "form={}",
)
HOSTILE_VALUES = (
    SCRIPT,
    "%00",
    "-1",
    "9" * 30,
    "..%2f..",
    "%ff",
    "'",
    quote("三公"),
    "x" * 5_000,
    "",
)


@every_kind
def test_hostile_parameters_break_no_page(running, paths, kind):
    base = f"{paths[kind]}{'&' if '?' in paths[kind] else '?'}"
    # Each value alone in one parameter, the values taking turns, and in all of them together.
    queries = [each.format(value) for each, value in zip(HOSTILE_PARAMETERS, cycle(HOSTILE_VALUES))]
    queries += ["&".join(HOSTILE_PARAMETERS).replace("{}", value) for value in HOSTILE_VALUES]
    for query in queries:
        answer = ask(running, base + query)
        assert answer.status < 500, query
        assert b"<script>alert" not in answer.body, query


def test_another_site_cannot_speak_in_the_explorers_name(running):
    answer = ask(running, "/", Host="evil.example")
    assert answer.status in {400, 403, 421}


def test_the_address_takes_calls_as_soon_as_it_is_said(samples):
    with explorer(samples.path, SAMPLES_DIR) as started:
        assert started.early_seconds == 0

"""Four sites of as many content management systems, with documents and faults among them."""

import gzip
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.portal.server import LONG_AGO, Answer, Portal

DOCUMENTS_A_SITE = 75
PER_PAGE = 20
FAMILIES = ("trs_wcm", "hanweb_jcms", "vsb", "content_nnn")
BODIES = ("财政局", "审计局", "档案馆", "民政局", "水利局", "培训中心", "采购中心", "总工会")
OTHER_NEWS = ("关于召开会议的通知", "某某工程招标公告", "2023年财政总决算报告", "领导活动")

Contents = Callable[[int], bytes]


@dataclass
class PublishedSite:
    """What one site publishes, and what a crawl of it must come home with.

    Attributes:
        family: Its content management system.
        portal: Its server.
        start_page: Path of its list.
        reachable: Every document that can be had, by path, with its bytes.
        unreachable: Paths of documents that cannot, with the reason that is to be recorded.
        names: What some of the documents are called.
    """

    family: str
    portal: Portal
    start_page: str
    reachable: dict[str, bytes] = field(default_factory=dict)
    unreachable: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def write_description(self, folder: Path, **changes: object) -> str:
        """Describe the site as an operator would; return its name."""
        described = {
            "name": f"测试站点 {self.family}",
            "region_code": '"430600"',
            "level": "county",
            "family": self.family,
            "start_pages": f'["{self.portal.url(self.start_page)}"]',
            "private_networks": '["127.0.0.1/32"]',
            "politeness": "{delay_seconds: 0, concurrency: 8, timeout_seconds: 4, retries: 2, "
            "retry_seconds: 0.05}",
            "budget": "{document_mebibytes: 8}",
            **changes,
        }
        lines = [f"{name}: {value}" for name, value in described.items()]
        (folder / f"{self.family}.yaml").write_text("\n".join(lines), encoding="utf-8")
        return self.family


def small_pdf(number: int) -> bytes:
    """A file that begins and ends like a PDF, different for each number."""
    noise = hashlib.sha512(str(number).encode()).digest() * (8 + number % 11)
    return b"%PDF-1.4\n" + noise.replace(b"%%EOF", b"") + b"\n%%EOF\n"


def small_zip(*names: str) -> bytes:
    """An archive of small PDFs, its names in GB 18030 as Chinese Windows writes them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate(names):
            archive.writestr(_ChineseName(name), small_pdf(90_000 + number))
    return stream.getvalue()


class _ChineseName(zipfile.ZipInfo):
    """A member whose name is written in GB 18030, without a word about it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gb18030"), self.flag_bits


def zip_bomb() -> bytes:
    """An archive of 256 KiB that unpacks to 256 MiB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.pdf", b"%PDF-1.4" + bytes(256 * 2**20))
    return stream.getvalue()


def published_sites(
    contents: Contents = small_pdf, count: int = DOCUMENTS_A_SITE, *, with_faults: bool = True
) -> list[PublishedSite]:
    """One site of each family; their portals are not served yet."""
    sites = []
    for position, family in enumerate(FAMILIES):
        site = PublishedSite(family, Portal(), START_PAGES[family])
        site.portal.answers["/robots.txt"] = Answer(
            b"User-agent: *\nDisallow: /secret/\n", content_type="text/plain"
        )
        numbers = range(position * count, (position + 1) * count)
        _publish(site, list(numbers), contents)
        if with_faults:
            _add_faults(site, position)
        sites.append(site)
    return sites


START_PAGES = {
    "trs_wcm": "/zwgk/bmjs/",
    "hanweb_jcms": "/col/col77388/index.html",
    "vsb": "/xxgk/bmyjs.htm",
    "content_nnn": "/30591/index.html",
}
ARTICLE_PATHS = {
    "trs_wcm": "/zwgk/bmjs/202309/t20230922_10{:05}.html",
    "hanweb_jcms": "/art/2023/9/20/art_1229253835_{:05}.html",
    "vsb": "/info/2531/{:05}.htm",
    "content_nnn": "/30591/30620/content_{:05}.html",
}


def attachment_path(family: str, number: int) -> str:
    """Where a document lies."""
    digest = hashlib.md5(f"{family}{number}".encode(), usedforsecurity=False).hexdigest()
    return {
        "trs_wcm": f"/zwgk/bmjs/202309/P020230922{number:012}.pdf",
        "hanweb_jcms": f"/module/download/downfile.jsp?classid=0&filename={digest}.pdf",
        "vsb": f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid={number}",
        "content_nnn": f"/30591/30620/files/{digest}.pdf",
    }[family]


def title_of(number: int) -> str:
    """What a document's announcement is called."""
    kind = "部门决算" if number % 3 else "部门预算"
    return f"甲县{BODIES[number % len(BODIES)]}{2019 + number % 6}年度{kind}公开"


def _publish(site: PublishedSite, numbers: list[int], contents: Contents) -> None:
    for number in numbers:
        path = attachment_path(site.family, number)
        _put_document(site, path, contents(number), number)
        _put_article(site, ARTICLE_PATHS[site.family].format(number), title_of(number), [path])
    entries = [(ARTICLE_PATHS[site.family].format(number), title_of(number)) for number in numbers]
    entries += [
        (ARTICLE_PATHS[site.family].format(99_000 + position), title)
        for position, title in enumerate(OTHER_NEWS)
    ]
    write_lists(site, entries)


def _put_document(site: PublishedSite, path: str, content: bytes, number: int) -> Answer:
    answer = Answer(content, content_type="application/pdf")
    # Servers tell versions in one way, in another, or not at all.
    if number % 3 == 0:
        answer.etag = f'"{number}-1"'
    elif number % 3 == 1:
        answer.modified = LONG_AGO
    if site.family == "hanweb_jcms":
        name = f"{title_of(number)}{number}.pdf"
        answer.headers["Content-Disposition"] = f"attachment; filename={name}"
        site.names[path] = name
    site.portal.answers[path] = answer
    site.reachable[path] = content
    return answer


def _put_article(site: PublishedSite, path: str, title: str, files: list[str]) -> None:
    listed = "".join(f'<p><a href="{file}">附件：{title}</a></p>' for file in files)
    html = (
        f"<html><head><title>{title}-甲县人民政府</title>"
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2023-09-22">'
        f'</head><body><h1>{title}</h1><div class="time">发布时间：2023-09-22</div>{listed}'
        f"<script>var visits = 1;</script></body></html>"
    )
    site.portal.answers[path] = page_answer(site.family, html)


def page_answer(family: str, html: str) -> Answer:
    """A page in the encoding its family uses, stated, half stated or not at all."""
    match family:
        case "trs_wcm":
            return Answer(html.encode(), etag=f'"{hashlib.sha256(html.encode()).hexdigest()[:8]}"')
        case "hanweb_jcms":
            stated = html.replace("<head>", '<head><meta charset="gb2312">')
            return Answer(stated.encode("gb18030"), content_type="text/html")
        case "vsb":
            return Answer(html.encode("gb18030"), content_type="text/html", modified=LONG_AGO)
    return Answer(html.encode(), content_type="text/plain")


def write_lists(site: PublishedSite, entries: list[tuple[str, str]]) -> None:
    """Write the pages of the site's list."""
    pages = [entries[start : start + PER_PAGE] for start in range(0, len(entries), PER_PAGE)]
    for number, (path, html) in enumerate(LIST_WRITERS[site.family](pages)):
        if number and "dataproxy" in path:
            answer = Answer(html.encode(), content_type="text/xml;charset=UTF-8")
        else:
            page = f"<html><head></head><body>{html}</body></html>"
            answer = page_answer(site.family, page)
        answer.etag, answer.modified = "", None
        site.portal.answers[path if number else site.start_page] = answer


def _items(entries: list[tuple[str, str]]) -> str:
    return "".join(
        f'<li><a href="{path}" title="{title}">{title[:12]}…</a><span>2023-09-22</span></li>'
        for path, title in entries
    )


def _trs_lists(pages: list[list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    for number, entries in enumerate(pages):
        script = f'<script>createPageHTML({len(pages)}, {number}, "index", "shtml");</script>'
        yield f"/zwgk/bmjs/index_{number}.shtml", f"<ul>{_items(entries)}</ul>{script}"


def _hanweb_lists(pages: list[list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    # The first records stand in the page, the others come by group; the last one is empty.
    proxy = "/module/web/jpage/dataproxy.jsp?page={}&webid=1&path=/&columnid=77388&unitid=9"
    for number, entries in enumerate([*pages, []]):
        records = "".join(f"<record><![CDATA[{_items([each])}]]></record>" for each in entries)
        onward = f'<nextgroup><![CDATA[<a href="{proxy.format(number + 1)}"></a>]]></nextgroup>'
        data = f"<datastore>{onward}<recordset>{records}</recordset></datastore>"
        yield proxy.format(number), data if number else f'<script type="text/xml">{data}</script>'


def _vsb_lists(pages: list[list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    # Numbered from the last page, which is 1; the first has the column's own name.
    for number, entries in enumerate(pages):
        left = len(pages) - number - 1
        folder = "" if number else "bmyjs/"
        back = '<a href="../bmyjs.htm">首页</a>' if number else ""
        onward = f'<a href="{folder}{left}.htm">下页</a>' if left else ""
        yield f"/xxgk/bmyjs/{len(pages) - number}.htm", f"<ul>{_items(entries)}</ul>{back}{onward}"


def _content_lists(pages: list[list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    for number, entries in enumerate(pages, start=1):
        path = f"/30591/index_{number + 1}.html"
        asked = f"queryArticleByCondition(this,'{path}')"
        onward = f'<a href="javascript:;" tagname="{path}" onclick="{asked}">下一页 &gt;</a>'
        more = onward if number < len(pages) else ""
        yield f"/30591/index_{number}.html", f"<ul>{_items(entries)}</ul>{more}"


LIST_WRITERS = {
    "trs_wcm": _trs_lists,
    "hanweb_jcms": _hanweb_lists,
    "vsb": _vsb_lists,
    "content_nnn": _content_lists,
}


def _add_faults(site: PublishedSite, position: int) -> None:
    """Put every fault once on each site, among its own documents and on an article of their own."""
    answers = site.portal.answers
    own = sorted(site.reachable)
    for path, failures in zip(
        own, ((500,), (503, 502), ("truncate",), ("drop", 500), ("hang",)), strict=False
    ):
        answers[path].failures = failures
    answers[own[5]].content_type = "text/html; charset=utf-8"
    answers[own[6]].stated_length = len(answers[own[6]].body) + 1000
    answers[own[7]].stated_length = -1
    answers[own[8]].content_type = "image/png"
    for path, failures, reason in (
        (own[10], (500,), "http_500"),
        (own[11], ("truncate",), "truncated"),
        (own[12], (404,), "http_404"),
        (own[13], ("hang",), "timeout"),
    ):
        answers[path].failures, answers[path].is_failing_always = failures, True
        del site.reachable[path]
        site.unreachable[path] = reason
    faults = f"/faults/{position}/"
    number = 50_000 + position * 100
    special = {
        "loop.pdf": Answer(status=302, headers={"Location": f"{faults}loop.pdf"}),
        "elsewhere.pdf": Answer(status=302, headers={"Location": "http://example.com/a.pdf"}),
        "metadata.pdf": Answer(
            status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"}
        ),
        "page.pdf": Answer(b"<!DOCTYPE html><p>login</p>", content_type="application/pdf"),
        "empty.pdf": Answer(b"", content_type="application/pdf"),
        "endless.pdf": Answer(
            content_type="application/pdf", endless=b"%PDF-1.4" + bytes(2**20), pieces=2048
        ),
        "huge.pdf": Answer(small_pdf(number), stated_length=2 * 2**30),
        "gzip.pdf": Answer(gzip.compress(bytes(64 * 2**20)), headers={"Content-Encoding": "gzip"}),
    }
    reasons = {
        "loop.pdf": "redirect_loop",
        "elsewhere.pdf": "other_host",
        "metadata.pdf": "other_host",
        "page.pdf": "web_page",
        "empty.pdf": "empty",
        "endless.pdf": "too_large",
        "huge.pdf": "too_large",
        "gzip.pdf": "too_large",
    }
    for name, answer in special.items():
        answers[faults + name] = answer
        site.unreachable[faults + name] = reasons[name]
    site.unreachable["/secret/a.pdf"] = "robots"
    answers["/secret/a.pdf"] = Answer(small_pdf(1))
    moved = _put_document(site, f"{faults}moved%20to.pdf", small_pdf(number + 1), number)
    answers[f"{faults}moved.pdf"] = Answer(
        status=301, headers={"Location": f"{faults}moved%20to.pdf"}
    )
    site.reachable[f"{faults}moved.pdf"] = site.reachable.pop(f"{faults}moved%20to.pdf")
    moved.etag, moved.modified = '"moved"', None
    _put_document(site, f"{faults}again.pdf", answers[own[20]].body, number)
    _put_document(site, f"{faults}..%2f..%2f..%2fetc%2fpasswd.pdf", small_pdf(number + 2), number)
    archive = _put_document(
        site, f"{faults}all.zip", small_zip("../甲局.pdf", "b/乙局.pdf"), number
    )
    archive.content_type = "application/zip"
    _put_document(site, f"{faults}bomb.zip", zip_bomb(), number)
    paths = [
        *(faults + name for name in special),
        "/secret/a.pdf",
        f"{faults}moved.pdf",
        f"{faults}again.pdf",
        f"{faults}..%2f..%2f..%2fetc%2fpasswd.pdf",
        f"{faults}all.zip",
        f"{faults}bomb.zip",
        "http://example.com/b.pdf",
        "javascript:alert(1)",
        "http://[broken/c.pdf",
    ]
    article = ARTICLE_PATHS[site.family].format(98_000)
    _put_article(site, article, "甲县财政局2024年度部门决算公开", paths)
    listed = next(iter(LIST_WRITERS[site.family]([[(article, "甲县财政局2024年度部门决算公开")]])))[
        1
    ]
    first = answers[site.start_page]
    encoding = "gb18030" if site.family in ("hanweb_jcms", "vsb") else "utf-8"
    first.body = first.body.replace(b"</body>", listed.encode(encoding) + b"</body>")

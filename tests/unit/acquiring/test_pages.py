"""Pages as content management systems of government sites write them."""

import pytest

from pipelines.acquiring.pages import Link, Page, page_text, read_page
from pipelines.acquiring.site_catalogue import Site, layout_of, load_wording

PLACE = "http://www.a.gov.cn/zwgk/yjs/index.html"


def read(html: str | bytes, family: str = "generic", url: str = PLACE, stated: str = "") -> Page:
    site = Site(
        site="a", name="a", region_code="430600", level="county", family=family, start_pages=(url,)
    )
    body = html if isinstance(html, bytes) else html.encode()
    return read_page(body, stated.encode(), url, layout_of(site), load_wording())


def addresses(links: tuple[Link, ...]) -> list[str]:
    return [link.url for link in links]


@pytest.mark.parametrize(
    ("family", "html", "url", "further"),
    [
        pytest.param(
            "trs_wcm",
            '<script>createPageHTML(3, 0, "index", "html");</script>',
            "http://a.cn/zwgk/",
            ["http://a.cn/zwgk/index_1.html", "http://a.cn/zwgk/index_2.html"],
            id="trs",
        ),
        pytest.param(
            "trs_wcm",
            "<script>createPageHTML('pages', 2, 0, 'list', 'shtml', 30);</script>",
            "http://a.cn/zwgk/",
            ["http://a.cn/zwgk/list_1.shtml"],
            id="trs of later versions",
        ),
        pytest.param(
            "trs_wcm",
            "<script>var currentPage = 1; var countPage = 3//共多少页</script>",
            "http://a.cn/zwgk/index_1.htm",
            ["http://a.cn/zwgk/index_1.htm", "http://a.cn/zwgk/index_2.htm"],
            id="trs with a count alone",
        ),
        pytest.param(
            "hanweb_jcms",
            '<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/'
            "dataproxy.jsp?page=1&webid=3&path='/'&columnid=7&unitid=9\"></a>]]></nextgroup>"
            "<recordset><record><![CDATA[<li></li>]]></record></recordset></datastore></script>",
            "http://a.cn/col/col7/index.html",
            [
                "http://a.cn/module/web/jpage/dataproxy.jsp?page=1&webid=3&path='/'&columnid=7&unitid=9"
            ],
            id="hanweb by groups",
        ),
        pytest.param(
            "hanweb_jcms",
            "$('#9').jpage({perPage:10, totalRecord:70, groupSize:3, proxyUrl:'/module/jpage/"
            "dataproxy.jsp', ajaxParam:{col:1,webid:3,path:'/',columnid:7,unitid:'9'}})",
            "http://a.cn/col/col7/index.html",
            [
                "http://a.cn/module/jpage/dataproxy.jsp?startrecord=31&endrecord=60&perpage=10"
                "&col=1&webid=3&path=%2F&columnid=7&unitid=9",
                "http://a.cn/module/jpage/dataproxy.jsp?startrecord=61&endrecord=70&perpage=10"
                "&col=1&webid=3&path=%2F&columnid=7&unitid=9",
            ],
            id="hanweb by records",
        ),
        pytest.param(
            "hanweb_jcms",
            '<datastore><nextgroup><![CDATA[<a href="dataproxy.jsp?page=9"></a>]]></nextgroup>'
            "<recordset></recordset></datastore>",
            "http://a.cn/module/web/jpage/dataproxy.jsp?page=8",
            [],
            id="hanweb after the last group",
        ),
        pytest.param(
            "vsb",
            '<a href="yjs/6.htm">下页</a><a href="yjs/1.htm">尾页</a>',
            "http://a.cn/xxgk/yjs.htm",
            ["http://a.cn/xxgk/yjs/6.htm"],
            id="vsb, backwards",
        ),
        pytest.param(
            "vsb",
            '<a href="../yjs.htm">首页</a><a href="5.htm">下页</a>',
            "http://a.cn/xxgk/yjs/6.htm",
            ["http://a.cn/xxgk/yjs/5.htm"],
            id="vsb, further on",
        ),
        pytest.param(
            "content_nnn",
            "<a href='javascript:;' onclick=\"ask(this,'/30591/index_2.html')\">下一页 &gt;</a>",
            "http://a.cn/30591/index.html",
            ["http://a.cn/30591/index_2.html"],
            id="numbered content, by script",
        ),
        pytest.param(
            "content_nnn",
            "<script>var pageCount = '3';</script>",
            "http://a.cn/30591/list.shtml",
            ["http://a.cn/30591/list_2.shtml", "http://a.cn/30591/list_3.shtml"],
            id="numbered content, by count",
        ),
        pytest.param(
            "generic",
            '<a href="?page=2" title="下一页"><img></a><a href="?page=9">下一页新闻</a>',
            "http://a.cn/list.aspx",
            ["http://a.cn/list.aspx?page=2"],
            id="a picture for a button",
        ),
    ],
)
def test_further_pages_of_a_list_are_found(family, html, url, further):
    assert list(read(html, family, url).further) == further


def test_records_of_hanweb_are_links_of_the_list():
    record = "<li><a href='/art/2023/9/20/art_1_2.html' title='某局2022年度部门决算'>某局…</a></li>"
    html = f"<datastore><recordset><record><![CDATA[{record}]]></record></recordset></datastore>"
    (link,) = read(html, "hanweb_jcms").links
    assert (link.url, link.text) == (
        "http://www.a.gov.cn/art/2023/9/20/art_1_2.html",
        "某局2022年度部门决算",
    )


@pytest.mark.parametrize(
    ("html", "files"),
    [
        ('<a href="./P020230922.pdf">附件</a>', ["http://www.a.gov.cn/zwgk/yjs/P020230922.pdf"]),
        ('<a href="\\files\\a.docx">附件</a>', ["http://www.a.gov.cn/files/a.docx"]),
        ('<a href=" /f/a b.pdf\n">附件</a>', ["http://www.a.gov.cn/f/a%20b.pdf"]),
        ('<a href="/f/决算.pdf">附件</a>', ["http://www.a.gov.cn/f/%E5%86%B3%E7%AE%97.pdf"]),
        ('<a href="/f/%BE%F6%CB%E3.pdf">附件</a>', ["http://www.a.gov.cn/f/%BE%F6%CB%E3.pdf"]),
        ('<a href="/get/17">附件1：2022年决算.xls</a>', ["http://www.a.gov.cn/get/17"]),
        ('<a href="/a.html">2022年决算.pdf</a>', []),
        (
            '<a href="#" onclick="window.open(\'/f/a.wps\')">附件</a>',
            ["http://www.a.gov.cn/f/a.wps"],
        ),
        (
            "<a href=\"javascript:down('../f/a.rar')\">附件</a>",
            ["http://www.a.gov.cn/zwgk/f/a.rar"],
        ),
        ("<li onclick=\"location.href='/f/a.ofd'\">附件</li>", ["http://www.a.gov.cn/f/a.ofd"]),
        (
            '<script>showVsbpdfIframe("/__local/A/BC/D.pdf","100%","600","0");</script>',
            ["http://www.a.gov.cn/__local/A/BC/D.pdf"],
        ),
        (
            '<iframe src="/pdfjs/web/viewer.html?file=/f/a.pdf"></iframe>',
            ["http://www.a.gov.cn/f/a.pdf"],
        ),
        (
            '<base href="http://files.a.gov.cn/x/"><a href="a.pdf">附件</a>',
            ["http://files.a.gov.cn/x/a.pdf"],
        ),
    ],
)
def test_files_are_found_however_a_page_leads_to_them(html, files):
    assert addresses(read(html).attachments) == files


def test_a_query_is_sent_in_the_pages_own_encoding_and_a_path_in_utf_8():
    html = '<meta charset="gbk"><p>决算公开</p><a href="/决/down.jsp?name=决算.pdf">附件</a>'
    (link,) = read(html.encode("gb18030")).links
    assert link.url == "http://www.a.gov.cn/%E5%86%B3/down.jsp?name=%BE%F6%CB%E3.pdf"


def test_links_that_only_a_script_can_follow_are_told_of():
    html = """
        <a href="javascript:void(0)" onclick="openDetail(17)">某局2022年度部门决算</a>
        <a href="javascript:goto(2)">下一页</a>
        <a href="#">返回顶部</a>
    """
    page = read(html)
    assert (page.links, page.further) == ((), ())
    assert page.scripted == ("某局2022年度部门决算", "下一页")


@pytest.mark.parametrize(
    ("html", "moved_to"),
    [
        ("<script>window.location.href='/zwgk/'</script>", "http://www.a.gov.cn/zwgk/"),
        ("<script>location.replace('x.html')</script>", "http://www.a.gov.cn/zwgk/yjs/x.html"),
        ("<script>top.location = 'https://b.cn/'</script>", "https://b.cn/"),
        ('<iframe src="list.html"></iframe>', "http://www.a.gov.cn/zwgk/yjs/list.html"),
        ("<script>if (isMobile) location.href='/m/'</script><a href='a.html'>a</a>", ""),
    ],
)
def test_where_a_page_sends_browsers_on_is_known(html, moved_to):
    assert read(html).moved_to == moved_to


def test_a_page_of_nothing_but_a_script_is_known_as_such():
    guard = "<html><head><script>var _$a='x';eval(_$a)</script></head><body></body></html>"
    assert read(guard).is_script
    assert not read(f"{guard}<p>{'本单位2022年度无政府性基金预算。' * 3}</p>").is_script
    assert not read("<p>没有</p>").is_script


@pytest.mark.parametrize("stated", ["utf-8", "gb2312", "gbk", "iso-8859-1", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_page_is_read_whatever_encoding_it_states(encoding, stated):
    printed = "某局2022年度部门决算，含“三公”经费"
    header = f"text/html; charset={stated}".encode() if stated else b"text/html"
    assert page_text(printed.encode(encoding), header)[1] == printed

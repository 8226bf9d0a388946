"""What the parts of an OFD file hold, how they refer to each other, and what of it is drawn."""

import zipfile
from io import BytesIO

import pytest
from lxml import etree

from pipelines.reading import ofd_package
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.ofd_package import (
    A4,
    IDENTITY,
    MAX_DEPTH,
    Drawn,
    Page,
    Transform,
    applied,
    box_of,
    combined,
    place_of,
    read_package,
)
from tests.unit.reading.ofd_xml import NAMESPACE, layer, ofd_file, page, text
from tests.unit.reading.word_xml import zip_file


def words(found: Page) -> list[str]:
    """What the texts of a page say, in the order in which they are drawn."""
    return ["".join(drawn.element.itertext()).strip() for drawn in found.drawn]


def resources(*defined: str, base: str = "") -> str:
    """A part that defines something for others to refer to."""
    return f'<ofd:Res {NAMESPACE} BaseLoc="{base}"><ofd:All>{"".join(defined)}</ofd:All></ofd:Res>'


@pytest.mark.parametrize(
    ("written", "box"),
    [
        ("0 0 210 297", (0, 0, 210, 297)),
        ("-5 -6 0.5 0.5 9", (-5, -6, 0.5, 0.5)),
        ("0 0 999999 999999", (0, 0, 999_999, 999_999)),
        ("0 0 210", None),
        ("0 0 0 297", None),
        ("0 0 210 0", None),
        ("0 0 -1 297", None),
        ("0 0 210 -1", None),
        ("0 0 1000000 297", None),
        ("0 0 210 1000000", None),
    ],
)
def test_a_box_is_four_numbers_with_a_size_below_a_kilometre(
    written: str, box: tuple[float, ...] | None
):
    assert box_of(written) == box


def test_a_map_puts_a_point_where_the_outer_puts_what_the_inner_puts():
    outer, inner = (2.0, 3.0, 5.0, 7.0, 11.0, 13.0), (0.5, -1.0, 4.0, 1.5, -2.0, 9.0)
    assert applied(outer, 1.0, 10.0) == (2 + 50 + 11, 3 + 70 + 13)
    assert combined(outer, IDENTITY) == combined(IDENTITY, outer) == outer
    for point in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)):
        assert applied(combined(outer, inner), *point) == applied(outer, *applied(inner, *point))


@pytest.mark.parametrize(
    ("attributes", "place"),
    [
        ("", IDENTITY),
        ('Boundary="10 20 30 40"', (1, 0, 0, 1, 10, 20)),
        ('Boundary="10 20"', (1, 0, 0, 1, 10, 20)),
        ('Boundary="10"', IDENTITY),
        ('Boundary="10 20 30 40" CTM="2 0 0 3 1 1"', (2, 0, 0, 3, 11, 21)),
        ('CTM="2 0 0 3 1 1 9"', (2, 0, 0, 3, 1, 1)),
        ('CTM="2 0 0 3 1"', IDENTITY),
    ],
)
def test_an_object_stands_in_its_box_as_its_own_map_puts_it(attributes: str, place: Transform):
    assert place_of(etree.fromstring(f"<TextObject {attributes}/>")) == place


def test_a_page_has_its_own_size_or_the_documents_or_is_of_a4():
    area = "<ofd:Area><ofd:PhysicalBox>10 20 100 50</ofd:PhysicalBox></ofd:Area>"
    drawn = text(30, 40, "正文")
    own, usual = read_package(ofd_file(page(drawn, before=area), drawn))
    assert (own.box, usual.box) == ((10, 20, 100, 50), (0, 0, 210, 297))
    assert own.drawn[0].place == (1, 0, 0, 1, 20, 20)
    assert usual.drawn[0].place == (1, 0, 0, 1, 30, 40)
    bare = f"<ofd:Document {NAMESPACE}><ofd:Pages><ofd:Page ID='0' BaseLoc='gone.xml'/></ofd:Pages>"
    (blank,) = read_package(ofd_file(parts={"Doc_0/Document.xml": f"{bare}</ofd:Document>"}))
    assert (blank.box, blank.drawn) == (A4, ())


def test_templates_and_layers_are_drawn_from_the_back_to_the_front():
    layers = [
        layer(text(1, 1, "前"), kind="Foreground"),
        layer(text(1, 1, "文")),
        layer(text(1, 1, "后"), kind="Background"),
        layer(text(1, 1, "未名"), kind="Other"),
        layer(text(1, 1, "无")).replace(' Type="Body"', ""),
    ]
    named = (
        '<ofd:Template TemplateID="8" ZOrder="Foreground"/><ofd:Template TemplateID="9"/>'
        '<ofd:Template TemplateID="7"/>'
    )
    (found,) = read_package(
        ofd_file(
            page(*layers, before=named),
            common='<ofd:TemplatePage ID="8" BaseLoc="A.xml"/>'
            '<ofd:TemplatePage ID="9" BaseLoc="/Doc_0/B.xml"/>',
            parts={
                "Doc_0/A.xml": page(text(1, 1, "上")),
                "Doc_0/B.xml": page(text(1, 1, "下")),
            },
        )
    )
    assert words(found) == ["下", "后", "文", "未名", "无", "前", "上"]


@pytest.mark.parametrize(("deep", "is_drawn"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_blocks_and_composite_objects_may_be_nested_so_deep(deep: int, *, is_drawn: bool):
    blocks = "<ofd:PageBlock>" * deep + text(1, 1, "深") + "</ofd:PageBlock>" * deep
    units = [
        f'<ofd:CompositeGraphicUnit ID="{at}"><ofd:Content>{inside}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for at in range(1, deep + 1)
        for inside in (
            text(1, 1, "深")
            if at == deep
            else f'<ofd:CompositeObject ResourceID="{at + 1}" Boundary="1 2 9 9"/>',
        )
    ]
    for drawn in (blocks, '<ofd:CompositeObject ResourceID="1" Boundary="1 2 9 9"/>'):
        (found,) = read_package(
            ofd_file(
                drawn,
                common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
                parts={"Doc_0/R.xml": resources(*units)},
            )
        )
        assert words(found) == (["深"] if is_drawn else [])
    if is_drawn:
        assert found.drawn[0].place == (1, 0, 0, 1, 1 + deep, 1 + 2 * deep)


@pytest.mark.parametrize(("most", "is_read"), [(3, True), (2, False)])
def test_a_file_that_draws_too_much_is_damaged(
    most: int, monkeypatch: pytest.MonkeyPatch, *, is_read: bool
):
    monkeypatch.setattr(ofd_package, "MAX_OBJECTS", most)
    drawn = ofd_file(text(1, 1, "一") + text(1, 1, "二"), text(1, 1, "三"))
    if is_read:
        assert [words(each) for each in read_package(drawn)] == [["一", "二"], ["三"]]
    else:
        with pytest.raises(UnreadableFileError, match="damaged"):
            read_package(drawn)


def test_a_file_may_unpack_to_so_much_text_in_all_and_no_more(monkeypatch: pytest.MonkeyPatch):
    content = ofd_file(text(1, 1, "一"), text(1, 1, "二"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    monkeypatch.setattr(ofd_package, "MAX_XML_BYTES", size)
    assert len(read_package(content)) == 2
    monkeypatch.setattr(ofd_package, "MAX_XML_BYTES", size - 1)
    with pytest.raises(UnreadableFileError, match="unpacks to more than"):
        read_package(content)


STYLES = resources(
    '<ofd:DrawParam ID="1" Relative="2"/>',
    '<ofd:DrawParam ID="2" Relative="1"/>',
    '<ofd:DrawParam ID="3" Relative="gone"/>',
    "<ofd:DrawParam/>",
)


@pytest.mark.parametrize(
    ("own", "of_layer", "ids"),
    [
        ("1", "", ["1", "2"]),
        ("3", "", ["3"]),
        ("gone", "", []),
        ("", "3", ["3"]),
        ("3", "2", ["3", "2", "1"]),
        ("", "", []),
    ],
)
def test_an_object_is_drawn_as_it_says_then_its_styles_then_those_of_its_layer(
    own: str, of_layer: str, ids: list[str]
):
    def styled(key: str) -> str:
        return f' DrawParam="{key}"' if key else ""

    drawn = layer(text(1, 1, "文", more=styled(own))).replace(
        '<ofd:Layer ID="3"', f'<ofd:Layer ID="3"{styled(of_layer)}'
    )
    (found,) = read_package(
        ofd_file(
            page(drawn),
            common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
            parts={"Doc_0/R.xml": STYLES},
        )
    )
    (one,) = found.drawn
    assert one.told_by[0] is one.element
    assert [each.get("ID") for each in one.told_by[1:]] == ids


def test_what_a_page_defines_is_of_this_page_alone():
    own = "<ofd:PageRes>Own.xml</ofd:PageRes>"
    drawn = text(1, 1, "文", more='DrawParam="1"')
    pages = read_package(
        ofd_file(
            page(drawn, before=own),
            drawn,
            common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
            parts={
                "Doc_0/Own.xml": resources('<ofd:DrawParam ID="1"/>'),
                "Doc_0/R.xml": resources('<ofd:DrawParam ID="2"/>'),
            },
        )
    )
    (first,), (second,) = (each.drawn for each in pages)
    assert (len(first.told_by), len(second.told_by)) == (2, 1)
    assert [each.resources.find("2") is not None for each in (first, second)] == [True, True]


@pytest.mark.parametrize(
    ("key", "content"),
    [("1", b"one"), ("2", None), ("3", None), ("4", b"four"), ("9", None)],
    ids=["there", "missing", "no file", "from the root", "not defined"],
)
def test_a_picture_refers_to_a_file_beside_what_defines_it(key: str, content: bytes | None):
    def media(of: str, file: str) -> str:
        named = f"<ofd:MediaFile>{file}</ofd:MediaFile>" if file else ""
        return f'<ofd:MultiMedia ID="{of}">{named}</ofd:MultiMedia>'

    defined = resources(
        *(media("1", "one"), media("2", "gone"), media("3", ""), media("4", "/Doc_0/four")),
        base="Files",
    )
    (found,) = read_package(
        ofd_file(
            text(1, 1, "文"),
            common="<ofd:PublicRes>Res\\R.XML</ofd:PublicRes>",
            parts={
                "Doc_0/res/R.xml": defined,
                "Doc_0/res/Files/one": b"one",
                "Doc_0/four": b"four",
            },
        )
    )
    (drawn,) = found.drawn
    assert drawn.resources.read_file(key) == content


@pytest.mark.parametrize(
    ("note", "places"),
    [
        ('ID="1"', [(21, 102)]),
        ('ID="1" Visible="true"', [(21, 102)]),
        ('ID="1" Visible="false"', []),
    ],
)
def test_annotations_of_a_page_are_drawn_over_it_in_their_boxes(
    note: str, places: list[tuple[float, float]]
):
    appearance = f'<ofd:Appearance Boundary="20 100 80 10">{text(1, 2, "批注")}</ofd:Appearance>'
    listed = '<ofd:Page PageID="1"><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page><ofd:Page/>'
    pages = read_package(
        ofd_file(
            *(text(1, 1, "一"), text(1, 1, "二")),
            after="<ofd:Annotations>Annots/A.xml</ofd:Annotations>",
            parts={
                "Doc_0/Annots/A.xml": f"<ofd:Annotations {NAMESPACE}>{listed}</ofd:Annotations>",
                "Doc_0/Annots/P.xml": f"<ofd:PageAnnot {NAMESPACE}><ofd:Annot {note}>{appearance}"
                "</ofd:Annot><ofd:Annot/></ofd:PageAnnot>",
            },
        )
    )

    def at(drawn: Drawn) -> tuple[float, float]:
        return drawn.place[4], drawn.place[5]

    assert [[at(drawn) for drawn in found.drawn] for found in pages] == [
        *([(1, 1)], [(1, 1), *places]),
    ]


def test_a_file_may_hold_several_documents_and_bodies_without_any():
    bodies = "".join(
        f"<ofd:DocBody>{root}</ofd:DocBody>"
        for root in (
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>",
            "",
            "<ofd:DocRoot>\\DOC_0\\Document.xml</ofd:DocRoot>",
        )
    )
    main = f"<ofd:OFD {NAMESPACE}>{bodies}</ofd:OFD>"
    pages = read_package(ofd_file(text(1, 1, "文"), parts={"OFD.xml": main}))
    assert [words(each) for each in pages] == [["文"], ["文"]]


def test_a_protected_file_is_told_from_a_damaged_one():
    content = bytearray(zip_file({"OFD.xml": "<OFD/>"}))
    # The first bit of a member's flags says that it is encrypted.
    content[content.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFileError) as refusal:
        read_package(bytes(content))
    assert refusal.value.reason is UnreadableReason.ENCRYPTED

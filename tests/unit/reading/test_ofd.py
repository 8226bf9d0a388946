"""OFD files: characters, rulings and pictures where the page shows them."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from PIL import Image

from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.reading import ofd
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.ofd import LINE_WIDTH, POINTS_A_MILLIMETRE, ofd_as_pdf, read_ofd
from pipelines.reading.pdf_objects import read_pages
from tests.unit.reading.ofd_xml import (
    NAMESPACE,
    colour,
    layer,
    ofd_file,
    page,
    path,
    read,
    ruled,
    text,
)
from tests.unit.reading.word_xml import zip_file


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(document: Document) -> Table:
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    return found


def grid(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows()]


def test_a_file_is_told_by_its_content():
    document = read_document(ofd_file(text(20, 20, "部门决算")), "决算.pdf")
    assert (document.kind, document.page_count) == (FileKind.OFD, 1)


def test_a_ruled_table_is_read_with_its_place():
    drawn = ruled([20, 60, 100], [50, 60, 70]) + "".join(
        text(left, top, printed)
        for left, top, printed in (
            (21, 53, "项目"), (61, 53, "金额"), (21, 63, "收入"), (61, 63, "1,234.50"),
        )
    )  # fmt: skip
    found = table(read(drawn))
    assert grid(found) == [["项目", "金额"], ["收入", "1,234.50"]]
    assert found.cells[-1].place.page == 1
    expected = [value * POINTS_A_MILLIMETRE for value in (60, 60, 100, 70)]
    assert found.cells[-1].place.bbox == pytest.approx(expected, abs=0.1)


def test_characters_stand_where_the_file_says():
    (found,) = read_pages(ofd_as_pdf(ofd_file(text(20, 20, "决算1", "g 2 10"))))
    scale = POINTS_A_MILLIMETRE
    assert [char.text for char in found.chars] == list("决算1")
    assert [char.x0 for char in found.chars] == pytest.approx(
        [20 * scale, 30 * scale, 40 * scale], abs=0.01
    )
    # A Latin character is half as wide as a Chinese one.
    assert found.chars[2].x1 - found.chars[2].x0 == pytest.approx(2 * scale, abs=0.01)
    for char in found.chars:
        assert 19.8 * scale < char.top < char.bottom < 24.2 * scale


def test_characters_without_distances_stand_side_by_side():
    assert texts(read(text(20, 20, "收入合计12.50万元"))) == ["收入合计12.50万元"]


def test_distances_part_numbers_as_they_do_on_paper():
    assert texts(read(text(20, 20, "1234", "2 20 2"))) == ["12 34"]


def test_characters_below_each_other_are_not_one_line():
    down = text(20, 20, "收入").replace("<ofd:TextCode ", '<ofd:TextCode DeltaY="9" ')
    assert texts(read(down)) == ["收", "入"]


def test_an_object_may_be_moved_and_scaled():
    moved = text(20, 20, "决算", more='CTM="0.5 0 0 0.5 10 2"')
    (found,) = read_pages(ofd_as_pdf(ofd_file(moved)))
    scale = POINTS_A_MILLIMETRE
    assert found.chars[0].x0 == pytest.approx(30 * scale, abs=0.01)
    assert found.chars[1].x0 == pytest.approx(32 * scale, abs=0.01)


def test_text_that_runs_upwards_turns_the_page():
    lines = [
        f'<ofd:TextObject ID="1" Boundary="{left} 20 4 200" Size="4" CTM="0 -1 1 0 0 200">'
        f'<ofd:TextCode X="0" Y="3.4">{printed}</ofd:TextCode></ofd:TextObject>'
        for left, printed in ((20, "第一行"), (30, "第二行"))
    ]
    assert texts(read("".join(lines))) == ["第一行", "第二行"]


def test_pages_have_their_own_size_and_begin_where_they_say():
    area = "<ofd:Area><ofd:PhysicalBox>10 10 100 50</ofd:PhysicalBox></ofd:Area>"
    (found,) = read_pages(ofd_as_pdf(ofd_file(page(text(20, 20, "决"), before=area))))
    scale = POINTS_A_MILLIMETRE
    assert (found.width, found.height) == pytest.approx((100 * scale, 50 * scale), abs=0.1)
    assert found.chars[0].x0 == pytest.approx(10 * scale, abs=0.01)


def test_templates_are_drawn_with_each_page_that_names_them():
    document = read(
        page(text(20, 50, "正文一"), before='<ofd:Template TemplateID="9"/>'),
        page(text(20, 50, "正文二。")),
        common='<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/>',
        parts={"Doc_0/Tpls/T.xml": page(text(20, 20, "页眉。"))},
    )
    assert texts(document) == ["页眉。", "正文一", "正文二。"]


def test_blocks_and_composite_objects_are_opened():
    unit = (
        f"<ofd:Res {NAMESPACE} BaseLoc='Res'><ofd:CompositeGraphicUnits>"
        '<ofd:CompositeGraphicUnit ID="7" Width="100" Height="50"><ofd:Content>'
        f"{text(0, 0, '组合')}</ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    document = read(
        f"<ofd:PageBlock>{text(20, 20, '块中。')}</ofd:PageBlock>"
        '<ofd:CompositeObject ID="8" ResourceID="7" Boundary="20 40 100 50"/>',
        common="<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>",
        parts={"Doc_0/PublicRes.xml": unit},
    )
    assert texts(document) == ["块中。", "组合"]


def test_what_a_composite_object_draws_cannot_grow_without_end():
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>'
        + f'<ofd:CompositeObject ResourceID="{number + 1}" Boundary="0 0 9 9"/>' * 20
        + text(1, 1, "x")
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for number in range(12)
    )
    parts = {"Doc_0/R.xml": f"<ofd:Res {NAMESPACE}><ofd:Units>{units}</ofd:Units></ofd:Res>"}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipelines.reading.ofd_package.MAX_OBJECTS", 1000)
        with pytest.raises(UnreadableFileError, match="damaged"):
            read(
                '<ofd:CompositeObject ResourceID="0" Boundary="0 0 9 9"/>',
                common="<ofd:PublicRes>R.xml</ofd:PublicRes>",
                parts=parts,
            )


def test_annotations_are_drawn_unless_they_are_hidden():
    notes = (
        f"<ofd:PageAnnot {NAMESPACE}>"
        f'<ofd:Annot ID="1"><ofd:Appearance Boundary="20 100 80 10">{text(0, 0, "批注")}'
        "</ofd:Appearance></ofd:Annot>"
        f'<ofd:Annot ID="2" Visible="false"><ofd:Appearance Boundary="20 120 80 10">'
        f"{text(0, 0, '隐藏')}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    listed = (
        f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="0"><ofd:FileLoc>P0.xml</ofd:FileLoc>'
        "</ofd:Page></ofd:Annotations>"
    )
    document = read(
        text(20, 20, "正文。"),
        after="<ofd:Annotations>Annots/A.xml</ofd:Annotations>",
        parts={"Doc_0/Annots/A.xml": listed, "Doc_0/Annots/P0.xml": notes},
    )
    assert texts(document) == ["正文。", "批注"]


@pytest.mark.parametrize(
    "hidden",
    [
        text(20, 40, "隐藏", more='Visible="false"'),
        text(20, 40, "隐藏", more='Fill="false"'),
        text(20, 40, "隐藏", more='Alpha="0"'),
        text(20, 40, "隐藏", inside=colour("FillColor", "255 255 255")),
        text(20, 40, "隐藏")
        + path("M 0 0 L 99 0 L 99 9 L 0 9 C", "19 39 99 9", 'Fill="true" Stroke="false"',
               colour("FillColor", "255 255 255")),
    ],
    ids=["not visible", "not filled", "transparent", "white", "covered"],
)  # fmt: skip
def test_text_that_nobody_sees_is_told_apart(hidden: str):
    document = read(text(20, 20, "正文") + hidden)
    assert texts(document) == ["正文"]
    assert [each.text for each in document.hidden_texts] == ["隐藏"]


def test_text_beyond_the_page_is_told_apart():
    document = read(text(20, 20, "正文") + text(20, 400, "页外"))
    assert texts(document) == ["正文"]
    assert document.hidden_texts == ()
    assert [each.text for each in document.cut_off_texts] == ["页外"]


def test_white_text_on_a_dark_ground_is_seen():
    ground = path("M 0 0 L 99 0 L 99 9 L 0 9 C", "19 39 99 9", 'Fill="true" Stroke="false"',
                  colour("FillColor", "0 0 128"))  # fmt: skip
    white = text(20, 40, "表头", inside=colour("FillColor", "255 255 255"))
    assert texts(read(ground + white)) == ["表头"]


def test_layers_are_drawn_from_the_back_to_the_front():
    cover = path("M 0 0 L 99 0 L 99 9 L 0 9 C", "19 39 99 9", 'Fill="true"',
                 colour("FillColor", "255 255 255"))  # fmt: skip
    document = read(page(layer(text(20, 40, "正文")), layer(cover, kind="Background")))
    assert texts(document) == ["正文"]


def test_a_style_may_say_how_something_is_drawn():
    styles = (
        f"<ofd:Res {NAMESPACE}><ofd:DrawParams>"
        f'<ofd:DrawParam ID="4">{colour("FillColor", "255 255 255")}</ofd:DrawParam>'
        '<ofd:DrawParam ID="5" Relative="4"/></ofd:DrawParams></ofd:Res>'
    )
    document = read(
        text(20, 20, "正文") + text(20, 40, "隐藏", more='DrawParam="5"'),
        common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
        parts={"Doc_0/R.xml": styles},
    )
    assert texts(document) == ["正文"]


def test_a_glyph_without_a_character_is_not_taken_for_another():
    assert texts(read(text(20, 20, "12¤4.5"))) == ["12\N{REPLACEMENT CHARACTER}4.5"]


def test_rare_characters_are_kept():
    assert texts(read(text(20, 20, "㛃镕㎡①—"))) == ["㛃镕㎡①—"]


@pytest.mark.usefixtures("without_ocr")
def test_a_page_that_is_a_picture_is_named():
    stream = BytesIO()
    Image.new("RGB", (40, 60), (90, 90, 90)).save(stream, "JPEG")
    media = (
        f"<ofd:Res {NAMESPACE} BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia ID='6' Type='Image'>"
        "<ofd:MediaFile>scan.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    scan = '<ofd:ImageObject ID="1" ResourceID="6" Boundary="10 10 190 270"/>'
    more = {
        "common": "<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
        "parts": {"Doc_0/R.xml": media, "Doc_0/Res/scan.jpg": stream.getvalue()},
    }
    assert read(text(20, 20, "正文"), scan, **more).textless_pages == (2,)
    with pytest.raises(UnreadableFileError) as refusal:
        read(scan, **more)
    assert refusal.value.reason is UnreadableReason.NO_OCR


def test_a_picture_is_drawn_as_the_file_has_it():
    stream = BytesIO()
    Image.new("RGB", (40, 60), (90, 90, 90)).save(stream, "JPEG")
    media = (
        f"<ofd:Res {NAMESPACE} BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia ID='6' Type='Image'>"
        "<ofd:MediaFile>scan.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    drawn = ofd_file(
        '<ofd:ImageObject ID="1" ResourceID="6" Boundary="10 10 190 270"/>',
        common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
        parts={"Doc_0/R.xml": media, "Doc_0/Res/scan.jpg": stream.getvalue()},
    )
    with pikepdf.open(BytesIO(ofd_as_pdf(drawn))) as pdf:
        (picture,) = pdf.pages[0].get_images().values()
        assert (picture.Width, picture.Height) == (40, 60)
        assert picture.read_raw_bytes() == stream.getvalue()


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        ("255", (1, 1, 1)),
        ("0 0 255", (0, 0, 1)),
        ("0 255 255 0", (1, 0, 0)),
        ("1 2", (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
    ids=["grey", "red, green and blue", "inks", "neither", "nothing"],
)
def test_a_colour_is_grey_or_light_or_ink_and_else_black(
    value: str, drawn: tuple[float, float, float]
):
    square = path("M 0 0 L 9 0 L 9 9 L 0 9 C", "20 20 9 9", 'Fill="true" Stroke="false"',
                  colour("FillColor", value))  # fmt: skip
    with pikepdf.open(BytesIO(ofd_as_pdf(ofd_file(square)))) as pdf:
        painted = [
            tuple(map(float, instruction.operands))
            for instruction in pikepdf.parse_content_stream(pdf.pages[0])
            if str(instruction.operator) == "rg"
        ]
    assert painted == [drawn]


@pytest.mark.parametrize(
    ("painted", "operator"),
    [
        ('Fill="true" Stroke="true"', "B"),
        ('Fill="true" Stroke="false"', "f"),
        ('Fill="false" Stroke="true"', "S"),
    ],
)
def test_a_path_is_filled_and_outlined_as_the_file_says(painted: str, operator: str):
    square = path("M 0 0 L 9 0 L 9 9 L 0 9 C", "20 20 9 9", painted, colour("FillColor", "0"))
    with pikepdf.open(BytesIO(ofd_as_pdf(ofd_file(square)))) as pdf:
        operators = [str(each.operator) for each in pikepdf.parse_content_stream(pdf.pages[0])]
    assert set(operators) & {"B", "f", "S"} == {operator}


def test_a_picture_that_is_missing_hides_nothing():
    missing = '<ofd:ImageObject ID="1" ResourceID="6" Boundary="10 10 190 270"/>'
    assert texts(read(text(20, 20, "正文") + missing)) == ["正文"]


@pytest.mark.parametrize(
    "content",
    [
        zip_file({"OFD.xml": "<a><b></a>"}),
        zip_file({"OFD.xml": "<ofd/>"}),
        zip_file({"OFD.xml": "<a><DocBody><DocRoot>gone.xml</DocRoot></DocBody></a>"}),
        ofd_file(text(1, 1, "x"))[:-40] + bytes(40),
    ],
    ids=["broken XML", "no document", "a missing part", "a broken archive"],
)
def test_damage_is_explained(content: bytes):
    with pytest.raises(UnreadableFileError) as refusal:
        read_ofd(content, sha256="0" * 64, file_name="made.ofd")
    assert refusal.value.reason is UnreadableReason.DAMAGED
    assert "OFD" in refusal.value.explanation


def test_an_entity_is_not_resolved_and_no_text_is_read_around_it():
    declared = '<!DOCTYPE a [<!ENTITY x "&y;&y;"><!ENTITY y "yyyy">]>'
    with pytest.raises(UnreadableFileError, match="damaged inside"):
        read(declared + page(text(20, 20, "正&x;文")))


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("pipelines.reading.ofd_package.MAX_XML_BYTES", 500)
    with pytest.raises(UnreadableFileError, match="unpacks to more than"):
        read(text(20, 20, "正" * 500))


def operations(content: bytes) -> Iterator[tuple[str, list[Any]]]:
    """PDF's operators on the first page that shows an OFD file, each with its operands."""
    with pikepdf.open(BytesIO(ofd_as_pdf(content))) as pdf:
        for each in pikepdf.parse_content_stream(pdf.pages[0]):
            yield str(each.operator), list(each.operands)


def lengths(operands: Sequence[Any]) -> list[float]:
    """Operands in millimetres."""
    return [round(float(each) / POINTS_A_MILLIMETRE, 2) for each in operands]


def segments(data: str) -> list[tuple[float | str, ...]]:
    """The parts of a path as they are drawn: operators, and points from the upper left corner."""
    return [
        (operator, *(297 - at if number % 2 else at for number, at in enumerate(lengths(operands))))
        for operator, operands in operations(ofd_file(path(data)))
        if operator in ("m", "l", "c", "h")
    ]


def characters(drawn: str) -> list[tuple[str, float, float]]:
    """Where the base lines of characters begin, from the upper left corner of the page."""
    drawing = list(operations(ofd_file(drawn)))
    return [
        (bytes(shown[0]).decode("utf-16-be"), x, round(297 - y, 2))
        for (_, place), (operator, shown) in pairwise(drawing)
        if operator == "Tj"
        for *_, x, y in (lengths(place),)
    ]


@pytest.mark.parametrize(
    ("data", "drawn"),
    [
        ("M 1 2 L 3 4 C", [("m", 1, 2), ("l", 3, 4), ("h",)]),
        ("S 1,2 L 3,4", [("m", 1, 2), ("l", 3, 4)]),
        ("M 0 0 B 1 2 3 4 5 6", [("m", 0, 0), ("c", 1, 2, 3, 4, 5, 6)]),
        ("M 0 0 Q 3 6 9 0", [("m", 0, 0), ("c", 2, 4, 5, 4, 9, 0)]),
        ("M 0 0 L 3 0 C Q 6 6 9 0", [("m", 0, 0), ("l", 3, 0), ("h",), ("c", 5, 4, 7, 4, 9, 0)]),
        ("M 0 0 A 5 5 0 0 1 7 8 L 9 9", [("m", 0, 0), ("c", 7, 8, 7, 8, 7, 8), ("l", 9, 9)]),
        ("L 1 1 C M 2 2 L 3 3", [("m", 2, 2), ("l", 3, 3)]),
        ("X 5 M 1 2 L 3 4", [("m", 1, 2), ("l", 3, 4)]),
        ("M 1 2 L 3", [("m", 1, 2), ("l", 3, 0)]),
        ("", []),
    ],
    ids=[
        *("lines", "begun otherwise", "third degree", "second degree", "goes on where it closed"),
        *("an arc as its chord", "before any beginning", "unknown", "cut off", "nothing"),
    ],
)
def test_a_path_is_drawn_part_by_part(data: str, drawn: list[tuple[float | str, ...]]):
    assert segments(data) == drawn


def spaced(printed: str, delta: str = "", more: str = "") -> str:
    """A text of 4 mm whose first character begins 20 mm from the left and 23.4 from the top."""
    drawn = text(20, 20, printed, more=more)
    return drawn.replace("<ofd:TextCode ", f"<ofd:TextCode {delta} ")


@pytest.mark.parametrize(
    ("drawn", "places"),
    [
        (spaced("收1入"), [("收", 20, 23.4), ("1", 24, 23.4), ("入", 26, 23.4)]),
        (spaced("收 入"), [("收", 20, 23.4), ("入", 26, 23.4)]),
        (spaced("收\x80入"), [("收", 20, 23.4), ("入", 26, 23.4)]),
        (spaced("收入"), [("收", 20, 23.4), ("入", 24, 23.4)]),
        (spaced("收入", more='HScale="0.5"'), [("收", 20, 23.4), ("入", 22, 23.4)]),
        (spaced("收入合", 'DeltaX="9"'), [("收", 20, 23.4), ("入", 29, 23.4), ("合", 33, 23.4)]),
        (spaced("收入合", 'DeltaY="9"'), [("收", 20, 23.4), ("入", 20, 32.4), ("合", 20, 36.4)]),
        (
            spaced("收入合", 'DeltaX="g x 9 5"'),
            [("收", 20, 23.4), ("入", 25, 23.4), ("合", 29, 23.4)],
        ),
        (spaced("收").replace('Y="3.4"', "").replace('X="0"', ""), [("收", 20, 20)]),
        (
            spaced("收入合", 'DeltaX="5 5" DeltaY="1"'),
            [("收", 20, 23.4), ("入", 25, 24.4), ("合", 30, 24.4)],
        ),
        (
            spaced("收入").replace("</ofd:TextObject>", "<ofd:TextCode>合</ofd:TextCode>")
            + "</ofd:TextObject>",
            [("收", 20, 23.4), ("入", 24, 23.4), ("合", 28, 23.4)],
        ),
    ],
    ids=[
        *("by their widths", "a blank", "no character", "the sides of one", "stretched"),
        *("distances that end", "downwards", "so many that are none", "no beginning"),
        *("both ways", "going on"),
    ],
)
def test_each_character_begins_where_the_one_before_it_ends(
    drawn: str, places: list[tuple[str, float, float]]
):
    assert characters(drawn) == places


def test_characters_are_stretched_and_turned_clockwise():
    turned = spaced("收", more='HScale="0.5" CharDirection="90"')
    (axes,) = (lengths(place) for name, place in operations(ofd_file(turned)) if name == "Tm")
    assert axes[:4] == [0, -0.5, 1, 0]


@pytest.mark.parametrize(
    ("more", "is_seen"),
    [
        ("", True),
        ('Fill="false"', False),
        ('Fill="false" Stroke="true"', True),
        ('Stroke="true"', True),
        ('Visible="false"', False),
        ('Visible="false" Stroke="true"', False),
        ('Alpha="1"', True),
        ('Alpha="0"', False),
    ],
)
def test_characters_are_seen_where_they_are_filled_or_outlined(more: str, *, is_seen: bool):
    drawn = operations(ofd_file(spaced("收", more=more)))
    assert [int(mode[0]) for name, mode in drawn if name == "Tr"] == [0 if is_seen else 3]


@pytest.mark.parametrize("hidden", ['Visible="false"', 'Alpha="0"'])
def test_a_path_or_picture_that_nobody_sees_is_not_drawn(hidden: str):
    drawn = [
        path("M 0 0 L 9 9", more=hidden),
        f'<ofd:ImageObject ID="1" ResourceID="6" Boundary="10 10 190 270" {hidden}/>',
        "<ofd:PathObject ID='2' Boundary='0 0 9 9'/>",
    ]
    names = {name for name, _ in operations(ofd_file("".join(drawn)))}
    assert not names & {"m", "l", "Do"}


@pytest.mark.parametrize(
    ("more", "width"),
    [("", LINE_WIDTH), ('LineWidth="0.5"', 0.5), ('LineWidth="x"', LINE_WIDTH),
     ('LineWidth="1000000"', LINE_WIDTH), ('LineWidth="999999"', 999_999)],
)  # fmt: skip
def test_a_line_is_as_wide_as_the_file_says_if_that_makes_sense(more: str, width: float):
    drawn = operations(ofd_file(path("M 0 0 L 9 9", more=more)))
    assert [lengths(value) for name, value in drawn if name == "w"] == [
        [pytest.approx(width, 0.01)]
    ]


def test_a_style_says_how_wide_a_line_is_that_does_not_say_it_itself():
    styles = (
        f'<ofd:Res {NAMESPACE}><ofd:All><ofd:DrawParam ID="4" LineWidth="2"/></ofd:All></ofd:Res>'
    )
    drawn = operations(
        ofd_file(
            path("M 0 0 L 9 9", more='DrawParam="4"'),
            common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
            parts={"Doc_0/R.xml": styles},
        )
    )
    assert [lengths(value) for name, value in drawn if name == "w"] == [[2]]


SHADED = (
    '<ofd:FillColor><ofd:AxialShd><ofd:Segment><ofd:Color Value="255 0 0"/></ofd:Segment>'
    '<ofd:Segment><ofd:Color Value="0 0 255"/></ofd:Segment></ofd:AxialShd></ofd:FillColor>'
)


@pytest.mark.parametrize(
    ("told", "painted"),
    [
        (colour("FillColor", "300 -5 51"), (1, 0, 0.2)),
        (colour("FillColor", "51 0 0 0"), (0.8, 1, 1)),
        (colour("FillColor", "51 102 153 51"), (0.64, 0.48, 0.32)),
        (SHADED, (1, 0, 0)),
        (SHADED.replace("Axial", "Radial"), (1, 0, 0)),
        (colour("StrokeColor", "255 0 0"), (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
    ids=["beyond", "ink", "black ink", "shaded", "shaded round", "of another", "not told"],
)
def test_a_text_has_the_colour_that_is_told_or_is_black(told: str, painted: tuple[float, ...]):
    drawn = operations(ofd_file(text(20, 20, "收", inside=told)))
    (found,) = (tuple(map(float, value)) for name, value in drawn if name == "rg")
    assert found == pytest.approx(painted, abs=0.005)


@pytest.mark.parametrize(
    ("of_colour", "of_object", "opacity"),
    [("", "", None), ("128", "", 128), ("", "128", 128), ("128", "128", 64)],
)
def test_the_opacities_of_a_colour_and_of_its_object_multiply(
    of_colour: str, of_object: str, opacity: int | None
):
    inside = colour("FillColor", "255 0 0", f'Alpha="{of_colour}"' if of_colour else "")
    more = f'Alpha="{of_object}"' if of_object else ""
    drawn = operations(ofd_file(text(20, 20, "收", more=more, inside=inside)))
    names = [str(state[0]) for name, state in drawn if name == "gs"]
    assert names == ([] if opacity is None else [f"/G{opacity}"])


def pictured(picture: Image.Image, kind: str, more: str = 'Boundary="10 20 30 40"') -> bytes:
    """A file with a picture on its only page."""
    stream = BytesIO()
    picture.save(stream, kind)
    media = (
        f"<ofd:Res {NAMESPACE} BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia ID='6' Type='Image'>"
        "<ofd:MediaFile>it</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    return ofd_file(
        f'<ofd:ImageObject ID="1" ResourceID="6" {more}/>',
        common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
        parts={"Doc_0/R.xml": media, "Doc_0/Res/it": stream.getvalue()},
    )


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ('Boundary="10 20 30 40"', [30, 0, 0, 40, 10, 237]),
        ('Boundary="10 20 30 40" CTM="15 0 0 20 1 2"', [15, 0, 0, 20, 11, 255]),
        ('Boundary="10 20 30"', [0, 0, 0, 0, 10, 277]),
        ('Boundary="10 20 30 40 50"', [30, 0, 0, 40, 10, 237]),
    ],
    ids=["its box", "where it is put", "no box", "more than a box"],
)
def test_a_picture_fills_its_box_or_stands_where_it_is_put(more: str, place: list[float]):
    drawn = operations(pictured(Image.new("RGB", (2, 3)), "PNG", more))
    (found,) = (lengths(value) for name, value in drawn if name == "cm")
    assert found == pytest.approx(place, abs=0.01)


@pytest.mark.parametrize(
    ("mode", "kind", "space", "is_as_filed", "has_mask"),
    [
        ("RGB", "JPEG", "/DeviceRGB", True, False),
        ("L", "JPEG", "/DeviceGray", True, False),
        ("CMYK", "JPEG", "/DeviceRGB", False, False),
        ("RGB", "PNG", "/DeviceRGB", False, False),
        ("L", "PNG", "/DeviceRGB", False, False),
        ("RGBA", "PNG", "/DeviceRGB", False, True),
    ],
)
def test_a_picture_is_taken_over_or_drawn_in_colours_with_what_shows_through(
    mode: str, kind: str, space: str, *, is_as_filed: bool, has_mask: bool
):
    with pikepdf.open(BytesIO(ofd_as_pdf(pictured(Image.new(mode, (2, 3)), kind)))) as pdf:
        (found,) = pdf.pages[0].get_images().values()
        assert (found.Width, found.Height, str(found.ColorSpace)) == (2, 3, space)
        assert (str(found.Filter) == "/DCTDecode", "/SMask" in found) == (is_as_filed, has_mask)


@pytest.mark.parametrize(("most", "width"), [(6, 2), (5, 1)])
def test_a_picture_beyond_all_bounds_is_a_place_without_colour(
    most: int, width: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ofd, "MOST_PIXELS", most)
    content = ofd_as_pdf(pictured(Image.new("RGB", (2, 3)), "PNG"))
    with pikepdf.open(BytesIO(content)) as pdf:
        (found,) = pdf.pages[0].get_images().values()
        assert (found.Width, "/SMask" in found) == (width, width == 1)

"""OFD files: characters, rulings and pictures where the page shows them."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.ofd import POINTS_A_MILLIMETRE, ofd_as_pdf, read_ofd
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
        text(20, 400, "隐藏"),
        text(20, 40, "隐藏")
        + path("M 0 0 L 99 0 L 99 9 L 0 9 C", "19 39 99 9", 'Fill="true" Stroke="false"',
               colour("FillColor", "255 255 255")),
    ],
    ids=["not visible", "not filled", "transparent", "white", "beyond the page", "covered"],
)  # fmt: skip
def test_text_that_nobody_sees_is_told_apart(hidden: str):
    document = read(text(20, 20, "正文") + hidden)
    assert texts(document) == ["正文"]
    assert [each.text for each in document.hidden_texts] == ["隐藏"]


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

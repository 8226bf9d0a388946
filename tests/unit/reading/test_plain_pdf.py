"""What is drawn into a plain PDF is read from it where it was drawn."""

import re

import pytest

from pipelines.reading.pdf_objects import PageObjects, read_pages
from pipelines.reading.plain_pdf import BLACK, Colour, PageDrawing, PdfDrawing, Picture

RED, HALF = Colour(255, 0, 0), Colour(0, 0, 0, 128)
SQUARE = [("m", [(100, 500)]), ("l", [(300, 500)]), ("l", [(300, 550)]), ("l", [(100, 550)])]


def write(page: PageDrawing, text: str, x: float = 60.0, *, is_visible: bool = True) -> None:
    for number, character in enumerate(text):
        place = (1, 0, 0, 1, x + 10 * number, 700)
        page.draw_character(character, 10, place, BLACK, is_visible=is_visible)


def read(file: PdfDrawing) -> list[PageObjects]:
    return list(read_pages(file.finish()))


def drawn() -> tuple[PdfDrawing, PageDrawing]:
    file = PdfDrawing()
    return file, file.begin_page(600, 800)


def test_pages_come_as_they_were_begun():
    file, first = drawn()
    second = file.begin_page(300, 750)
    write(first, "文")
    write(second, "字")
    assert [(each.width, each.height, each.chars[0].text) for each in read(file)] == [
        (600, 800, "文"),
        (300, 750, "字"),
    ]


def test_each_object_of_a_file_is_where_its_table_says():
    file, page = drawn()
    write(page, "支出𠀀")
    content = file.finish()
    (begin,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", content)
    head, *entries = re.findall(rb"(\d{10}) \d{5} [nf] \n", content[int(begin) :])
    assert content[int(begin) :].startswith(b"xref\n0 %d\n" % (len(entries) + 1))
    assert b"/Size %d " % (len(entries) + 1) in content
    assert int(head) == 0
    for number, place in enumerate(entries, start=1):
        assert content[int(place) :].startswith(b"%d 0 obj\n" % number)


@pytest.mark.parametrize("text", ["文", "A", "，", "€", "㐀", "䶵", "一", "龥", "≒", "龦", "ก"])
def test_any_character_is_read_as_it_was_drawn(text: str):
    file, page = drawn()
    write(page, f"支{text}")
    assert "".join(char.text for char in read(file)[0].chars) == f"支{text}"


@pytest.mark.parametrize(
    ("text", "font"),
    [("㐀", "F"), ("䶵", "F"), ("一", "F"), ("龥", "F"), ("，", "F"), ("≒", "R0"), ("ก", "R0")],
)
def test_what_the_encoding_lacks_has_a_font_of_its_own(text: str, font: str):
    file, page = drawn()
    write(page, text)
    assert f"BT /{font} 10 Tf" in page.operators[-1]
    assert list(file.rare) == ([] if font == "F" else [text])


def test_more_rare_characters_than_a_font_has_are_in_several():
    file, page = drawn()
    rare = [chr(0xE00 + number) for number in range(0x80)] + [chr(0x1200 + it) for it in range(128)]
    write(page, "".join(rare))
    write(page, rare[0])
    assert [line.split("Tf")[0] + line[-10:] for line in page.operators[1::2]][253:] == [
        "BT /R0 10 <fe> Tj ET",
        "BT /R0 10 <ff> Tj ET",
        "BT /R1 10 <01> Tj ET",
        "BT /R0 10 <01> Tj ET",
    ]
    content = file.finish()
    assert (content.count(b"/Type3"), b"/LastChar 255" in content) == (2, True)
    assert b"/LastChar 1 " in content


def test_what_is_not_visible_is_hidden():
    file, page = drawn()
    write(page, "见")
    write(page, "隐", 200, is_visible=False)
    (found,) = read(file)
    assert [char.text for char in found.chars] == ["见"]
    assert [char.text for char in found.hidden] == ["隐"]


@pytest.mark.parametrize(
    ("stroke", "fill", "edges", "shades"),
    [
        (BLACK, None, 4, []),
        (None, RED, 0, [RED]),
        (BLACK, RED, 4, []),
        (None, None, 0, []),
    ],
    ids=["outlined", "filled", "both", "neither"],
)
def test_a_path_is_outlined_and_filled_as_it_is_told(
    stroke: Colour | None, fill: Colour | None, edges: int, shades: list[Colour]
):
    file, page = drawn()
    page.draw_path([*SQUARE, ("h", [])], stroke=stroke, fill=fill, line_width=1)
    (found,) = read(file)
    assert len({edge for edge in found.edges if edge[:2] != edge[2:]}) == edges
    assert [shade.colour for shade in found.shades] == shades


@pytest.mark.parametrize(
    ("picture", "is_covered"),
    [
        (Picture(2, 1, b"\xff\xff\xff\x00\x00\x00"), True),
        (Picture(2, 1, b"\xff\xff\xff\x00\x00\x00", opacities=b"\xff\xff"), True),
        (Picture(2, 1, b"\xff\xff\xff\x00\x00\x00", opacities=b"\xff\x00"), False),
    ],
    ids=["opaque", "as opaque", "with a hole"],
)
def test_a_picture_covers_what_is_beneath_as_far_as_it_is_opaque(
    picture: Picture, *, is_covered: bool
):
    file, page = drawn()
    write(page, "文")
    page.draw_picture(picture, (100, 0, 0, 20, 50, 695))
    (found,) = read(file)
    assert [char.text for char in found.hidden] == (["文"] if is_covered else [])
    assert found.has_picture


def test_opacity_is_told_once_something_is_not_opaque():
    file, page = drawn()
    page.draw_path(SQUARE, stroke=None, fill=BLACK, line_width=1)
    assert not any("gs" in line for line in page.operators)
    page.draw_path(SQUARE, stroke=None, fill=HALF, line_width=1)
    page.draw_path(SQUARE, stroke=None, fill=BLACK, line_width=1)
    assert [line for line in page.operators if "gs" in line] == ["/G128 gs", "/G255 gs"]
    assert [shade.colour[3] for shade in read(file)[0].shades] == [255, 128, 255]


def test_numbers_have_no_exponent():
    _, page = drawn()
    page.draw_path([("m", [(0.00001, 1e7)])], stroke=RED, fill=None, line_width=0.25)
    assert page.operators == ["1 0 0 RG", "0.25 w", "0 10000000 m", "S"]

"""Numbers that Word prints and that stand in no text."""

import pytest

from pipelines.domain.document import Paragraph, Table
from pipelines.reading.word import read_word
from pipelines.reading.word_lists import number_text
from tests.unit.reading.word_xml import cell, line, row, run, table, word_file

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHINESE = ("chineseCounting", "%1、")
IN_BRACKETS = ("chineseCounting", "（%2）")
ARABIC = ("decimal", "%1.%2.%3")


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(*levels: str, key: int = 0, more: str = "") -> str:
    """A definition that lists share."""
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def number(key: int, of: int = 0, more: str = "") -> str:
    """A list."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, depth: int | None = 0, key: int = 1, more: str = "") -> str:
    """A paragraph of a list."""
    place = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    in_list = f'<w:numPr>{place}<w:numId w:val="{key}"/></w:numPr>'
    return f"<w:p><w:pPr>{in_list}{more}</w:pPr>{run(text) if text else ''}</w:p>"


def styled(text: str, style: str) -> str:
    """A paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'


def blocks(*contents: str, numbering: str, styles: str = "") -> tuple[Paragraph | Table, ...]:
    """What is read of a file with lists."""
    extra = {
        "word/numbering.xml": f"<w:numbering {NAMESPACE}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {NAMESPACE}>{styles}</w:styles>",
    }
    content = word_file(*contents, extra=extra)
    return read_word(content, sha256="0" * 64, file_name="made.docx").blocks


def texts(*contents: str, numbering: str, styles: str = "") -> list[str]:
    """What the paragraphs of a file with lists print."""
    return [block.text for block in blocks(*contents, numbering=numbering, styles=styles)]


THREE_LEVELS = definition(level(0, *CHINESE), level(1, *IN_BRACKETS), level(2, *ARABIC)) + number(1)


def test_headings_are_numbered_as_printed():
    assert texts(
        item("收入"), item("拨款", 1), item("其他", 1), item("支出"), item("基本", 1),
        numbering=THREE_LEVELS,
    ) == ["一、收入", "（一）拨款", "（二）其他", "二、支出", "（一）基本"]  # fmt: skip


def test_a_number_may_name_the_levels_above_it():
    printed = texts(item("甲"), item("乙", 1), item("丙", 2), numbering=THREE_LEVELS)
    assert printed[-1] == "一.一.1 丙"


def test_a_level_may_write_all_numbers_in_digits():
    legal = definition(level(0, *CHINESE), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + number(1)
    assert texts(item("甲"), item("乙", 1), numbering=legal) == ["一、甲", "1.1 乙"]


def test_cells_of_a_column_that_numbers_itself_print_their_numbers():
    ordinal = definition(level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')) + number(1)
    rows = [row(cell(item("")), cell(line(name))) for name in ("甲", "乙")]
    (found,) = blocks(table(*rows), numbering=ordinal)
    assert [each.text for each in found.cells] == ["1", "甲", "2", "乙"]


def test_lists_of_one_definition_go_on_unless_one_begins_anew():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition(level(0, *CHINESE)) + number(1) + number(2) + number(3, more=anew)
    items = [item("甲"), item("乙", key=2), item("丙", key=3), item("丁", key=3)]
    assert texts(*items, numbering=numbering) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_style_may_put_its_paragraphs_into_a_list():
    numbering = (
        definition(level(0, *CHINESE), level(1, *IN_BRACKETS, '<w:pStyle w:val="two"/>'))
        + number(7)
    )  # fmt: skip
    in_list = '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:styleId="one">{in_list}</w:style><w:style w:styleId="two">{in_list}</w:style>'
        '<w:style w:styleId="derived"><w:basedOn w:val="one"/></w:style>'
    )
    printed = texts(
        styled("甲", "one"), styled("乙", "two"), styled("丙", "derived"),
        numbering=numbering, styles=styles,
    )  # fmt: skip
    assert printed == ["一、甲", "（一）乙", "二、丙"]


def test_a_paragraph_may_leave_the_list_of_its_style():
    styles = (
        '<w:style w:styleId="one"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    left = '<w:p><w:pPr><w:pStyle w:val="one"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    assert texts(f"{left}{run('甲')}</w:p>", numbering=THREE_LEVELS, styles=styles) == ["甲"]


@pytest.mark.parametrize(
    "made",
    [
        level(0, "bullet", "\uf06c"),
        level(0, "none", ""),
        level(0, *CHINESE, "<w:rPr><w:vanish/></w:rPr>"),
    ],
    ids=["bullet", "none", "hidden"],
)
def test_what_is_no_number_is_not_printed(made: str):
    assert texts(item("甲"), numbering=definition(made) + number(1)) == ["甲"]


def test_a_hidden_paragraph_takes_no_number():
    hidden = item("", more="<w:rPr><w:vanish/></w:rPr>")
    assert texts(item("甲"), hidden, item("乙"), numbering=THREE_LEVELS) == ["一、甲", "二、乙"]


def test_a_list_that_nothing_defines_prints_no_numbers():
    assert texts(item("甲", key=9), numbering=THREE_LEVELS) == ["甲"]


def test_the_number_stands_in_the_paragraph_and_the_text_in_its_run():
    (paragraph,) = blocks(item("收入1万元"), numbering=THREE_LEVELS)
    assert paragraph.place_of(0, 2).path == "body/p[1]"
    assert paragraph.place_of(4, 5).path == "body/p[1]/r[1]"


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("chineseCountingThousand", ["一", "十", "十一", "二十", "一百零五", "一千零二十"]),
        ("chineseLegalSimplified", ["壹", "壹拾", "壹拾壹", "贰拾", "壹佰零伍", "壹仟零贰拾"]),
        ("decimalEnclosedCircle", ["①", "⑩", "⑪", "⑳", "105", "1020"]),
        ("upperRoman", ["I", "X", "XI", "XX", "CV", "MXX"]),
        ("ideographTraditional", ["甲", "癸", "甲", "癸", "戊", "癸"]),
        ("what is that", ["1", "10", "11", "20", "105", "1020"]),
    ],
)
def test_numbers_are_written_as_word_does(form: str, written: list[str]):
    assert [number_text(each, form) for each in (1, 10, 11, 20, 105, 1020)] == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        *((1, "i"), (3, "iii"), (4, "iv"), (5, "v"), (8, "viii"), (9, "ix"), (10, "x")),
        *((39, "xxxix"), (40, "xl"), (49, "xlix"), (50, "l"), (89, "lxxxix"), (90, "xc")),
        *((99, "xcix"), (100, "c"), (399, "cccxcix"), (400, "cd"), (499, "cdxcix"), (500, "d")),
        *((899, "dcccxcix"), (900, "cm"), (999, "cmxcix"), (1000, "m"), (2024, "mmxxiv")),
    ],
)
def test_roman_numbers_subtract_before_the_next_letter(number: int, written: str):
    assert number_text(number, "lowerRoman") == written


@pytest.mark.parametrize(
    ("form", "first", "last"),
    [
        ("ideographEnclosedCircle", "㊀", "㊉"),
        ("decimalEnclosedCircle", "①", "⑳"),
        ("decimalEnclosedCircleChinese", "①", "⑳"),
        ("decimalEnclosedParen", "⑴", "⒇"),
        ("decimalEnclosedFullstop", "⒈", "⒛"),
    ],
)
def test_enclosed_numbers_end_where_their_characters_do(form: str, first: str, last: str):
    count = ord(last) - ord(first) + 1
    assert number_text(1, form) == first
    assert number_text(count, form) == last
    assert number_text(count + 1, form) == str(count + 1)


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        *((26, "lowerLetter", "z"), (27, "lowerLetter", "aa"), (53, "upperLetter", "AAA")),
        *((12, "ideographZodiac", "亥"), (13, "ideographZodiac", "子")),
        *((7, "decimalZero", "07"), (10, "decimalZero", "10"), (30, "decimalFullWidth", "３０")),
        *((9999, "upperRoman", "MMMMMMMMMCMXCIX"), (10_000, "upperRoman", "10000")),
        *((1, "lowerLetter", "a"), (0, "lowerLetter", "0"), (0, "chineseCounting", "0")),
    ],
)
def test_numbers_are_written_so_up_to_9999_and_in_digits_beyond(
    number: int, form: str, written: str
):
    assert number_text(number, form) == written


def numbered(style: str, place: str, based_on: str = "") -> str:
    """A style with a place in a list."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    in_list = f"<w:pPr><w:numPr>{place}</w:numPr></w:pPr>" if place else ""
    return f'<w:style w:styleId="{style}">{base}{in_list}</w:style>'


ONE = '<w:numId w:val="1"/>'
SECOND_LEVEL = '<w:ilvl w:val="1"/>'


@pytest.mark.parametrize(
    ("styles", "printed"),
    [
        (numbered("it", ONE), "一、甲"),
        (numbered("it", SECOND_LEVEL + ONE), "（一）甲"),
        (numbered("it", SECOND_LEVEL, "base") + numbered("base", ONE), "（一）甲"),
        (numbered("it", "", "base") + numbered("base", SECOND_LEVEL + ONE), "（一）甲"),
        (
            numbered("it", '<w:ilvl w:val="0"/>', "base") + numbered("base", SECOND_LEVEL + ONE),
            "一、甲",
        ),
        (numbered("it", '<w:numId w:val="0"/>', "base") + numbered("base", ONE), "甲"),
        (numbered("it", SECOND_LEVEL), "甲"),
        (numbered("it", "", "base") + numbered("base", "", "it"), "甲"),
        (numbered("other", ONE), "甲"),
    ],
    ids=[
        *("its own list", "and level", "its level, the list of its base", "all of its base"),
        *("its level counts first", "left", "a level alone", "bases in a ring", "another style"),
    ],
)
def test_a_style_has_what_its_bases_say_unless_it_says_otherwise(styles: str, printed: str):
    assert texts(styled("甲", "it"), numbering=THREE_LEVELS, styles=styles) == [printed]


def test_a_paragraph_may_have_a_level_of_its_own_in_the_list_of_its_style():
    own = f'<w:p><w:pPr><w:pStyle w:val="it"/><w:numPr>{SECOND_LEVEL}</w:numPr></w:pPr>'
    styles = numbered("it", '<w:ilvl w:val="2"/>' + ONE)
    assert texts(f"{own}{run('甲')}</w:p>", numbering=THREE_LEVELS, styles=styles) == ["（一）甲"]


@pytest.mark.parametrize(
    ("link_of_second", "style_of_list", "printed"),
    [
        ("", '<w:numId w:val="2"/>', "一、甲"),
        ("", '<w:numId w:val="1"/>', "甲"),
        ("", '<w:numId w:val="9"/>', "甲"),
        ("", "", "甲"),
        ('<w:numStyleLink w:val="third"/>', '<w:numId w:val="2"/>', "甲"),
    ],
    ids=["of another list", "of itself", "of no list", "nothing", "of a list that refers on"],
)
def test_a_definition_may_refer_to_the_list_of_a_style(
    link_of_second: str, style_of_list: str, printed: str
):
    numbering = (
        definition(more='<w:numStyleLink w:val="linked"/>')
        + definition(level(0, *CHINESE), key=1, more=link_of_second)
        + definition(level(0, *CHINESE), key=2)
        + number(1)
        + number(2, of=1)
        + number(3, of=2)
    )
    styles = numbered("linked", style_of_list) + numbered("third", '<w:numId w:val="3"/>')
    assert texts(item("甲"), numbering=numbering, styles=styles) == [printed]


def test_a_reference_to_a_style_that_is_missing_counts_for_nothing():
    linked = definition(level(0, *CHINESE), more='<w:numStyleLink w:val="gone"/>') + number(1)
    assert texts(item("甲"), numbering=linked) == ["一、甲"]
    assert texts(item("甲"), numbering=definition(level(0, *CHINESE)) + number(1, of=5)) == ["甲"]


@pytest.mark.parametrize(
    ("more", "last"), [("", "（一）丁"), ('<w:lvlRestart w:val="0"/>', "（三）丁")]
)
def test_a_level_begins_anew_below_each_number_above_it_unless_it_goes_on(more: str, last: str):
    going_on = definition(level(0, *CHINESE), level(1, *IN_BRACKETS, more)) + number(1)
    items = [item("甲", 1), item("乙", 1), item("丙"), item("丁", 1)]
    assert texts(*items, numbering=going_on)[-1] == last


def test_a_level_that_nothing_defines_is_counted_from_one_and_prints_nothing():
    gap = definition(level(0, *CHINESE), level(2, *ARABIC)) + number(1)
    items = [item("甲"), item("乙", 1), item("丙", 1), item("丁", 2), item("戊"), item("己", 2)]
    assert texts(*items, numbering=gap) == [
        *("一、甲", "乙", "丙", "一.2.1 丁", "二、戊", "二.1.1 己"),
    ]


@pytest.mark.parametrize(
    ("start", "printed"),
    [("5", "5、甲"), ("0", "0、甲"), ("x", "1、甲"), ("123456789", "123456789、甲"),
     ("1234567890", "1、甲"), ("٣", "1、甲")],
)  # fmt: skip
def test_a_level_begins_where_it_says_if_that_is_a_number(start: str, printed: str):
    begun = level(0, "decimal", "%1、").replace('w:start w:val="1"', f'w:start w:val="{start}"')
    assert texts(item("甲"), numbering=definition(begun) + number(1)) == [printed]


@pytest.mark.parametrize(
    ("override", "printed"),
    [
        ('w:ilvl="1"><w:startOverride w:val="3"/>', ["（三）甲", "（四）乙"]),
        ('w:ilvl="1"><w:startOverride/>', ["（一）甲", "（二）乙"]),
        ('w:ilvl="0"><w:startOverride w:val="3"/>', ["（一）甲", "（二）乙"]),
        (f'w:ilvl="1">{level(1, "decimal", "%1.%2、")}', ["1.1、甲", "1.2、乙"]),
        ('><w:startOverride w:val="3"/>', ["（一）甲", "（二）乙"]),
    ],
    ids=["of its level", "without a number", "of another level", "a level", "of the first level"],
)
def test_a_list_may_override_where_and_how_its_levels_begin(override: str, printed: list[str]):
    more = f"<w:lvlOverride {override}</w:lvlOverride>"
    numbering = definition(level(0, "decimal", "%1、"), level(1, *IN_BRACKETS)) + number(1, 0, more)
    assert texts(item("甲", 1), item("乙", 1), numbering=numbering) == printed


def test_the_first_level_may_begin_where_a_list_overrides_it_without_naming_it():
    more = '<w:lvlOverride><w:startOverride w:val="3"/></w:lvlOverride>'
    numbering = definition(level(0, *CHINESE)) + number(1, more=more)
    assert texts(item("甲"), item("乙"), numbering=numbering) == ["三、甲", "四、乙"]


@pytest.mark.parametrize(
    ("text", "more", "printed"),
    [
        ("第%1条", "", "第1条 甲"),
        ("第%1条", '<w:suff w:val="space"/>', "第1条 甲"),
        ("第%1条", '<w:suff w:val="tab"/>', "第1条 甲"),
        ("第%1条", '<w:suff w:val="nothing"/>', "第1条甲"),
        ("%1.", "", "1.甲"),
        ("%0%1", '<w:suff w:val="nothing"/>', "%01甲"),
        ("%9", "", "1 甲"),
    ],
)
def test_behind_a_number_stands_what_its_level_says_and_nothing_behind_a_mark(
    text: str, more: str, printed: str
):
    numbering = definition(level(0, "decimal", text, more)) + number(1)
    assert texts(item("甲"), numbering=numbering) == [printed]


@pytest.mark.parametrize(
    ("value", "is_on"),
    [("", True), ('w:val="1"', True), ('w:val="true"', True), ('w:val="on"', True),
     ('w:val="0"', False), ('w:val="false"', False), ('w:val="off"', False)],
)  # fmt: skip
def test_a_switch_is_on_unless_it_says_otherwise(value: str, *, is_on: bool):
    vanish = f"<w:rPr><w:vanish {value}/></w:rPr>"
    hidden_number = definition(level(0, *CHINESE, vanish)) + number(1)
    assert texts(item("甲"), numbering=hidden_number) == ["甲" if is_on else "一、甲"]
    in_digits = definition(level(0, *CHINESE, f"<w:isLgl {value}/>")) + number(1)
    assert texts(item("甲"), numbering=in_digits) == ["1、甲" if is_on else "一、甲"]


def test_what_stands_in_for_a_drawing_that_is_shown_takes_no_number():
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = (
        f"<w:p><w:r><mc:AlternateContent {names}><mc:Choice>{item('乙')}</mc:Choice>"
        f"<mc:Fallback>{item('乙')}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    printed = texts(item("甲"), box, item("丙"), numbering=THREE_LEVELS)
    assert (printed[0], printed[-1]) == ("一、甲", "三、丙")


def test_a_level_without_its_depth_is_the_first_and_a_list_without_its_number_is_nobodys():
    bare = level(0, *CHINESE).replace(' w:ilvl="0"', "")
    assert texts(item("甲"), numbering=definition(bare) + number(1)) == ["一、甲"]
    nameless = number(1).replace(' w:numId="1"', "")
    assert texts(styled("甲", "it"), numbering=definition(bare) + nameless) == ["甲"]

"""Which text a cell is taken to print, and when it is in doubt."""

import pytest

from pipelines.reading.scans.cells import ReadCell, Said, settle
from pipelines.reading.scans.numbers import UNREADABLE

COLUMN = ("1,204.50", "3.00", "17.25", "0.40")


def reads(first, second=None, confidence=0.99, column=0):
    said = [Said(first, confidence, "one")]
    if second is not None:
        said.append(Said(second, 0.99, "other"))
    return ReadCell(column, 1, tuple(said))


def settled(cell):
    """A cell below others of a column of amounts."""
    *_, last = settle([*(reads(text, text) for text in COLUMN), cell])
    return last


def test_what_two_recognisers_read_alike_is_certain():
    found = settled(reads("446.11", "446.11"))
    assert (found.text, found.is_doubtful) == ("446.11", False)


@pytest.mark.parametrize(
    ("first", "other", "is_doubtful"),
    [(0.91, 0.6, False), (0.8, 0.99, False), (0.8, 0.97, True), (0.7, 1.0, True)],
)
def test_less_hesitation_of_one_makes_up_for_that_of_another(first, other, is_doubtful):
    said = (Said("446.11", first, "one"), Said("446.11", other, "other"))
    assert settled(ReadCell(0, 1, said)).is_doubtful == is_doubtful


@pytest.mark.parametrize(
    "cell",
    [
        reads("446.11", "416.11"),
        reads("446.11", "446.11", confidence=0.5),
        reads("446.11"),
        reads("44611", "44611"),
        reads("446.11", ""),
    ],
    ids=["differs", "hesitates", "nobody else", "no decimals", "nothing"],
)
def test_other_numbers_are_in_doubt(cell):
    assert settled(cell).is_doubtful


def test_what_borders_add_and_separators_lost_are_mended_and_the_reading_kept():
    found = settled(reads("|225-12", "225.12"))
    assert (found.text, found.is_doubtful) == ("225.12", False)
    assert [reading.raw for reading in found.readings] == ["|225-12", "225.12"]


def test_of_two_readings_the_one_printed_as_its_column_is_the_text():
    assert settled(reads("225.1", "225.12")).text == "225.12"


def test_something_that_nobody_can_read_is_not_blank():
    found = settled(reads("", ""))
    assert (found.text, found.is_doubtful) == (UNREADABLE, True)
    assert settled(ReadCell(0, 1, ())).text == ""


def test_words_are_never_in_doubt_but_their_readings_are_kept():
    found = settled(reads("行政运行", "行政运仃", confidence=0.6))
    assert (found.text, found.is_doubtful, len(found.readings)) == ("行政运行", False, 2)


def test_dashes_say_nothing_of_how_a_column_is_printed():
    numbers = [reads(text, text) for text in COLUMN]
    dashes = [reads("-") for _ in range(9)]
    (*_, lost) = settle([*numbers, *dashes, reads("44611", "44611")])
    assert lost.is_doubtful


def test_what_is_read_in_place_of_a_dash_among_numbers_is_one():
    assert settled(reads("一")).text == "-"
    (numeral,) = settle([reads("一")])
    assert numeral.text == "一"


def test_what_nobody_can_read_is_blank_only_where_it_may_be_the_edge_of_a_seal():
    said = (Said("", 0.0, "one"), Said("0", 0.2, "other"), Said("1", 0.1, "one"))
    for is_rim in (False, True):
        (found,) = settle([ReadCell(0, 1, said, is_rim=is_rim)])
        assert found.is_doubtful != is_rim
        assert bool(found.text) != is_rim
    read = (Said("3.00", 0.99, "one"), Said("3.00", 0.99, "other"))
    assert settle([ReadCell(0, 1, read, is_rim=True)])[0].text == "3.00"


def test_what_both_read_as_nothing_is_unreadable():
    said = (Said("", 0.0, "one"), Said("", 0.0, "other"), Said("1", 0.1, "one"))
    (found,) = settle([ReadCell(0, 1, said)])
    assert (found.text, found.is_doubtful) == (UNREADABLE, True)


def table_of(*columns: tuple[str, ...]):
    """The settled cells of columns, each read alike by both."""
    cells = [reads(text, text, column=at) for at, texts in enumerate(columns) for text in texts]
    return [(cell.text, cell.is_doubtful) for cell in settle(cells)]


def test_commas_that_blur_into_points_are_commas_where_amounts_have_no_decimals():
    column = ("521.358", "1,117,768", "38.530", "146,358", "1.117.768", "695")
    whole = ("521,358", "1,117,768", "38,530", "146,358", "1,117,768", "695")
    assert table_of(column) == [(text, False) for text in whole]


def test_few_amounts_of_a_column_are_printed_as_all_of_its_table():
    *_, last = table_of(("521,358", "1,117,768", "146,358"), ("288.722",))
    assert last == ("288,722", False)


@pytest.mark.parametrize(
    "column",
    [("521.358", "288.722", "49.137"), ("12.50", "3.00", "0.40", "521.358"), ("521.358", "9")],
    ids=["nothing tells", "two decimals", "too few"],
)
def test_a_point_that_may_be_a_comma_is_in_doubt(column):
    assert ("521.358", True) in table_of(column)


def test_a_point_before_three_digits_is_one_where_all_have_three_decimals():
    column = ("0.521", "0.038", "1204.500", "521.358")
    assert table_of(column) == [(text, False) for text in column]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [("44611", "446.11", "446.11"), ("446.11", "4.46.11", "446.11")],
)
def test_where_a_point_belongs_its_column_tells(first, second, text):
    found = settled(reads(first, second))
    assert (found.text, found.is_doubtful) == (text, False)


def test_a_speck_makes_no_point_in_a_code():
    codes = [reads(code, code) for code in ("20805", "21011", "22102", "20101")]
    *_, last = settle([*codes, reads("2080.5", "20805")])
    assert (last.text, last.is_doubtful) == ("20805", False)


def test_a_point_that_no_column_tells_of_is_in_doubt():
    (found,) = settle([reads("2080.5", "20805")])
    assert found.is_doubtful


@pytest.mark.parametrize(
    "column",
    [
        ("171.9721", "39.2441", "1,020.0212", "17.1204"),
        ("171.9721", "39.2441", "9.5", "1,020.0212", "17.12"),
    ],
    ids=["nearly all of four", "without last zeros"],
)
def test_a_point_before_three_digits_is_one_where_others_have_more_decimals(column):
    *_, last = settle([*(reads(text, text) for text in column), reads("680.559", "680.559")])
    assert (last.text, last.is_doubtful) == ("680.559", False)


def test_a_column_of_few_numbers_is_printed_as_its_table():
    others = [reads(text, text) for text in ("171.9721", "39.2441", "1,020.0212", "17.1204")]
    *_, last = settle([*others, reads("680.559", "680.559", column=1)])
    assert (last.text, last.is_doubtful) == ("680.559", False)


def test_a_point_that_may_be_a_comma_is_read_as_both():
    (found,) = settle([reads("521.358", "521.358")])
    assert {reading.text for reading in found.readings} == {"521.358", "521,358"}
    assert {reading.raw for reading in found.readings} == {"521.358"}

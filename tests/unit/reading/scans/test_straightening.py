"""Pages that lie askew or on their sides."""

import pytest

from pipelines.reading.scans.pixels import ink_of, quarter_turned
from pipelines.reading.scans.straightening import is_sideways, slope_of, straighten
from tests.unit.reading.scans.drawn import paper, rule, tilt, write

NEARLY = 0.03


def table_page():
    page = paper(1400, 1000)
    rule(page, range(100, 1301, 150), range(100, 901, 50))
    for y in range(115, 890, 50):
        for x in range(110, 1250, 150):
            write(page, x, y)
    return page


def prose_page():
    page = paper(1400, 1000)
    for y in range(100, 900, 45):
        write(page, 100, y, glyphs=50)
    return page


@pytest.mark.parametrize("degrees", [0.0, 0.4, -0.9, 1.5, -2.5])
@pytest.mark.parametrize("draw", [table_page, prose_page], ids=["rulings", "lines of text"])
def test_the_slope_of_a_page_is_measured(draw, degrees):
    assert slope_of(ink_of(tilt(draw(), degrees), 1)) == pytest.approx(degrees, abs=NEARLY)


def test_an_empty_page_has_no_slope():
    assert slope_of(ink_of(paper(), 1)) == 0


def test_a_straightened_page_has_none_left():
    straight, _ = straighten(tilt(table_page(), 1.2), 1.2)
    assert slope_of(ink_of(straight, 1)) == pytest.approx(0, abs=NEARLY)


def test_what_is_found_on_the_straight_page_is_placed_where_it_stood():
    askew = tilt(table_page(), 1.2)
    _, pose = straighten(askew, 1.2)
    left, top, right, bottom = pose.before(1150, 100, 1300, 150)
    # The right end of the uppermost ruling has sunk by half the page's width times the slope.
    assert (left + right) / 2 == pytest.approx(1225 + 7.8, abs=1)
    assert (top + bottom) / 2 == pytest.approx(125 + 11, abs=1)
    assert right - left == pytest.approx(150, abs=4)


@pytest.mark.parametrize("turn", [90, 270])
@pytest.mark.parametrize("draw", [table_page, prose_page], ids=["table", "prose"])
def test_a_page_on_its_side_is_told(draw, turn):
    page = draw()
    assert not is_sideways(ink_of(page, 1))
    assert not is_sideways(ink_of(quarter_turned(page, 180), 1))
    assert is_sideways(ink_of(quarter_turned(page, turn), 1))

"""A watermark is told by how it stands in the way of a page's own texts, and by nothing it says."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import pytest

from pipelines.reading.drawn_objects import Box, Colour
from pipelines.reading.overprints import Prints, find_overprints

BLACK: Colour = (0, 0, 0, 255)


class Text(NamedTuple):
    """A text in one line, its characters as wide as high."""

    says: str
    x0: float
    top: float
    size: float = 10.0
    colour: Colour = BLACK
    angle: float = 0.0

    @property
    def box(self) -> Box:
        """Where it is printed."""
        return self.x0, self.top, self.x0 + self.size * len(self.says), self.top + self.size


def watermarks(texts: Sequence[Text], rulings: Sequence[Box] = ()) -> set[str]:
    """What the watermarks of a page say."""
    prints = Prints(
        range(len(texts)),
        [text.box for text in texts],
        [text.size for text in texts],
        [text.top for text in texts],
        [text.colour for text in texts],
        [text.angle for text in texts],
    )

    def say(places: Collection[int]) -> list[str]:
        return [texts[place].says for place in places]

    return {texts[place].says for place in find_overprints(prints, rulings, say, set())}


def lines(count: int, *, x0: float = 50.0) -> list[Text]:
    """Texts below each other, with room between them."""
    return [Text(f"第{number}行", x0, 100.0 + 20 * number) for number in range(count)]


@pytest.mark.parametrize(
    ("colour", "is_pale"),
    [
        ((200, 200, 200, 255), True),
        ((0, 0, 0, 60), True),
        ((60, 60, 60, 255), False),
        ((0, 0, 0, 200), False),
    ],
    ids=["light grey", "nearly transparent", "dark grey", "nearly opaque"],
)
def test_what_shows_much_paler_than_the_page_and_is_in_its_way_is_a_watermark(
    colour: Colour, *, is_pale: bool
):
    stamp = Text("内部", 60.0, 105.0, colour=colour)
    assert watermarks([*lines(5), stamp]) == ({"内部"} if is_pale else set())


@pytest.mark.parametrize(
    ("ruling", "is_crossed"),
    [
        ((0.0, 310.0, 500.0, 310.0), True),
        ((0.0, 310.0, 60.0, 310.0), False),
        ((70.0, 200.0, 70.0, 400.0), True),
        ((70.0, 200.0, 70.0, 305.0), False),
        ((51.0, 200.0, 51.0, 400.0), False),
    ],
    ids=["across", "ends before its middle", "down", "ends above its middle", "at its side"],
)
def test_a_large_text_that_a_ruling_crosses_is_a_watermark(ruling: Box, *, is_crossed: bool):
    large = Text("样本", 50.0, 300.0, size=20.0)
    assert watermarks([*lines(5), large], [ruling]) == ({"样本"} if is_crossed else set())


def test_texts_of_the_usual_size_in_each_other_s_way_are_none():
    assert watermarks([Text("收入", 50.0, 100.0), Text("支出", 55.0, 105.0)]) == set()


@pytest.mark.parametrize(("count", "found"), [(2, set()), (3, {"专用专用专用专用专用"})])
def test_a_text_over_three_others_at_once_is_a_watermark(count: int, found: set[str]):
    others = [Text(f"第{number}", 50.0 + 30 * number, 100.0) for number in range(count)]
    assert watermarks([*others, Text("专用专用专用专用专用", 50.0, 105.0)]) == found


def test_what_repeats_itself_in_nobody_s_way_is_none():
    """小计 stands in lines of its own, beside a watermark over three other texts."""
    others = [Text(f"第{number}", 50.0 + 30 * number, 100.0) for number in range(3)]
    totals = [Text("小计", 50.0, 200.0 + 20 * number) for number in range(3)]
    stamp = Text("专用专用专用专用专用", 50.0, 105.0)
    assert watermarks([*others, *totals, stamp]) == {stamp.says}


def tiled(top: float) -> list[Text]:
    """A text printed three times, in the lines of others and over one of these each time."""
    return [
        text
        for number in range(3)
        for text in (
            Text(f"科目{number}", 50.0, top + 60 * number),
            Text(f"支出{number}", 150.0, top + 60 * number - 5.0),
            Text("公开", 160.0, top + 60 * number),
        )
    ]


def test_what_repeats_itself_across_rulings_is_a_watermark():
    across = [(0.0, 105.0 + 60 * number, 500.0, 105.0 + 60 * number) for number in range(3)]
    only_its_own = [(155.0, y, 500.0, y) for _, y, _, _ in across]
    texts = [*tiled(100.0), *[text._replace(top=text.top + 300) for text in lines(20)]]
    assert "公开" in watermarks(texts, only_its_own)
    # Where the page's own texts stand on rulings as well, they are all out of place.
    assert watermarks(tiled(100.0), across) == set()

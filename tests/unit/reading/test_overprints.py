"""A watermark is told by how it stands in the way of a page's own texts, and by nothing it says."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import pytest

from pipelines.reading.drawn_objects import Box, Colour
from pipelines.reading.overprints import Look, Prints, find_overprints

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


def watermarks(
    texts: Sequence[Text], rulings: Sequence[Box] = (), known: set[Look] | None = None
) -> set[str]:
    """What the watermarks of a page say."""
    looks = set() if known is None else known
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

    return {texts[place].says for place in find_overprints(prints, rulings, say, looks)}


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


PALE: Colour = (200, 200, 200, 255)


@pytest.mark.parametrize(
    ("colour", "is_pale"),
    [
        ((80, 80, 80, 255), True),
        ((79, 80, 80, 255), False),
        ((0, 0, 0, 175), True),
        ((0, 0, 0, 176), False),
    ],
)
def test_what_is_eighty_of_255_paler_is_pale(colour: Colour, *, is_pale: bool):
    stamp = Text("内部", 60.0, 105.0, colour=colour)
    assert watermarks([*lines(5), stamp]) == ({"内部"} if is_pale else set())


@pytest.mark.parametrize(("count", "found"), [(18, {"内部"}), (19, set())])
def test_a_colour_of_less_than_a_twentieth_of_the_texts_is_not_the_page_s_own(
    count: int, found: set[str]
):
    grey = [text._replace(colour=(100, 100, 100, 255)) for text in lines(count)]
    stamp = Text("内部", 60.0, 105.0, colour=(150, 150, 150, 255))
    assert watermarks([*grey, Text("黑", 400.0, 100.0), stamp]) == found


@pytest.mark.parametrize(
    ("x0", "top", "size", "is_over"),
    [
        (60, 186, 10, True),
        (60, 186.5, 10, False),
        (60, 174, 10, True),
        (60, 173.5, 10, False),
        (76, 181, 10, True),
        (76.5, 181, 10, False),
        (34, 181, 10, True),
        (33.5, 181, 10, False),
        (60, 186, 20, True),
        (60, 188, 5, True),
        (60, 188.5, 5, False),
    ],
    ids=[
        *("from below", "hardly from below", "from above", "hardly from above"),
        *("from behind", "hardly from behind", "from ahead", "hardly from ahead"),
        *("a larger one", "a smaller one", "hardly a smaller one"),
    ],
)
def test_texts_are_over_each_other_by_two_fifths_of_the_lower_one_s_height(
    x0: float, top: float, size: float, *, is_over: bool
):
    stamp = Text("内部", x0, top, size=size, colour=PALE)
    assert watermarks([*lines(5), stamp]) == ({"内部"} if is_over else set())


@pytest.mark.parametrize(
    ("x0", "top", "is_over"),
    [(53, 101, False), (53.5, 101, True), (50, 103, False), (50, 103.5, True)],
)
def test_what_is_struck_twice_within_three_tenths_of_its_height_is_bold(
    x0: float, top: float, *, is_over: bool
):
    again = Text("第0行", x0, top, colour=PALE)
    assert watermarks([*lines(5), again]) == ({"第0行"} if is_over else set())


@pytest.mark.parametrize(
    ("ruling", "is_crossed"),
    [
        ((80.0, 310.0, 500.0, 310.0), False),
        ((70.0, 310.0, 500.0, 310.0), False),
        ((0.0, 310.0, 70.0, 310.0), False),
        ((70.0, 310.0, 70.0, 400.0), False),
        ((70.0, 200.0, 70.0, 310.0), False),
        ((70.0, 312.0, 70.0, 400.0), False),
        ((56.0, 200.0, 56.0, 400.0), False),
        ((56.5, 200.0, 56.5, 400.0), True),
        ((83.5, 200.0, 83.5, 400.0), True),
        ((84.0, 200.0, 84.0, 400.0), False),
        ((0.0, 306.0, 500.0, 306.0), False),
        ((0.0, 306.5, 500.0, 306.5), True),
        ((0.0, 313.5, 500.0, 313.5), True),
        ((0.0, 314.0, 500.0, 314.0), False),
    ],
)
def test_a_ruling_crosses_a_text_deep_inside_and_in_its_middle(ruling: Box, *, is_crossed: bool):
    large = Text("样本", 50.0, 300.0, size=20.0)
    beside = [(10.0, 0.0, 10.0, 500.0), (0.0, 20.0, 900.0, 20.0)]
    assert watermarks([*lines(5), large], [*beside, ruling]) == ({"样本"} if is_crossed else set())


@pytest.mark.parametrize(("size", "is_large"), [(15.0, True), (14.9, False)])
def test_one_and_a_half_times_the_usual_size_is_large(size: float, *, is_large: bool):
    large = Text("样本", 50.0, 300.0, size=size)
    ruling = (0.0, 307.0, 500.0, 307.0)
    assert watermarks([*lines(5), large], [ruling]) == ({"样本"} if is_large else set())


@pytest.mark.parametrize(("count", "found"), [(2, True), (3, False)])
def test_of_large_texts_half_must_be_in_the_way(count: int, *, found: bool):
    sizes = (20.2, 19.8, 20.0)
    large = [Text(f"样{it}", 50.0, 300.0 + 40 * it, size=sizes[it]) for it in range(count)]
    ruling = (0.0, 310.0, 500.0, 310.0)
    assert watermarks([*lines(9), *large], [ruling]) == (
        {text.says for text in large} if found else set()
    )


@pytest.mark.parametrize(("count", "found"), [(10, True), (11, False)])
def test_of_pale_texts_a_tenth_must_be_in_the_way(count: int, *, found: bool):
    pale = [Text(f"淡{it}", 60.0, 105.0 + 400 * it, colour=PALE) for it in range(count)]
    assert watermarks([*lines(5), *pale]) == ({text.says for text in pale} if found else set())


def test_what_runs_aslant_is_a_watermark_unless_all_does():
    stamp = Text("内部", 300.0, 400.0, angle=45.0)
    assert watermarks([*lines(5), stamp]) == {"内部"}
    pale = Text("公开", 60.0, 105.0, colour=(200, 200, 200, 255))
    assert watermarks([*lines(5), stamp, pale]) == {"内部", "公开"}
    assert watermarks([stamp]) == set()
    assert watermarks([]) == set()


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        (Text("内部", 300.0, 400.0, colour=PALE), True),
        (Text("内部", 300.0, 400.0, size=10.4, colour=PALE), True),
        (Text("公开", 300.0, 400.0, colour=PALE), False),
        (Text("内部", 300.0, 400.0), False),
        (Text("内部", 300.0, 400.0, size=12.0, colour=PALE), False),
    ],
    ids=["the same", "nearly as large", "another text", "in another colour", "larger"],
)
def test_a_watermark_of_a_page_before_is_one_where_it_is_in_nobody_s_way(
    text: Text, *, is_known: bool
):
    known: set[Look] = set()
    assert watermarks([*lines(5), Text("内部", 60.0, 105.0, colour=PALE)], (), known) == {"内部"}
    assert known == {Look(PALE, 10, "内部")}
    assert watermarks([*lines(5), text], (), known) == ({text.says} if is_known else set())


@pytest.mark.parametrize(("count", "found"), [(4, {"公开"}), (5, set())])
def test_of_what_repeats_itself_half_must_stand_in_lines_of_its_own(count: int, found: set[str]):
    """Each is printed over a text, two of them not at the height of any other."""
    tiles = [
        text
        for number in range(count)
        for text in (
            Text(f"科目{number}", 50.0, 100.0 + 60 * number),
            Text(f"支出{number}", 150.0, 95.0 + 60 * number),
            Text("公开", 160.0, 100.0 + 60 * number + (2 if number < 2 else 0)),
        )
    ]
    assert watermarks(tiles) == found


@pytest.mark.parametrize(("others", "found"), [(7, {"公开"}), (6, set())])
def test_a_pattern_is_none_where_more_than_a_tenth_is_in_the_way_without_it(
    others: int, found: set[str]
):
    """A page whose own texts run over each other is drawn anyhow."""
    own = [Text(f"科目{number}", 50.0, 100.0 + 60 * number) for number in range(others + 2)]
    stamps = [Text("公开", 55.0, 106.0 + 60 * number) for number in range(others + 2)]
    anyhow = [Text("收入", 300.0, 100.0), Text("支出", 305.0, 106.0)]
    assert watermarks([*own, *stamps, *anyhow]) == found

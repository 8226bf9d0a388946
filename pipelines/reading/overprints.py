"""Watermarks: texts printed over a page and across what stands on it, which belong to no cell.

Knows where texts are drawn, how large, in which colour and at which angle. Does not know what they
say, beyond whether two of them say the same.

What belongs to a page keeps out of its own way: its texts stand beside or below each other and
between rulings. A watermark runs aslant, or across other texts and rulings; it is told from a text
that is merely out of place by its size, its paleness, or by saying the same again and again.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress
from statistics import median
from typing import NamedTuple

from pipelines.reading.drawn_objects import Box, Colour, is_aslant

# In units of the lower text's height: from how much on two lines run over each other, and how far
# apart two printings of one text lie that make it bold.
_OVER = 0.4
_STRUCK_TWICE = 0.3
# In units of height: how far inside a text a ruling must run to cross it.
_INSIDE = 0.3
# So many times the usual height is large.
_LARGE = 1.5
# So much brighter than the darkest texts, of 255, is pale. What fewer texts have, of all, is not
# the page's own colour.
_PALER = 80
_SOME = 0.05
# Saying the same so often is a pattern; running over so many others at once is no accident.
_PATTERN = 3
_MANY = 3
# Which share of the texts of one look must be in the way of others, and which share of a pattern
# must cross rulings or stand in lines of its own.
_PALE_SHARE, _LARGE_SHARE = 0.1, 0.5
_APART_SHARE = 0.5
# Where more of a page's texts stand on rulings across, all of them are out of place.
_OUT_OF_PLACE = 0.3
# How much of what is in each other's way may remain, where the watermark is found.
_REMAINDER = 0.1


class Look(NamedTuple):
    """What the printings of one watermark have in common.

    Attributes:
        colour: Red, green, blue and opacity.
        size: How large their print is, in whole points.
        text: What they say.
    """

    colour: Colour
    size: int
    text: str


class Prints(NamedTuple):
    """The texts of a page that are seen, column by column.

    Attributes:
        places: Where in the order drawn they stand.
        boxes: Where they are printed.
        sizes: How large their print is.
        bases: How far down their lines begin.
        colours: Red, green, blue and opacity.
        angles: By how many degrees their lines fall to the right.
    """

    places: Sequence[int]
    boxes: Sequence[Box]
    sizes: Sequence[float]
    bases: Sequence[float]
    colours: Sequence[Colour]
    angles: Sequence[float]

    def only(self, kept: Collection[bool]) -> "Prints":
        """Those of them that are to be kept."""
        return Prints(
            tuple(compress(self.places, kept)),
            tuple(compress(self.boxes, kept)),
            tuple(compress(self.sizes, kept)),
            tuple(compress(self.bases, kept)),
            tuple(compress(self.colours, kept)),
            tuple(compress(self.angles, kept)),
        )


Say = Callable[[Sequence[int]], Sequence[str]]


def find_overprints(
    prints: Prints, rulings: Sequence[Box], say: Say, known: set[Look]
) -> frozenset[int]:
    """Find the watermarks of a page.

    Args:
        prints: Its texts.
        rulings: Its straight edges.
        say: Tells what texts say, by their places; it takes long.
        known: The looks of watermarks on the document's pages before; this page's are added.

    Returns:
        The places of their texts.
    """
    if not prints.places:
        return frozenset()
    are_aslant = [is_aslant(angle) for angle in prints.angles]
    found: list[int] = []
    if any(are_aslant) and not all(are_aslant):  # else that is how the whole page lies
        found += compress(prints.places, are_aslant)
        prints = prints.only([not it for it in are_aslant])
    page = _Page(prints, rulings, say)
    found += (prints.places[index] for index in page.overprints(known))
    return frozenset(found)


class _Page:
    """The upright texts of a page, each known by its number among them."""

    def __init__(self, prints: Prints, rulings: Sequence[Box], say: Say) -> None:
        self._prints = prints
        self._rulings = rulings
        self._say = say

    def overprints(self, known: set[Look]) -> set[int]:
        """The numbers of those that are watermarks."""
        out = set(self._alike(known)) if known else set()
        for find in (self._pale, self._patterns, self._large):
            out |= find([pair for pair in self._over if out.isdisjoint(pair)])
        if out:
            known.update(self._look(number, self._texts[number]) for number in out)
        return out

    @cached_property
    def _texts(self) -> Sequence[str]:
        return self._say(self._prints.places)

    def _look(self, number: int, text: str) -> Look:
        return Look(self._prints.colours[number], round(self._prints.sizes[number]), text)

    def _alike(self, known: set[Look]) -> Iterator[int]:
        """Yield the texts that look like watermarks of pages before."""
        seen = {look[:2] for look in known}
        looks = zip(self._prints.colours, map(round, self._prints.sizes), strict=True)
        if not seen.isdisjoint(looks):
            for number, text in enumerate(self._texts):
                if self._look(number, text) in known:
                    yield number

    def _pale(self, over: Sequence[tuple[int, int]]) -> set[int]:
        """Find the texts of each pale colour, where some of them are in others' way."""
        colours = Counter(self._prints.colours)
        some = _SOME * len(self._prints.places)
        darkest = min((_light(each) for each, count in colours.items() if count >= some), default=0)
        pale = [each for each in colours if _light(each) >= darkest + _PALER]
        groups = [
            [number for number, each in enumerate(self._prints.colours) if each == colour]
            for colour in pale
        ]
        return self._in_way(groups, over, _PALE_SHARE)

    def _large(self, over: Sequence[tuple[int, int]]) -> set[int]:
        """Find the texts of each large size, where most of them are in others' way."""
        large = _LARGE * median(self._prints.sizes)
        alike: defaultdict[int, list[int]] = defaultdict(list)
        for number, size in enumerate(self._prints.sizes):
            if size >= large:
                alike[round(size)].append(number)
        return self._in_way(alike.values(), over, _LARGE_SHARE)

    def _in_way(
        self, groups: Iterable[list[int]], over: Sequence[tuple[int, int]], share: float
    ) -> set[int]:
        """Unite the groups of which a share runs over other texts or is crossed by rulings."""
        hit = {number for pair in over for number in pair}
        out: set[int] = set()
        for group in groups:
            count = sum(number in hit or self._is_crossed(number) for number in group)
            if count >= max(1, share * len(group)):
                out.update(group)
        return out

    def _is_crossed(self, number: int) -> bool:
        return self._is_crossed_down(number) or self._is_crossed_across(number)

    def _is_crossed_down(self, number: int) -> bool:
        """Tell whether a ruling down the page runs through a text, right and left of it text."""
        x0, top, x1, bottom = self._prints.boxes[number]
        inside, middle = _INSIDE * (bottom - top), (top + bottom) / 2
        places, rulings = self._down
        reach = range(bisect_right(places, x0 + inside), bisect_left(places, x1 - inside))
        return any(rulings[each][1] < middle < rulings[each][3] for each in reach)

    def _is_crossed_across(self, number: int) -> bool:
        """Tell whether a ruling across the page runs through a text."""
        x0, top, x1, bottom = self._prints.boxes[number]
        inside, middle = _INSIDE * (bottom - top), (x0 + x1) / 2
        places, rulings = self._across
        reach = range(bisect_right(places, top + inside), bisect_left(places, bottom - inside))
        return any(rulings[each][0] < middle < rulings[each][2] for each in reach)

    @cached_property
    def _down(self) -> tuple[list[float], list[Box]]:
        rulings = sorted(self._rulings)
        return [it[0] for it in rulings], rulings

    @cached_property
    def _across(self) -> tuple[list[float], list[Box]]:
        rulings = sorted(self._rulings, key=lambda it: it[1])
        return [it[1] for it in rulings], rulings

    def _patterns(self, over: Sequence[tuple[int, int]]) -> set[int]:
        """Find what says the same again and again in others' way, or runs over many at once.

        Only where the page is out of its own way without them; else it is drawn anyhow.
        """
        if not over:
            return set()
        groups: defaultdict[Look, list[int]] = defaultdict(list)
        for number, text in enumerate(self._texts):
            groups[self._look(number, text)].append(number)
        out: set[int] = set()
        repeated = [group for group in groups.values() if len(group) >= _PATTERN]
        for group in sorted(repeated, key=self._apart, reverse=True):
            if self._is_pattern(group, [pair for pair in over if out.isdisjoint(pair)]):
                out.update(group)
        partners = Counter(n for pair in over if out.isdisjoint(pair) for n in pair)
        out.update(number for number, count in partners.items() if count >= _MANY)
        remaining = [pair for pair in over if out.isdisjoint(pair)]
        return out if len(remaining) <= _REMAINDER * len(over) else set()

    def _is_pattern(self, group: Sequence[int], over: Sequence[tuple[int, int]]) -> bool:
        """Tell whether texts that say the same are in others' way, and apart from them."""
        own = set(group)
        is_in_way = any(len(own.intersection(pair)) == 1 for pair in over)
        return is_in_way and self._apart(group) >= _APART_SHARE

    @cached_property
    def _over(self) -> list[tuple[int, int]]:
        """The texts, by pairs, of which one runs over the other."""
        return list(_running_over(self._prints))

    def _apart(self, group: Sequence[int]) -> float:
        """Which share of texts crosses rulings, or stands in lines that no other text is in."""
        return sum(
            self._is_crossed_down(number)
            or (not self._is_out_of_place and self._is_crossed_across(number))
            or self._is_alone(number)
            for number in group
        ) / len(group)

    @cached_property
    def _is_out_of_place(self) -> bool:
        numbers = range(len(self._prints.places))
        return sum(map(self._is_crossed_across, numbers)) > _OUT_OF_PLACE * len(numbers)

    def _is_alone(self, number: int) -> bool:
        """Tell whether no text that says something else stands in a text's line."""
        return len(self._said_at[round(self._prints.bases[number])]) == 1

    @cached_property
    def _said_at(self) -> dict[int, set[str]]:
        """What the texts in each line of the page say."""
        said: defaultdict[int, set[str]] = defaultdict(set)
        for base, text in zip(self._prints.bases, self._texts, strict=True):
            said[round(base)].add(text)
        return said


def _light(colour: Colour) -> float:
    """How light a colour shows on paper, from 0 to 255."""
    *parts, opacity = colour
    return 255 - (255 - sum(parts) / 3) * opacity / 255


def _running_over(prints: Prints) -> Iterator[tuple[int, int]]:
    """Yield the texts, by pairs, of which one line runs over the other."""
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for number, base in enumerate(prints.bases):
        lines[round(2 * base)].append(number)
    boxes = prints.boxes
    reaches = sorted(
        (min(boxes[n][1] for n in line), max(boxes[n][3] for n in line), base)
        for base, line in lines.items()
    )
    for count, (_, bottom, base) in enumerate(reaches, start=1):
        for top, _, other in reaches[count:]:
            if top >= bottom:
                break
            yield from _over_each_other(lines[base], lines[other], boxes)


def _over_each_other(
    line: Iterable[int], other: Iterable[int], boxes: Sequence[Box]
) -> Iterator[tuple[int, int]]:
    """Yield the texts of two lines that are printed over each other."""
    open_until: list[tuple[float, int, bool]] = []
    events = sorted(
        [*((boxes[n][0], n, True) for n in line), *((boxes[n][0], n, False) for n in other)]
    )
    for begin, number, is_first in events:
        open_until = [it for it in open_until if it[0] > begin]
        for _, met, is_of_first in open_until:
            if is_of_first != is_first and _cover(boxes[number], boxes[met]):
                yield met, number
        open_until.append((boxes[number][2], number, is_first))


def _cover(one: Box, other: Box) -> bool:
    """Tell whether two texts are printed over each other, and are not one struck twice."""
    low = min(one[3] - one[1], other[3] - other[1])
    down = min(one[3], other[3]) - max(one[1], other[1])
    across = min(one[2], other[2]) - max(one[0], other[0])
    if down < _OVER * low or across < _OVER * low:
        return False
    return any(abs(a - b) > _STRUCK_TWICE * low for a, b in zip(one, other, strict=True))

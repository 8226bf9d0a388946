"""Whom a body may be compared with, and where it stands among them.

Knows names and levels of regions. Does not know amounts' places, nor how a comparison is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from pipelines.exploring.answers.bodies import Body

# Fewer others make no comparison; a shorter ending says too little of what a body does.
FEWEST_PEERS = 2
SHORTEST_ENDING = 3
# What is left of a region's name at least where it is shortened, unless it is 丙县 and has no more
# than one character to be called by; and what may stand after it.
SHORTEST_STEM = 2
KINDS_OF_REGIONS = "省市县区旗州盟"


@dataclass(frozen=True, slots=True)
class Peers:
    """Bodies of one level of administration whose names end alike.

    Attributes:
        ending: What the names end in, '' where there is nobody to compare with.
        body_ids: Their keys, that of the body itself among them.
    """

    ending: str
    body_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount stands among others.

    Attributes:
        rank: 1 for the largest; those that are the same share a rank.
        count: How many there are.
        median: The middle one of all.
    """

    rank: int
    count: int
    median: Decimal


class BodiesByTask:
    """All bodies, to be asked for the peers of each."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        """Take their names apart once; bodies of no known region have no peers and are none."""
        self._alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for body in bodies:
            if body.region_level:
                group = self._alike.setdefault((body.scope, body.region_level), [])
                group.append((task_of(body), body.body_id))

    def peers_of(self, body: Body) -> Peers:
        """The bodies whose names, without that of the region, are the same, or at least end alike.

        The longest ending counts that enough others have.
        """
        candidates = self._alike.get((body.scope, body.region_level), [])
        task = task_of(body)
        for length in range(len(task), SHORTEST_ENDING - 1, -1):
            ending = task[-length:]
            is_whole = length == len(task)
            found = [
                body_id
                for name, body_id in candidates
                if (name == ending if is_whole else name.endswith(ending))
            ]
            if len(found) > FEWEST_PEERS:
                return Peers(ending, tuple(found))
        return Peers("", ())


def task_of(body: Body) -> str:
    """A body's name without its region's, which may be shortened: 丙阳县 for 丙阳某族自治县.

    Examples:
        >>> county = ("310000", "甲省乙市丙阳某族自治县", "丙阳某族自治县", "county")
        >>> task_of(Body("", "乙市丙阳某族自治县教育局", "", "", *county, 0, None, None))
        '教育局'
        >>> task_of(Body("", "丙阳县教育局", "", "", *county, 0, None, None))
        '教育局'
    """
    region = body.own_region_name
    shortest = min(SHORTEST_STEM, len(region) - 1)
    for length in range(len(region), shortest - 1, -1):
        before, found, after = body.name.partition(region[:length])
        if found and body.region_name.endswith(f"{before}{region}"):
            return after.lstrip(KINDS_OF_REGIONS) or body.name
    return body.name


def place_of(value: Decimal, others: Iterable[Decimal]) -> Place:
    """Where a value stands among others, which hold it, too.

    Examples:
        >>> place_of(Decimal(5), [Decimal(9), Decimal(5), Decimal(5), Decimal(1)])
        Place(rank=2, count=4, median=Decimal('5'))
    """
    values = list(others)
    return Place(
        rank=1 + sum(other > value for other in values), count=len(values), median=median(values)
    )

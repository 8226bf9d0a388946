"""Writes sentences of the narrative in the wordings of many provinces, and records what they state.

A wording is a text with places in braces: a letter for the sort of value, the subject, and what it
is compared with or a share of. Filling a place prints a number and records the claim. Must not
know how sentences are read: nothing here is imported from the reader.

Places: ``{A subject}`` amount, ``{N subject}`` count, ``{S subject base}`` share,
``{P subject base}`` completion, ``{D subject base}`` word of a direction, ``{C subject base}``
change, ``{G subject base}`` growth, ``{E subject base word}`` word of equality,
``{M subject base word}`` comparison with a budget, ``{R subject}`` score, ``{Z subject word}``
none.
A subject may end in ``=label``. A paragraph that begins with # is a heading.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import yaml

PLACE = re.compile(r"\{([A-Z]) ([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Family:
    """One way to word a narrative.

    Attributes:
        name: What tells it from others.
        is_budget: Whether it is of a budget.
        paragraphs: Headings and wordings, in order.
    """

    name: str
    is_budget: bool
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """One value that a sentence states."""

    subject: str
    kind: str
    value_text: str
    base: str = ""
    label: str = ""


@dataclass(slots=True, kw_only=True)
class Writer:
    """Fills wordings and records the claims they make, in reading order.

    Attributes:
        random: Source of numbers and of their printing.
        grouped: Whether thousands are grouped.
        decimals: Decimals of amounts.
    """

    random: Random
    grouped: bool
    decimals: int
    stated: list[Stated] = field(default_factory=list)
    rises: bool = True

    def fill(self, wording: str) -> str:
        """A paragraph with its numbers."""
        self.rises = self.random.random() < 0.5
        return PLACE.sub(self._place, wording)

    def _place(self, place: re.Match[str]) -> str:
        fillers: Mapping[str, tuple[str, Callable[[], str]]] = {
            "A": ("amount", self._amount),
            "N": ("count", self._count),
            "S": ("share", self._percent),
            "P": ("completion", self._percent),
            "C": ("change", self._amount),
            "G": ("growth", self._percent),
            "R": ("score", self._score),
            "D": ("direction", self._direction),
        }
        words = place[2].split(" ")
        subject, _, label = words[0].partition("=")
        base = words[1] if len(words) > 1 else ""
        kinds = {"E": "direction", "M": "comparison"}
        if place[1] in kinds:
            text, kind = words[2], kinds[place[1]]
        elif place[1] == "Z":
            text, kind, base = words[1], "amount", ""
        else:
            kind, print_value = fillers[place[1]]
            text = print_value()
        self.stated.append(Stated(subject, kind, text, base, label))
        return text

    def _amount(self) -> str:
        value = self.random.choice((0.0, self.random.uniform(0, 9), self.random.uniform(10, 99999)))
        return f"{value:{',' if self.grouped else ''}.{self.decimals}f}"

    def _percent(self) -> str:
        return f"{self.random.uniform(0, 200):.{self.random.choice((0, 2))}f}"

    def _count(self) -> str:
        return str(self.random.choice((0, self.random.randrange(1, 999))))

    def _score(self) -> str:
        return f"{self.random.uniform(60, 99.9):.{self.random.choice((0, 1))}f}"

    def _direction(self) -> str:
        return "增加" if self.rises else "减少"


@cache
def load_families() -> tuple[Family, ...]:
    """The families of data/statements.yaml and data/narratives.yaml."""
    folder = Path(__file__).parent / "data"
    texts = [
        (folder / name).read_text(encoding="utf-8")
        for name in ("statements.yaml", "narratives.yaml")
    ]
    return tuple(
        Family(entry["name"], entry["is_budget"], tuple(entry["paragraphs"]))
        for text in texts
        for entry in yaml.load(text, Loader=yaml.CSafeLoader)
    )


def write_statements(
    family: Family, seed: int, fiscal_year: int
) -> tuple[tuple[str, ...], tuple[Stated, ...]]:
    """Write a narrative in a family's wording.

    Returns:
        The paragraphs, and every value they state in reading order.
    """
    random = Random(seed)  # noqa: S311
    writer = Writer(
        random=random, grouped=random.random() < 0.3, decimals=random.choice((0, 1, 2, 2, 4))
    )
    years = {"{year}": str(fiscal_year), "{prior}": str(fiscal_year - 1)}
    paragraphs = []
    for wording in family.paragraphs:
        text = wording
        for name, year in years.items():
            text = text.replace(name, year)
        paragraphs.append(writer.fill(text).removeprefix("#"))
    return tuple(paragraphs), tuple(writer.stated)

"""Forges the documents whose clones a warehouse is filled with.

Knows departments, years and kinds of file. Does not know what is measured on them.
"""

import csv
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.forge.budget.ledger import BudgetLedger
from tests.forge.budget.strategies import printable_budgets
from tests.forge.budget.styles import BudgetStyle
from tests.forge.disclosure import FileFormat, ForgedDisclosure, forge_disclosure
from tests.forge.invention import ANYWHERE, draw_character, invent_ledger
from tests.forge.ledger import Department, Ledger
from tests.forge.strategies import printable_pairs
from tests.forge.styles import HouseStyle
from tests.paths import REFERENCE_DIR

BODIES = ("风筝检验中心", "灯塔修缮站", "候鸟登记所", "古井测量队", "雾笛管理处", "砚台鉴定所")
FILE_FORMATS = (FileFormat.DOCX, FileFormat.PDF)
ONE_IN = 4
"""Of so many departments with final accounts one discloses further years."""
FURTHER_YEARS = 2


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One disclosure before it becomes a file."""

    ledger: Ledger | BudgetLedger
    style: HouseStyle | BudgetStyle


def forge_source(folder: Path, count: int, chance_seed: int) -> list[ForgedDisclosure]:
    """Write disclosures of invented departments, Word and PDF in turn.

    Args:
        folder: Where they go; it must exist.
        count: How many documents.
        chance_seed: The same seed writes the same documents.
    """
    return [
        forge_disclosure(
            manuscript.ledger, manuscript.style, file_format, folder / f"{number:03}.{file_format}"
        )
        for number, (manuscript, file_format) in enumerate(
            zip(_manuscripts(count, chance_seed), cycle(FILE_FORMATS), strict=False)
        )
    ]


def departments() -> Iterator[Department]:
    """Departments of invented bodies, each in a county of its own."""
    for county, body in zip(counties()[:: len(BODIES)], cycle(BODIES), strict=False):
        name = f"{county.name}{body}"
        yield replace(ANYWHERE, name=name, place=county.name, region_code=county.code)


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division."""

    code: str
    name: str


def divisions() -> Iterator[tuple[str, Division]]:
    """Every administrative division with its level."""
    with (REFERENCE_DIR / "administrative_divisions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["level"], Division(row["code"], row["name_zh"])


def counties() -> list[Division]:
    """Counties whose names lead to them: a name that is another division's too leads to neither."""
    all_divisions = list(divisions())
    borne = Counter(division.name for _, division in all_divisions)
    return [
        division
        for level, division in all_divisions
        if level == "county" and borne[division.name] == 1
    ]


def _manuscripts(count: int, chance_seed: int) -> list[Manuscript]:
    rng = random.Random(chance_seed)  # noqa: S311 - reproducible, and nothing is kept secret
    manuscripts: list[Manuscript] = []
    accounts = 0
    for department, drawn in zip(departments(), draw_manuscripts(count, chance_seed), strict=False):
        ledger = replace(drawn.ledger, department=department)
        manuscripts.append(replace(drawn, ledger=ledger))
        if isinstance(ledger, Ledger):
            accounts += 1
            if accounts % ONE_IN == 0:
                manuscripts += _further_years(rng, ledger, drawn.style)
    return manuscripts[:count]


def draw_manuscripts(count: int, chance_seed: int) -> list[Manuscript]:
    """Draw disclosures in random styles, all of one department, budgets and accounts mixed."""
    drawn: list[Manuscript] = []

    @seed(chance_seed)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(pair=st.one_of(printable_pairs(), printable_budgets()))
    def keep(pair: tuple[Ledger | BudgetLedger, HouseStyle | BudgetStyle]) -> None:
        drawn.append(Manuscript(*pair))

    keep()
    return drawn


def _further_years(
    rng: random.Random, first: Ledger, style: HouseStyle | BudgetStyle
) -> Iterator[Manuscript]:
    """The years after a ledger's, each of which opens with what the one before closed with."""
    character = replace(draw_character(rng), has_state_capital=False)
    previous = first
    for _ in range(FURTHER_YEARS):
        previous = invent_ledger(
            rng, first.department, previous.fiscal_year + 1, character, previous
        )
        yield Manuscript(previous, style)

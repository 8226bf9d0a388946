"""Draws ledgers of invented departments.

Knows what sort of spending is plausible and keeps every accounting identity exact in fen. Does
not know how any of it is printed.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.domain.disclosure import Scope
from tests.forge.ledger import (
    Assets,
    Department,
    Fen,
    FiscalEntry,
    Ledger,
    Money,
    OwnEntry,
    PriorYear,
    Procurement,
    ThreePublic,
    ThreePublicCounts,
    VehicleType,
)

FEN_PER_YUAN = 100
ANYWHERE = Department(
    name="徐闻县潮汐钟表校准中心",
    place="徐闻县",
    region_code="440825",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=("校准全县潮汐钟表", "保管潮位观测底册", "编印潮汐年历"),
)
"""A department for tests that do not care which."""

PENSION, ANNUITY, MEDICAL, HOUSING = "2080505", "2080506", "2101101", "2210201"
RETIREES = "2080501"


@dataclass(frozen=True, slots=True)
class Character:
    """What sort of department a ledger is invented for.

    Attributes:
        headcount: Number of staff; everything scales with it.
        running_item: Functional item that pays the staff.
        project_items: Functional items that pay projects.
        carries_over: Whether fiscal money is carried over between years.
        has_government_fund: Whether it spends 政府性基金.
        has_state_capital: Whether it spends 国有资本经营预算.
        has_own_income: Whether it earns money of its own.
    """

    headcount: int
    running_item: str
    project_items: tuple[str, ...]
    carries_over: bool = False
    has_government_fund: bool = False
    has_state_capital: bool = False
    has_own_income: bool = False


PROFILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2010301", ("2010302", "2013802", "2019999")),
    ("2010350", ("2010302", "2059999", "2060702")),
    ("2080101", ("2080899", "2060702", "2019999")),
    ("2101501", ("2101505", "2101599")),
    ("2120101", ("2120102", "2120399", "2110302")),
    ("2130501", ("2130504", "2130505", "2130502")),
    ("2050302", ("2059999", "2060503")),
    ("2200106", ("2110302", "2200106")),
)


def invent_ledger(
    rng: random.Random,
    department: Department = ANYWHERE,
    fiscal_year: int = 2023,
    character: Character | None = None,
    previous: Ledger | None = None,
) -> Ledger:
    """Draw a ledger in which every accounting identity holds exactly.

    Args:
        rng: Source of every choice; the same state gives the same ledger.
        department: Who discloses.
        fiscal_year: The year of the accounts.
        character: What sort of department it is, drawn where None.
        previous: Last year's ledger, whose closing balances become the opening ones.
    """
    nature = character or draw_character(rng)
    economic = draw_economic(rng, nature)
    actual = draw_three_public(rng, economic)
    fiscal = (
        *_carry_over(rng, nature, previous, general_spending(rng, nature, economic)),
        *_fund_entries(rng, nature, previous),
    )
    own = _draw_own_entries(rng, nature, previous)
    counts = count_three_public(rng, actual)
    return Ledger(
        department=department,
        fiscal_year=fiscal_year,
        fiscal=tuple(sorted(fiscal, key=lambda entry: (entry.code, entry.money))),
        own=own,
        economic=economic,
        initial_budget=_draw_initial_budget(rng, fiscal),
        budgeted=_budget_above(rng, actual),
        actual=actual,
        counts=counts,
        procurement=_draw_procurement(rng, fiscal),
        assets=draw_assets(rng, counts),
        prior=_remember(previous) if previous else _draw_prior(rng, fiscal, own, actual, economic),
    )


def draw_character(rng: random.Random) -> Character:
    """Draw what sort of department a ledger is for."""
    running_item, project_items = rng.choice(PROFILES)
    return Character(
        headcount=rng.randint(4, 160),
        running_item=running_item,
        project_items=project_items[: rng.randint(1, len(project_items))],
        carries_over=happens(rng, 4),
        has_government_fund=happens(rng, 3),
        has_state_capital=happens(rng, 1),
        has_own_income=happens(rng, 3),
    )


def draw_between(rng: random.Random, low_yuan: int, high_yuan: int) -> Fen:
    """Draw an amount between two of yuan."""
    return rng.randint(low_yuan * FEN_PER_YUAN, high_yuan * FEN_PER_YUAN)


def happens(rng: random.Random, in_ten: int) -> bool:
    """Let something happen so many times in ten."""
    return rng.randint(1, 10) <= in_ten


def maybe(rng: random.Random, chance_in_ten: int, low_yuan: int, high_yuan: int) -> Fen:
    """Draw an amount, or none in the other cases."""
    return draw_between(rng, low_yuan, high_yuan) if happens(rng, chance_in_ten) else 0


def share_of(rng: random.Random, amount: Fen, low_percent: int, high_percent: int) -> Fen:
    """Draw a part of an amount."""
    return amount * rng.randint(low_percent, high_percent) // 100


PERSONNEL_YUAN_PER_HEAD: tuple[tuple[str, int, int, int], ...] = (
    ("30101", 10, 38_000, 62_000),
    ("30102", 8, 12_000, 58_000),
    ("30103", 7, 8_000, 46_000),
    ("30106", 3, 1_200, 6_000),
    ("30107", 5, 6_000, 52_000),
    ("30108", 10, 9_800, 17_500),
    ("30109", 6, 4_900, 8_700),
    ("30110", 10, 4_200, 9_100),
    ("30111", 4, 800, 3_300),
    ("30112", 9, 300, 1_900),
    ("30113", 9, 8_400, 16_800),
    ("30114", 2, 40, 420),
    ("30199", 6, 900, 21_000),
)
"""Code, chance in ten, and the range per head in yuan."""

PUBLIC_YUAN_PER_HEAD: tuple[tuple[str, int, int, int], ...] = (
    ("30201", 10, 900, 5_200),
    ("30202", 6, 60, 900),
    ("30203", 2, 50, 700),
    ("30204", 3, 2, 40),
    ("30205", 7, 60, 480),
    ("30206", 8, 300, 1_900),
    ("30207", 9, 200, 1_400),
    ("30208", 2, 300, 2_100),
    ("30209", 5, 400, 3_200),
    ("30211", 9, 500, 4_100),
    ("30213", 6, 150, 2_800),
    ("30214", 3, 200, 2_600),
    ("30215", 4, 30, 520),
    ("30216", 5, 60, 780),
    ("30217", 6, 40, 640),
    ("30218", 2, 100, 1_500),
    ("30226", 6, 200, 5_400),
    ("30227", 5, 300, 6_100),
    ("30228", 10, 700, 1_900),
    ("30229", 6, 400, 2_700),
    ("30231", 5, 200, 1_300),
    ("30239", 7, 1_800, 8_600),
    ("30299", 8, 300, 4_800),
    ("31002", 4, 150, 2_200),
    ("31003", 2, 200, 1_900),
    ("31007", 2, 120, 1_300),
)

HOUSEHOLD_YUAN_PER_HEAD: tuple[tuple[str, int, int, int], ...] = (
    ("30301", 1, 600, 2_400),
    ("30302", 5, 900, 5_600),
    ("30304", 2, 200, 3_100),
    ("30305", 6, 150, 2_300),
    ("30307", 3, 80, 900),
    ("30309", 3, 6, 60),
    ("30399", 3, 50, 900),
)


def draw_economic(rng: random.Random, nature: Character) -> dict[str, Fen]:
    """Draw 基本支出 by economic code."""
    drawn: dict[str, Fen] = {}
    ranges = (*PERSONNEL_YUAN_PER_HEAD, *PUBLIC_YUAN_PER_HEAD, *HOUSEHOLD_YUAN_PER_HEAD)
    for code, chance, low, high in ranges:
        amount = maybe(rng, chance, low * nature.headcount, high * nature.headcount)
        if amount:
            drawn[code] = amount
    return dict(sorted(drawn.items()))


def general_spending(
    rng: random.Random, nature: Character, economic: Mapping[str, Fen]
) -> dict[str, tuple[Fen, Fen]]:
    """Basic and project spending of the general public budget by functional item."""
    own_items = {
        RETIREES: sum(economic.get(code, 0) for code in ("30301", "30302")),
        PENSION: economic.get("30108", 0),
        ANNUITY: economic.get("30109", 0),
        MEDICAL: economic.get("30110", 0) + economic.get("30111", 0),
        HOUSING: economic.get("30113", 0),
    }
    spending = {code: (basic, 0) for code, basic in own_items.items() if basic}
    rest = sum(economic.values()) - sum(own_items.values())
    spending[nature.running_item] = (rest, 0)
    for code in nature.project_items:
        basic, _ = spending.get(code, (0, 0))
        spending[code] = (basic, draw_between(rng, 1_000, 90_000 * nature.headcount))
    return spending


def _carry_over(
    rng: random.Random,
    nature: Character,
    previous: Ledger | None,
    spending: dict[str, tuple[Fen, Fen]],
) -> tuple[FiscalEntry, ...]:
    opening = _previous_closing(previous, Money.GENERAL)
    entries = []
    for code in sorted({*spending, *opening}):
        basic, project = spending.get(code, (0, 0))
        before = opening.get(code, 0)
        carries = nature.carries_over and project
        if carries and previous is None:
            before = share_of(rng, project, 0, 30)
        after = share_of(rng, project, 0, 25) if carries else 0
        entries.append(_balanced(code, Money.GENERAL, before, basic, project, after))
    return tuple(entries)


def _balanced(
    code: str, money: Money, opening: Fen, basic: Fen, project: Fen, closing: Fen
) -> FiscalEntry:
    """An entry whose income makes the year balance; what cannot be spent stays over."""
    income = max(0, basic + project + closing - opening)
    return FiscalEntry(code, money, opening, income, basic, project)


def _previous_closing(previous: Ledger | None, money: Money) -> dict[str, Fen]:
    if previous is None:
        return {}
    return {entry.code: entry.closing for entry in previous.of(money) if entry.closing}


def _fund_entries(
    rng: random.Random, nature: Character, previous: Ledger | None
) -> tuple[FiscalEntry, ...]:
    wanted = {
        Money.GOVERNMENT_FUND: ("2120899", "2296011") if nature.has_government_fund else (),
        Money.STATE_CAPITAL: ("2230105",) if nature.has_state_capital else (),
    }
    entries = []
    for money, codes in wanted.items():
        opening = _previous_closing(previous, money)
        for code in sorted({*codes, *opening}):
            project = draw_between(rng, 20_000, 900_000) if code in codes else 0
            after = share_of(rng, project, 0, 20) if nature.carries_over else 0
            entries.append(_balanced(code, money, opening.get(code, 0), 0, project, after))
    return tuple(entries)


def _draw_own_entries(
    rng: random.Random, nature: Character, previous: Ledger | None
) -> tuple[OwnEntry, ...]:
    before = sum(entry.closing for entry in previous.own) if previous else 0
    if not nature.has_own_income:
        idle = OwnEntry(nature.running_item, opening=before)
        return (idle,) if before else ()
    institutional = draw_between(rng, 5_000, 22_000 * nature.headcount)
    superior = maybe(rng, 4, 2_000, 300_000)
    operating = maybe(rng, 3, 5_000, 400_000)
    other = maybe(rng, 7, 300, 150_000)
    available = institutional + superior + other
    project = share_of(rng, available, 10, 40)
    basic = share_of(rng, available, 10, 30)
    return (
        OwnEntry(
            nature.running_item,
            opening=before,
            superior_subsidy=superior,
            institutional=institutional,
            operating_income=operating,
            affiliated_remittance=maybe(rng, 1, 5_000, 80_000),
            other_income=other,
            from_surplus=maybe(rng, 3, 1_000, 60_000),
            basic=basic,
            project=project,
            operating_spending=share_of(rng, operating, 60, 100),
            subsidy_to_affiliated=share_of(rng, superior, 0, 20),
            allocated=share_of(rng, available, 0, 10),
        ),
    )


def draw_three_public(rng: random.Random, economic: Mapping[str, Fen]) -> ThreePublic:
    """Draw 三公 expenses, each at least what the basic expenditure already holds of it."""
    operation = economic.get("30231", 0)
    return ThreePublic(
        overseas=maybe(rng, 1, 15_000, 90_000),
        vehicle_purchase=maybe(rng, 1, 120_000, 260_000),
        vehicle_operation=operation + (maybe(rng, 5, 2_000, 40_000)),
        reception=economic.get("30217", 0) + maybe(rng, 4, 500, 22_000),
    )


def _budget_above(rng: random.Random, actual: ThreePublic) -> ThreePublic:
    def at_least(spent: Fen) -> Fen:
        return spent + (share_of(rng, spent, 0, 60) if spent else maybe(rng, 1, 500, 9_000))

    return ThreePublic(
        overseas=at_least(actual.overseas),
        vehicle_purchase=at_least(actual.vehicle_purchase),
        vehicle_operation=at_least(actual.vehicle_operation),
        reception=at_least(actual.reception),
    )


def count_three_public(rng: random.Random, actual: ThreePublic) -> ThreePublicCounts:
    """Draw what the 三公 money was spent on."""
    delegations = rng.randint(1, 3) if actual.overseas else 0
    bought = 1 if actual.vehicle_purchase else 0
    receptions = rng.randint(3, 90) if actual.reception else 0
    return ThreePublicCounts(
        delegations=delegations,
        travellers=delegations * rng.randint(1, 4),
        vehicles_bought=bought,
        vehicles_kept=max(bought, rng.randint(1, 6) if actual.vehicle_operation else 0),
        receptions=receptions,
        guests=receptions * rng.randint(2, 9),
    )


def _draw_initial_budget(rng: random.Random, fiscal: Sequence[FiscalEntry]) -> dict[str, Fen]:
    spent = {entry.code: entry.spent for entry in fiscal if entry.money is Money.GENERAL}
    return {code: share_of(rng, amount, 70, 125) for code, amount in spent.items()}


def _draw_procurement(rng: random.Random, fiscal: Sequence[FiscalEntry]) -> Procurement:
    limit = sum(entry.project for entry in fiscal)
    goods = share_of(rng, limit, 1, 18)
    works = share_of(rng, limit, 1, 30) if happens(rng, 4) else 0
    services = share_of(rng, limit, 0, 35)
    sme = share_of(rng, goods + works + services, 30, 100)
    return Procurement(goods, works, services, sme, share_of(rng, sme, 0, 100))


def draw_assets(rng: random.Random, counts: ThreePublicCounts) -> Assets:
    """Draw vehicles and equipment, at least the vehicles that are paid for."""
    vehicles = dict.fromkeys(VehicleType, 0)
    for _ in range(counts.vehicles_kept + rng.randint(0, 2)):
        vehicles[rng.choice(tuple(VehicleType))] += 1
    return Assets(
        vehicles={kind: count for kind, count in vehicles.items() if count},
        general_500k=rng.randint(0, 6),
        special_1m=rng.randint(0, 2),
        over_1m=rng.randint(0, 3),
    )


def _remember(previous: Ledger) -> PriorYear:
    return PriorYear(
        grand_total=previous.grand_total,
        appropriation_total=previous.appropriation_total,
        general_spending=previous.fiscal_spending(Money.GENERAL),
        three_public=previous.actual,
        public_expenses=previous.public_expenses,
    )


def _draw_prior(
    rng: random.Random,
    fiscal: Sequence[FiscalEntry],
    own: Sequence[OwnEntry],
    actual: ThreePublic,
    economic: dict[str, Fen],
) -> PriorYear:
    appropriation = sum(entry.opening + entry.income for entry in fiscal)
    everything = appropriation + sum(
        entry.opening + entry.income + entry.from_surplus for entry in own
    )
    general = sum(entry.spent for entry in fiscal if entry.money is Money.GENERAL)
    public = sum(amount for code, amount in economic.items() if code[:3] in {"302", "310"})
    return PriorYear(
        grand_total=share_of(rng, everything, 75, 130),
        appropriation_total=share_of(rng, appropriation, 75, 130),
        general_spending=share_of(rng, general, 75, 130),
        three_public=ThreePublic(
            vehicle_operation=share_of(rng, actual.vehicle_operation, 80, 140),
            reception=share_of(rng, actual.reception, 70, 150),
        ),
        public_expenses=share_of(rng, public, 80, 125),
    )

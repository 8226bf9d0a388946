"""Draws budgets of invented departments.

Knows what sort of spending is plausible and keeps every accounting identity exact. Does not know
how any of it is printed.
"""

import random
from dataclasses import dataclass, replace

from tests.forge.budget.ledger import BudgetEntry, BudgetLedger, Source
from tests.forge.invention import (
    ANYWHERE,
    Character,
    count_three_public,
    draw_assets,
    draw_between,
    draw_character,
    draw_economic,
    draw_three_public,
    general_spending,
    happens,
    maybe,
    share_of,
)
from tests.forge.ledger import (
    PUBLIC_CLASSES,
    Assets,
    Department,
    Fen,
    Procurement,
    ThreePublic,
)

FEN_PER_YUAN = 100
ASKED_FOR = 1000 * FEN_PER_YUAN
"""三公 expenses are asked for in round thousands."""
FUND_ITEMS = {
    Source.GOVERNMENT_FUND: ("2120899", "2296011"),
    Source.STATE_CAPITAL: ("2230105",),
}


@dataclass(frozen=True, slots=True)
class BudgetCharacter:
    """What sort of budget a ledger is invented for.

    Attributes:
        nature: What sort of department it is.
        is_in_whole_yuan: Whether nothing is asked for in cents.
        has_rare_money: Whether there is money that short forms have no column for.
    """

    nature: Character
    is_in_whole_yuan: bool = True
    has_rare_money: bool = False

    def rounded(self, amount: Fen) -> Fen:
        """An amount as it is asked for."""
        return amount - amount % FEN_PER_YUAN if self.is_in_whole_yuan else amount


def draw_budget_character(rng: random.Random) -> BudgetCharacter:
    """Draw what sort of budget a ledger is for."""
    return BudgetCharacter(draw_character(rng), happens(rng, 8), happens(rng, 2))


def invent_budget(
    rng: random.Random,
    department: Department = ANYWHERE,
    fiscal_year: int = 2025,
    character: BudgetCharacter | None = None,
) -> BudgetLedger:
    """Draw a budget in which every accounting identity holds exactly.

    Args:
        rng: Source of every choice; the same state gives the same budget.
        department: Who discloses.
        fiscal_year: The year of the budget.
        character: What sort of budget it is, drawn where None.
    """
    kind = character or draw_budget_character(rng)
    drawn = draw_economic(rng, kind.nature)
    economic = {code: kind.rounded(amount) for code, amount in drawn.items()}
    economic = {code: amount for code, amount in economic.items() if amount}
    public = sum(amount for code, amount in economic.items() if code.startswith(PUBLIC_CLASSES))
    entries = (
        *_general_entries(rng, kind, economic, public),
        *_fund_entries(rng, kind),
        *_own_entries(rng, kind),
    )
    three_public = _round_expenses(draw_three_public(rng, economic))
    total = sum(entry.income for entry in entries)
    return BudgetLedger(
        department=department,
        fiscal_year=fiscal_year,
        entries=tuple(sorted(entries, key=lambda entry: (entry.code, entry.source))),
        economic=economic,
        three_public=three_public,
        agency_operation=public if department.is_administrative else 0,
        procurement=_draw_procurement(rng, kind, sum(entry.project for entry in entries)),
        assets=_draw_assets(rng, three_public),
        prior_income=share_of(rng, total, 75, 130),
    )


def _general_entries(
    rng: random.Random, kind: BudgetCharacter, economic: dict[str, Fen], public: Fen
) -> list[BudgetEntry]:
    entries = []
    for code, (basic, project) in general_spending(rng, kind.nature, economic).items():
        items_public = public if code == kind.nature.running_item else 0
        asked_for = kind.rounded(project)
        entry = BudgetEntry(
            code,
            Source.GENERAL,
            carried=_carry(rng, kind, asked_for),
            personnel=basic - items_public,
            public=items_public,
            project=asked_for,
        )
        entries.append(entry)
    return [entry for entry in entries if entry.spent]


def _carry(rng: random.Random, kind: BudgetCharacter, project: Fen) -> Fen:
    if not (kind.nature.carries_over and project):
        return 0
    return kind.rounded(share_of(rng, project, 0, 40))


def _fund_entries(rng: random.Random, kind: BudgetCharacter) -> list[BudgetEntry]:
    wanted = {
        Source.GOVERNMENT_FUND: kind.nature.has_government_fund,
        Source.STATE_CAPITAL: kind.nature.has_state_capital,
    }
    entries = []
    for source, is_wanted in wanted.items():
        for code in FUND_ITEMS[source] if is_wanted else ():
            project = kind.rounded(draw_between(rng, 20_000, 9_000_000))
            entries.append(
                BudgetEntry(code, source, carried=_carry(rng, kind, project), project=project)
            )
    return entries


def _own_entries(rng: random.Random, kind: BudgetCharacter) -> list[BudgetEntry]:
    nature = kind.nature
    if not nature.has_own_income:
        return []
    running, project_item = nature.running_item, nature.project_items[0]

    def drawn(chance_in_ten: int, low_yuan: int, high_yuan: int) -> Fen:
        return kind.rounded(maybe(rng, chance_in_ten, low_yuan, high_yuan))

    entries = [
        BudgetEntry(
            *(running, Source.INSTITUTIONAL),
            personnel=drawn(8, 5_000, 9_000 * nature.headcount),
            public=drawn(6, 900, 2_000 * nature.headcount),
            project=drawn(4, 2_000, 300_000),
        ),
        BudgetEntry(project_item, Source.OPERATING, project=drawn(4, 5_000, 400_000)),
        BudgetEntry(project_item, Source.OTHER, project=drawn(6, 300, 150_000)),
    ]
    if kind.has_rare_money:
        entries = [*(_with_rare_spending(entry, drawn(7, 900, 40_000)) for entry in entries)]
        entries.append(
            BudgetEntry(project_item, Source.SUPERIOR, project=drawn(9, 2_000, 300_000)),
        )
        entries.append(
            BudgetEntry(project_item, Source.AFFILIATED, project=drawn(5, 2_000, 90_000)),
        )
    return [entry for entry in entries if entry.spent]


def _with_rare_spending(entry: BudgetEntry, amount: Fen) -> BudgetEntry:
    if entry.source is Source.OPERATING:
        return replace(entry, operating=amount)
    if entry.source is Source.OTHER:
        return replace(entry, remittance_to_superior=amount)
    return replace(entry, subsidy_to_affiliated=amount)


def _round_expenses(expenses: ThreePublic) -> ThreePublic:
    def rounded(amount: Fen) -> Fen:
        return -(-amount // ASKED_FOR) * ASKED_FOR

    return ThreePublic(
        overseas=rounded(expenses.overseas),
        vehicle_purchase=rounded(expenses.vehicle_purchase),
        vehicle_operation=rounded(expenses.vehicle_operation),
        reception=rounded(expenses.reception),
    )


def _draw_procurement(rng: random.Random, kind: BudgetCharacter, limit: Fen) -> Procurement:
    goods = kind.rounded(share_of(rng, limit, 1, 18))
    works = kind.rounded(share_of(rng, limit, 1, 30)) if happens(rng, 4) else 0
    services = kind.rounded(share_of(rng, limit, 0, 35))
    return Procurement(goods, works, services)


def _draw_assets(rng: random.Random, expenses: ThreePublic) -> Assets:
    return draw_assets(rng, count_three_public(rng, expenses))

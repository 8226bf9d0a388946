"""Books in which every kind of money moves, so that every line of every form has an amount.

Knows what random books leave out. Does not know forms or identities.
"""

import random
from dataclasses import replace

from tests.forge.budget.invention import BudgetCharacter, invent_budget
from tests.forge.budget.ledger import BudgetEntry, BudgetLedger, Source
from tests.forge.invention import ANYWHERE, Character, general_spending, invent_ledger
from tests.forge.ledger import (
    Department,
    Fen,
    FiscalEntry,
    Ledger,
    Money,
    OwnEntry,
    Procurement,
    ThreePublic,
    ThreePublicCounts,
)

SEED = 5
RUNNING, OTHER = "2010301", "2019999"
PLAIN = Character(30, RUNNING, ("2010302", "2013802", OTHER))
RARE_ECONOMIC: dict[str, Fen] = {
    code: yuan * 100
    for code, yuan in (
        *(("30109", 31_000), ("30111", 24_700), ("30113", 44_000), ("30212", 45_000)),
        *(("30217", 38_000), ("30231", 31_000), ("30302", 42_000), ("30305", 22_500)),
        *(("30701", 32_300), ("30702", 24_500), ("30901", 81_200), ("30902", 37_700)),
        *(("31002", 33_100), ("31013", 65_000), ("31101", 26_400), ("31199", 25_100)),
        *(("31204", 38_900), ("31299", 22_600), ("31302", 29_400), ("31303", 33_300)),
        *(("39908", 26_800), ("39907", 22_200)),
    )
}
"""Economic codes that a department rarely has all of."""
SPENT = ThreePublic(90_000_00, 150_000_00, 80_000_00, 70_000_00)
ALLOWED = ThreePublic(93_000_00, 150_000_00, 85_000_00, 75_000_00)
COUNTS = ThreePublicCounts(2, 5, 1, 3, 12, 60)
BOUGHT = Procurement(300_000_00, 120_000_00, 180_000_00, 400_000_00, 250_000_00)


def quiet_accounts(department: Department = ANYWHERE, fiscal_year: int = 2023) -> Ledger:
    """Appropriated money of the general public budget only, and nothing carried over."""
    rng = random.Random(SEED)  # noqa: S311 - reproducible, nothing is secret
    drawn = invent_ledger(rng, department, fiscal_year, PLAIN)
    economic = dict(sorted({**RARE_ECONOMIC, **drawn.economic}.items()))
    spent = general_spending(rng, PLAIN, economic)
    return replace(
        drawn,
        economic=economic,
        fiscal=tuple(
            FiscalEntry(code, Money.GENERAL, 0, basic + project, basic, project)
            for code, (basic, project) in sorted(spent.items())
        ),
        initial_budget={code: sum(kinds) * 9 // 10 for code, kinds in spent.items()},
        budgeted=ALLOWED,
        actual=SPENT,
        counts=COUNTS,
        procurement=BOUGHT,
    )


def busy_accounts(department: Department = ANYWHERE, fiscal_year: int = 2023) -> Ledger:
    """Every fund, own money of every kind, and balances at both ends of the year."""
    quiet = quiet_accounts(department, fiscal_year)
    funds = (
        FiscalEntry("2120899", Money.GOVERNMENT_FUND, 70_000_00, 900_000_00, 0, 850_000_00),
        FiscalEntry("2296011", Money.GOVERNMENT_FUND, 10_000_00, 300_000_00, 40_000_00, 220_000_00),
        FiscalEntry("2230105", Money.STATE_CAPITAL, 5_000_00, 80_000_00, 20_000_00, 61_000_00),
    )
    own = OwnEntry(
        OTHER,
        opening=90_000_00,
        superior_subsidy=210_000_00,
        institutional=330_000_00,
        operating_income=140_000_00,
        affiliated_remittance=60_000_00,
        other_income=50_000_00,
        from_surplus=20_000_00,
        basic=130_000_00,
        project=250_000_00,
        remittance_to_superior=70_000_00,
        operating_spending=110_000_00,
        subsidy_to_affiliated=80_000_00,
        allocated=40_000_00,
    )
    general = (
        replace(
            entry,
            opening=entry.project // 3,
            income=entry.spent + entry.project // 5 - entry.project // 3,
        )
        for entry in quiet.fiscal
    )
    fiscal = sorted((*general, *funds), key=lambda entry: (entry.code, entry.money))
    return replace(quiet, fiscal=tuple(fiscal), own=(own,))


def plain_budget(department: Department = ANYWHERE, fiscal_year: int = 2023) -> BudgetLedger:
    """A budget of appropriated money, of every fund."""
    rng = random.Random(SEED)  # noqa: S311 - reproducible, nothing is secret
    drawn = invent_budget(rng, department, fiscal_year, BudgetCharacter(PLAIN))
    funds = (
        BudgetEntry("2120899", Source.GOVERNMENT_FUND, project=600_000_00),
        BudgetEntry("2296011", Source.GOVERNMENT_FUND, public=40_000_00, project=220_000_00),
        BudgetEntry("2230105", Source.STATE_CAPITAL, public=20_000_00, project=61_000_00),
    )
    whole = replace(drawn, three_public=SPENT, procurement=BOUGHT)
    return _with_entries(whole, (*drawn.entries, *funds))


def busy_budget(department: Department = ANYWHERE, fiscal_year: int = 2023) -> BudgetLedger:
    """A budget of every source and every kind of spending."""
    plain = plain_budget(department, fiscal_year)
    own = (
        BudgetEntry(
            OTHER,
            source,
            personnel=amount,
            public=amount // 2,
            project=2 * amount,
            operating=amount // 4,
            remittance_to_superior=amount // 8,
            subsidy_to_affiliated=amount // 10,
        )
        for source, amount in (
            (Source.INSTITUTIONAL, 400_000_00),
            (Source.OPERATING, 320_000_00),
            (Source.SUPERIOR, 240_000_00),
            (Source.AFFILIATED, 160_000_00),
            (Source.OTHER, 80_000_00),
        )
    )
    return _with_entries(plain, (*plain.entries, *own))


def carried_budget(department: Department = ANYWHERE, fiscal_year: int = 2023) -> BudgetLedger:
    """The same, part of it with money left from the year before."""
    busy = busy_budget(department, fiscal_year)
    return _with_entries(
        busy, tuple(replace(entry, carried=entry.project // 4) for entry in busy.entries)
    )


def _with_entries(ledger: BudgetLedger, entries: tuple[BudgetEntry, ...]) -> BudgetLedger:
    in_order = sorted(entries, key=lambda entry: (entry.code, entry.source))
    return replace(ledger, entries=tuple(in_order))

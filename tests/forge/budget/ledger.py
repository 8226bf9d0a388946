"""The consistent budget of one invented department for one year.

Knows money in fen and where every item's money comes from and goes to. Does not know forms, units
or wording.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.forge.ledger import (
    PERSONNEL_CLASSES,
    PUBLIC_CLASSES,
    Assets,
    Department,
    Fen,
    Money,
    Procurement,
    ThreePublic,
    add_measures,
)


class Source(StrEnum):
    """Where budgeted money comes from; the value is the measure that prints it."""

    GENERAL = "general_public_budget"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"
    INSTITUTIONAL = "institutional"
    OPERATING = "operating"
    SUPERIOR = "superior_subsidy"
    AFFILIATED = "affiliated_remittance"
    OTHER = "other"


FISCAL: Mapping[Source, Money] = {
    Source.GENERAL: Money.GENERAL,
    Source.GOVERNMENT_FUND: Money.GOVERNMENT_FUND,
    Source.STATE_CAPITAL: Money.STATE_CAPITAL,
}
"""The sources that are appropriated."""
RARE_SOURCES = frozenset({Source.SUPERIOR, Source.AFFILIATED})
"""Sources that many houses have no column for."""


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """One functional item paid from one source.

    Attributes:
        carried: What of the money is 上年结转 rather than this year's.
        personnel: 基本支出, 人员经费.
        public: 基本支出, 公用经费.
        operating: 事业单位经营支出.
        remittance_to_superior: 上缴上级支出.
        subsidy_to_affiliated: 对附属单位补助支出.
    """

    code: str
    source: Source
    carried: Fen = 0
    personnel: Fen = 0
    public: Fen = 0
    project: Fen = 0
    operating: Fen = 0
    remittance_to_superior: Fen = 0
    subsidy_to_affiliated: Fen = 0

    @property
    def basic(self) -> Fen:
        """基本支出."""
        return self.personnel + self.public

    @property
    def beyond(self) -> Fen:
        """Spending that is neither 基本支出 nor 项目支出."""
        return self.operating + self.remittance_to_superior + self.subsidy_to_affiliated

    @property
    def spent(self) -> Fen:
        """Everything to be spent."""
        return self.basic + self.project + self.beyond

    @property
    def income(self) -> Fen:
        """This year's income."""
        return self.spent - self.carried


@dataclass(frozen=True, slots=True)
class BudgetLedger:
    """One department's budget.

    Attributes:
        entries: What is spent on what from where, in code order.
        economic: 基本支出 of the general public budget by five-digit economic code.
        three_public: 三公 expenses.
        agency_operation: 机关运行经费; nothing for a body that is no 机关.
        prior_income: Last year's budgeted income, None for a body without a last year.
    """

    department: Department
    fiscal_year: int
    entries: tuple[BudgetEntry, ...]
    economic: Mapping[str, Fen]
    three_public: ThreePublic
    agency_operation: Fen
    procurement: Procurement
    assets: Assets
    prior_income: Fen | None

    def of(self, *sources: Source) -> tuple[BudgetEntry, ...]:
        """The entries paid from some sources."""
        return tuple(entry for entry in self.entries if entry.source in sources)

    def income_from(self, *sources: Source) -> Fen:
        """This year's income from some sources."""
        return sum(entry.income for entry in self.of(*sources))

    def carried_from(self, *sources: Source) -> Fen:
        """上年结转 of some sources."""
        return sum(entry.carried for entry in self.of(*sources))

    def spent_from(self, *sources: Source) -> Fen:
        """What is spent of some sources."""
        return sum(entry.spent for entry in self.of(*sources))

    @property
    def total(self) -> Fen:
        """收入总计 and 支出总计."""
        return sum(entry.spent for entry in self.entries)

    @property
    def carries_over(self) -> bool:
        """Whether some of the money is left from last year."""
        return any(entry.carried for entry in self.entries)

    @property
    def has_rare_money(self) -> bool:
        """Whether there is income or spending that short forms have no column for."""
        return any(entry.source in RARE_SOURCES or entry.beyond for entry in self.entries)

    def economic_class(self, parent: str) -> Fen:
        """The sum of one economic 类."""
        return sum(amount for code, amount in self.economic.items() if code.startswith(parent))

    @property
    def prior_three_public(self) -> ThreePublic:
        """三公 expenses budgeted for the year before, when they were a tenth higher."""
        now = self.three_public
        return ThreePublic(
            overseas=now.overseas * 11 // 10,
            vehicle_purchase=now.vehicle_purchase * 11 // 10,
            vehicle_operation=now.vehicle_operation * 11 // 10,
            reception=now.reception * 11 // 10,
        )

    @property
    def public_expenses(self) -> Fen:
        """公用经费 of the general public budget."""
        return sum(self.economic_class(parent) for parent in PUBLIC_CLASSES)


def income_budget_by_item(ledger: BudgetLedger) -> dict[str, dict[str, Fen]]:
    """The measures of the income budget by item, in code order.

    Appropriated money stands both under its fund and under ``fiscal_appropriation``; a form prints
    the one or the other.
    """
    items: dict[str, dict[str, Fen]] = {}
    for entry in ledger.entries:
        measures = {"total": entry.spent, "opening_balance": entry.carried}
        measures[entry.source.value] = entry.income
        if entry.source in FISCAL:
            measures["fiscal_appropriation"] = entry.income
        add_measures(items, entry.code, measures)
    return dict(sorted(items.items()))


def spending_budget_by_item(entries: Iterable[BudgetEntry]) -> dict[str, dict[str, Fen]]:
    """The measures of the expenditure budgets by item, in code order."""
    items: dict[str, dict[str, Fen]] = {}
    for entry in entries:
        measures = {
            "total": entry.spent,
            "basic": entry.basic,
            "project": entry.project,
            "operating": entry.operating,
            "remittance_to_superior": entry.remittance_to_superior,
            "subsidy_to_affiliated": entry.subsidy_to_affiliated,
        }
        add_measures(items, entry.code, measures)
    return dict(sorted(items.items()))


def basic_budget_by_code(ledger: BudgetLedger) -> dict[str, dict[str, Fen]]:
    """The measures of the basic-expenditure budget by economic code."""
    return {
        code: {
            "total": amount,
            "personnel": amount if code.startswith(PERSONNEL_CLASSES) else 0,
            "public": 0 if code.startswith(PERSONNEL_CLASSES) else amount,
        }
        for code, amount in ledger.economic.items()
    }

"""The consistent books of one invented department for one year.

Knows money in fen (an integer, so that nothing is ever rounded before it is printed) and the
sums that the accounting identities speak of. Does not know forms, units or wording.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipelines.domain.disclosure import Scope

Fen = int
"""Money in fen, a hundredth of a yuan."""

PERSONNEL_CLASSES = ("301", "303")
PUBLIC_CLASSES = ("302", "307", "309", "310", "311", "312", "313", "399")
RARE_CLASSES = ("309", "311", "312", "313")
"""Printed only where there is such money."""
ECONOMIC_CLASSES = ("301", "302", "303", "307", "310", "399")
RETIREES_ITEM = "2080501"
MEETING_PART, TRAINING_PART = 97, 130
"""Every so much of project expenditure goes into meetings and trainings."""


class Money(StrEnum):
    """The fiscal money an entry belongs to."""

    GENERAL = "general_public_budget"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"


@dataclass(frozen=True, slots=True)
class Department:
    """Who discloses.

    Attributes:
        name: Full name as printed on the cover.
        place: Name of the division the department belongs to.
        region_code: Six-digit code of that division.
        scope: Whether the document speaks of the department or of a unit.
        is_administrative: Whether it is an 行政 or 参公 body, which has 机关运行经费.
        duties: What it is there for, one clause each.
        unit_names: The bodies whose accounts its own hold, as it lists them; none where it is the
            only one.
    """

    name: str
    place: str
    region_code: str
    scope: Scope
    is_administrative: bool
    duties: tuple[str, ...]
    unit_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiscalEntry:
    """One functional item paid from one kind of fiscal money.

    Attributes:
        code: Seven-digit functional code.
        money: Which fiscal money.
        opening: Carried over from last year.
        income: Appropriated this year.
        basic: Spent on 基本支出.
        project: Spent on 项目支出.
    """

    code: str
    money: Money
    opening: Fen
    income: Fen
    basic: Fen
    project: Fen

    @property
    def spent(self) -> Fen:
        """Everything spent this year."""
        return self.basic + self.project

    @property
    def closing(self) -> Fen:
        """Carried over to next year."""
        return self.opening + self.income - self.spent


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One functional item paid from money that is not appropriated.

    Attributes:
        from_surplus: Taken from 非财政拨款结余.
        allocated: 结余分配, what leaves the item at the end of the year without being spent.
    """

    code: str
    opening: Fen = 0
    superior_subsidy: Fen = 0
    institutional: Fen = 0
    operating_income: Fen = 0
    affiliated_remittance: Fen = 0
    other_income: Fen = 0
    from_surplus: Fen = 0
    basic: Fen = 0
    project: Fen = 0
    remittance_to_superior: Fen = 0
    operating_spending: Fen = 0
    subsidy_to_affiliated: Fen = 0
    allocated: Fen = 0

    @property
    def income(self) -> Fen:
        """This year's income from all own sources."""
        return (
            self.superior_subsidy
            + self.institutional
            + self.operating_income
            + self.affiliated_remittance
            + self.other_income
        )

    @property
    def spent(self) -> Fen:
        """Everything spent this year."""
        return (
            self.basic
            + self.project
            + self.remittance_to_superior
            + self.operating_spending
            + self.subsidy_to_affiliated
        )

    @property
    def closing(self) -> Fen:
        """Carried over to next year."""
        return self.opening + self.income + self.from_surplus - self.spent - self.allocated


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """The 三公 expenses of one year, either as budgeted or as spent."""

    overseas: Fen = 0
    vehicle_purchase: Fen = 0
    vehicle_operation: Fen = 0
    reception: Fen = 0

    @property
    def vehicle(self) -> Fen:
        """公务用车购置及运行维护费小计."""
        return self.vehicle_purchase + self.vehicle_operation

    @property
    def total(self) -> Fen:
        """The three items together."""
        return self.overseas + self.vehicle + self.reception


@dataclass(frozen=True, slots=True)
class ThreePublicCounts:
    """What the 三公 money was spent on, counted."""

    delegations: int = 0
    travellers: int = 0
    vehicles_bought: int = 0
    vehicles_kept: int = 0
    receptions: int = 0
    guests: int = 0


@dataclass(frozen=True, slots=True)
class Procurement:
    """Government procurement of the year; ``micro`` is part of ``sme``, ``sme`` of ``total``."""

    goods: Fen = 0
    works: Fen = 0
    services: Fen = 0
    sme: Fen = 0
    micro: Fen = 0

    @property
    def total(self) -> Fen:
        """Goods, works and services together."""
        return self.goods + self.works + self.services


class VehicleType(StrEnum):
    """The kinds of vehicle that the asset paragraph distinguishes, in the order it names them."""

    LEADER = "leader"
    COURIER = "courier"
    EMERGENCY = "emergency"
    ENFORCEMENT = "enforcement"
    SPECIAL = "special"
    RETIRED = "retired"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Assets:
    """State-owned assets at the end of the year.

    ``general_500k`` and ``special_1m`` are what the older wording counts, ``over_1m`` what the
    wording since 2022 counts.
    """

    vehicles: Mapping[VehicleType, int] = field(default_factory=dict)
    general_500k: int = 0
    special_1m: int = 0
    over_1m: int = 0

    @property
    def vehicle_total(self) -> int:
        """All vehicles."""
        return sum(self.vehicles.values())


@dataclass(frozen=True, slots=True)
class PriorYear:
    """Last year's figures that this year's narrative is compared with."""

    grand_total: Fen
    appropriation_total: Fen
    general_spending: Fen
    three_public: ThreePublic
    public_expenses: Fen


@dataclass(frozen=True, slots=True)
class Ledger:
    """One department's year.

    Attributes:
        fiscal: Entries of appropriated money, in code order.
        own: Entries of own money, in code order.
        economic: 基本支出 of the general public budget by five-digit economic code.
        initial_budget: 年初预算 of the general public budget by functional item.
        prior: Last year's figures, None for a department without a last year.
    """

    department: Department
    fiscal_year: int
    fiscal: tuple[FiscalEntry, ...]
    own: tuple[OwnEntry, ...]
    economic: Mapping[str, Fen]
    initial_budget: Mapping[str, Fen]
    budgeted: ThreePublic
    actual: ThreePublic
    counts: ThreePublicCounts
    procurement: Procurement
    assets: Assets
    prior: PriorYear | None

    def of(self, *kinds: Money) -> tuple[FiscalEntry, ...]:
        """The fiscal entries of the given kinds of money."""
        return tuple(entry for entry in self.fiscal if entry.money in kinds)

    def fiscal_income(self, *kinds: Money) -> Fen:
        """This year's appropriations of the given kinds, of all kinds where none is given."""
        return sum(entry.income for entry in self.of(*(kinds or tuple(Money))))

    def fiscal_spending(self, *kinds: Money) -> Fen:
        """This year's spending of the given kinds, of all kinds where none is given."""
        return sum(entry.spent for entry in self.of(*(kinds or tuple(Money))))

    def fiscal_opening(self, *kinds: Money) -> Fen:
        """Carry-over from last year of the given kinds, of all kinds where none is given."""
        return sum(entry.opening for entry in self.of(*(kinds or tuple(Money))))

    def fiscal_closing(self, *kinds: Money) -> Fen:
        """Carry-over to next year of the given kinds, of all kinds where none is given."""
        return sum(entry.closing for entry in self.of(*(kinds or tuple(Money))))

    @property
    def income(self) -> Fen:
        """本年收入合计."""
        return self.fiscal_income() + sum(entry.income for entry in self.own)

    @property
    def spending(self) -> Fen:
        """本年支出合计."""
        return self.fiscal_spending() + sum(entry.spent for entry in self.own)

    @property
    def opening(self) -> Fen:
        """年初结转和结余."""
        return self.fiscal_opening() + sum(entry.opening for entry in self.own)

    @property
    def closing(self) -> Fen:
        """年末结转和结余."""
        return self.fiscal_closing() + sum(entry.closing for entry in self.own)

    @property
    def from_surplus(self) -> Fen:
        """使用非财政拨款结余."""
        return sum(entry.from_surplus for entry in self.own)

    @property
    def allocated(self) -> Fen:
        """结余分配."""
        return sum(entry.allocated for entry in self.own)

    @property
    def grand_total(self) -> Fen:
        """总计, the same on both sides."""
        return self.income + self.from_surplus + self.opening

    @property
    def appropriation_total(self) -> Fen:
        """总计 of the appropriation summary."""
        return self.fiscal_income() + self.fiscal_opening()

    @property
    def general_basic(self) -> Fen:
        """基本支出 of the general public budget."""
        return sum(entry.basic for entry in self.of(Money.GENERAL))

    @property
    def general_project(self) -> Fen:
        """项目支出 of the general public budget."""
        return sum(entry.project for entry in self.of(Money.GENERAL))

    @property
    def actual_beyond(self) -> Mapping[str, Fen]:
        """What some houses print beside the 三公 expenses, which is no part of them."""
        administrative = self.public_expenses if self.department.is_administrative else 0
        return {
            "meeting": self.economic.get("30215", 0) + self.general_project // MEETING_PART,
            "training": self.economic.get("30216", 0) + self.general_project // TRAINING_PART,
            "agency_operation": administrative,
        }

    @property
    def budgeted_beyond(self) -> Mapping[str, Fen]:
        """What was budgeted for that: a tenth more."""
        return {item: amount + amount // 10 for item, amount in self.actual_beyond.items()}

    def economic_class(self, parent: str) -> Fen:
        """The sum of one economic 类."""
        return sum(amount for code, amount in self.economic.items() if code.startswith(parent))

    @property
    def personnel(self) -> Fen:
        """人员经费合计."""
        return sum(self.economic_class(parent) for parent in PERSONNEL_CLASSES)

    @property
    def public_expenses(self) -> Fen:
        """公用经费合计."""
        return sum(self.economic_class(parent) for parent in PUBLIC_CLASSES)


def income_by_item(ledger: Ledger) -> dict[str, dict[str, Fen]]:
    """The measures of the income form for every item that had income, in code order."""
    items: dict[str, dict[str, Fen]] = {}
    for fiscal in ledger.fiscal:
        add_measures(items, fiscal.code, {"fiscal_appropriation": fiscal.income})
    for own in ledger.own:
        sources = {
            "superior_subsidy": own.superior_subsidy,
            "institutional": own.institutional,
            "operating": own.operating_income,
            "affiliated_remittance": own.affiliated_remittance,
            "other": own.other_income,
        }
        add_measures(items, own.code, sources)
    return _with_totals(items)


def spending_by_item(ledger: Ledger) -> dict[str, dict[str, Fen]]:
    """The measures of the expenditure form for every item that was spent on, in code order."""
    items: dict[str, dict[str, Fen]] = {}
    for fiscal in ledger.fiscal:
        add_measures(items, fiscal.code, {"basic": fiscal.basic, "project": fiscal.project})
    for own in ledger.own:
        kinds = {
            "basic": own.basic,
            "project": own.project,
            "remittance_to_superior": own.remittance_to_superior,
            "operating": own.operating_spending,
            "subsidy_to_affiliated": own.subsidy_to_affiliated,
        }
        add_measures(items, own.code, kinds)
    return _with_totals(items)


def fund_by_item(ledger: Ledger, money: Money) -> dict[str, dict[str, Fen]]:
    """Carry-over, income and spending of one kind of fiscal money by item, in code order."""
    items: dict[str, dict[str, Fen]] = {}
    for entry in ledger.of(money):
        measures = {
            "opening_balance": entry.opening,
            "income": entry.income,
            "total": entry.spent,
            "basic": entry.basic,
            "project": entry.project,
            "closing_balance": entry.closing,
        }
        add_measures(items, entry.code, measures)
    return _touched(items)


def add_measures(items: dict[str, dict[str, Fen]], code: str, measures: Mapping[str, Fen]) -> None:
    """Add measures to an item's row, which comes into being where there is none."""
    row = items.setdefault(code, {})
    for measure, amount in measures.items():
        row[measure] = row.get(measure, 0) + amount


def _touched(items: Mapping[str, dict[str, Fen]]) -> dict[str, dict[str, Fen]]:
    return {code: items[code] for code in sorted(items) if any(items[code].values())}


def _with_totals(items: Mapping[str, dict[str, Fen]]) -> dict[str, dict[str, Fen]]:
    return {code: {"total": sum(row.values()), **row} for code, row in _touched(items).items()}


def sum_measures(rows: Iterable[Mapping[str, Fen]]) -> dict[str, Fen]:
    """Add rows up measure by measure."""
    total: dict[str, Fen] = {}
    for row in rows:
        for measure, amount in row.items():
            total[measure] = total.get(measure, 0) + amount
    return total


def spending_by_class(entries: Iterable[FiscalEntry | OwnEntry]) -> dict[str, Fen]:
    """Spending of the given entries by functional 类, in code order."""
    classes: dict[str, Fen] = {}
    for entry in entries:
        classes[entry.code[:3]] = classes.get(entry.code[:3], 0) + entry.spent
    return dict(sorted(classes.items()))


def projects_by_item(ledger: Ledger, *funds: Money) -> dict[str, dict[str, Fen]]:
    """项目支出 of some kinds of fiscal money by item, in all and by fund."""
    items: dict[str, dict[str, Fen]] = {}
    for entry in ledger.of(*funds):
        if entry.project:
            measures = {"total": entry.project, entry.money.value: entry.project}
            add_measures(items, entry.code, measures)
    return _touched(items)


def economic_by_item(ledger: Ledger) -> dict[str, dict[str, Fen]]:
    """Fiscal spending by functional item and economic 类, in code order."""
    items: dict[str, dict[str, Fen]] = {}
    basic = ledger.of(Money.GENERAL)
    left = {code: ledger.economic_class(code) for code in ECONOMIC_CLASSES}
    # What is paid for one purpose only is taken first; the largest item takes all that is left.
    for entry in sorted(basic, key=lambda it: it.basic):
        wanted = "303" if entry.code == RETIREES_ITEM else "301"
        add_measures(items, entry.code, _take(left, entry.basic, wanted))
    for entry in ledger.fiscal:
        services, purchases = entry.project * 62 // 100, entry.project * 25 // 100
        rest = entry.project - services - purchases
        add_measures(
            items,
            entry.code,
            {"econ_302": services, "econ_310": purchases, "econ_399": rest},
        )
    return _with_totals(items)


def _take(left: dict[str, Fen], amount: Fen, wanted: str) -> dict[str, Fen]:
    """Take an amount out of what is left of each 类, of one of them first."""
    taken: dict[str, Fen] = {}
    for code in (wanted, *(code for code in ECONOMIC_CLASSES if code != wanted)):
        part = min(left[code], amount)
        left[code] -= part
        amount -= part
        taken[f"econ_{code}"] = part
    return taken


UNIT_SHARES: Mapping[str, int] = {"后勤保障站": 17, "资料编目室": 9}
"""Subordinate units of every department, and what per cent of its money they have."""


def split_among_units(
    department: Department, of_all: Mapping[str, Fen]
) -> dict[str, dict[str, Fen]]:
    """Split a department's measures among itself and its units; a unit has none below it."""
    if department.scope is Scope.UNIT:
        return {department.name: dict(of_all)}
    parts = {name: amount for name, amount in of_all.items() if name != "total"}
    units = {
        f"{department.name}{name}": {part: sum_ * share // 100 for part, sum_ in parts.items()}
        for name, share in UNIT_SHARES.items()
    }
    below = sum_measures(units.values())
    own = {part: amount - below[part] for part, amount in parts.items()}
    return {
        name: {"total": sum(row.values()), **row}
        for name, row in {f"{department.name}（本级）": own, **units}.items()
    }

"""Two ledgers that carry the published figures of real bureaus under invented names.

The figures are facts taken from two Hunan final accounts of 2023; the departments they are given
to here do not exist. Fen below the printed precision are chosen so that the printed hundredths of
万元 come out as published, including the places where rounded parts miss their rounded sum.
"""

from decimal import Decimal

from tests.forge.ledger import (
    Assets,
    Department,
    Fen,
    FiscalEntry,
    Ledger,
    Money,
    PriorYear,
    Procurement,
    ThreePublic,
    ThreePublicCounts,
    VehicleType,
)

FEN_PER_WAN_YUAN = 1_000_000


def from_wan_yuan(text: str) -> Fen:
    """Turn an amount written in 万元 into fen.

    Examples:
        >>> from_wan_yuan("286.5791")
        286579100
    """
    return int(Decimal(text) * FEN_PER_WAN_YUAN)


def _entry(code: str, basic: str, project: str) -> FiscalEntry:
    spent_basic, spent_project = from_wan_yuan(basic), from_wan_yuan(project)
    return FiscalEntry(
        code, Money.GENERAL, 0, spent_basic + spent_project, spent_basic, spent_project
    )


def _economic(amounts: dict[str, str]) -> dict[str, Fen]:
    return {code: from_wan_yuan(text) for code, text in amounts.items()}


def small_county_bureau(department: Department) -> Ledger:
    """One function item, trimmed figures, no fund money: 391.37 万元 in all."""
    fiscal = (_entry("2101501", "242.91", "148.46"),)
    economic = {
        "30101": "46",
        "30102": "25.15",
        "30103": "21.6",
        "30106": "12.15",
        "30107": "37.74",
        "30108": "11.37",
        "30110": "5.36",
        "30112": "1.93",
        "30114": "0.04",
        "30199": "10.56",
        "30201": "8.93",
        "30202": "0.42",
        "30205": "0.75",
        "30206": "4.62",
        "30207": "0.9",
        "30211": "4.97",
        "30213": "0.47",
        "30214": "4.08",
        "30215": "0.14",
        "30217": "3",
        "30226": "0.2",
        "30228": "16.96",
        "30239": "7.66",
        "30299": "12.73",
        "30305": "1.58",
        "30307": "1.61",
        "30399": "1.99",
    }
    return Ledger(
        department=department,
        fiscal_year=2023,
        fiscal=fiscal,
        own=(),
        economic=_economic(economic),
        initial_budget={"2101501": from_wan_yuan("260.07")},
        budgeted=ThreePublic(reception=from_wan_yuan("5")),
        actual=ThreePublic(reception=from_wan_yuan("3")),
        counts=ThreePublicCounts(receptions=42, guests=288),
        procurement=Procurement(goods=from_wan_yuan("37.46"), sme=from_wan_yuan("37.46")),
        assets=Assets(),
        prior=PriorYear(
            grand_total=from_wan_yuan("432.21"),
            appropriation_total=from_wan_yuan("432.21"),
            general_spending=from_wan_yuan("432.21"),
            three_public=ThreePublic(reception=from_wan_yuan("4.24")),
            public_expenses=from_wan_yuan("70.19"),
        ),
    )


def larger_city_bureau(department: Department) -> Ledger:
    """Six function items with the rounding residues of the published original: 899.51 万元."""
    fiscal = (
        _entry("2019999", "0", "0.2991"),
        _entry("2080101", "201.9700", "0"),
        _entry("2080505", "29.2100", "0"),
        _entry("2101101", "11.4700", "0"),
        _entry("2101505", "0", "369.9864"),
        _entry("2101599", "49.7823", "236.7933"),
    )
    economic = {
        "30101": "99.1634",
        "30102": "51.5541",
        "30103": "56.8812",
        "30108": "29.4529",
        "30110": "11.4698",
        "30112": "2.2597",
        "30201": "2.4868",
        "30226": "0.2955",
        "30228": "20.6974",
        "30239": "17.0916",
        "30305": "0.9604",
        "30309": "0.1195",
    }
    operation, reception = from_wan_yuan("6.1352"), from_wan_yuan("2.9753")
    expenses = ThreePublic(vehicle_operation=operation, reception=reception)
    return Ledger(
        department=department,
        fiscal_year=2023,
        fiscal=fiscal,
        own=(),
        economic=_economic(economic),
        initial_budget={entry.code: entry.spent for entry in fiscal},
        budgeted=expenses,
        actual=expenses,
        counts=ThreePublicCounts(vehicles_kept=1, receptions=48, guests=191),
        procurement=Procurement(
            goods=from_wan_yuan("27"),
            services=from_wan_yuan("7.76"),
            sme=from_wan_yuan("34.76"),
            micro=from_wan_yuan("34.76"),
        ),
        assets=Assets(vehicles={VehicleType.ENFORCEMENT: 1}),
        prior=PriorYear(
            grand_total=from_wan_yuan("670.37"),
            appropriation_total=from_wan_yuan("670.37"),
            general_spending=from_wan_yuan("670.37"),
            three_public=ThreePublic(
                vehicle_operation=from_wan_yuan("6.25"), reception=from_wan_yuan("3.34")
            ),
            public_expenses=from_wan_yuan("35.71"),
        ),
    )

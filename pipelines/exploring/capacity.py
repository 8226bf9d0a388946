"""What fetching, reading, building and keeping many documents takes, and what gives way first.

Knows arithmetic on measured unit costs and on what is assumed. Does not know where the costs were
measured, nor how any of it is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

SECONDS_AN_HOUR = Decimal(3600)
SECONDS_A_MINUTE = Decimal(60)
MEGABYTES_A_GIGABYTE = Decimal(1000)
NIGHTS_A_YEAR = Decimal(365)
MONTHS_A_YEAR = Decimal(12)
# The file that is read and the draft of the next one.
COPIES_OF_THE_FILE = 2
# Assumptions that may be nothing.
MAY_BE_NONE = frozenset({"core_hour", "gigabyte_month", "scans", "old_word", "rereadings"})


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """What one of each takes, on the machine that it was measured on.

    Attributes:
        read_seconds: Processor seconds to read and load a document, PDF and Word in turn.
        read_old_word_seconds: The same for one that LibreOffice opens first.
        scan_page_seconds: Processor seconds for a page that is a picture.
        scan_pages: Pages of a scanned document.
        write_seconds: Seconds in which the one writer stages a document that was read.
        build_fixed_seconds: Processor seconds of any build of all marts.
        build_each_seconds: For each document to the power of ``build_exponent``, beyond that.
        build_exponent: How a build of all marts grows with the documents.
        night_seconds: Processor seconds of a night of ten new documents, at the greatest size
            that was measured.
        warehouse_megabytes: What the warehouse grows by with a document.
        raw_megabytes: Size of a file as it is published.
        copied_megabytes_a_second: How fast a file is copied onto the same disk.
        delay_seconds: Least time between two requests to a site.
        sites_at_once: Sites that are fetched from at the same time.
        fetch_minutes: Time for fetching from all sites.
        site_minutes: Time for fetching from one site.
    """

    read_seconds: Decimal
    read_old_word_seconds: Decimal
    scan_page_seconds: Decimal
    scan_pages: Decimal
    write_seconds: Decimal
    build_fixed_seconds: Decimal
    build_each_seconds: Decimal
    build_exponent: Decimal
    night_seconds: Decimal
    warehouse_megabytes: Decimal
    raw_megabytes: Decimal
    copied_megabytes_a_second: Decimal
    delay_seconds: Decimal
    sites_at_once: Decimal
    fetch_minutes: Decimal
    site_minutes: Decimal


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What nobody measured: prices, the machine, and how documents come.

    Attributes:
        core_hour: Price of a core for an hour, in yuan.
        gigabyte_month: Price of keeping 10⁹ bytes for a month, in yuan.
        night_hours: Hours in which a night's work has to be done.
        cores: Cores of one machine.
        disk_gigabytes: Room on its disk.
        copy_minutes: How long copying the warehouse may keep a night waiting.
        season_days: Nights over which all documents of a year come.
        scans: Share of documents that are scans.
        old_word: Share of documents that LibreOffice has to open.
        requests: Requests for a document: its announcement and its file.
        rereadings: How often a year everything is read and built anew, after upgrades.
    """

    core_hour: Decimal = Decimal("0.30")
    gigabyte_month: Decimal = Decimal("0.20")
    night_hours: Decimal = Decimal(8)
    cores: Decimal = Decimal(16)
    disk_gigabytes: Decimal = Decimal(2000)
    copy_minutes: Decimal = Decimal(10)
    season_days: Decimal = Decimal(30)
    scans: Decimal = Decimal("0.10")
    old_word: Decimal = Decimal("0.05")
    requests: Decimal = Decimal(2)
    rereadings: Decimal = Decimal(4)

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            ValueError: A price, a share or a number is below 0, shares are more than all, or what
                is divided by is 0.
        """
        for field in fields(self):
            value = getattr(self, field.name)
            if value < 0 or (value == 0 and field.name not in MAY_BE_NONE):
                raise ValueError(f"{field.name} cannot be {value}")
        if self.scans + self.old_word > 1:
            raise ValueError(f"scans and old_word are {self.scans + self.old_word} of all")

    @property
    def night_seconds(self) -> Decimal:
        """A night, in seconds."""
        return self.night_hours * SECONDS_AN_HOUR


@dataclass(frozen=True, slots=True)
class Scenario:
    """How many documents there are and how many come.

    Attributes:
        name: What it is called.
        held: Documents in the warehouse at the end.
        yearly: Documents that come in a year.
    """

    name: str
    held: Decimal
    yearly: Decimal


SCENARIOS = (
    Scenario("province", Decimal(10_000), Decimal(10_000)),
    Scenario("country", Decimal(300_000), Decimal(300_000)),
    Scenario("ten_years", Decimal(3_000_000), Decimal(300_000)),
)


class LimitName(StrEnum):
    """What gives way as documents become more."""

    SITE = "site"
    FETCHING = "fetching"
    READING = "reading"
    BUILDING = "building"
    COPYING = "copying"
    DISK = "disk"
    WRITING = "writing"


OF_A_NIGHT = frozenset({LimitName.SITE, LimitName.FETCHING, LimitName.WRITING})
"""Limits of what comes in a night; the others are of all documents that there are."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a scenario takes.

    Attributes:
        scenario: The scenario.
        nightly: Documents that come in a night of the season.
        sites_at_once: Sites to fetch from at the same time in such a night.
        site_nights: Nights that it takes where all of a year's documents are on one site.
        season_reading_hours: Core-hours to read what comes in such a night.
        season_building_hours: Core-hours to build it, on one core.
        season_cores: Cores that read it in a night.
        all_reading_hours: Core-hours to read everything anew.
        all_reading_cores: Cores that do so in a night.
        all_building_hours: Hours to build everything anew, on one core.
        copy_minutes: Minutes to copy the warehouse once.
        raw_gigabytes: Size of all files as published.
        warehouse_gigabytes: Size of the warehouse.
        kept_gigabytes: Files, the warehouse, and the draft of the next one.
        yearly_core_hours: Core-hours of a year.
        computing_yuan: What these cost.
        storage_yuan: What a year of keeping it costs.
    """

    scenario: Scenario
    nightly: Decimal
    sites_at_once: Decimal
    site_nights: Decimal
    season_reading_hours: Decimal
    season_building_hours: Decimal
    season_cores: Decimal
    all_reading_hours: Decimal
    all_reading_cores: Decimal
    all_building_hours: Decimal
    copy_minutes: Decimal
    raw_gigabytes: Decimal
    warehouse_gigabytes: Decimal
    kept_gigabytes: Decimal
    yearly_core_hours: Decimal
    computing_yuan: Decimal
    storage_yuan: Decimal


def reading_seconds(costs: UnitCosts, assumed: Assumptions) -> Decimal:
    """Processor seconds to read a document, on average over the kinds of documents."""
    text = costs.read_seconds * (1 - assumed.scans - assumed.old_word)
    old_word = costs.read_old_word_seconds * assumed.old_word
    return text + old_word + scan_seconds(costs) * assumed.scans


def scan_seconds(costs: UnitCosts) -> Decimal:
    """Processor seconds to read a scanned document: its pages, beyond what one of text takes."""
    return costs.read_seconds + costs.scan_pages * costs.scan_page_seconds


def building_seconds(costs: UnitCosts, documents: Decimal) -> Decimal:
    """Processor seconds to build all marts of so many documents, as growth was fitted."""
    return costs.build_fixed_seconds + costs.build_each_seconds * documents**costs.build_exponent


def limits(costs: UnitCosts, assumed: Assumptions) -> dict[LimitName, Decimal]:
    """How many documents each limit allows: in a night, or in all, see ``OF_A_NIGHT``."""
    night = assumed.night_seconds
    waited = costs.delay_seconds * assumed.requests
    growing = (night - costs.build_fixed_seconds) / costs.build_each_seconds
    copied = costs.copied_megabytes_a_second * assumed.copy_minutes * SECONDS_A_MINUTE
    kept = costs.raw_megabytes + COPIES_OF_THE_FILE * costs.warehouse_megabytes
    return {
        LimitName.SITE: costs.site_minutes * SECONDS_A_MINUTE / waited,
        LimitName.FETCHING: (costs.sites_at_once * costs.fetch_minutes * SECONDS_A_MINUTE / waited),
        LimitName.READING: assumed.cores * night / reading_seconds(costs, assumed),
        LimitName.BUILDING: growing ** (1 / costs.build_exponent),
        LimitName.COPYING: copied / costs.warehouse_megabytes,
        LimitName.DISK: assumed.disk_gigabytes * MEGABYTES_A_GIGABYTE / kept,
        LimitName.WRITING: night / costs.write_seconds,
    }


def loads(
    scenario: Scenario, costs: UnitCosts, assumed: Assumptions
) -> list[tuple[LimitName, Decimal]]:
    """What part of each limit a scenario takes up, the one that gives way first at the head.

    A province's documents may all be on one site; those of the country are on thousands.
    """
    nightly = scenario.yearly / assumed.season_days
    taken = {
        name: (nightly if name in OF_A_NIGHT else scenario.held) / most
        for name, most in limits(costs, assumed).items()
        if name is not LimitName.SITE
    }
    return sorted(taken.items(), key=lambda item: item[1], reverse=True)


def need(scenario: Scenario, costs: UnitCosts, assumed: Assumptions) -> Need:
    """What a scenario takes."""
    nightly = scenario.yearly / assumed.season_days
    most = limits(costs, assumed)
    read = reading_seconds(costs, assumed)
    # A document more costs what it adds to a build of all; a night costs something by itself.
    built_each = building_seconds(costs, scenario.held) / scenario.held
    season_building = costs.night_seconds + nightly * built_each
    all_reading = scenario.held * read
    all_building = building_seconds(costs, scenario.held)
    yearly = (
        scenario.yearly * (read + built_each)
        + NIGHTS_A_YEAR * costs.night_seconds
        + assumed.rereadings * (all_reading + all_building)
    ) / SECONDS_AN_HOUR
    raw = scenario.held * costs.raw_megabytes / MEGABYTES_A_GIGABYTE
    warehouse = scenario.held * costs.warehouse_megabytes / MEGABYTES_A_GIGABYTE
    kept = raw + COPIES_OF_THE_FILE * warehouse
    return Need(
        scenario=scenario,
        nightly=nightly,
        sites_at_once=_whole(costs.sites_at_once * nightly / most[LimitName.FETCHING]),
        site_nights=_whole(scenario.yearly / most[LimitName.SITE]),
        season_reading_hours=nightly * read / SECONDS_AN_HOUR,
        season_building_hours=season_building / SECONDS_AN_HOUR,
        season_cores=_whole(nightly * read / assumed.night_seconds),
        all_reading_hours=all_reading / SECONDS_AN_HOUR,
        all_reading_cores=_whole(all_reading / assumed.night_seconds),
        all_building_hours=all_building / SECONDS_AN_HOUR,
        copy_minutes=(
            warehouse * MEGABYTES_A_GIGABYTE / costs.copied_megabytes_a_second / SECONDS_A_MINUTE
        ),
        raw_gigabytes=raw,
        warehouse_gigabytes=warehouse,
        kept_gigabytes=kept,
        yearly_core_hours=yearly,
        computing_yuan=yearly * assumed.core_hour,
        storage_yuan=kept * assumed.gigabyte_month * MONTHS_A_YEAR,
    )


def needs(
    costs: UnitCosts, assumed: Assumptions, scenarios: Iterable[Scenario] = SCENARIOS
) -> list[Need]:
    """What each scenario takes."""
    return [need(scenario, costs, assumed) for scenario in scenarios]


def unit_costs(values: Mapping[str, Decimal]) -> UnitCosts:
    """Unit costs by their names.

    Raises:
        TypeError: One is missing, or there is one of no name.
        ValueError: One is not above 0.
    """
    for name, value in values.items():
        if value <= 0:
            raise ValueError(f"a unit cost must be above 0: {name} is {value}")
    return UnitCosts(**values)


def _whole(value: Decimal) -> Decimal:
    return value.to_integral_value(rounding=ROUND_CEILING)

"""The arithmetic of capacity, on unit costs that are easy to count with."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from pipelines.exploring.capacity import (
    Assumptions,
    LimitName,
    Scenario,
    UnitCosts,
    building_seconds,
    limits,
    loads,
    need,
    reading_seconds,
    scan_seconds,
    unit_costs,
)

COSTS = UnitCosts(
    read_seconds=Decimal("0.5"),
    read_old_word_seconds=Decimal(2),
    scan_page_seconds=Decimal(1),
    scan_pages=Decimal(10),
    write_seconds=Decimal("0.1"),
    build_fixed_seconds=Decimal(100),
    build_each_seconds=Decimal("0.5"),
    build_exponent=Decimal(1),
    night_seconds=Decimal(40),
    warehouse_megabytes=Decimal("0.2"),
    raw_megabytes=Decimal("0.6"),
    copied_megabytes_a_second=Decimal(100),
    delay_seconds=Decimal(3),
    sites_at_once=Decimal(2),
    fetch_minutes=Decimal(100),
    site_minutes=Decimal(10),
)
ASSUMED = Assumptions(
    core_hour=Decimal("0.5"),
    gigabyte_month=Decimal("0.1"),
    night_hours=Decimal(10),
    cores=Decimal(4),
    disk_gigabytes=Decimal(1),
    copy_minutes=Decimal(1),
    season_days=Decimal(10),
    scans=Decimal("0.2"),
    old_word=Decimal("0.1"),
    requests=Decimal(2),
    rereadings=Decimal(3),
)
SCENARIO = Scenario("some", held=Decimal(20_000), yearly=Decimal(10_000))


def test_a_document_is_read_as_the_kinds_of_documents_are_on_average():
    assert scan_seconds(COSTS) == Decimal("10.5")
    # 0.7 · 0.5 + 0.1 · 2 + 0.2 · 10.5
    assert reading_seconds(COSTS, ASSUMED) == Decimal("2.65")


def test_a_build_grows_with_the_power_that_was_fitted():
    assert building_seconds(COSTS, Decimal(1000)) == 600
    squared = replace(COSTS, build_exponent=Decimal(2))
    assert building_seconds(squared, Decimal(10)) == 150


def test_each_limit_is_what_its_resource_allows():
    found = limits(COSTS, ASSUMED)
    assert found == {
        LimitName.SITE: 100,  # 600 s, six for each document
        LimitName.FETCHING: 2000,
        LimitName.READING: Decimal(144_000) / Decimal("2.65"),
        LimitName.BUILDING: 71_800,  # (36,000 - 100) / 0.5
        LimitName.COPYING: 30_000,  # 6,000 MB
        LimitName.DISK: 1000,  # 1,000 MB, 0.6 + 2 · 0.2 each
        LimitName.WRITING: 360_000,
    }
    squared = replace(COSTS, build_exponent=Decimal(2), build_fixed_seconds=Decimal(4000))
    builds = limits(squared, replace(ASSUMED, night_hours=Decimal(5)))[LimitName.BUILDING]
    assert abs(building_seconds(squared, builds) - 18_000) < Decimal("0.001")


def test_the_limit_that_gives_way_first_is_at_the_head():
    taken = loads(SCENARIO, COSTS, ASSUMED)
    assert taken[0] == (LimitName.DISK, 20)
    shares = dict(taken)
    assert [share for _, share in taken] == sorted(shares.values(), reverse=True)
    # A thousand come in a night; the other limits are of all twenty thousand.
    assert shares[LimitName.FETCHING] == Decimal("0.5")
    assert shares[LimitName.COPYING] == Decimal(2) / 3
    assert LimitName.SITE not in shares


def test_what_a_scenario_takes():
    found = need(SCENARIO, COSTS, ASSUMED)
    assert (found.nightly, found.sites_at_once, found.site_nights) == (1000, 1, 100)
    assert found.season_reading_hours == Decimal(2650) / 3600
    assert found.season_cores == 1
    # 40 s of the night itself, and 10,100 s / 20,000 for each of a thousand documents
    assert found.season_building_hours == Decimal(545) / 3600
    assert found.all_reading_hours == Decimal(53_000) / 3600
    assert found.all_reading_cores == 2  # 53,000 s in 36,000
    assert found.all_building_hours == Decimal(10_100) / 3600
    assert found.copy_minutes == Decimal(40) / 60
    assert (found.raw_gigabytes, found.warehouse_gigabytes, found.kept_gigabytes) == (12, 4, 20)


def test_money_is_computing_and_storage_of_a_year():
    found = need(SCENARIO, COSTS, ASSUMED)
    new = 10_000 * (Decimal("2.65") + Decimal("0.505"))
    nights = Decimal(365 * 40)
    anew = 3 * Decimal(53_000 + 10_100)
    hours = (new + nights + anew) / 3600
    assert found.yearly_core_hours == hours
    assert found.computing_yuan == hours / 2
    assert found.storage_yuan == 24  # 20 GB, 0.1 yuan, 12 months
    assert isinstance(found.computing_yuan, Decimal)


def test_more_sites_are_fetched_from_where_a_night_brings_more():
    many = replace(SCENARIO, yearly=Decimal(30_001))
    assert need(many, COSTS, ASSUMED).sites_at_once == 4


@pytest.mark.parametrize("name", [field.name for field in fields(Assumptions)])
def test_assumptions_below_nothing_are_refused(name):
    with pytest.raises(ValueError, match=f"{name} cannot be -1"):
        replace(ASSUMED, **{name: Decimal(-1)})


def test_only_what_nothing_is_divided_by_may_be_nothing():
    free = replace(ASSUMED, core_hour=Decimal(0), scans=Decimal(0), rereadings=Decimal(0))
    assert need(SCENARIO, COSTS, free).computing_yuan == 0
    with pytest.raises(ValueError, match="season_days cannot be 0"):
        replace(ASSUMED, season_days=Decimal(0))
    with pytest.raises(ValueError, match=r"are 1\.1 of all"):
        replace(ASSUMED, scans=Decimal(1))


def test_costs_are_all_there_and_above_nothing():
    values = {field.name: getattr(COSTS, field.name) for field in fields(UnitCosts)}
    assert unit_costs(values) == COSTS
    with pytest.raises(ValueError, match="read_seconds is 0"):
        unit_costs({**values, "read_seconds": Decimal(0)})
    with pytest.raises(TypeError):
        unit_costs({**values, "reed_seconds": Decimal(1)})
    with pytest.raises(TypeError):
        unit_costs({"read_seconds": Decimal(1)})

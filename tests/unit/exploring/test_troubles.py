"""A trouble is found by what people see of it, and only where one is meant."""

import io
from dataclasses import replace
from datetime import datetime

import pytest
from rich.console import Console

from pipelines.acquiring.raw_store import Outcome, RawStore, Role, Sighting
from pipelines.domain.night_news import StandingTrouble, Trouble, TroubleKind
from pipelines.exploring.rendering.troubles import show_troubles
from pipelines.exploring.troubles import (
    NoSuchTroubleError,
    NotAcknowledgedError,
    UnclearTroubleError,
    address_troubles,
    find_acknowledged,
    find_wrong,
)

SCAN = Trouble(TroubleKind.FILE, "00ff11", "扫描.pdf", reason="no_text", path="2023/扫描.pdf")
COPY = Trouble(TroubleKind.FILE, "00ff22", "扫描.pdf", reason="no_text", path="2024/扫描.pdf")
DOCUMENT = Trouble(TroubleKind.DOCUMENT, "0a1b2c", "决算公开.pdf")
SITE = Trouble(TroubleKind.SITE, "yanhu", "yanhu")
TWIN = Trouble(TroubleKind.SITE, "yanhu2", "yanhu2")
ALL = (SCAN, COPY, DOCUMENT, SITE, TWIN)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("00ff1", SCAN), ("2024/扫描.pdf", COPY), ("2024", COPY), ("决算", DOCUMENT),
        ("0A1B", DOCUMENT), ("yanhu", SITE), (" yanhu2 ", TWIN),
    ],
)  # fmt: skip
def test_what_is_meant_is_found(wanted, found):
    assert find_wrong(ALL, wanted) is found


def test_of_several_that_may_be_meant_each_is_named_with_its_id():
    with pytest.raises(UnclearTroubleError, match=r"(?s)^2 things .*'扫描'.*00ff11 .*00ff22 "):
        find_wrong(ALL, "扫描")


@pytest.mark.parametrize("wanted", ["anhu", "", " "])
def test_what_is_not_there_is_said_with_who_lists_what_is(wanted):
    with pytest.raises(NoSuchTroubleError, match="'juesuan status' lists"):
        find_wrong(ALL, wanted)
    with pytest.raises(NotAcknowledgedError, match="'juesuan acknowledge --list' lists"):
        find_acknowledged(ALL, wanted)


def test_of_many_the_first_are_named():
    many = [Trouble(TroubleKind.FILE, str(n), "扫描.pdf") for n in range(100, 130)]
    with pytest.raises(UnclearTroubleError, match="and 20 more"):
        find_wrong(many, "扫描")


def test_an_address_of_which_only_a_part_came_is_named_until_all_of_it_comes(tmp_path):
    store = RawStore(tmp_path / "fetched")
    told = {"t1": ("truncated", "failed"), "t2": ("cut_short", "unchanged"), "t3": ("", "new")}
    seen = [
        Sighting(
            site="a",
            crawl_id="1",
            url=f"http://a/{name}",
            role=Role.ARTICLE,
            outcome=Outcome(outcome),
            reason=reason,
            fetched_at=datetime(2026, 1, 1),  # noqa: DTZ001 - as the manifest keeps it
        )
        for name, (reason, outcome) in told.items()
    ]
    _note(store, *seen)
    troubles = address_troubles(store)
    assert [(each.key, each.reason) for each in troubles] == [
        ("http://a/t1", "truncated"),
        ("http://a/t2", "cut_short"),
    ]
    console = Console(file=io.StringIO(), width=200)
    show_troubles(console, [StandingTrouble(each, None) for each in troubles])
    first, second = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert first.split(maxsplit=2)[:2] == second.split(maxsplit=2)[:2] == ["cut", "short"]
    assert "http://a/t1: less came than was announced" in first
    assert "http://a/t2: what comes has no end" in second
    later = datetime(2026, 1, 2)  # noqa: DTZ001
    _note(
        store, *(replace(each, reason="", outcome=Outcome.NEW, fetched_at=later) for each in seen)
    )
    assert address_troubles(store) == []


def _note(store: RawStore, *sightings: Sighting) -> None:
    with store.journal("a") as journal:
        for sighting in sightings:
            journal.note(sighting)

"""A trouble is found by what people see of it, and only where one is meant."""

import pytest

from pipelines.domain.night_news import Trouble, TroubleKind
from pipelines.exploring.troubles import (
    NoSuchTroubleError,
    NotAcknowledgedError,
    UnclearTroubleError,
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

"""A night tells what is new from what is still so, and chance from a fall."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.domain.night_news import Acknowledgement, Share, Trouble, TroubleKind
from pipelines.running.news import (
    NightState,
    compare_nights,
    forget_what_is_over,
    memory_of_night,
    whole_fall,
)
from pipelines.warehouse.acknowledgements import acknowledged, write_acknowledgement
from pipelines.warehouse.night_memory import DocumentProof, NightMemory, last_night, remember

FIRST = datetime(2026, 11, 20, 2, 41, tzinfo=UTC)
FILE = Trouble(TroubleKind.FILE, "00ff", "扫描.pdf", reason="no_text", path="2023/扫描.pdf")
DOCUMENT = Trouble(TroubleKind.DOCUMENT, "0a1b", "决算.pdf", "盐湖县风力档案馆")
SITE = Trouble(TroubleKind.SITE, "yanhu", "yanhu", detail="timeout")
TEST = Trouble(TroubleKind.TEST, "assert_x", "assert_x", row_count=3)


@dataclass(frozen=True, slots=True)
class Document:
    """What of a document's state a night compares."""

    document_id: str
    figure_count: int
    proven_count: int
    violation_count: int = 0
    file_name: str = "决算.pdf"
    department_name: str = "盐湖县风力档案馆"


@dataclass(slots=True)
class Nights:
    """Nights one after the other, a day apart."""

    warehouse: object
    at: datetime = FIRST

    def spend(self, *troubles: Trouble, documents=(), asked=("yanhu",), is_partial=False):
        """Spend a night, and tell its news."""
        memory = last_night(self.warehouse)
        found = NightState(self.at, troubles, documents, set(asked), is_partial)
        news = compare_nights(self.warehouse, memory, found)
        forget_what_is_over(self.warehouse, news)
        remember(self.warehouse, memory_of_night(news, found))
        self.at += timedelta(days=1)
        return news

    def acknowledge(self, trouble: Trouble) -> None:
        """Say that a trouble is known."""
        write_acknowledgement(self.warehouse, trouble, Acknowledgement(self.at, "li", "a scan"))


@pytest.fixture
def nights(tmp_path):
    return Nights(tmp_path / "w.duckdb")


def troubles_of(standing):
    return [each.trouble for each in standing]


def test_of_the_first_night_everything_is_new(nights):
    news = nights.spend(FILE, DOCUMENT, SITE, TEST)
    assert troubles_of(news.new) == [FILE, DOCUMENT, SITE, TEST]
    assert news.is_bad


def test_what_was_so_yesterday_fails_no_night_and_is_told_with_since_when(nights):
    nights.spend(FILE, SITE, TEST)
    news = nights.spend(FILE, SITE, TEST, DOCUMENT)
    assert troubles_of(news.new) == [DOCUMENT]
    assert [(each.trouble, each.since) for each in news.still] == [
        (FILE, FIRST), (SITE, FIRST), (TEST, FIRST)
    ]  # fmt: skip
    news = nights.spend(FILE, SITE, TEST, DOCUMENT)
    assert not news.is_any
    assert {each.since for each in news.still} == {FIRST, FIRST + timedelta(days=1)}


def test_a_site_fails_for_another_reason_and_is_the_same_trouble_a_file_is_not(nights):
    nights.spend(FILE, SITE)
    refused = Trouble(TroubleKind.SITE, "yanhu", "yanhu", detail="connection refused")
    crashed = Trouble(TroubleKind.FILE, "00ff", "扫描.pdf", reason="crash", path="2023/扫描.pdf")
    news = nights.spend(crashed, refused)
    assert troubles_of(news.new) == [crashed]
    assert troubles_of(news.still) == [refused]
    assert news.over == ()


def test_what_is_mended_is_over_once(nights):
    nights.spend(FILE, SITE)
    news = nights.spend(SITE)
    assert news.over == (FILE,)
    assert not news.is_bad
    assert nights.spend().over == (SITE,)
    assert not nights.spend().is_any
    assert troubles_of(nights.spend(SITE).new) == [SITE]


def test_sites_that_are_not_asked_are_as_they_were_or_nobodys_news(nights):
    nights.spend(SITE)
    news = nights.spend(asked=("other",), is_partial=True)
    assert troubles_of(news.still) == [SITE]
    news = nights.spend(asked=("other",))
    assert (news.still, news.over) == ((), ())


def test_what_is_acknowledged_fails_no_night(nights):
    nights.acknowledge(FILE)
    news = nights.spend(FILE)
    assert not news.is_bad
    ((standing),) = news.acknowledged
    assert (standing.trouble, standing.since) == (FILE, FIRST)
    assert standing.acknowledgement.who == "li"


def test_another_content_or_reason_was_not_acknowledged(nights):
    nights.acknowledge(FILE)
    another = Trouble(TroubleKind.FILE, "11ff", "扫描.pdf", reason="no_text", path="2023/扫描.pdf")
    assert nights.spend(another).is_bad
    reread = Trouble(TroubleKind.FILE, "00ff", "扫描.pdf", reason="damaged", path="2023/扫描.pdf")
    assert nights.spend(reread).is_bad


def test_a_site_that_answered_again_has_to_be_acknowledged_again(nights):
    nights.acknowledge(SITE)
    assert not nights.spend(SITE).is_bad
    assert nights.spend(is_partial=True, asked=()).is_any is False
    assert nights.spend().over == (SITE,)
    assert nights.spend(SITE).is_bad
    nights.acknowledge(DOCUMENT)
    nights.spend(DOCUMENT)
    nights.spend()
    assert list(acknowledged(nights.warehouse)) == [DOCUMENT.identity]


def test_a_document_of_which_less_is_proven_is_told_once(nights):
    nights.spend(documents=[Document("0a1b", 100, 99)])
    news = nights.spend(documents=[Document("0a1b", 100, 98), Document("0a1c", 10, 1)])
    assert [(each.document_id, each.before, each.after) for each in news.falls] == [
        ("0a1b", Share(99, 100), Share(98, 100))
    ]
    assert news.is_bad
    news = nights.spend(documents=[Document("0a1b", 100, 98), Document("0a1c", 10, 2)])
    assert not news.is_bad


def test_new_contradictions_are_news_and_fail_no_night(nights):
    news = nights.spend(documents=[Document("0a1b", 10, 10, violation_count=2)])
    assert [(each.before, each.after) for each in news.contradictions] == [(0, 2)]
    assert not news.is_bad
    assert news.is_any
    documents = [Document("0a1b", 10, 10, 3), Document("0a1c", 10, 10, 0)]
    assert [
        (each.before, each.after) for each in nights.spend(documents=documents).contradictions
    ] == [(2, 3)]
    assert not nights.spend(documents=documents).is_any


def proofs(*shares: tuple[int, int]) -> dict[str, DocumentProof]:
    """Documents by number, of so many proven and printed figures."""
    return {str(n): DocumentProof(figures, proven, 0) for n, (proven, figures) in enumerate(shares)}


KNOWN = ((95, 100), (97, 100), (96, 100), (98, 100), (94, 100)) * 4  # 96 % on average, ± 1.5


@pytest.mark.parametrize(
    ("new", "is_told"),
    [
        pytest.param(((94, 100),), False, id="a document like others"),
        pytest.param(((90, 100),), True, id="one far below the others"),
        pytest.param(((94, 100),) * 20, True, id="many, each a little below, are no chance"),
        pytest.param(((95, 100), (97, 100)) * 10, False, id="many like the others"),
        pytest.param(((100, 100),), False, id="a better one"),
        pytest.param(((0, 0),), False, id="prose without figures"),
    ],
)
def test_new_documents_move_the_whole_share_by_chance(new, is_told):
    assert (whole_fall(proofs(*KNOWN), proofs(*KNOWN, *new)) is not None) == is_told


def test_without_new_documents_nothing_falls_by_chance_but_what_cannot_be_seen():
    assert whole_fall(proofs((9000, 10_000)), proofs((8995, 10_000))) is None
    fall = whole_fall(proofs((9000, 10_000)), proofs((8980, 10_000)))
    assert fall is not None
    assert (fall.before, fall.after) == (Share(9000, 10_000), Share(8980, 10_000))


def test_the_first_documents_and_the_last_have_no_share_to_fall_from():
    assert whole_fall({}, proofs((1, 100))) is None
    assert whole_fall(proofs((99, 100)), {}) is None


def test_a_memory_comes_back_as_it_was(tmp_path):
    memory = NightMemory(FIRST, {FILE: FIRST, DOCUMENT: FIRST}, proofs((9, 10)))
    remember(tmp_path / "w.duckdb", memory)
    assert last_night(tmp_path / "w.duckdb") == memory


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"juesuan": "night 0"}', '{"juesuan": "night 1"}']
)
def test_a_memory_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / "w.night.json").write_text(text, encoding="utf-8")
    assert last_night(tmp_path / "w.duckdb") is None

"""What was acknowledged is kept with who, when and why, and can be taken back."""

from datetime import UTC, datetime

from pipelines.domain.night_news import Acknowledgement, Trouble, TroubleKind
from pipelines.warehouse.acknowledgements import (
    acknowledged,
    acknowledgements_of,
    undo_acknowledgement,
    write_acknowledgement,
)

FILE = Trouble(TroubleKind.FILE, "00ff", "扫描.pdf", reason="no_text")
SITE = Trouble(TroubleKind.SITE, "yanhu", "yanhu")
SAID = Acknowledgement(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "li", "没有文字层")


def test_what_is_said_stays_said_until_it_is_taken_back(tmp_path):
    warehouse = tmp_path / "new" / "w.duckdb"
    assert acknowledged(warehouse) == {}
    write_acknowledgement(warehouse, FILE, SAID)
    write_acknowledgement(warehouse, SITE, SAID)
    assert list(acknowledged(warehouse)) == [FILE.identity, SITE.identity]
    assert acknowledged(warehouse)[FILE.identity].acknowledgement == SAID
    undo_acknowledgement(warehouse, FILE, SAID)
    assert list(acknowledged(warehouse)) == [SITE.identity]
    write_acknowledgement(warehouse, FILE, SAID)
    assert list(acknowledged(warehouse)) == [SITE.identity, FILE.identity]


def test_a_line_that_was_cut_short_costs_no_other(tmp_path):
    warehouse = tmp_path / "w.duckdb"
    write_acknowledgement(warehouse, FILE, SAID)
    with acknowledgements_of(warehouse).open("a", encoding="utf-8") as stream:
        stream.write('{"juesuan": "acknowledged", "at": "20')
    write_acknowledgement(warehouse, SITE, SAID)
    assert list(acknowledged(warehouse)) == [FILE.identity, SITE.identity]

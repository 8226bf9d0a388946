"""The store: contents once, sightings for good, and nothing lost when a crawl is killed."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.acquiring.mirroring import MirrorError, pull, push
from pipelines.acquiring.raw_files import find_raw_files
from pipelines.acquiring.raw_store import (
    FILES_BEFORE_MERGING,
    Outcome,
    RawStore,
    Role,
    Sighting,
    SiteBusyError,
    object_name,
)


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path / "raw" / "fetched")


def seen(url: str, day: int, sha256: str, outcome: Outcome = Outcome.NEW) -> Sighting:
    return Sighting(
        site="a",
        crawl_id=str(day),
        url=url,
        role=Role.DOCUMENT,
        outcome=outcome,
        fetched_at=datetime(2026, 1, day),  # noqa: DTZ001 - the store's times say no zone
        sha256=sha256,
        extension="pdf",
        file_name=f"{day}.pdf",
        etag=f'"{day}"',
    )


def note(store: RawStore, *sightings: Sighting) -> None:
    with store.journal("a") as journal:
        for sighting in sightings:
            journal.note(sighting)


def superseded(store: RawStore) -> dict[str, str]:
    return {each.sha256: each.superseded_by for each in store.stored_documents()}


def test_a_content_is_stored_once_under_its_digest(store):
    first, second = store.put(b"one", "pdf"), store.put(b"one", "pdf")
    assert first == second
    assert store.object_path(first, "pdf").read_bytes() == b"one"
    assert [path.name for path in (store.folder / "objects").rglob("*.*")] == [f"{first}.pdf"]


def test_what_replaced_a_document_follows_from_the_sightings(store):
    note(store, seen("u", 1, "old"), seen("v", 1, "twin"))
    note(store, seen("u", 2, "new", Outcome.CHANGED), seen("w", 2, "twin"))
    assert superseded(store) == {"old": "new", "new": "", "twin": ""}
    known = store.known_addresses("a")["u"]
    assert (known.sha256, known.etag, known.first_seen_at.day, known.asked_at.day) == (
        "new", '"2"', 1, 2
    )  # fmt: skip


def test_a_document_that_comes_back_supersedes_what_took_its_place(store):
    note(store, seen("u", 1, "a"), seen("u", 2, "b", Outcome.CHANGED))
    note(store, seen("u", 3, "a", Outcome.CHANGED))
    assert superseded(store) == {"a": "", "b": "a"}


def test_what_a_killed_crawl_noted_is_kept_but_for_the_line_that_was_cut(store):
    note(store, seen("u", 1, "x"))
    journal = store.folder / "journal" / "a.jsonl"
    with store.lock("a"), journal.open("w", encoding="utf-8") as stream:
        from pipelines.acquiring.raw_store import Journal

        Journal(stream).note(seen("v", 2, "y"))
        stream.write('{"site": "a", "url": "w", "sha2')
    store.seal_leftovers()
    assert not journal.exists()
    assert superseded(store) == {"x": "", "y": ""}
    store.seal_leftovers()
    assert len(store.stored_documents()) == 2


def test_a_crawl_under_way_is_left_alone(store):
    with store.journal("a") as journal:
        journal.note(seen("u", 1, "x"))
        store.seal_leftovers()
        assert store.stored_documents() == []
        with pytest.raises(SiteBusyError, match="another crawl"), store.journal("a"):
            pass
    assert len(store.stored_documents()) == 1


def test_many_files_become_one_without_a_sighting_lost_or_doubled(store):
    for day in range(1, FILES_BEFORE_MERGING - 2):
        note(store, seen(f"u{day}", day % 28 + 1, f"s{day}"))
    before = store.known_addresses("a")
    for day in range(4):
        note(store, seen(f"v{day}", day + 1, f"t{day}"))
    files = list((store.folder / "manifest" / "a").glob("*.parquet"))
    assert len(files) < FILES_BEFORE_MERGING
    after = store.known_addresses("a")
    assert {url: after[url] for url in before} == before
    assert len(after) == len(before) + 4


def test_a_document_whose_object_is_gone_is_still_listed(store):
    note(store, replace(seen("u", 1, "ab" * 32), byte_count=5))
    (file,) = find_raw_files(store.folder.parent)
    assert (file.relative_path, file.file_name) == (f"fetched/objects/ab/{'ab' * 32}.pdf", "1.pdf")
    assert not file.path.exists()


@pytest.mark.parametrize("driver", ["memory://", "file://"])
def test_an_object_store_keeps_a_copy_that_fills_an_empty_store(store, tmp_path, driver):
    address = f"{driver}{tmp_path}/copy"
    sha256 = store.put(b"one", "pdf")
    note(store, seen("u", 1, sha256))
    assert (push(store, address), push(store, address)) == (2, 0)
    elsewhere = RawStore(tmp_path / "elsewhere" / "fetched")
    assert pull(elsewhere, address) == 2
    assert elsewhere.object_path(sha256, "pdf").read_bytes() == b"one"
    assert elsewhere.stored_documents() == store.stored_documents()
    assert [file.file_name for file in find_raw_files(tmp_path / "elsewhere")] == ["1.pdf"]


def test_what_a_killed_process_left_half_written_is_swept(store):
    sha256 = store.put(b"one", "pdf")
    leftover, fresh = (store.unfinished_dir / f".part-{name}" for name in ("old", "new"))
    leftover.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(leftover, (1, 1))
    store.seal_leftovers()
    assert list(store.unfinished_dir.iterdir()) == [fresh]
    assert store.object_path(sha256, "pdf").exists()


def test_an_object_store_that_cannot_be_used_is_named(store):
    with pytest.raises(MirrorError, match=r"nothing://.*JUESUAN_MIRROR"):
        push(store, "nothing://here")


def put_versions(store: RawStore) -> tuple[str, str, str]:
    """An address that showed one content in January's first days and another since, and a third."""
    old, new, other = (store.put(text, "pdf") for text in (b"old", b"new", b"other"))
    note(
        store,
        seen("u", 1, old),
        seen("v", 2, other),
        seen("u", 5, old, Outcome.UNCHANGED),
        seen("u", 9, new, Outcome.CHANGED),
    )
    return old, new, other


def test_only_what_no_address_shows_any_more_is_removed_and_only_once_it_is_old(store, tmp_path):
    old, new, other = put_versions(store)
    assert store.remove_superseded(datetime(2026, 1, 5)) == []  # noqa: DTZ001
    assert store.remove_superseded(datetime(2026, 1, 6)) == [object_name(old, "pdf")]  # noqa: DTZ001
    assert store.remove_superseded(datetime(2027, 1, 6)) == []  # noqa: DTZ001
    assert not store.object_path(old, "pdf").exists()
    # Nobody takes it for a file that has gone; what happened to it is in the manifest all the same.
    assert {file.sha256 for file in find_raw_files(tmp_path / "raw")} == {new, other}
    assert superseded(store) == {old: new, new: "", other: ""}


def test_what_was_removed_does_not_come_back_from_the_mirror_but_may_be_published_again(
    store, tmp_path
):
    old, new, _ = put_versions(store)
    mirror = (tmp_path / "mirror").as_uri()
    push(store, mirror)
    store.remove_superseded(datetime(2026, 1, 6))  # noqa: DTZ001
    assert pull(store, mirror) == 0
    assert not store.object_path(old, "pdf").exists()
    store.put(b"old", "pdf")
    note(store, seen("u", 12, old, Outcome.CHANGED))
    assert old in {file.sha256 for file in find_raw_files(tmp_path / "raw")}
    assert store.remove_superseded(datetime(2027, 1, 6)) == [object_name(new, "pdf")]  # noqa: DTZ001


def test_a_content_that_is_gone_and_was_not_removed_is_still_asked_for(store, tmp_path):
    old, _, _ = put_versions(store)
    store.object_path(old, "pdf").unlink()
    assert old in {file.sha256 for file in find_raw_files(tmp_path / "raw")}

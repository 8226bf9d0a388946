"""Which files are read again, and which are not."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.acquiring.raw_files import RawFile
from pipelines.domain.file_record import FileReason, FileRecord, FileStatus
from pipelines.warehouse import planning
from pipelines.warehouse.planning import (
    CIRCUMSTANCES,
    Candidate,
    History,
    Plan,
    are_all_settled,
    plan_reading,
    read_record,
    rejected_record,
)


def made_file(name: str, modified_ns: int = 1) -> RawFile:
    return RawFile(Path("/raw") / name, name, 10, modified_ns, Path(name).name)


def plan(
    *files: RawFile,
    contents: dict[str, str],
    known: tuple[FileRecord, ...] = (),
    loaded: dict[str, str] | None = None,
    version: str = "1",
) -> Plan:
    """Plan with contents given by file name; a file without one may not be opened."""
    return plan_reading(
        files,
        History({record.file_path: record for record in known}, loaded or {}, version),
        digest=lambda path: contents[path.name],
    )


def was_read(name: str, sha256: str, version: str = "1") -> FileRecord:
    return read_record(Candidate(made_file(name), sha256, None), version)


def was_rejected(name: str, sha256: str, reason: str = "damaged") -> FileRecord:
    return rejected_record(Candidate(made_file(name), sha256, None), reason, "it is broken", "1")


def test_a_new_file_is_read():
    assert list(plan(made_file("a.pdf"), contents={"a.pdf": "A"}).to_read) == ["a.pdf"]


def test_an_unchanged_file_is_neither_read_nor_hashed():
    planned = plan(
        made_file("a.pdf"), contents={}, known=(was_read("a.pdf", "A"),), loaded={"A": "1"}
    )
    assert planned.to_read == {}
    assert planned.settled == {"a.pdf": was_read("a.pdf", "A")}


@pytest.mark.parametrize("can_be_read", [False, True])
def test_pages_left_out_are_read_once_that_can_be_done(can_be_read, monkeypatch):
    """The reason stays with the file until then, and no file that was read whole is read again."""
    monkeypatch.setitem(planning.NEEDED_PROGRAMS, FileReason.PICTURES, lambda: can_be_read)
    record = replace(was_read("a.pdf", "A"), reason=FileReason.PICTURES)
    planned = plan(
        *(made_file("a.pdf"), made_file("b.pdf")),
        contents={},
        known=(record, was_read("b.pdf", "B")),
        loaded={"A": "1", "B": "1"},
    )
    assert list(planned.to_read) == (["a.pdf"] if can_be_read else [])
    assert planned.settled.get("a.pdf") == (None if can_be_read else record)


def test_a_touched_file_with_the_same_content_is_not_read():
    planned = plan(
        made_file("a.pdf", modified_ns=2),
        contents={"a.pdf": "A"},
        known=(was_read("a.pdf", "A"),),
        loaded={"A": "1"},
    )
    assert planned.to_read == {}
    assert planned.settled["a.pdf"].modified_ns == 2


def test_a_renamed_file_is_not_read():
    planned = plan(
        made_file("b.pdf"),
        contents={"b.pdf": "A"},
        known=(was_read("a.pdf", "A"),),
        loaded={"A": "1"},
    )
    assert (list(planned.to_read), list(planned.settled)) == ([], ["b.pdf"])


def test_a_file_with_new_content_is_read():
    planned = plan(
        made_file("a.pdf", modified_ns=2),
        contents={"a.pdf": "B"},
        known=(was_read("a.pdf", "A"),),
        loaded={"A": "1"},
    )
    assert planned.to_read["a.pdf"].sha256 == "B"


def test_a_new_reader_reads_everything_again():
    known = (was_read("a.pdf", "A"), was_rejected("b.pdf", "B"))
    files = (made_file("a.pdf"), made_file("b.pdf"))
    planned = plan(*files, contents={}, known=known, loaded={"A": "1"}, version="2")
    assert list(planned.to_read) == ["a.pdf", "b.pdf"]


def test_a_document_that_was_recorded_but_not_loaded_is_read():
    planned = plan(made_file("a.pdf"), contents={}, known=(was_read("a.pdf", "A"),))
    assert list(planned.to_read) == ["a.pdf"]


def test_of_two_files_with_the_same_content_one_is_read_and_the_other_named():
    planned = plan(made_file("a.pdf"), made_file("b.pdf"), contents={"a.pdf": "A", "b.pdf": "A"})
    assert list(planned.to_read) == ["a.pdf"]
    copy = planned.settled["b.pdf"]
    assert (copy.status, copy.reason) == (FileStatus.DUPLICATE, FileReason.DUPLICATE)
    assert copy.message == "b.pdf: same content as a.pdf"


def test_a_copy_that_sorts_first_does_not_take_the_place_of_the_file_that_was_read():
    planned = plan(
        made_file("0.pdf"),
        made_file("a.pdf"),
        contents={"0.pdf": "A"},
        known=(was_read("a.pdf", "A"),),
        loaded={"A": "1"},
    )
    assert planned.settled["a.pdf"].status is FileStatus.READ
    assert planned.settled["0.pdf"].status is FileStatus.DUPLICATE


def test_a_copy_takes_over_when_the_original_is_gone():
    copy = replace(was_read("b.pdf", "A"), status=FileStatus.DUPLICATE)
    planned = plan(
        made_file("b.pdf"), contents={}, known=(was_read("a.pdf", "A"), copy), loaded={"A": "1"}
    )
    assert planned.settled["b.pdf"].status is FileStatus.READ


def test_a_rejected_file_stays_listed_and_is_not_tried_again():
    rejection = was_rejected("a.pdf", "A")
    planned = plan(made_file("a.pdf"), contents={}, known=(rejection,))
    assert planned.to_read == {}
    assert planned.settled == {"a.pdf": rejection}


def test_a_rejected_file_keeps_its_reason_under_another_name():
    planned = plan(made_file("b.pdf"), contents={"b.pdf": "A"}, known=(was_rejected("a.pdf", "A"),))
    assert planned.settled["b.pdf"].message == "b.pdf: it is broken"


@pytest.mark.parametrize("reason", sorted(CIRCUMSTANCES))
def test_what_the_machine_may_be_to_blame_for_is_tried_again_once_touched(reason):
    known = (was_rejected("a.pdf", "A", reason),)
    assert plan(made_file("a.pdf"), contents={}, known=known).to_read == {}
    touched = made_file("a.pdf", modified_ns=2)
    assert list(plan(touched, contents={"a.pdf": "A"}, known=known).to_read) == ["a.pdf"]


def test_a_damaged_file_is_not_tried_again_when_touched():
    known = (was_rejected("a.pdf", "A"),)
    touched = made_file("a.pdf", modified_ns=2)
    assert plan(touched, contents={"a.pdf": "A"}, known=known).to_read == {}


def test_a_file_that_cannot_be_opened_costs_no_other():
    def refuse_first(path: Path) -> str:
        if path.name == "a.pdf":
            raise PermissionError(13, "Permission denied")
        return "B"

    planned = plan_reading(
        [made_file("a.pdf"), made_file("b.pdf")], History({}, {}, "1"), digest=refuse_first
    )
    assert list(planned.to_read) == ["b.pdf"]
    refused = planned.settled["a.pdf"]
    assert (refused.status, refused.reason) == (FileStatus.REJECTED, FileReason.UNOPENABLE)
    assert refused.message.startswith("a.pdf: cannot be opened (Permission denied)")


def test_a_file_that_could_not_be_opened_is_tried_again():
    unopenable = replace(was_rejected("a.pdf", "", FileReason.UNOPENABLE), sha256="")
    planned = plan(made_file("a.pdf"), contents={"a.pdf": "A"}, known=(unopenable,))
    assert list(planned.to_read) == ["a.pdf"]


@pytest.mark.parametrize("reason", sorted(planning.NEEDED_PROGRAMS))
def test_what_a_missing_program_is_to_blame_for_is_tried_again_once_it_is_there(
    reason: str, monkeypatch: pytest.MonkeyPatch
):
    known = (was_rejected("a.rar", "A", reason),)
    file = made_file("a.rar")
    monkeypatch.setitem(planning.NEEDED_PROGRAMS, reason, lambda: None)
    assert plan(file, contents={}, known=known).to_read == {}
    assert are_all_settled([file], {"a.rar": known[0]}, "1")
    monkeypatch.setitem(planning.NEEDED_PROGRAMS, reason, lambda: Path("/usr/bin/program"))
    assert list(plan(file, contents={}, known=known).to_read) == ["a.rar"]
    assert not are_all_settled([file], {"a.rar": known[0]}, "1")

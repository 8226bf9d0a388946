"""What a run says of its steps."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from pipelines.cli.language import answering_in
from pipelines.domain.file_record import FileRecord, FileStatus
from pipelines.domain.languages import Language
from pipelines.exploring.progress import bars_shown, build_text, show_reading
from pipelines.warehouse.builds import BuildSummary
from pipelines.warehouse.ingesting import Progress


@pytest.mark.parametrize(
    ("was_needed", "document_count", "said"),
    [
        (False, 0, "Nothing changed since the marts were built"),
        (True, 1, "Built 80 models and seeds of 1 document"),
        (True, 1200, "Built 80 models and seeds of 1,200 documents"),
    ],
)
def test_a_build_says_of_how_many_documents_it_was(was_needed, document_count, said):
    summary = BuildSummary(80, 9, (), (), (), 0)
    text = build_text(summary, was_needed=was_needed, document_count=document_count)
    assert text == f"{said}; tests: 9 passed, 0 warned, 0 failed"


ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
READ = FileRecord("a.docx", "a.docx", "0" * 64, 1, 1, FileStatus.READ, "", "", "1")
REJECTED = replace(
    READ, status=FileStatus.REJECTED, reason="empty_file", message="a.docx: the file is empty"
)


def shown(*records: FileRecord, is_terminal: bool) -> str:
    """What is written while these files are read."""
    written = StringIO()
    console = Console(
        file=written, force_terminal=is_terminal, width=100, highlight=False, markup=False
    )
    with bars_shown(console) as bars:
        show_reading(console, bars, Progress(0, len(records)))
        for number, record in enumerate(records, start=1):
            show_reading(console, bars, Progress(number, len(records), record, 7))
        bars.show("Building")
    return written.getvalue()


def test_elsewhere_than_on_a_terminal_each_file_is_a_line():
    assert shown(READ, REJECTED, is_terminal=False).splitlines() == [
        "  [1/2] read a.docx: 7 figures",
        "  [2/2] rejected a.docx: the file is empty",
    ]


def test_on_a_terminal_a_bar_shows_how_far_it_is_and_how_long_it_takes_yet():
    drawn = shown(READ, REJECTED, is_terminal=True)
    assert "Reading" in drawn
    assert "0/2" in drawn
    assert "left:" in drawn
    assert re.search(r"\d:\d\d:\d\d", drawn)
    assert "Building" in drawn
    assert "?" not in re.sub(ANSI, "", drawn)
    assert "[1/2]" not in drawn
    assert "rejected a.docx: the file is empty" in drawn


def test_bars_speak_the_language_of_the_answer():
    with answering_in(Language.ZH):
        drawn = shown(READ, is_terminal=True)
    assert "读取" in drawn
    assert "剩余" in drawn

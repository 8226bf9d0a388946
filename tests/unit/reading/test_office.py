"""Old formats: turned into Word files by LibreOffice, which may be absent, hang, or be killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.domain.document import FileKind, Paragraph, Table
from pipelines.reading import office
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from tests.unit.reading.word_xml import line, row, table, word_file

RTF = rb"{\rtf1\ansi\ansicpg936 \'be\'f6\'cb\'e3\par}"
needs_office = pytest.mark.skipif(
    office.find_office() is None, reason="LibreOffice is not installed"
)


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    office.turned_into_word.cache_clear()


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a script in LibreOffice's place; without one there is none."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def write(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    return write


def refusal(content: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refused:
        read_document(content, "决算.doc")
    return refused.value


@pytest.mark.usefixtures("pretend")
def test_without_libreoffice_it_is_said_what_to_install():
    refused = refusal(RTF)
    assert refused.reason is UnreadableReason.NO_OFFICE
    assert refused.explanation.startswith("an RTF text (.rtf), which is read by way of LibreOffice")
    assert "apt install libreoffice-writer-nogui" in refused.explanation


def test_what_libreoffice_makes_is_read_as_the_file_itself(pretend, tmp_path):
    (tmp_path / "made.docx").write_bytes(word_file(line("决算"), table(row("收入", "1.00"))))
    # The folder to write to is the last word but one, the file the last.
    pretend(
        'for word; do folder=$file; file=$word; done; /bin/mkdir -p "$folder"\n'
        f'/bin/cp {tmp_path}/made.docx "$folder/document.docx"'
    )
    document = read_document(RTF, "决算.wps")
    assert (document.kind, document.file_name) == (FileKind.RTF, "决算.wps")
    assert document.sha256 == read_document(RTF, "").sha256
    assert [type(block) for block in document.blocks] == [Paragraph, Table]


def test_what_libreoffice_cannot_open_is_said_in_its_words(pretend):
    pretend("echo 'Error: source file could not be loaded' >&2")
    refused = refusal(RTF)
    assert refused.reason is UnreadableReason.DAMAGED
    assert "cannot open (Error: source file could not be loaded)" in refused.explanation


def test_libreoffice_may_not_take_for_ever(pretend, monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 0.2)
    pretend("/bin/sleep 60")
    with pytest.raises(TimeoutError, match=r"took more than 0\.2 s"):
        read_document(RTF, "决算.doc")


def test_what_killed_processes_left_is_removed_after_an_hour(pretend, tmp_path, monkeypatch):
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path))
    left = [tmp_path / f"juesuan-office-{name}" for name in ("old", "new")]
    for folder in left:
        (folder / "profile").mkdir(parents=True)
    os.utime(left[0], (1, 1))
    pretend("exit 1")
    refusal(RTF)
    assert [folder.exists() for folder in left] == [False, True]


def test_libreoffice_ends_with_whoever_asked_it(pretend, tmp_path):
    noted = tmp_path / "pid"
    # As LibreOffice does, it starts another process and waits for it.
    pretend(f"/bin/sleep 60 & echo $! > {noted}; wait")
    asking = "from pipelines.reading.office import *; turned_into_word(b'', FileKind.RTF)"
    asker = subprocess.Popen([sys.executable, "-c", asking], env={**os.environ, "PYTHONPATH": "."})
    while not (noted.exists() and noted.read_text(encoding="ascii").strip()):
        time.sleep(0.02)
    sleeper = int(noted.read_text(encoding="ascii"))
    asker.send_signal(signal.SIGKILL)
    asker.wait()
    for _ in range(250):
        if not Path(f"/proc/{sleeper}").exists():
            return
        time.sleep(0.02)
    pytest.fail("it still runs")

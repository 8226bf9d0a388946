"""RAR and 7z archives: what comes through the pipe of a program that unpacks them, or does not."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelines.acquiring.archives import USUAL_BOUNDS, Bounds, Unpacked, is_archive, unpack
from tests.unit.acquiring.packed import zip_of

RAR = b"Rar!\x1a\x07\x01\x00 and what only the program understands"
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c and what only the program understands"


def tar_of(members: Mapping[str, bytes]) -> bytes:
    """What a program would write: a link, a folder and the members."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, kind in (("公开", tarfile.DIRTYPE), ("a", tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a script in the program's place that writes this and then does that; none is there."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))

    def write(written: bytes, then: str = "") -> None:
        (tmp_path / "written").write_bytes(written)
        program = programs / "bsdtar"
        asked = f'echo "$@" > {tmp_path}/asked'
        program.write_text(f"#!/bin/sh\n{asked}\n/bin/cat {tmp_path}/written\n{then}\n")
        program.chmod(0o755)

    return write


@pytest.fixture
def unpacked(tmp_path: Path):
    """Unpack bytes as an archive."""

    def unpacked_bytes(content: bytes, bounds: Bounds = USUAL_BOUNDS, only: str = "") -> Unpacked:
        folder = tmp_path / "out"
        folder.mkdir()
        (tmp_path / "决算.rar").write_bytes(content)
        return unpack(tmp_path / "决算.rar", folder, bounds, only)

    return unpacked_bytes


def contents(found: Unpacked) -> dict[str, bytes]:
    return {each.path: each.content.read_bytes() for each in found.members if each.content}


@pytest.mark.parametrize("archive", [RAR, SEVEN_ZIP], ids=["RAR", "7z"])
def test_an_archive_is_told_by_its_content(tmp_path, archive):
    (tmp_path / "决算.pdf").write_bytes(archive)
    assert is_archive(tmp_path / "决算.pdf")


def test_files_come_through_the_pipe_and_folders_and_links_do_not(pretend, unpacked, tmp_path):
    inner = zip_of({"决算.docx": b"inner"})
    pretend(tar_of({"公开/决算.pdf": b"one" * 4000, "乙.zip": inner}))
    assert contents(unpacked(RAR)) == {
        "公开/决算.pdf": b"one" * 4000, "乙.zip!/决算.docx": b"inner"
    }  # fmt: skip
    asked = (tmp_path / "asked").read_text(encoding="utf-8")
    assert asked.strip() == f"-c -f - --format pax @{tmp_path}/决算.rar"


def test_names_in_gb_18030_are_read(pretend, unpacked):
    raw = tar_of({"XXXX.pdf": b"one"}).replace(b"XXXX", "决算".encode("gb18030"))
    pretend(_with_checksums(raw))
    assert list(contents(unpacked(RAR))) == ["决算.pdf"]


def _with_checksums(archive: bytes) -> bytes:
    """The archive, checksums of its headers made anew."""
    made = bytearray(archive)
    for begin in range(0, len(made), tarfile.BLOCKSIZE):
        block = made[begin : begin + tarfile.BLOCKSIZE]
        if block[257:262] == b"ustar":
            block[148:156] = b" " * 8
            made[begin + 148 : begin + 156] = b"%06o\0 " % sum(block)
    return bytes(made)


@pytest.mark.parametrize(
    ("archive", "reason"), [(RAR, "no_unrar"), (SEVEN_ZIP, "no_7zip")], ids=["RAR", "7z"]
)
@pytest.mark.usefixtures("pretend")
def test_without_a_program_it_is_said_what_to_install(unpacked, archive, reason):
    found = unpacked(archive)
    assert (found.members, found.reason) == ((), reason)
    assert "apt install libarchive-tools" in found.explanation


@pytest.mark.parametrize(
    "said",
    [
        "bsdtar: Error reading archive a.rar: RAR encryption support unavailable.",
        "bsdtar: a.7z: Crypto codec not supported yet (ID: 0x6F10701)",
    ],
)
def test_a_protected_archive_is_called_so(pretend, unpacked, said):
    pretend(b"", f"echo '{said}' >&2; exit 1")
    found = unpacked(RAR)
    assert (found.members, found.reason) == ((), "encrypted")


def test_of_a_damaged_archive_what_comes_before_the_damage_is_read(pretend, unpacked):
    pretend(tar_of({"a.pdf": b"a" * 600, "b.pdf": b"b" * 600})[:4000], "echo 'bad CRC' >&2; exit 1")
    found = unpacked(RAR)
    assert contents(found) == {"a.pdf": b"a" * 600}
    assert found.reason == "damaged"
    assert "bad CRC" in found.explanation


def test_an_archive_that_unpacks_to_too_much_is_not_taken_to_its_end(pretend, unpacked):
    pretend(tar_of({"a.pdf": b"a" * 600, "b.pdf": b"b" * 600}), "while :; do echo; done")
    found = unpacked(RAR, Bounds(byte_count=1000))
    assert (found.members, found.reason) == ((), "too_large")


def test_one_member_is_taken_without_waiting_for_the_others(pretend, unpacked):
    pretend(tar_of({"a.pdf": b"a", "b.pdf": b"b", "c.pdf": b"c"}), "while :; do echo; done")
    assert contents(unpacked(RAR, only="b.pdf")) == {"b.pdf": b"b"}

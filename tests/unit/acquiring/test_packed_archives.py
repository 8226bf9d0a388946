"""RAR and 7z archives: what comes through the pipe of a program that unpacks them, or does not."""

import io
import shutil
import subprocess
import tarfile
import zlib
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
    """Put a script in bsdtar's place, and no other program anywhere."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))

    def write(written: bytes, then: str = "", complains: str = "", lists: str = "") -> None:
        """What it writes, and does then; its words where it unpacks, and where it lists."""
        (tmp_path / "written").write_bytes(written)
        (tmp_path / "complains").write_text(complains, encoding="utf-8")
        (tmp_path / "lists").write_text(lists, encoding="utf-8")
        program = programs / "bsdtar"
        program.write_text(
            f"#!/bin/sh\ncd {tmp_path}\ncase $1 in\n"
            f'-c) echo "$@" > asked; /bin/cat written; {then or ":"};;\n'
            f"-x) /bin/cat complains >&2; exit {int(bool(complains))};;\n"
            "-t) /bin/cat lists;;\nesac\n",
            encoding="utf-8",
        )
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
        "bsdtar: Error reading archive a.rar: RAR encryption support unavailable.\n",
        "bsdtar: a.7z: Crypto codec not supported yet (ID: 0x6F10701)\n",
    ],
)
def test_a_protected_archive_is_called_so(pretend, unpacked, said):
    pretend(b"", complains=said)
    found = unpacked(RAR)
    assert (found.members, found.reason) == ((), "encrypted")


def test_a_broken_member_costs_itself_only(pretend, unpacked):
    # Where it copies an archive into another one, bsdtar does not say what is broken.
    pretend(
        tar_of({"a.pdf": b"a" * 600, "b.pdf": b"b" * 600}),
        complains="a.pdf: bad CRC\nbsdtar: Error exit delayed from previous errors.\n",
        lists="公开/\na\na.pdf\nb.pdf\n",
    )
    found = unpacked(RAR)
    assert contents(found) == {"b.pdf": b"b" * 600}
    assert [(each.path, each.reason) for each in found.members] == [
        ("a.pdf", "damaged"), ("b.pdf", "")
    ]  # fmt: skip
    assert "bad CRC" in found.members[0].explanation


def test_of_what_is_broken_somewhere_nothing_is_taken(pretend, unpacked):
    pretend(
        tar_of({"a.pdf": b"a"}),
        complains="\\276\\366.pdf: bad CRC\n",
        lists="公开/\na\na.pdf\n",
    )
    found = unpacked(RAR)
    assert (found.members, found.reason) == ((), "damaged")


def test_of_a_damaged_archive_what_comes_before_the_damage_is_read(pretend, unpacked):
    pretend(
        tar_of({"a.pdf": b"a" * 600, "b.pdf": b"b" * 600})[:5000],
        "exit 1",
        complains="b.pdf: Truncated RAR file data\n",
        lists="公开/\na\na.pdf\nb.pdf\n",
    )
    found = unpacked(RAR)
    assert contents(found) == {"a.pdf": b"a" * 600}
    assert {each.path: each.reason for each in found.members} == {"a.pdf": "", "b.pdf": "damaged"}
    assert found.reason == "damaged"
    assert "Truncated RAR file data" in found.explanation


def test_an_archive_that_unpacks_to_too_much_is_not_taken_to_its_end(pretend, unpacked):
    pretend(tar_of({"a.pdf": b"a" * 600, "b.pdf": b"b" * 600}), "while :; do echo; done")
    found = unpacked(RAR, Bounds(byte_count=1000))
    assert (found.members, found.reason) == ((), "too_large")


def test_one_member_is_taken_without_waiting_for_the_others(pretend, unpacked):
    pretend(tar_of({"a.pdf": b"a", "b.pdf": b"b", "c.pdf": b"c"}), "while :; do echo; done")
    assert contents(unpacked(RAR, only="b.pdf")) == {"b.pdf": b"b"}


def rar_of(members: Mapping[str, bytes]) -> bytes:
    """A RAR archive (version 5) whose members are stored as they are."""

    def whole(number: int) -> bytes:
        """A number in sevens of bits."""
        low, rest = number & 0x7F, number >> 7
        return bytes([low | 0x80]) + whole(rest) if rest else bytes([low])

    def block(kind: int, flags: int, body: bytes, content: bytes = b"") -> bytes:
        size = whole(len(content)) if flags & 2 else b""
        head = whole(kind) + whole(flags) + size + body
        head = whole(len(head)) + head
        return zlib.crc32(head).to_bytes(4, "little") + head + content

    archive = b"Rar!\x1a\x07\x01\0" + block(1, 0, whole(0))
    for name, content in members.items():
        checksum = zlib.crc32(content).to_bytes(4, "little")
        facts = whole(4) + whole(len(content)) + whole(0o100644) + checksum + whole(0) + whole(1)
        named = whole(len(name.encode())) + name.encode()
        archive += block(2, 2, facts + named, content)
    return archive + block(5, 0, whole(0))


def needs(name: str) -> pytest.MarkDecorator:
    """Skip a test where a program is not installed, and say so."""
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed")


@needs("bsdtar")
def test_a_real_rar_archive_is_unpacked(unpacked):
    members = {"公开/决算.pdf": b"one" * 4000, "b.pdf": b"two"}
    assert contents(unpacked(rar_of(members))) == members


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(("bsdtar", "-c", "--format", "7zip", "-f"), marks=needs("bsdtar")),
        pytest.param(("7zz", "a", "-snl", "-bso0"), marks=needs("7zz")),
    ],
    ids=["bsdtar", "7zz"],
)
@pytest.mark.parametrize(
    "by", [pytest.param(name, marks=needs(name)) for name in ("bsdtar", "7zz")]
)
def test_a_real_7z_archive_is_unpacked_by_either_program(pack, by, unpacked, tmp_path, monkeypatch):
    (tmp_path / "公开").mkdir()
    (tmp_path / "公开/决算.pdf").write_bytes(b"one" * 4000)
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "link").symlink_to("/etc/passwd")
    subprocess.run(
        [*pack, "a.7z", "公开", "empty.pdf", "link"], cwd=tmp_path, check=True, timeout=60
    )
    only = tmp_path / "only"
    only.mkdir()
    (only / by).symlink_to(shutil.which(by))
    monkeypatch.setenv("PATH", str(only))
    content = (tmp_path / "a.7z").read_bytes()
    assert contents(unpacked(content)) == {"公开/决算.pdf": b"one" * 4000, "empty.pdf": b""}
    broken = bytearray(content)
    broken[40] ^= 0xFF
    (tmp_path / "again").mkdir()
    (tmp_path / "决算.rar").write_bytes(bytes(broken))
    again = unpack(tmp_path / "决算.rar", tmp_path / "again", USUAL_BOUNDS)
    assert b"one" not in b"".join(contents(again).values())
    assert "damaged" in {again.reason, *(each.reason for each in again.members)}


@needs("7zz")
@pytest.mark.parametrize("with_names", [False, True])
def test_a_real_7z_archive_with_a_password_is_called_protected(unpacked, tmp_path, with_names):
    (tmp_path / "a.pdf").write_bytes(b"one")
    pack = ["7zz", "a", "-bso0", "-p123", *(["-mhe=on"] if with_names else []), "a.7z", "a.pdf"]
    subprocess.run(pack, cwd=tmp_path, check=True, timeout=60)
    found = unpacked((tmp_path / "a.7z").read_bytes())
    assert (found.members, found.reason) == ((), "encrypted")

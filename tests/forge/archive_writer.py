"""Packs files as departments attach them: in folders, with names in GBK, archives in archives.

Knows ZIP. Does not know what is packed.
"""

import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ZIP_TIME = (2024, 9, 1, 0, 0, 0)
FOLDERS = ("公开", "附件/2023年", "部门决算公开材料/附件1")
JUNK: Mapping[str, bytes] = {
    "Thumbs.db": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(56),
    "__MACOSX/._决算.docx": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        ",
    ".DS_Store": b"\x00\x00\x00\x01Bud1\x00\x00\x10\x00",
    "说明.txt": "请使用WPS打开。\r\n".encode("gbk"),
}


@dataclass(frozen=True, slots=True)
class ArchiveHabits:
    """How a program packs.

    Attributes:
        depth: How many archives lie in each other.
        is_gbk: Whether names are in GBK without saying so, as Chinese Windows writes them.
        has_backslashes: Whether folders are parted by backslashes.
        has_junk: Whether what file managers leave behind is packed, too.
        lists_folders: Whether folders have entries of their own.
        is_stored: Whether nothing is compressed.
    """

    depth: int = 1
    is_gbk: bool = True
    has_backslashes: bool = False
    has_junk: bool = False
    lists_folders: bool = False
    is_stored: bool = False


PLAIN_HABITS = ArchiveHabits()


def draw_archive_habits(seed: int, depth: int) -> ArchiveHabits:
    """Draw a program's habits, each independent of the others."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    return ArchiveHabits(depth, *(rng.random() < 1 / 2 for _ in range(5)))


def write_zip(files: Mapping[str, bytes], path: Path, habits: ArchiveHabits = PLAIN_HABITS) -> None:
    """Pack files.

    Args:
        files: Contents by names, which may have folders.
        path: Where the archive goes.
        habits: How it is packed.
    """
    packed = _packed(files, habits)
    for level in range(1, habits.depth):
        packed = _packed({f"{FOLDERS[level % len(FOLDERS)]}/附件{level}.zip": packed}, habits)
    path.write_bytes(packed)


def _packed(files: Mapping[str, bytes], habits: ArchiveHabits) -> bytes:
    stand_ins: dict[bytes, bytes] = {}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in _entries(files, habits):
            entry = zipfile.ZipInfo(_named(name, habits, stand_ins), ZIP_TIME)
            entry.compress_type = zipfile.ZIP_STORED if habits.is_stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    packed = target.getvalue()
    for stand_in, raw in stand_ins.items():
        packed = packed.replace(stand_in, raw)
    return packed


def _entries(files: Mapping[str, bytes], habits: ArchiveHabits) -> Iterator[tuple[str, bytes]]:
    everything = {**files, **(JUNK if habits.has_junk else {})}
    listed: set[str] = set()
    for name, content in everything.items():
        *folders, _ = name.split("/")
        for number in range(1, len(folders) + 1):
            folder = "/".join(folders[:number])
            if habits.lists_folders and folder not in listed:
                listed.add(folder)
                yield f"{folder}/", b""
        yield name, content


def _named(name: str, habits: ArchiveHabits, stand_ins: dict[bytes, bytes]) -> str:
    """The name that zipfile is told: of GBK names, which it cannot write, one as long."""
    if habits.has_backslashes:
        name = name.replace("/", "\\")
    if not habits.is_gbk or name.isascii():
        return name
    raw = name.encode("gbk")
    stand_in = f"@{len(stand_ins):02}".ljust(len(raw), "@")
    if len(stand_in) > len(raw):
        raise ValueError(f"too short a name: {name}")
    stand_ins[stand_in.encode()] = raw
    return stand_in

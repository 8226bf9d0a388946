"""Small OLE files of named streams, for tests.

Knows the container's sectors and directory. Does not know what the streams hold.
"""

import struct
from collections.abc import Mapping

SECTOR = 512
LINKS = SECTOR // 4
ENTRY = 128
END_OF_CHAIN, FAT_SECTOR, NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
ROOT, STREAM = 5, 2
# Shorter streams would stand together in one more stream.
LEAST_STREAM = 4096
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with streams at its top; short ones are filled up with zeros."""
    bodies = {name: body.ljust(LEAST_STREAM, b"\0") for name, body in streams.items()}
    lengths = [_sectors(ENTRY * (len(bodies) + 1)), *map(_sectors, map(len, bodies.values()))]
    fat_length = next(n for n in range(1, 109) if n * LINKS >= n + sum(lengths))
    firsts = [fat_length + sum(lengths[:number]) for number in range(len(lengths))]
    fat = [FAT_SECTOR] * fat_length
    for first, length in zip(firsts, lengths, strict=True):
        fat += [*range(first + 1, first + length), END_OF_CHAIN]
    fat += [NONE] * (fat_length * LINKS - len(fat))
    parts = [
        _header(fat_length),
        struct.pack(f"<{len(fat)}I", *fat),
        _directory(bodies, firsts[1:]),
        *bodies.values(),
    ]
    return b"".join(part.ljust(SECTOR * _sectors(len(part)), b"\0") for part in parts)


def _sectors(length: int) -> int:
    return -(-length // SECTOR)


def _header(fat_length: int) -> bytes:
    places = [*range(fat_length), *[NONE] * (109 - fat_length)]
    fields = (62, 3, 0xFFFE, 9, 6, 0, 0, 0, fat_length, fat_length, 0, LEAST_STREAM)
    no_chains = (END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    return SIGNATURE + bytes(16) + struct.pack("<6H10I109I", *fields, *no_chains, *places)


def _directory(bodies: Mapping[str, bytes], firsts: list[int]) -> bytes:
    """The root, and the streams as a list: each but the last has the next one at its right."""
    entries = [_entry("Root Entry", ROOT, END_OF_CHAIN, 0, child=1)]
    for number, (name, body) in enumerate(bodies.items(), start=1):
        right = number + 1 if number < len(bodies) else NONE
        entries.append(_entry(name, STREAM, firsts[number - 1], len(body), right=right))
    blank = bytes(68) + struct.pack("<3I", NONE, NONE, NONE) + bytes(48)
    return b"".join(entries) + blank * (-len(entries) % (SECTOR // ENTRY))


def _entry(
    name: str, kind: int, first: int, size: int, *, right: int = NONE, child: int = NONE
) -> bytes:
    encoded = f"{name}\0".encode("utf-16-le")
    links = struct.pack("<H2B3I", len(encoded), kind, 1, NONE, right, child)
    return encoded.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)

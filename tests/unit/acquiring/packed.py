"""Archives as tests need them: ordinary ones, and those that no packer should write."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping


class ChineseName(zipfile.ZipInfo):
    """A member whose name is written in GB 18030, without a word about it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gb18030"), self.flag_bits


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive, its names in UTF-8."""
    return zip_of_infos((zipfile.ZipInfo(name), content) for name, content in members.items())


def chinese_zip_of(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive as Chinese Windows packs it, its names in GB 18030."""
    return zip_of_infos((ChineseName(name), content) for name, content in members.items())


def zip_of_infos(members) -> bytes:
    """A ZIP archive of members that say themselves how they are called."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in members:
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    """A member that says that it is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def nested(content: bytes, count: int) -> bytes:
    """A file in as many archives, one in another."""
    for number in range(count):
        content = zip_of({f"{number}.zip" if number else "决算.pdf": content})
    return content


def with_flag(archive: bytes, flag: int, number: int) -> bytes:
    """The archive, a flag of its member of this number set where the directory has it."""
    return with_directory_field(archive, 8, flag, number)


def with_directory_field(archive: bytes, offset: int, value: int, number: int) -> bytes:
    """The archive, two bytes of a member's entry in the directory replaced."""
    position = -1
    for _ in range(number + 1):
        position = archive.index(b"PK\x01\x02", position + 1)
    changed = bytearray(archive)
    struct.pack_into("<H", changed, position + offset, value)
    return bytes(changed)

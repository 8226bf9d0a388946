"""Which files are candidates, under what name, and that a digest is that of the bytes."""

import hashlib
import os
from pathlib import Path

import pytest

from pipelines.acquiring.digests import digest_file
from pipelines.acquiring.raw_files import (
    RawDirectoryMissingError,
    find_raw_files,
    is_passed_over,
    readable_name,
)


def put(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_every_file_is_found_whatever_its_extension(tmp_path):
    for name in ("b/决算.pdf", "a.docx", "b/no_extension", "c.xyz"):
        put(tmp_path / name)
    found = [file.relative_path for file in find_raw_files(tmp_path)]
    assert found == ["a.docx", "c.xyz", "b/no_extension", "b/决算.pdf"]


@pytest.mark.parametrize(
    "name",
    [".gitkeep", ".hidden/决算.pdf", "~$决算.docx", "README", "readme.txt", "notes.md",
     "samples/manifest.csv", "MANIFEST.yaml", "a/Thumbs.db", "desktop.ini"],
)  # fmt: skip
def test_what_accompanies_documents_is_passed_over(tmp_path, name):
    put(tmp_path / name)
    assert list(find_raw_files(tmp_path)) == []


@pytest.mark.parametrize("name", ["manifest.pdf", "readme_决算.docx", "a~$b.docx"])
def test_a_document_is_not_mistaken_for_what_accompanies_it(name):
    assert not is_passed_over(name)


def test_a_link_to_nothing_is_no_candidate(tmp_path):
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone.pdf")
    assert list(find_raw_files(tmp_path)) == []


def test_size_and_time_are_those_of_the_file(tmp_path):
    path = put(tmp_path / "a.pdf", b"12345")
    os.utime(path, ns=(1, 1_600_000_000_123_456_789))
    (file,) = find_raw_files(tmp_path)
    assert (file.byte_count, file.modified_ns) == (5, 1_600_000_000_123_456_789)


def test_a_missing_directory_is_named_with_the_remedy(tmp_path):
    with pytest.raises(RawDirectoryMissingError, match=r"no raw directory at .*gone.*--raw"):
        list(find_raw_files(tmp_path / "gone"))


def test_a_name_in_gb18030_becomes_readable():
    assert readable_name(os.fsdecode("2023年决算.pdf".encode("gb18030"))) == "2023年决算.pdf"


def test_a_name_in_no_known_encoding_can_still_be_stored():
    readable_name(os.fsdecode(b"\xff\xff.pdf")).encode("utf-8")


def test_the_digest_is_that_of_the_bytes(tmp_path):
    content = bytes(range(256)) * 5000
    path = put(tmp_path / "a.pdf", content)
    assert digest_file(path) == hashlib.sha256(content).hexdigest()

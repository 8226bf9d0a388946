"""What is in an archive, under which paths, and what is said of what cannot be unpacked."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from pipelines.acquiring.archives import Bounds, Member, Unpacked, is_archive, unpack
from tests.unit.acquiring.packed import (
    chinese_zip_of,
    link,
    nested,
    with_directory_field,
    with_flag,
    zip_of,
    zip_of_infos,
)

ENCRYPTED, DEFLATE_64 = 0x1, 9


@pytest.fixture
def unpacked(tmp_path: Path):
    """Unpack bytes as an archive."""

    def unpacked_bytes(content: bytes, only: str = "", **bounds: int) -> Unpacked:
        folder = tmp_path / "out"
        folder.mkdir()
        (tmp_path / "a.zip").write_bytes(content)
        return unpack(tmp_path / "a.zip", folder, Bounds(**bounds), only)

    return unpacked_bytes


def paths(found: Unpacked) -> list[str]:
    return [member.path for member in found.members]


def reasons(found: Unpacked) -> dict[str, str]:
    return {member.path: member.reason for member in found.members if member.reason}


def contents(found: Unpacked) -> dict[str, bytes]:
    return {each.path: each.content.read_bytes() for each in found.members if each.content}


def test_files_in_folders_come_with_size_and_digest(unpacked):
    (member,) = unpacked(zip_of({"公开/决算.docx": b"12345"})).members
    assert (member.path, member.name, member.byte_count) == ("公开/决算.docx", "决算.docx", 5)
    assert member.sha256 == hashlib.sha256(b"12345").hexdigest()
    assert member.content.read_bytes() == b"12345"


@pytest.mark.parametrize("pack", [zip_of, chinese_zip_of])
def test_names_are_read_in_utf_8_and_in_gb_18030(unpacked, pack):
    assert paths(unpacked(pack({"某县/2023年部门决算.pdf": b"x"}))) == ["某县/2023年部门决算.pdf"]


def test_a_name_in_utf_8_of_which_nothing_says_so_is_read(unpacked):
    content = zip_of({"部门决算.pdf": b"x"})
    assert paths(unpacked(with_flag(content, 0, 0))) == ["部门决算.pdf"]


def test_what_accompanies_documents_is_passed_over_as_on_the_disk(unpacked):
    names = ["README.txt", "__MACOSX/._a.pdf", ".DS_Store", "~$a.docx", "a.md", "b/a.pdf"]
    assert paths(unpacked(zip_of(dict.fromkeys(names, b"x")))) == ["b/a.pdf"]


def test_archives_in_archives_are_unpacked_and_named_by_both(unpacked):
    inner = zip_of({"决算.docx": b"inner"})
    found = unpacked(zip_of({"甲局.zip": inner, "乙局.pdf": b"outer"}))
    assert contents(found) == {"甲局.zip!/决算.docx": b"inner", "乙局.pdf": b"outer"}
    assert [each.path for each in found.members if each.is_archive] == ["甲局.zip"]


def test_one_member_is_unpacked_without_the_others(unpacked):
    inner = zip_of({"决算.docx": b"inner", "预算.docx": b"other"})
    found = unpacked(zip_of({"a.pdf": b"x", "甲局.zip": inner}), "甲局.zip!/决算.docx")
    assert contents(found) == {"甲局.zip!/决算.docx": b"inner"}


def test_a_document_that_is_packed_as_a_zip_archive_is_none(unpacked, tmp_path):
    packages = {
        "a.docx": zip_of({"word/document.xml": b"x"}),
        "b.xlsx": zip_of({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}),
        "c.ofd": zip_of({"OFD.xml": b"x"}),
        "d.odt": zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    }
    assert contents(unpacked(zip_of(packages))) == packages
    for name, content in packages.items():
        (tmp_path / name).write_bytes(content)
        assert not is_archive(tmp_path / name)


def test_two_members_of_one_name_are_two_files(unpacked):
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zip_of_infos((zipfile.ZipInfo("决算.pdf"), bytes([each])) for each in range(3))
    assert contents(unpacked(content)) == {
        "决算.pdf": b"\0", "决算 (2).pdf": b"\1", "决算 (3).pdf": b"\2"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd.pdf", "etc/passwd.pdf"),
        ("/etc/passwd.pdf", "etc/passwd.pdf"),
        ("C:\\公开\\决算.pdf", "公开/决算.pdf"),
        ("a/./b//c.pdf", "a/b/c.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("a\x07b.pdf", "ab.pdf"),
    ],
)
def test_a_name_never_leads_out_of_the_archive(unpacked, tmp_path, name, path):
    assert paths(unpacked(zip_of({name: b"x"}))) == [path]
    assert {each.name for each in tmp_path.rglob("*")} == {"a.zip", "out", "0"}


def test_folders_are_no_files_however_they_are_written(unpacked):
    entries = {"公开/": b"", "公开\\附件\\": b"", "公开\\附件\\a.pdf": b"x"}
    assert paths(unpacked(chinese_zip_of(entries))) == ["公开/附件/a.pdf"]


def test_links_are_no_files(unpacked):
    found = unpacked(zip_of_infos([(link("a.pdf"), b"/etc/passwd"), (link("b"), b"..")]))
    assert (found.members, found.reason) == ((), "empty_archive")


def test_a_broken_member_costs_itself_only(unpacked):
    content = bytearray(zip_of({"a.pdf": b"a" * 99, "b.pdf": b"b" * 99, "c.pdf": b"c" * 99}))
    content[content.index(b"b.pdf") + 6] ^= 0xFF
    found = unpacked(bytes(content))
    assert list(contents(found)) == ["a.pdf", "c.pdf"]
    assert reasons(found) == {"b.pdf": "damaged"}


def test_a_member_that_is_protected_costs_itself_only(unpacked):
    content = with_flag(zip_of({"a.pdf": b"a", "b.pdf": b"b"}), ENCRYPTED, 1)
    found = unpacked(content)
    assert list(contents(found)) == ["a.pdf"]
    assert reasons(found) == {"b.pdf": "encrypted"}


def test_an_archive_that_is_protected_is_one_trouble_and_not_many(unpacked):
    content = zip_of({"a.pdf": b"a", "b.pdf": b"b"})
    found = unpacked(with_flag(with_flag(content, ENCRYPTED, 0), ENCRYPTED, 1))
    assert (found.members, found.reason) == ((), "encrypted")
    assert found.explanation.startswith("an archive protected by a password; obtain")


def test_a_way_of_packing_that_is_not_known_is_no_damage(unpacked):
    found = unpacked(with_directory_field(zip_of({"a.pdf": b"a"}), 10, DEFLATE_64, 0))
    assert reasons(found) == {"a.pdf": "unknown_packing"}
    assert "pack it anew" in found.members[0].explanation


def test_sixty_archives_deep_is_too_deep_and_said_of_the_one_where_it_ends(unpacked):
    found = unpacked(nested(b"%PDF-", 60))
    assert paths(found) == ["59.zip", "59.zip!/58.zip", "59.zip!/58.zip!/57.zip"]
    assert reasons(found) == {"59.zip!/58.zip!/57.zip": "too_deep"}
    assert found.members[-1].explanation.startswith("an archive more than 3 archives deep")


def test_as_deep_as_is_allowed_is_not_too_deep(unpacked):
    assert contents(unpacked(nested(b"%PDF-", 3))) == {"2.zip!/1.zip!/决算.pdf": b"%PDF-"}


def test_nothing_is_unpacked_of_what_unpacks_to_too_much(unpacked, tmp_path):
    found = unpacked(zip_of({"a.pdf": bytes(600), "b.pdf": bytes(600)}), byte_count=1000)
    assert (found.members, found.reason) == ((), "too_large")
    assert "JUESUAN_ARCHIVE_MEBIBYTES" in found.explanation
    assert not list((tmp_path / "out").iterdir())


def test_nothing_is_unpacked_of_too_many_files(unpacked):
    many = zip_of({f"{number}.pdf": b"" for number in range(11)})
    assert unpacked(many, file_count=10).reason == "too_large"


def test_a_bomb_in_an_archive_costs_itself_only(unpacked):
    bomb = zip_of({"bomb.pdf": bytes(10**6)})
    found = unpacked(
        zip_of({"a.pdf": b"a", "bomb.zip": bomb, "c.pdf": b"c"}), byte_count=len(bomb) + 1000
    )
    assert list(contents(found)) == ["a.pdf", "c.pdf"]
    assert reasons(found) == {"bomb.zip": "too_large"}


def test_a_member_never_unpacks_to_more_than_it_states(unpacked):
    # The directory says 10 bytes of what are a million.
    found = unpacked(with_directory_field(zip_of({"a.pdf": bytes(10**6)}), 24, 10, 0))
    assert not any(len(each) > 2**16 * 16 for each in contents(found).values())
    assert set(reasons(found)) | set(contents(found)) == {"a.pdf"}


@pytest.mark.parametrize(
    ("offset", "value"),
    [(16, 0x0BAD), (20, 1), (24, 10), (42, 0x0BAD)],
    ids=["checksum", "packed size", "size", "place"],
)
def test_a_directory_that_lies_about_a_member_costs_that_member_only(unpacked, offset, value):
    content = zip_of({"a.pdf": b"a" * 99, "b.pdf": b"b" * 99, "c.pdf": b"c" * 99})
    found = unpacked(with_directory_field(content, offset, value, 1))
    assert contents(found)["a.pdf"] == b"a" * 99
    assert contents(found)["c.pdf"] == b"c" * 99
    assert reasons(found) == {"b.pdf": "damaged"}


@pytest.mark.parametrize("cut", [1, 30, 100])
def test_an_archive_that_is_cut_short_is_left_to_be_judged(tmp_path, cut):
    (tmp_path / "a.zip").write_bytes(zip_of({"a.pdf": b"a" * 99})[:-cut])
    assert not is_archive(tmp_path / "a.zip")


def test_an_archive_without_files_says_so(unpacked):
    assert unpacked(zip_of({})).explanation == "an archive without files; check what it is"


def test_a_member_says_nothing_of_itself_where_nothing_is_wrong():
    assert (Member("a/b.pdf", 1).reason, Member("a/b.pdf", 1).name) == ("", "b.pdf")

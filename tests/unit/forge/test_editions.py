"""Every edition of a disclosure holds its words and numbers, and its writer repeats itself."""

import email
import email.policy
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree, html

from tests.forge import office
from tests.forge.archive_writer import ArchiveHabits, write_zip
from tests.forge.blocks import Section, TableBlock
from tests.forge.disclosure import Manuscript, draft
from tests.forge.editions import Edition, write_edition
from tests.forge.invention import Character, invent_ledger
from tests.forge.mhtml_writer import MhtmlHabits, TransferEncoding, write_mhtml
from tests.forge.ofd_writer import OfdHabits, draw_ofd_habits, write_ofd
from tests.forge.styles import MINISTRY_2022

OFD = {"ofd": "http://www.ofdspec.org/2016"}
MILLIMETRES_A4 = (210, 297)
BY_OFFICE = (Edition.DOC, Edition.WPS, Edition.RTF, Edition.ODT)
EVERY_OFD_HABIT = [OfdHabits(), *map(draw_ofd_habits, range(4)), OfdHabits(*[True] * 6)]


@pytest.fixture(scope="module")
def manuscript() -> Manuscript:
    rng = random.Random(5)  # noqa: S311 - reproducible, and nothing is kept secret
    ledger = invent_ledger(rng, character=Character(12, "2120101", ("2120102",)))
    whole = draft(ledger, MINISTRY_2022)
    return replace(whole, forms=whole.forms[3:6])


def squeezed(text: str) -> str:
    return "".join(text.split())


def characters(sections: Iterable[Section]) -> Counter[str]:
    """Every character of a document but white space."""
    texts: list[str] = []
    for section in sections:
        for block in section.blocks:
            if isinstance(block, TableBlock):
                texts += (cell.text for cell in block.grid.cells)
            else:
                texts += (block.text, block.right)
    return Counter(squeezed("".join(texts)))


@pytest.mark.parametrize("edition", [edition for edition in Edition if edition not in BY_OFFICE])
def test_writing_twice_gives_the_same_bytes(
    edition: Edition, manuscript: Manuscript, tmp_path: Path
):
    for name in ("first", "second"):
        write_edition(manuscript, edition, tmp_path / name, 3)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.parametrize("habits", EVERY_OFD_HABIT, ids=range(6))
def test_an_ofd_page_holds_every_character_at_its_place(
    habits: OfdHabits, manuscript: Manuscript, tmp_path: Path
):
    path = tmp_path / "forged.ofd"
    sections = manuscript.sections()[3:5]
    write_ofd(sections, path, habits)
    texts = found(ofd_pages(path), "TextCode")
    assert Counter(squeezed("".join(text.text or "" for text in texts))) == characters(sections)
    for text in texts:
        steps = unfolded(text.get("DeltaX", ""))
        assert len(steps) == len(text.text or "") - 1
        assert all(0 < step < 10 for step in steps)


def unfolded(steps: str) -> list[float]:
    """Every step of a DeltaX."""
    spread = re.sub(r"g (\d+) (\S+)", lambda match: f"{match[2]} " * int(match[1]), steps)
    return [float(step) for step in spread.split()]


def ofd_pages(path: Path) -> list[etree._Element]:
    """The pages of an OFD file in their order, found the way the standard says."""
    with zipfile.ZipFile(path) as package:

        def part(place: str | None) -> etree._Element:
            return etree.fromstring(package.read(str(place)))

        place = str(part("OFD.xml").findtext(".//ofd:DocRoot", namespaces=OFD))
        document, folder = part(place), place.rpartition("/")[0]
        listed = document.findall("ofd:Pages/ofd:Page", OFD)
        pages = [part(f"{folder}/{page.get('BaseLoc')}") for page in listed]
        fonts = part(f"{folder}/{document.findtext('.//ofd:PublicRes', namespaces=OFD)}")
        templates = {
            template.get("ID"): part(f"{folder}/{template.get('BaseLoc')}")
            for template in document.findall(".//ofd:TemplatePage", OFD)
        }
    assert {each.get("TemplateID") for each in found(pages, "Template")} == set(templates)
    assert {each.get("Font") for each in found(pages, "TextObject")} == {
        each.get("ID") for each in found([fonts], "Font")
    }
    return pages


def found(pages: Iterable[etree._Element], name: str) -> list[etree._Element]:
    return [each for page in pages for each in page.findall(f".//ofd:{name}", OFD)]


@pytest.mark.parametrize("habits", EVERY_OFD_HABIT, ids=range(6))
def test_an_ofd_object_lies_on_its_page(habits: OfdHabits, manuscript: Manuscript, tmp_path: Path):
    path = tmp_path / "forged.ofd"
    write_ofd(manuscript.sections()[3:5], path, habits)
    for page in ofd_pages(path):
        box = page.findtext(".//ofd:PhysicalBox", namespaces=OFD)
        width, height = (float(side) for side in str(box).split()[2:])
        assert sorted((round(width), round(height))) == list(MILLIMETRES_A4)
        for placed in page.xpath("//*[@Boundary]"):
            left, top, right, bottom = (float(side) for side in placed.get("Boundary").split())
            assert -0.1 < left <= left + right < width + 0.1
            assert -0.1 < top <= top + bottom < height + 0.1


def test_the_ids_of_an_ofd_file_are_given_once(manuscript: Manuscript, tmp_path: Path):
    path = tmp_path / "forged.ofd"
    write_ofd(manuscript.sections()[3:5], path)
    ids = [each.get("ID") for page in ofd_pages(path) for each in page.iter() if each.get("ID")]
    assert len(ids) == len(set(ids)) > 100


@pytest.mark.parametrize("transfer", TransferEncoding)
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("is_announced", [True, False])
def test_a_saved_page_shows_what_was_written(
    *,
    transfer: TransferEncoding,
    charset: str,
    is_announced: bool,
    manuscript: Manuscript,
    tmp_path: Path,
):
    path = tmp_path / "forged.mht"
    sections = manuscript.sections()
    write_mhtml(sections, path, MhtmlHabits(charset, transfer, is_announced))
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message.get_content_type() == "multipart/related"
    page, *others = message.iter_parts()
    assert [part.get_content_type() for part in others] == ["text/css", "image/gif"]
    raw = page.get_payload(decode=True)
    assert page.get_param("charset") == (charset if is_announced else None)
    shown = html.fromstring(raw.decode("gbk" if charset == "gb2312" else charset))
    (article,) = shown.xpath("//div[@id='article']")
    assert characters(sections) == Counter(squeezed(article.text_content()))


def test_names_in_archives_are_gbk_and_say_nothing_of_it(tmp_path: Path):
    path = tmp_path / "forged.zip"
    write_zip({"公开/决算.docx": b"content"}, path, ArchiveHabits(has_junk=True))
    with zipfile.ZipFile(path, metadata_encoding="gbk") as archive:
        names = archive.namelist()
        assert archive.read("公开/决算.docx") == b"content"
        assert not any(entry.flag_bits & 0x800 for entry in archive.infolist())
    assert {"公开/决算.docx", "Thumbs.db", "说明.txt"} <= set(names)


def test_folders_may_be_listed_and_parted_by_backslashes(tmp_path: Path):
    path = tmp_path / "forged.zip"
    habits = ArchiveHabits(has_backslashes=True, lists_folders=True, is_gbk=False)
    write_zip({"附件/一/决算.docx": b"content"}, path, habits)
    raw = path.read_bytes()
    assert "附件\\一\\决算.docx".encode() in raw
    assert raw.count("附件\\".encode()) > raw.count("附件\\一\\决算.docx".encode())


def test_an_archive_lies_in_an_archive(manuscript: Manuscript, tmp_path: Path):
    packed, plain = tmp_path / "forged.zip", tmp_path / "forged.docx"
    write_edition(manuscript, Edition.NESTED_ZIP, packed, 4)
    write_edition(manuscript, Edition.DOCX, plain)
    content, depth = packed.read_bytes(), 0
    while content[:2] == b"PK" and (inner := biggest(content)):
        content, depth = inner, depth + 1
    assert depth == 3
    assert content == plain.read_bytes()


def biggest(content: bytes) -> bytes:
    """The largest file of an archive, nothing where it is a Word file already."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "word/document.xml" in archive.namelist():
            return b""
        return archive.read(max(archive.infolist(), key=lambda entry: entry.file_size))


def test_office_formats_say_so_where_there_is_no_office(
    manuscript: Manuscript, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(office.NoOfficeError):
        write_edition(manuscript, Edition.DOC, tmp_path / "forged.doc")
    assert list(tmp_path.iterdir()) == []


def test_the_word_edition_is_the_word_file_of_the_same_disclosure(
    manuscript: Manuscript, tmp_path: Path
):
    path = tmp_path / "forged.docx"
    write_edition(manuscript, Edition.DOCX, path)
    tables = docx.Document(str(path)).tables
    assert len(tables) == len(manuscript.forms)

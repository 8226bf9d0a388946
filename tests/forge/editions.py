"""One disclosure in every format that departments publish in.

Knows which writer a format needs and what it makes of a manuscript. Does not know how formats look.
"""

import random
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path

from tests.forge.archive_writer import draw_archive_habits, write_zip
from tests.forge.disclosure import Manuscript
from tests.forge.docx_writer import write_docx
from tests.forge.mhtml_writer import draw_mhtml_habits, write_mhtml
from tests.forge.ofd_writer import draw_ofd_habits, write_ofd
from tests.forge.office import convert
from tests.forge.pdf_writer import write_pdf
from tests.forge.web_writer import write_web_page
from tests.forge.workbook_habits import draw_habits
from tests.forge.xls_writer import write_xls
from tests.forge.xlsx_writer import write_xlsx

PACKED_IN = ("决算", "公开/部门决算公开", "附件/2023年/附件1")


class Edition(StrEnum):
    """Formats, by the ending of their files' names; several ways to pack count as formats."""

    DOCX = "docx"
    PDF = "pdf"
    WEB_PAGE = "html"
    XLSX = "xlsx"
    XLS = "xls"
    ET = "et"
    OFD = "ofd"
    MHTML = "mht"
    ZIP = "zip"
    NESTED_ZIP = "nested.zip"
    ZIPPED_WORKBOOK = "xlsx.zip"
    DOC = "doc"
    WPS = "wps"
    RTF = "rtf"
    ODT = "odt"


def write_edition(manuscript: Manuscript, edition: Edition, path: Path, seed: int = 0) -> None:
    """Write a manuscript in a format.

    Args:
        manuscript: The document.
        edition: The format.
        path: Where the file goes; what its name says does not matter.
        seed: What programs do differently is drawn from it; what is printed stays the same.

    Raises:
        NoOfficeError: The format needs LibreOffice, which is not installed.
    """
    WRITERS[edition](manuscript, path, seed)


def _write_docx(manuscript: Manuscript, path: Path, _seed: int) -> None:
    sections = manuscript.sections()
    breaks = manuscript.house.pages.breaks_word
    write_docx(manuscript.on_pages(sections) if breaks else sections, path)


def _write_pdf(manuscript: Manuscript, path: Path, _seed: int) -> None:
    write_pdf(manuscript.on_pages(manuscript.sections()), path)


def _write_web_page(manuscript: Manuscript, path: Path, _seed: int) -> None:
    write_web_page(manuscript.sections(), path)


def _write_xlsx(manuscript: Manuscript, path: Path, seed: int) -> None:
    write_xlsx(manuscript.sections(), path, draw_habits(seed))


def _write_xls(manuscript: Manuscript, path: Path, seed: int) -> None:
    write_xls(manuscript.sections(), path, draw_habits(seed))


def _write_ofd(manuscript: Manuscript, path: Path, seed: int) -> None:
    write_ofd(manuscript.on_pages(manuscript.sections()), path, draw_ofd_habits(seed))


def _write_mhtml(manuscript: Manuscript, path: Path, seed: int) -> None:
    write_mhtml(manuscript.sections(), path, draw_mhtml_habits(seed))


def _write_zip(
    manuscript: Manuscript, path: Path, seed: int, *, packed: Edition, depth: int
) -> None:
    """Pack another edition, under a name of its own."""
    write_edition(manuscript, packed, path, seed)
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    name = f"{rng.choice(PACKED_IN)}.{packed}"
    write_zip({name: path.read_bytes()}, path, draw_archive_habits(seed, depth))


def _write_by_office(manuscript: Manuscript, path: Path, seed: int, *, suffix: str) -> None:
    source = path.with_name(f"{path.stem}-source.docx")
    write_edition(manuscript, Edition.DOCX, source, seed)
    try:
        convert(source, suffix, path)
    finally:
        source.unlink()


WRITERS: Mapping[Edition, Callable[[Manuscript, Path, int], None]] = {
    Edition.DOCX: _write_docx,
    Edition.PDF: _write_pdf,
    Edition.WEB_PAGE: _write_web_page,
    Edition.XLSX: _write_xlsx,
    Edition.XLS: _write_xls,
    # Kingsoft's spreadsheets are those of old Excel under another name, and so are its texts.
    Edition.ET: _write_xls,
    Edition.OFD: _write_ofd,
    Edition.MHTML: _write_mhtml,
    Edition.ZIP: partial(_write_zip, packed=Edition.DOCX, depth=1),
    Edition.NESTED_ZIP: partial(_write_zip, packed=Edition.DOCX, depth=3),
    Edition.ZIPPED_WORKBOOK: partial(_write_zip, packed=Edition.XLSX, depth=1),
    Edition.DOC: partial(_write_by_office, suffix="doc"),
    Edition.WPS: partial(_write_by_office, suffix="doc"),
    Edition.RTF: partial(_write_by_office, suffix="rtf"),
    Edition.ODT: partial(_write_by_office, suffix="odt"),
}

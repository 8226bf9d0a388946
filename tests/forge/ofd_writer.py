"""Writes composed sections as an OFD file (GB/T 33190), the same bytes every time.

Knows the packages, pages and objects of OFD. Where things stand on pages it takes from the PDF of
the same sections. Does not know forms or departments.
"""

import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

import pdfplumber

from tests.forge.blocks import Section
from tests.forge.pdf_writer import write_pdf

ZIP_TIME = (2024, 9, 1, 0, 0, 0)
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
MILLIMETRES = 25.4 / 72
FONT_ID = 3
FIRST_ID = 10
TOUCHING = 0.5
"""Points between characters of one run, and between baselines of one line."""
LINE_WIDTH = 0.21
LEAST_REPEATED = 3
"""Equal steps in a row that may be written together."""

Item: TypeAlias = Mapping[str, Any]
"""What pdfplumber tells of a character or a line."""


@dataclass(frozen=True, slots=True)
class OfdHabits:
    """How a program writes OFD.

    Attributes:
        is_by_character: Whether every character is an object of its own.
        scales_text: Whether texts have size one and are enlarged by a matrix.
        groups_steps: Whether equal steps from character to character are written once.
        draws_boxes: Whether rulings are thin filled boxes, not stroked lines.
        joins_rulings: Whether all rulings of a page are one path.
        uses_templates: Whether rulings stand in a template below the page.
    """

    is_by_character: bool = False
    scales_text: bool = False
    groups_steps: bool = False
    draws_boxes: bool = False
    joins_rulings: bool = False
    uses_templates: bool = False


PLAIN_HABITS = OfdHabits()


def draw_ofd_habits(seed: int) -> OfdHabits:
    """Draw a program's habits, each independent of the others."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    return OfdHabits(*(rng.random() < 1 / 2 for _ in range(6)))


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters side by side on one line, in points from the top left corner."""

    text: str
    lefts: tuple[float, ...]
    right: float
    top: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class _Line:
    """One ruling, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page."""

    width: float
    height: float
    runs: tuple[_Run, ...]
    lines: tuple[_Line, ...]


def write_ofd(sections: Iterable[Section], path: Path, habits: OfdHabits = PLAIN_HABITS) -> None:
    """Write sections, set on pages already, to an OFD file."""
    with TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        write_pdf(sections, printed)
        with pdfplumber.open(printed) as pdf:
            sheets = tuple(_sheet(page) for page in pdf.pages)
    parts = _Package(sheets, habits).parts()
    path.write_bytes(_zipped(parts))


def _sheet(page: pdfplumber.page.Page) -> _Sheet:
    return _Sheet(
        *(float(page.width), float(page.height)),
        runs=tuple(_runs(page.chars, float(page.height))),
        lines=tuple(
            _Line(line["x0"], line["top"], line["x1"], line["bottom"]) for line in page.lines
        ),
    )


def _runs(chars: Sequence[Item], height: float) -> Iterator[_Run]:
    """Characters that follow each other without a gap, taken together."""
    current: list[Item] = []
    for char in chars:
        if current and not _continues(current[-1], char):
            yield _run(current, height)
            current = []
        current.append(char)
    if current:
        yield _run(current, height)


def _continues(before: Item, char: Item) -> bool:
    is_same_line = abs(before["matrix"][5] - char["matrix"][5]) < TOUCHING
    is_same_size = bool(before["size"] == char["size"])
    is_next = abs(char["x0"] - before["x1"]) < TOUCHING
    return is_same_line and is_same_size and is_next


def _run(chars: Sequence[Item], height: float) -> _Run:
    first = chars[0]
    return _Run(
        "".join(char["text"] for char in chars),
        tuple(char["x0"] for char in chars),
        *(chars[-1]["x1"], first["top"], height - first["matrix"][5], first["size"]),
    )


@dataclass(slots=True)
class _Package:
    """Collects the files of an OFD package; every object gets an id of its own."""

    sheets: tuple[_Sheet, ...]
    habits: OfdHabits
    last_id: int = FIRST_ID
    templates: list[str] = field(default_factory=list)

    def parts(self) -> dict[str, str]:
        """Every file of the package by name."""
        pages: dict[str, str] = {}
        listed: list[str] = []
        for number, sheet in enumerate(self.sheets):
            place = f"Pages/Page_{number}/Content.xml"
            pages[f"Doc_0/{place}"] = self._page(number, sheet, pages)
            listed.append(f'<ofd:Page ID="{self._new_id()}" BaseLoc="{place}"/>')
        first = self.sheets[0]
        return {
            "OFD.xml": _root(),
            "Doc_0/Document.xml": self._document(listed, first),
            "Doc_0/PublicRes.xml": _fonts(),
            **pages,
        }

    def _new_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def _document(self, listed: Iterable[str], first: _Sheet) -> str:
        return _xml(
            "Document",
            f"<ofd:CommonData><ofd:MaxUnitID>{self.last_id + 1}</ofd:MaxUnitID>"
            f"<ofd:PageArea>{_box(first)}</ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{''.join(self.templates)}"
            f"</ofd:CommonData><ofd:Pages>{''.join(listed)}</ofd:Pages>",
        )

    def _page(self, number: int, sheet: _Sheet, pages: dict[str, str]) -> str:
        texts = "".join(self._texts(sheet))
        rulings = "".join(self._rulings(sheet))
        area = f"<ofd:Area>{_box(sheet)}</ofd:Area>"
        if not (self.habits.uses_templates and rulings):
            return _xml("Page", f"{area}{self._content(rulings + texts, 'Body')}")
        place = f"Tpls/Tpl_{number}/Content.xml"
        template = self._new_id()
        pages[f"Doc_0/{place}"] = _xml("Page", f"{area}{self._content(rulings, 'Background')}")
        self.templates.append(
            f'<ofd:TemplatePage ID="{template}" ZOrder="Background" BaseLoc="{place}"/>'
        )
        used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>'
        return _xml("Page", f"{used}{area}{self._content(texts, 'Body')}")

    def _content(self, objects: str, layer: str) -> str:
        return (
            f'<ofd:Content><ofd:Layer ID="{self._new_id()}" Type="{layer}">{objects}'
            "</ofd:Layer></ofd:Content>"
        )

    def _texts(self, sheet: _Sheet) -> Iterator[str]:
        for run in sheet.runs:
            if not self.habits.is_by_character:
                yield self._text(run)
                continue
            for text, left, right in zip(
                run.text, run.lefts, (*run.lefts[1:], run.right), strict=True
            ):
                yield self._text(_Run(text, (left,), right, run.top, run.baseline, run.size))

    def _text(self, run: _Run) -> str:
        boundary = _numbers(
            run.lefts[0], run.top, run.right - run.lefts[0], run.size * 1.2, scale=MILLIMETRES
        )
        size = run.size * MILLIMETRES
        unit, matrix = MILLIMETRES, ""
        if self.habits.scales_text:
            unit, matrix = 1 / run.size, f' CTM="{_numbers(size, 0, 0, size, 0, 0)}"'
            size = 1
        steps = [after - before for before, after in pairwise(run.lefts)]
        deltas = f' DeltaX="{self._steps([step * unit for step in steps])}"' if steps else ""
        return (
            f'<ofd:TextObject ID="{self._new_id()}" Boundary="{boundary}" Font="{FONT_ID}" '
            f'Size="{_numbers(size)}"{matrix}><ofd:FillColor Value="0 0 0"/>'
            f'<ofd:TextCode X="0" Y="{_numbers((run.baseline - run.top) * unit)}"{deltas}>'
            f"{escape(run.text)}</ofd:TextCode></ofd:TextObject>"
        )

    def _steps(self, steps: Sequence[float]) -> str:
        """How far each character is from the one before, equal steps as ``g`` count step."""
        written = [_numbers(step) for step in steps]
        if not self.habits.groups_steps:
            return " ".join(written)
        grouped: list[str] = []
        while written:
            count = next(
                (place for place, step in enumerate(written) if step != written[0]), len(written)
            )
            same, written = written[:count], written[count:]
            grouped += [f"g {count} {same[0]}"] if count >= LEAST_REPEATED else same
        return " ".join(grouped)

    def _rulings(self, sheet: _Sheet) -> Iterator[str]:
        if not sheet.lines:
            return
        if self.habits.joins_rulings:
            paths = " ".join(self._path(line, 0, 0) for line in sheet.lines)
            yield self._ruling(_numbers(0, 0, sheet.width, sheet.height, scale=MILLIMETRES), paths)
            return
        for line in sheet.lines:
            boundary = _numbers(
                *(line.left, line.top, line.right - line.left, line.bottom - line.top),
                scale=MILLIMETRES,
            )
            yield self._ruling(boundary, self._path(line, line.left, line.top))

    def _path(self, line: _Line, left: float, top: float) -> str:
        start = _Line(line.left - left, line.top - top, line.right - left, line.bottom - top)
        if not self.habits.draws_boxes:
            begin = _numbers(start.left, start.top, scale=MILLIMETRES)
            return f"M {begin} L {_numbers(start.right, start.bottom, scale=MILLIMETRES)}"
        half = LINE_WIDTH / MILLIMETRES / 2
        is_across = start.right - start.left > start.bottom - start.top
        along, up = (0, half) if is_across else (half, 0)
        corners = (
            (start.left - along, start.top - up),
            (start.right + along, start.top - up),
            (start.right + along, start.bottom + up),
            (start.left - along, start.bottom + up),
        )
        points = [_numbers(*corner, scale=MILLIMETRES) for corner in corners]
        return f"M {points[0]} L {points[1]} L {points[2]} L {points[3]} C"

    def _ruling(self, boundary: str, path: str) -> str:
        how = (
            'Stroke="false" Fill="true"><ofd:FillColor Value="0 0 0"/>'
            if self.habits.draws_boxes
            else f'LineWidth="{LINE_WIDTH}"><ofd:StrokeColor Value="0 0 0"/>'
        )
        return (
            f'<ofd:PathObject ID="{self._new_id()}" Boundary="{boundary}" {how}'
            f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def _numbers(*values: float, scale: float = 1) -> str:
    return " ".join(f"{value * scale:.4f}".rstrip("0").rstrip(".") for value in values)


def _box(sheet: _Sheet) -> str:
    size = _numbers(0, 0, sheet.width, sheet.height, scale=MILLIMETRES)
    return f"<ofd:PhysicalBox>{size}</ofd:PhysicalBox>"


def _xml(root: str, content: str) -> str:
    return f"{DECLARATION}\n<ofd:{root} {NAMESPACE}>{content}</ofd:{root}>"


def _root() -> str:
    return (
        f'{DECLARATION}\n<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody>'
        f"<ofd:DocInfo><ofd:DocID>{'0' * 32}</ofd:DocID>"
        "<ofd:CreationDate>2024-09-01</ofd:CreationDate></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _fonts() -> str:
    font = f'<ofd:Font ID="{FONT_ID}" FontName="宋体" FamilyName="宋体"/>'
    return (
        f'{DECLARATION}\n<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts>{font}</ofd:Fonts></ofd:Res>'
    )


def _zipped(parts: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content.encode(), compresslevel=9)
    return packed.getvalue()

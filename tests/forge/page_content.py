"""The content of a PDF page as instructions: where texts and rulings stand, and how to change it.

Knows how the forge's PDFs draw: texts one by one, and rulings as single lines, moved but never
turned. Does not know why anything is changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pikepdf import (
    ContentStreamInstruction,
    Matrix,
    Name,
    Object,
    Operator,
    Page,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

AMOUNT = re.compile(rb"-?\d[\d,]*\.\d+|-?\d{1,3}(?:,\d{3})+")
"""Numbers that are neither codes, years nor the numbers of lines and columns."""
LEAST_RULINGS = 6
"""Lines of a page that has a table."""

Content: TypeAlias = list[ContentStreamInstruction]


@dataclass(frozen=True, slots=True)
class Ruling:
    """One line of a table, on the page; ``first`` and ``last`` are its instructions."""

    left: float
    bottom: float
    right: float
    top: float
    table: int
    first: int
    last: int

    @property
    def is_down(self) -> bool:
        """Whether it parts columns."""
        return self.right - self.left < self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Run:
    """One amount of a table.

    Attributes:
        page_place: Where its only text begins on the page.
        place: The same in the units that are in force there.
        shown_by: The instruction that shows it.
        ends: The instruction that ends the text.
    """

    text: str
    page_place: tuple[float, float]
    place: tuple[float, float]
    size: float
    shown_by: int
    ends: int


@dataclass(slots=True)
class _Pen:
    """Follows a page's content."""

    matrix: Matrix = field(default_factory=Matrix)
    stack: list[Matrix] = field(default_factory=list)

    def follow(self, instruction: ContentStreamInstruction) -> None:
        """Keep up with where the page's units are."""
        operator = str(instruction.operator)
        if operator == "q":
            self.stack.append(self.matrix)
        elif operator == "Q":
            self.matrix = self.stack.pop()
        elif operator == "cm":
            self.matrix = Matrix(*numbers(instruction)) @ self.matrix


def numbers(instruction: ContentStreamInstruction) -> tuple[float, ...]:
    """The operands of an instruction that has only numbers."""
    return tuple(float(str(operand)) for operand in instruction.operands)


def content_of(page: Page) -> Content:
    """A page's instructions; the page draws by a single stream from now on."""
    page.contents_coalesce()
    return [
        instruction
        for instruction in parse_content_stream(page)
        if isinstance(instruction, ContentStreamInstruction)
    ]


def replace_content(page: Page, content: Iterable[ContentStreamInstruction]) -> None:
    """Give a page that draws by a single stream other instructions."""
    page.obj.Contents.write(unparse_content_stream(list(content)))


def instruction(operator: str, *operands: object) -> ContentStreamInstruction:
    """One instruction."""
    return ContentStreamInstruction(list(operands), Operator(operator))  # type: ignore[arg-type]


def rulings(content: Sequence[ContentStreamInstruction]) -> list[Ruling]:
    """Every line that a page draws; ``table`` tells the lines of one table from another's."""
    pen = _Pen()
    found: list[Ruling] = []
    start, table = 0, 0
    begin = end = (0.0, 0.0)
    for number, step in enumerate(content):
        pen.follow(step)
        operator = str(step.operator)
        if operator == "q":
            table = number
        elif operator == "m":
            start, begin = number, numbers(step)[:2]  # type: ignore[assignment]
        elif operator == "l":
            end = numbers(step)[:2]  # type: ignore[assignment]
        elif operator == "S":
            (x0, y0), (x1, y1) = pen.matrix.transform(begin), pen.matrix.transform(end)
            found.append(
                Ruling(*(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), table, start, number)
            )
    return found


def tables(content: Sequence[ContentStreamInstruction]) -> list[list[Ruling]]:
    """The rulings of each table of a page."""
    by_table: dict[int, list[Ruling]] = {}
    for ruling in rulings(content):
        by_table.setdefault(ruling.table, []).append(ruling)
    return [lines for lines in by_table.values() if len(lines) >= LEAST_RULINGS]


def amounts(content: Sequence[ContentStreamInstruction]) -> Iterator[Run]:
    """Every amount that is the only text between the beginning and the end of a text."""
    pen = _Pen()
    start = 0
    for number, step in enumerate(content):
        pen.follow(step)
        operator = str(step.operator)
        if operator == "BT":
            start = number
        elif operator == "ET":
            run = _amount(content[start:number], start, pen.matrix)
            if run:
                yield run


def _amount(text: Sequence[ContentStreamInstruction], start: int, matrix: Matrix) -> Run | None:
    shown = [number for number, step in enumerate(text) if str(step.operator) == "Tj"]
    if len(shown) != 1:
        return None
    raw = bytes(text[shown[0]].operands[0])
    if not AMOUNT.fullmatch(raw):
        return None
    x = y = size = 0.0
    for step in text[: shown[0]]:
        operator = str(step.operator)
        if operator == "Tm":
            x, y = numbers(step)[4:]
        elif operator == "Td":
            along, up = numbers(step)
            x, y = x + along, y + up
        elif operator == "Tf":
            size = float(str(step.operands[1]))
        elif operator == "Ts":
            y += numbers(step)[0]
    return Run(
        raw.decode(),
        matrix.transform((x, y)),
        *((x, y), size, start + shown[0], start + len(text)),
    )


def add_to_page(page: Page, drawn: Stream | Object, name: str, *, is_below: bool = False) -> None:
    """Draw a form object over, or below, everything else on a page.

    Args:
        page: The page.
        drawn: A form object of the same file, as large as the page.
        name: What the page calls it; each name once.
        is_below: Whether it is drawn first.
    """
    page.add_resource(drawn, Name.XObject, Name(f"/{name}"))
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q")
    page.contents_add(f"q /{name} Do Q".encode(), prepend=is_below)

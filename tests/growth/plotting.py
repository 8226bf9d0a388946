"""Draws measured and extrapolated costs as an SVG.

Knows axes, marks and lines. Does not know how anything was measured.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor, white

from tests.growth.fitting import Growth, Point

PANEL_WIDTH, PANEL_HEIGHT = 380, 250
LEFT, RIGHT, BOTTOM, TOP = 64, 24, 40, 34
COLUMNS = 2
SMALL, LARGE = 9, 11
STEPS = 40
INK, PALE, MEASURED, FITTED = map(HexColor, ("#333333", "#dddddd", "#1f5a91", "#c2571a"))


@dataclass(frozen=True, slots=True)
class Panel:
    """One cost over the number of documents.

    Attributes:
        title: What the cost is, with its unit.
        points: What was measured.
        growth: What was fitted.
        last: The number of documents up to which the fit is drawn.
    """

    title: str
    points: Sequence[Point]
    growth: Growth
    last: float


def draw_panels(panels: Sequence[Panel], path: Path) -> None:
    """Draw all panels, in rows of two; the folder is made where it is missing."""
    rows = math.ceil(len(panels) / COLUMNS)
    width, height = COLUMNS * PANEL_WIDTH, rows * PANEL_HEIGHT
    drawing = Drawing(width, height)
    # Pages may be dark; what is drawn is not.
    drawing.add(Rect(0, 0, width, height, fillColor=white, strokeColor=None))
    for number, panel in enumerate(panels):
        row, column = divmod(number, COLUMNS)
        group = _panel(panel)
        group.translate(column * PANEL_WIDTH, (rows - 1 - row) * PANEL_HEIGHT)
        drawing.add(group)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = renderSVG.drawToString(drawing)
    told = ", ".join(panel.title for panel in panels)
    for element, words in (("title", "How costs grow"), ("desc", f"By documents: {told}")):
        text = text.replace(f"<{element}>...</{element}>", f"<{element}>{words}</{element}>")
    path.write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Scale:
    """Decades of a cost, or of a number of documents, along one side of a panel."""

    low: int
    high: int
    begin: float
    end: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)

    @property
    def decades(self) -> range:
        return range(self.low, self.high + 1)


def _scale(values: Sequence[float], begin: float, end: float) -> _Scale:
    low = math.floor(math.log10(min(values)))
    return _Scale(low, max(math.ceil(math.log10(max(values))), low + 1), begin, end)


def _panel(panel: Panel) -> Group:
    first = min(documents for documents, _ in panel.points)
    sizes = [first * (panel.last / first) ** (step / STEPS) for step in range(STEPS + 1)]
    fitted = [(size, panel.growth.best.at(size)) for size in sizes]
    everything = [*panel.points, *fitted]
    across = _scale([size for size, _ in everything], LEFT, PANEL_WIDTH - RIGHT)
    up = _scale([cost for _, cost in everything], BOTTOM, PANEL_HEIGHT - TOP)
    group = Group(*_grid(across, up), _text(LEFT, PANEL_HEIGHT - 20, panel.title, LARGE, "start"))
    places = [place for size, cost in fitted for place in (across.at(size), up.at(cost))]
    group.add(PolyLine(places, strokeColor=FITTED, strokeWidth=1.2, strokeDashArray=(4, 3)))
    for size, cost in panel.points:
        group.add(Circle(across.at(size), up.at(cost), 3.2, fillColor=MEASURED, strokeColor=None))
    return group


def _grid(across: _Scale, up: _Scale) -> list[Line | String]:
    shapes: list[Line | String] = []
    for decade in across.decades:
        place = across.at(10**decade)
        shapes.append(_line((place, up.begin), (place, up.end), PALE))
        shapes.append(_text(place, up.begin - 14, f"{10**decade:,}", SMALL, "middle"))
    for decade in up.decades:
        place = up.at(10**decade)
        shapes.append(_line((across.begin, place), (across.end, place), PALE))
        shapes.append(_text(across.begin - 6, place - 3, f"{10.0**decade:,.10g}", SMALL, "end"))
    middle = (across.begin + across.end) / 2
    shapes.append(_text(middle, up.begin - 30, "documents", SMALL, "middle"))
    return shapes


def _line(begin: Point, end: Point, colour: Color) -> Line:
    return Line(*begin, *end, strokeColor=colour, strokeWidth=0.6)


def _text(x: float, y: float, text: str, size: int, anchor: str) -> String:
    return String(x, y, text, fontSize=size, fillColor=INK, textAnchor=anchor)

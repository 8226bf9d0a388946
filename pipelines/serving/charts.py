"""Charts: declared in Vega-Lite, drawn by vl-convert as SVG or PNG.

Knows what a chart looks like. Does not know what is drawn. Colours and sizes are those of the style
sheet; amounts are drawn in 万元.

Drawing needs neither a browser nor the network, and takes what it draws from nowhere but the chart.
A server declares them without Altair, which is 24 MB and a third of a second to load, and a third
of the time that a chart takes; tests hold them against Altair's schema.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from starlette.responses import Response

from pipelines.serving.amounts import YUAN_IN_WAN, in_wan

FONT = ", ".join(
    (
        '"Noto Sans SC"',
        '"Source Han Sans SC"',
        '"Noto Sans CJK SC"',
        '"PingFang SC"',
        '"Microsoft YaHei"',
        "sans-serif",
    )
)
INK, SOFT, HAIR = "#1d2129", "#59606b", "#e9ebee"
# Told apart in grey, too, and by people who see red and green alike.
COLOURS = ("#7a1f2b", "#c9a35a", "#14508c", "#7fa8c9")
DASHES = [[1, 0], [7, 5], [2, 4], [9, 3]]
BAR_HEIGHT, PLOT_HEIGHT = 22, 220
# Of the plot, and of the labels beside it: on a desk, and on a telephone.
WIDTHS, LABEL_LIMITS = (560, 210), (260, 110)
PNG_SCALE = 2
# Steps of a scale of shares, in per cent.
COARSE = 10
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}

# A chart as Vega-Lite describes it.
Spec: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """A drawn amount.

    Attributes:
        label: What it is of.
        series: Which of several it belongs to, '' where there is one.
        value: The amount in yuan, or a share in per cent.
    """

    label: str
    series: str
    value: Decimal


def bar_chart(points: Sequence[Point], unit: str, *, is_narrow: bool = False) -> Spec:
    """Bars that lie, one a label in the given order, with the amounts beside them.

    Several series stand under each other at each label.

    Args:
        points: What is drawn.
        unit: What the amounts are in.
        is_narrow: Whether it is for a telephone.
    """
    labels, series = _in_order(point.label for point in points), _series(points)
    placed: Spec = {
        "x": {
            "field": "value",
            "type": "quantitative",
            "title": unit,
            "axis": {"tickCount": 4, "format": ",~r"},
        },
        "y": {
            "field": "label",
            "type": "nominal",
            "sort": labels,
            "title": None,
            "scale": {"paddingInner": 0.25},
            "axis": {"labelLimit": LABEL_LIMITS[is_narrow], "ticks": False, "domain": False},
        },
    }
    if len(series) > 1:
        placed["yOffset"] = {"field": "series", "type": "nominal", "sort": series}
    return {
        **_styled(points, YUAN_IN_WAN),
        "width": WIDTHS[is_narrow],
        "height": BAR_HEIGHT * len(labels) * len(series) + 10,
        "encoding": placed,
        "layer": [
            {"mark": "bar", "encoding": {"color": _colour(series)}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": INK},
                "encoding": {"text": {"field": "told", "type": "nominal"}},
            },
        ],
    }


def line_chart(
    points: Sequence[Point], unit: str, *, is_share: bool = False, is_narrow: bool = False
) -> Spec:
    """Lines over years or days, one a series, with a dot at each value.

    Args:
        points: What is drawn.
        unit: What the values are in.
        is_share: Whether they are shares, on a scale of whole tens that ends at 100.
        is_narrow: Whether it is for a telephone.
    """
    labels, series = _in_order(point.label for point in points), _series(points)
    return {
        **_styled(points, 1 if is_share else YUAN_IN_WAN),
        "width": WIDTHS[is_narrow],
        "height": PLOT_HEIGHT,
        "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 50, "filled": True}},
        "encoding": {
            "x": {
                "field": "label",
                "type": "ordinal",
                "sort": labels,
                "title": None,
                # Where they do not fit beside each other, every second is left out.
                "axis": {"labelAngle": 0, "labelOverlap": "parity", "labelSeparation": 6},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": unit,
                "scale": {"domain": _domain_of_shares(points)} if is_share else {"zero": True},
                "axis": {"tickCount": 5, "format": ",~r"},
            },
            "color": _colour(series),
            "shape": {"field": "series", "type": "nominal", "sort": series, "legend": None},
            # Where two lines are the same, as income and expenditure often are, both are seen.
            "strokeDash": {
                "field": "series",
                "type": "nominal",
                "sort": series,
                "scale": {"range": DASHES},
                "legend": None,
            },
        },
    }


def drawn(spec: Spec, layout: str) -> Response:
    """An answer that is a picture of a chart.

    Args:
        spec: The chart.
        layout: ``svg`` or ``png``.
    """
    import vl_convert

    content: str | bytes
    if layout == "svg":
        content = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    else:
        content = vl_convert.vegalite_to_png(spec, scale=PNG_SCALE, allowed_base_urls=[])
    return Response(content, media_type=MEDIA_TYPES[layout])


def _domain_of_shares(points: Sequence[Point]) -> list[int]:
    """From whole tens below all of them to 100, so that a tenth of a per cent looks like one."""
    least = min((point.value for point in points), default=Decimal(100))
    return [max(0, int(min(least, Decimal(99)) // COARSE) * COARSE), 100]


def _series(points: Sequence[Point]) -> list[str]:
    return _in_order(point.series for point in points)


def _in_order(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _colour(series: Sequence[str]) -> Spec:
    return {
        "field": "series",
        "type": "nominal",
        "sort": list(series),
        "scale": {"range": list(COLOURS)},
        "legend": {"title": None, "orient": "top"} if len(series) > 1 else None,
    }


def _styled(points: Sequence[Point], divisor: Decimal | int) -> Spec:
    """What is drawn, and what all charts look like."""
    values = [
        {
            "label": point.label,
            "series": point.series,
            # Only to be drawn: the amounts themselves are told beside it.
            "value": float(point.value / divisor),
            "told": in_wan(point.value),
        }
        for point in points
    ]
    return {
        "$schema": SCHEMA,
        "background": "#ffffff",
        "padding": 6,
        "data": {"values": values},
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": SOFT,
                "titleColor": SOFT,
                "labelFontSize": 13,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "gridColor": HAIR,
                "domainColor": HAIR,
                "tickColor": HAIR,
            },
            "legend": {"labelFontSize": 13, "labelColor": INK, "symbolType": "square"},
            "text": {"fontSize": 12},
        },
    }

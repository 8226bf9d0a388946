"""Charts: declared with Altair, drawn by vl-convert as SVG or PNG.

Knows what a chart looks like. Does not know what is drawn. Colours and sizes are those of the style
sheet; amounts are drawn in 万元.

Drawing needs neither a browser nor the network, and takes what it draws from nowhere but the chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from pipelines.serving.amounts import YUAN_IN_WAN, in_wan

if TYPE_CHECKING:
    import altair as alt

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
WIDTH, BAR_HEIGHT, PLOT_HEIGHT = 560, 22, 220
LABEL_LIMIT = 260
PNG_SCALE = 2
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Point:
    """A drawn amount.

    Attributes:
        label: What it is of.
        series: Which of several it belongs to, '' where there is one.
        yuan: The amount.
    """

    label: str
    series: str
    yuan: Decimal


def bar_chart(points: Sequence[Point], unit: str) -> "alt.Chart | alt.LayerChart":
    """Bars that lie, one a label in the given order, with the amounts beside them.

    Several series stand under each other at each label.
    """
    import altair as alt

    labels = list(dict.fromkeys(point.label for point in points))
    series = list(dict.fromkeys(point.series for point in points))
    base = alt.Chart(_data(points)).encode(
        x=alt.X("wan:Q", title=unit, axis=alt.Axis(grid=True, tickCount=5, format=",~r")),
        y=alt.Y(
            "label:N",
            sort=labels,
            title=None,
            scale=alt.Scale(paddingInner=0.25),
            axis=alt.Axis(labelLimit=LABEL_LIMIT, ticks=False, domain=False),
        ),
    )
    if len(series) > 1:
        base = base.encode(yOffset=alt.YOffset("series:N", sort=series))
    bars = base.mark_bar().encode(color=_colour(series))
    amounts = base.mark_text(align="left", dx=4, color=INK).encode(text="told:N")
    height = BAR_HEIGHT * len(labels) * max(1, len(series)) + 10
    return (bars + amounts).properties(width=WIDTH, height=height)


def line_chart(
    points: Sequence[Point], unit: str, *, is_share: bool = False
) -> "alt.Chart | alt.LayerChart":
    """Lines over years or days, one a series, with a dot at each value.

    Args:
        points: The values; of shares, per cent in place of yuan.
        unit: What they are in.
        is_share: Whether they are shares: drawn as they are, on a scale up to 100.
    """
    import altair as alt

    series = list(dict.fromkeys(point.series for point in points))
    labels = list(dict.fromkeys(point.label for point in points))
    scale = alt.Scale(domainMax=100, zero=False, nice=True) if is_share else alt.Scale(zero=True)
    return (
        alt.Chart(_data(points, 1 if is_share else YUAN_IN_WAN))
        .mark_line(point=alt.OverlayMarkDef(size=50, filled=True), strokeWidth=2)
        .encode(
            x=alt.X("label:O", sort=labels, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("wan:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=5, format=",~r")),
            color=_colour(series),
            shape=alt.Shape("series:N", sort=series, legend=None),
        )
        .properties(width=WIDTH, height=PLOT_HEIGHT)
    )


def drawn(chart: "alt.Chart | alt.LayerChart", layout: str) -> Response:
    """An answer that is a picture of a chart.

    Args:
        chart: The chart.
        layout: ``svg`` or ``png``.
    """
    import vl_convert

    spec = _styled(chart).to_dict()
    content: str | bytes
    if layout == "svg":
        content = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    else:
        content = vl_convert.vegalite_to_png(spec, scale=PNG_SCALE, allowed_base_urls=[])
    return Response(content, media_type=MEDIA_TYPES[layout])


def _data(points: Sequence[Point], divisor: Decimal | int = YUAN_IN_WAN) -> Any:
    import altair as alt

    return alt.Data(
        values=[
            {
                "label": point.label,
                "series": point.series,
                # Only to be drawn: the amounts themselves are told beside it.
                "wan": float(point.yuan / divisor),
                "told": in_wan(point.yuan),
            }
            for point in points
        ]
    )


def _colour(series: Sequence[str]) -> Any:
    import altair as alt

    legend = alt.Legend(title=None, orient="top") if len(series) > 1 else None
    return alt.Color(
        "series:N", sort=list(series), scale=alt.Scale(range=list(COLOURS)), legend=legend
    )


def _styled(chart: "alt.Chart | alt.LayerChart") -> Any:
    return (
        chart.configure(background="#ffffff", font=FONT, padding=6)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=SOFT,
            titleColor=SOFT,
            labelFontSize=13,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=HAIR,
            domainColor=HAIR,
            tickColor=HAIR,
        )
        .configure_legend(labelFontSize=13, labelColor=INK, symbolType="square")
        .configure_text(fontSize=12)
    )

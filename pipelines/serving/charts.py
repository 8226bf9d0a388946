"""Charts: declared with Altair, drawn by vl-convert as SVG or PNG.

Knows what a chart looks like. Does not know what is drawn. Colours and sizes are those of the style
sheet; amounts are drawn in 万元.

Drawing needs neither a browser nor the network, and takes what it draws from nowhere but the chart.
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
BAR_HEIGHT, PLOT_HEIGHT = 22, 220
# Of the plot, and of the labels beside it: on a desk, and on a telephone.
WIDTHS, LABEL_LIMITS = (560, 210), (260, 110)
PNG_SCALE = 2
# Steps of a scale of shares, in per cent.
COARSE = 10
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
    import altair as alt

    labels, series = _in_order(point.label for point in points), _series(points)
    base = alt.Chart(_data(points)).encode(
        x=alt.X("value:Q", title=unit, axis=alt.Axis(tickCount=4, format=",~r")),
        y=alt.Y(
            "label:N",
            sort=labels,
            title=None,
            scale=alt.Scale(paddingInner=0.25),
            axis=alt.Axis(labelLimit=LABEL_LIMITS[is_narrow], ticks=False, domain=False),
        ),
    )
    if len(series) > 1:
        base = base.encode(yOffset=alt.YOffset("series:N", sort=series))
    bars = base.mark_bar().encode(color=_colour(series))
    amounts = base.mark_text(align="left", dx=4, color=INK).encode(text="told:N")
    height = BAR_HEIGHT * len(labels) * len(series) + 10
    return _styled((bars + amounts).properties(width=WIDTHS[is_narrow], height=height))


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
    import altair as alt

    labels, series = _in_order(point.label for point in points), _series(points)
    scale = alt.Scale(domain=_domain_of_shares(points)) if is_share else alt.Scale(zero=True)
    chart = (
        alt.Chart(_data(points, 1 if is_share else YUAN_IN_WAN))
        .mark_line(point=alt.OverlayMarkDef(size=50, filled=True), strokeWidth=2)
        .encode(
            x=alt.X("label:O", sort=labels, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=5, format=",~r")),
            color=_colour(series),
            shape=alt.Shape("series:N", sort=series, legend=None),
        )
    )
    return _styled(chart.properties(width=WIDTHS[is_narrow], height=PLOT_HEIGHT))


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


# Altair tells apart dozens of types where it takes any of them.
def _data(points: Sequence[Point], divisor: Decimal | int = YUAN_IN_WAN) -> Any:  # noqa: ANN401
    import altair as alt

    return alt.Data(
        values=[
            {
                "label": point.label,
                "series": point.series,
                # Only to be drawn: the amounts themselves are told beside it.
                "value": float(point.value / divisor),
                "told": in_wan(point.value),
            }
            for point in points
        ]
    )


def _colour(series: Sequence[str]) -> Any:  # noqa: ANN401
    import altair as alt

    legend = alt.Legend(title=None, orient="top") if len(series) > 1 else None
    return alt.Color(
        "series:N", sort=list(series), scale=alt.Scale(range=list(COLOURS)), legend=legend
    )


def _styled(chart: Any) -> Spec:  # noqa: ANN401
    styled = (
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
    spec: Spec = styled.to_dict()
    return spec

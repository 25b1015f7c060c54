"""What the charts share: formats, colors, data inside the page, and a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.rapport.theme import theme

if TYPE_CHECKING:
    import altair
    import polars

EUROS = "$,.0f"
MILLIONS = (
    "datum.value == 0 ? '0 €'"
    " : abs(datum.value) < 1e-3 ? format(datum.value * 1e6, ',.4~r') + ' €'"
    " : abs(datum.value) < 1 ? format(datum.value * 1e3, ',.4~r') + ' k€'"
    " : format(datum.value, ',.4~r') + ' M€'"
)
INHABITANTS = ",.0f"


def zero_line() -> altair.Chart:
    """Draw the line of zero."""
    import altair as alt

    return (
        alt.Chart(alt.InlineData(values=[{}]))
        .mark_rule(color=theme()["config"]["axis"]["domainColor"])
        .encode(y=alt.YDatum(0))
    )


def data(frame: polars.DataFrame) -> altair.InlineData:
    """Put the rows of a frame inside a chart."""
    import altair as alt

    return alt.InlineData(values=frame.to_dicts())


def color_of(field: str, colors: dict[str, str]) -> altair.Color:
    """Give the marks the color of their key; the page has the legend."""
    import altair as alt

    scale = alt.Scale(domain=list(colors), range=list(colors.values()))
    return alt.Color(f"{field}:N", legend=None, scale=scale)


def tooltip(**titles: str) -> Sequence[altair.Tooltip]:
    """Show texts under the pointer, each with its title, by the name of its field."""
    import altair as alt

    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def specification(chart: Any, height: float) -> dict[str, Any]:
    """Give the specification of a chart as wide as its place, with the look of the page."""
    import altair as alt

    return (
        chart.properties(
            width="container",
            height=height,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding", resize=True),
        )
        .configure(**theme()["config"])
        .to_dict()
    )

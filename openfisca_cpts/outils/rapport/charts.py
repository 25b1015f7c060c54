"""The charts, as Vega-Lite specifications whose data stand inside them.

Numbers are written by the locale that the page gives Vega; a text that a tooltip shows is written
in the data. altair makes up no name, as it would count the charts of a process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.rapport.chart_parts import (
    EUROS,
    INHABITANTS,
    MILLIONS,
    color_of,
    data,
    specification,
    tooltip,
    zero_line,
)
from openfisca_cpts.outils.rapport.theme import theme

if TYPE_CHECKING:
    import polars


def bars_by_year(frame: polars.DataFrame, colors: dict[str, str], title: str) -> dict[str, Any]:
    """Show an amount by year, scenarios side by side.

    Args:
        frame: `annee`, `scenario`, `titre`, `millions` (M€) and `montant` (text of the tooltip).
        colors: color of each scenario, in their order.
        title: title of the axis.

    Returns:
        The specification: bars, or lines where the bars would be too many.
    """
    import altair as alt

    chart = alt.Chart(data(frame)).encode(
        x=alt.X("annee:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("millions:Q", title=title, axis=alt.Axis(labelExpr=MILLIONS)),
        color=color_of("scenario", colors),
        tooltip=tooltip(annee="Année", titre="Scénario", montant="Montant"),
    )
    if frame.height > theme()["most_bars"]:
        marked = chart.mark_line(point=True, strokeWidth=theme()["size"]["line"])
    else:
        padding = theme()["padding"]
        bars = chart.mark_bar(cornerRadiusEnd=1).encode(
            x=alt.X(
                "annee:O",
                title=None,
                axis=alt.Axis(labelAngle=0),
                scale=alt.Scale(paddingInner=padding["group"], paddingOuter=padding["bar"]),
            ),
            xOffset=alt.XOffset(
                "scenario:N",
                sort=list(colors),
                scale=alt.Scale(domain=list(colors), paddingInner=padding["bar"]),
            ),
        )
        marked = zero_line() + bars
    return specification(marked, theme()["height"]["medium"])


def bars_by_group(frame: polars.DataFrame, colors: dict[str, str], title: str) -> dict[str, Any]:
    """Show an amount by size or by region, scenarios one under the other.

    Args:
        frame: `groupe` (text), `scenario`, `titre`, `millions` (M€) and `montant` (text).
        colors: color of each scenario shown, in their order.
        title: title of the axis.

    Returns:
        The specification.
    """
    import altair as alt

    groups = frame["groupe"].unique(maintain_order=True).to_list()
    padding = theme()["padding"]
    chart = (
        alt.Chart(data(frame))
        .mark_bar(cornerRadiusEnd=1)
        .encode(
            y=alt.Y(
                "groupe:N",
                title=None,
                sort=groups,
                axis=alt.Axis(labelLimit=0, domain=False, ticks=False),
                scale=alt.Scale(paddingInner=padding["group"], paddingOuter=padding["bar"]),
            ),
            yOffset=alt.YOffset(
                "scenario:N",
                sort=list(colors),
                scale=alt.Scale(domain=list(colors), paddingInner=padding["bar"]),
            ),
            x=alt.X("millions:Q", title=title, axis=alt.Axis(labelExpr=MILLIONS, grid=True)),
            color=color_of("scenario", colors),
            tooltip=tooltip(groupe="Groupe", titre="Scénario", montant="Montant"),
        )
    )
    height = theme()["height"]
    return specification(chart, height["row"] * len(groups) + height["margin"])


def sorted_bars(frame: polars.DataFrame, colors: dict[str, str], title: str) -> dict[str, Any]:
    """Show a difference, one bar per community, from the highest gain to the highest loss.

    Args:
        frame: `rang`, `rang_suivant`, `ecart` (euros), `taille` (key), `communaute`,
            `taille_titre` and `montant` (texts), sorted.
        colors: color of each size.
        title: title of the axis of euros.

    Returns:
        The specification.
    """
    import altair as alt

    bars = (
        alt.Chart(data(frame))
        .mark_rect(stroke="white", strokeWidth=0)
        .encode(
            x=alt.X(
                "rang:Q",
                title="Communautés, triées par écart",
                axis=alt.Axis(labels=False, ticks=False),
                scale=alt.Scale(domain=[0, max(frame.height, 1)], nice=False),
            ),
            x2="rang_suivant:Q",
            y=alt.Y("ecart:Q", title=title, axis=alt.Axis(format=EUROS)),
            y2=alt.Y2Datum(0),
            color=color_of("taille", colors),
            tooltip=tooltip(communaute="Communauté", taille_titre="Taille", montant="Écart"),
        )
    )
    return specification(zero_line() + bars, theme()["height"]["medium"])


def histogram(frame: polars.DataFrame, color: str, title: str) -> dict[str, Any]:
    """Show how many communities stand in each step of an amount.

    Args:
        frame: `debut`, `fin` (euros), `nombre`.
        color: color of the bars.
        title: title of the axis of euros.

    Returns:
        The specification.
    """
    import altair as alt

    chart = (
        alt.Chart(data(frame))
        .mark_rect(color=color, stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("debut:Q", title=title, axis=alt.Axis(format=EUROS)),
            x2="fin:Q",
            y=alt.Y("nombre:Q", title="Communautés", axis=alt.Axis(format=INHABITANTS)),
            y2=alt.Y2Datum(0),
            tooltip=[
                alt.Tooltip("debut:Q", title="De", format=EUROS),
                alt.Tooltip("fin:Q", title="À", format=EUROS),
                alt.Tooltip("nombre:Q", title="Communautés", format=INHABITANTS),
            ],
        )
    )
    return specification(chart, theme()["height"]["medium"])


def shares(frame: polars.DataFrame, colors: dict[str, str]) -> dict[str, Any]:
    """Show how communities divide between those that gain, those that lose, and the others.

    Args:
        frame: `annee`, `sens` (key), `sens_titre`, `rang` (order of the parts) and `nombre`.
        colors: color of each part, in their order.

    Returns:
        The specification.
    """
    import altair as alt

    padding = theme()["padding"]
    chart = (
        alt.Chart(data(frame))
        .mark_bar()
        .encode(
            y=alt.Y(
                "annee:O",
                title=None,
                axis=alt.Axis(domain=False, ticks=False),
                scale=alt.Scale(paddingInner=padding["group"], paddingOuter=padding["bar"]),
            ),
            x=alt.X("nombre:Q", title="Communautés", axis=alt.Axis(format=INHABITANTS, grid=True)),
            color=color_of("sens", colors),
            order=alt.Order("rang:Q"),
            tooltip=[
                alt.Tooltip("annee:O", title="Année"),
                alt.Tooltip("sens_titre:N", title="Communautés"),
                alt.Tooltip("nombre:Q", title="Nombre", format=INHABITANTS),
            ],
        )
    )
    height = theme()["height"]
    years = frame["annee"].n_unique()
    return specification(chart, height["row"] * years + height["margin"])


def ranges(frame: polars.DataFrame, colors: dict[str, str], title: str) -> dict[str, Any]:
    """Show between what and what a total moves, and where it stands.

    Args:
        frame: `scenario`, `titre`, `bas`, `haut`, `retenu` (M€), `fourchette` (text).
        colors: color of each scenario.
        title: title of the axis.

    Returns:
        The specification.
    """
    import altair as alt

    size, height = theme()["size"], theme()["height"]
    base = alt.Chart(data(frame)).encode(
        y=alt.Y(
            "scenario:N",
            title=None,
            sort=list(colors),
            axis=alt.Axis(labels=False, domain=False, ticks=False),
        ),
        color=color_of("scenario", colors),
        tooltip=tooltip(titre="Scénario", fourchette="Fourchette"),
    )
    scale = alt.Scale(zero=False, padding=size["tick"])
    axis = alt.Axis(labelExpr=MILLIONS, grid=True)
    rules = base.mark_rule(strokeWidth=size["rule"]).encode(
        x=alt.X("bas:Q", title=title, scale=scale, axis=axis), x2="haut:Q"
    )
    ticks = base.mark_tick(size=size["tick"], thickness=size["rule"]).encode(x="retenu:Q")
    return specification(rules + ticks, height["row"] * frame.height + height["margin"])

"""The chart of amounts against the population."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.rapport.chart_parts import (
    EUROS,
    INHABITANTS,
    color_of,
    data,
    specification,
    tooltip,
)
from openfisca_cpts.outils.rapport.theme import theme

if TYPE_CHECKING:
    import polars


def scale_of_population(
    lines: polars.DataFrame,
    points: polars.DataFrame,
    cells: polars.DataFrame,
    colors: dict[str, str],
    title: str,
) -> dict[str, Any]:
    """Show an amount against the population: what the scale gives, and where communities stand.

    Args:
        lines: `scenario`, `titre`, `population`, `montant` (euros), in the order of populations.
        points: `scenario`, `population`, `montant`, `communaute` and `texte`; empty where cells
            stand for them.
        cells: `scenario`, `population`, `population_fin`, `montant`, `montant_fin`, `nombre`.
        colors: color of each scenario shown.
        title: title of the axis of euros.

    Returns:
        The specification.
    """
    import altair as alt

    size, opacity = theme()["size"], theme()["opacity"]
    x = alt.X(
        "population:Q",
        title="Habitants",
        axis=alt.Axis(format=INHABITANTS),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y("montant:Q", title=title, axis=alt.Axis(format=EUROS))
    widths = [size["wide"], *[size["line"]] * (len(colors) - 1)]
    layers: list[Any] = [
        alt.Chart(data(cells))
        .mark_rect()
        .encode(
            x=x,
            x2="population_fin:Q",
            y=y,
            y2="montant_fin:Q",
            color=color_of("scenario", colors),
            opacity=alt.Opacity(
                "nombre:Q", legend=None, scale=alt.Scale(type="log", range=opacity["cells"])
            ),
            tooltip=[
                alt.Tooltip("population:Q", title="Habitants, de", format=INHABITANTS),
                alt.Tooltip("montant:Q", title="Montant, de", format=EUROS),
                alt.Tooltip("nombre:Q", title="Communautés", format=INHABITANTS),
            ],
        )
    ]
    layers += [
        alt.Chart(data(lines))
        .mark_line(interpolate="step-after")
        .encode(
            x=x,
            y=y,
            color=color_of("scenario", colors),
            # The first is the widest: it shows beneath those that give the same.
            strokeWidth=alt.StrokeWidth(
                "scenario:N", legend=None, scale=alt.Scale(domain=list(colors), range=widths)
            ),
        ),
        alt.Chart(data(points))
        .mark_circle(size=size["point"], opacity=opacity["point"])
        .encode(
            x=x,
            y=y,
            color=color_of("scenario", colors),
            tooltip=tooltip(communaute="Communauté", titre="Scénario", texte="Montant"),
        ),
    ]
    kept = [
        layer for layer, frame in zip(layers, (cells, lines, points), strict=True) if frame.height
    ]
    return specification(alt.layer(*kept), theme()["height"]["tall"])

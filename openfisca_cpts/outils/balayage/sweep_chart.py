"""The chart of a sweep: a curve for one dial, a map of colors for two."""

from __future__ import annotations

from typing import Any

import polars

from openfisca_cpts.outils.balayage.points_table import headline
from openfisca_cpts.outils.balayage.sweep import Sweep
from openfisca_cpts.outils.rapport.chart_parts import MILLIONS, data, specification
from openfisca_cpts.outils.rapport.pieces import Figure
from openfisca_cpts.outils.rapport.stills import PNG, SVG, drawn, still
from openfisca_cpts.outils.rapport.theme import theme
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.study_tables import GAP
from openfisca_cpts.outils.tables.amounts import NAMES
from openfisca_cpts.outils.typography import MILLION

SUFFIXES = (SVG, PNG)
BOTH = ("x", "y")
VALUE = "format(datum.value, ',.6~r')"
"""How a value of a dial is written, in the language of the drawing."""


def check_drawable(dials: int) -> None:
    """Refuse, before anything is computed, a chart that a page has no axes for.

    Args:
        dials: how many things vary.

    Raises:
        RequestError: more than two do.
    """
    if dials > len(BOTH):
        raise RequestError("--chart montre un ou deux réglages : il y en a davantage.")


def chart(found: Sweep, suffix: str) -> bytes:
    """Draw the last year of a sweep.

    Args:
        found: the sweep, of one or two dials.
        suffix: `.svg` or `.png`.

    Returns:
        The content of the file.
    """
    last = found.years[-1]
    rows = found.rows.filter(polars.col("annee") == last, polars.col("erreur").is_null())
    amount = headline(found)
    x, *others = (dial.name for dial in found.dials)
    frame = rows.select(
        polars.col(x).alias("x"),
        *(polars.col(name).alias("y") for name in others),
        *((polars.col(name) / MILLION).alias(key) for name, key in _shown(amount)),
    )
    name = NAMES[amount][0]
    if others:
        title = f"{name} en {last} : écart avec le droit en vigueur"
        spec = _map(frame, x, others[0])
    else:
        title = f"{name} en {last}"
        law = found.law.filter(polars.col("annee") == last)[amount].item() / MILLION
        spec = _curve(frame, x, law)
    return drawn(still(Figure("balayage", title, title, spec)), suffix)


def _shown(amount: str) -> list[tuple[str, str]]:
    return [(amount, "total"), (GAP + amount, "ecart")]


def _curve(frame: polars.DataFrame, x: str, law: float) -> dict[str, Any]:
    import altair as alt

    line = (
        alt.Chart(data(frame))
        .mark_line(point=True, strokeWidth=theme()["size"]["line"], color=theme()["reforms"][0])
        .encode(
            x=alt.X("x:Q", title=x, scale=alt.Scale(zero=False)),
            y=alt.Y(
                "total:Q",
                title="Total par an",
                scale=alt.Scale(zero=False),
                axis=alt.Axis(labelExpr=MILLIONS),
            ),
        )
    )
    rule = (
        alt.Chart(alt.InlineData(values=[{"droit": law, "nom": "droit en vigueur"}]))
        .mark_rule(color=theme()["law"], strokeDash=[theme()["size"]["wide"]])
        .encode(y="droit:Q")
    )
    label = rule.mark_text(align="left", baseline="bottom", color=theme()["law"]).encode(
        x=alt.XValue(0), text="nom:N"
    )
    return specification(line + rule + label, theme()["height"]["tall"])


def _map(frame: polars.DataFrame, x: str, y: str) -> dict[str, Any]:
    import altair as alt

    cells = (
        alt.Chart(data(frame))
        .mark_rect()
        .encode(
            x=alt.X("x:O", title=x, axis=alt.Axis(labelAngle=0, labelExpr=VALUE)),
            y=alt.Y("y:O", title=y, sort="descending", axis=alt.Axis(labelExpr=VALUE)),
            color=alt.Color(
                "ecart:Q",
                title="Écart par an",
                scale=alt.Scale(scheme="blueorange", domainMid=0, reverse=True),
                legend=alt.Legend(labelExpr=MILLIONS),
            ),
        )
    )
    return specification(cells, theme()["height"]["tall"])

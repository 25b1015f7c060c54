"""The range of what a reform costs when a convention is chosen otherwise, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import charts
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Figure, table_of
from openfisca_cpts.outils.simulation.cost_ranges import HIGH, KEPT, LOW, cost_ranges, moving
from openfisca_cpts.outils.simulation.variants import variant_title
from openfisca_cpts.outils.typography import MILLION


def sentences(outlook: Outlook, measures: list[str]) -> Iterator[str]:
    """Say between what and what each cost moves, the last year.

    Args:
        outlook: a study whose variants were run.
        measures: the amounts that are shown.

    Yields:
        Sentences; none without a reform.
    """
    costs = _costs(outlook, measures).filter(polars.col("annee") == outlook.last)
    if costs.height:
        yield from outlook.tables["couts"].remarks
    for row in costs.iter_rows(named=True):
        what = f"« {outlook.titles[row['scenario']]} », {outlook.label(row['variable']).lower()}"
        kept = shown_euros(row[KEPT], gap=True)
        if not moving(costs.filter(polars.all_horizontal(_same(row)))).height:
            yield f"{what} : coût de {outlook.last}, {kept} sous toutes ces conventions."
            continue
        low, high = (shown_euros(row[end], gap=True) for end in (LOW, HIGH))
        yield (
            f"{what} : coût de {outlook.last}, de {low} ({variant_title(row['convention_bas'])}) à "
            f"{high} ({variant_title(row['convention_haut'])}) ; {kept} avec les conventions "
            "retenues."
        )


def figures(outlook: Outlook, measures: list[str]) -> Iterator[Figure]:
    """Show the range of the cost of each reform, for each amount that a convention moves.

    Args:
        outlook: a study whose variants were run.
        measures: the amounts that are shown.

    Yields:
        The figures.
    """
    costs = _costs(outlook, measures)
    for measure in measures:
        own = costs.filter(polars.col("variable") == measure)
        if not moving(own).height:
            continue
        last = own.filter(polars.col("annee") == outlook.last)
        texts = [
            f"{shown_euros(low, gap=True)} à {shown_euros(high, gap=True)}"
            for low, high in last.select(LOW, HIGH).iter_rows()
        ]
        frame = last.select(
            "scenario",
            polars.col("scenario").replace_strict(outlook.titles).alias("titre"),
            *((polars.col(name) / MILLION).alias(name) for name in (LOW, HIGH, KEPT)),
            polars.Series("fourchette", texts, polars.String),
        )
        yield Figure(
            key=f"cout_conventions_{measure}",
            title=f"{outlook.label(measure)}, coût de {outlook.last}",
            alt="Une barre par réforme, du coût le plus bas au plus haut selon la convention.",
            spec=charts.ranges(frame, outlook.reform_colors, "Coût par an"),
            legend=outlook.reform_legend,
            table=table_of(outlook.tables["couts"].of(measure)),
        )


def _costs(outlook: Outlook, measures: list[str]) -> polars.DataFrame:
    assert outlook.study.ranges is not None
    return cost_ranges(outlook.study.ranges.filter(polars.col("variable").is_in(measures)))


def _same(row: dict) -> list[polars.Expr]:
    return [polars.col(name) == row[name] for name in ("scenario", "annee", "variable")]

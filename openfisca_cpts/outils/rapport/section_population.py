"""The section of the page that shows amounts against the population, and the steps of the law."""

from __future__ import annotations

import polars

from openfisca_cpts.outils.rapport import bins
from openfisca_cpts.outils.rapport.charts_population import scale_of_population
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Figure, Section, Table
from openfisca_cpts.outils.rapport.section_communities import is_binned
from openfisca_cpts.outils.rapport.section_scale import MEASURE, scale
from openfisca_cpts.outils.rapport.theme import theme
from openfisca_cpts.outils.typography import number

INHABITANTS = "population_retenue"
EMPTY = polars.DataFrame()


def section(outlook: Outlook) -> Section:
    """Show where communities stand on the scale, in the last year.

    Args:
        outlook: the study.

    Returns:
        The section.
    """
    rows = outlook.study.rows.filter(polars.col("annee") == outlook.last).select(
        "scenario", "id", "nom", INHABITANTS, MEASURE
    )
    highest = rows.select(polars.col(INHABITANTS).max()).collect().item() or 0
    lines = scale(outlook.study, outlook.last, highest)
    figures = (
        _binned(outlook, rows, lines) if is_binned(outlook) else [_points(outlook, rows, lines)]
    )
    return Section(
        key="population",
        title=f"Montant et population en {outlook.last}",
        short="Population",
        sentences=[
            "Les lignes sont le barème : le financement en année pleine d'une communauté qui a "
            "toutes les missions, organise les soins non programmés, remplit les conditions et "
            "atteint tous ses objectifs, dont le plan de crise existe déjà. "
            + (
                "Les cases comptent les communautés du tableau : plus une case est foncée, "
                "plus elles y sont nombreuses."
                if is_binned(outlook)
                else "Les points sont les communautés du tableau."
            )
        ],
        figures=figures,
    )


def _points(outlook: Outlook, rows: polars.LazyFrame, lines: polars.DataFrame) -> Figure:
    frame = rows.collect()
    points = frame.select(
        "scenario",
        polars.col("scenario").replace_strict(outlook.titles).alias("titre"),
        polars.col(INHABITANTS).cast(polars.Int64).alias("population"),
        polars.col(MEASURE).alias("montant"),
        polars.coalesce("nom", "id").alias("communaute"),
        polars.Series("texte", map(shown_euros, frame[MEASURE]), polars.String),
    )
    return Figure(
        key="population",
        title=f"{outlook.label(MEASURE)}, selon la population",
        alt=(
            "Nuage de points : une communauté par point, et le barème de chaque scénario en "
            "escalier."
        ),
        spec=scale_of_population(lines, points, EMPTY, outlook.colors, "Montant"),
        legend=outlook.legend,
        table=_table(outlook, lines),
    )


def _binned(outlook: Outlook, rows: polars.LazyFrame, lines: polars.DataFrame) -> list[Figure]:
    most = theme()["bins"]
    figures = []
    for name, title in outlook.titles.items():
        of_scenario = polars.col("scenario") == name
        cells = (
            bins.cells(rows.filter(of_scenario), INHABITANTS, MEASURE, most["wide"], most["high"])
            .rename(lambda column: column.replace(INHABITANTS, "population"))
            .rename(lambda column: column.replace(MEASURE, "montant"))
            .select(polars.lit(name).alias("scenario"), polars.all())
        )
        own = lines.filter(of_scenario)
        figures.append(
            Figure(
                key=f"population_{name}".replace("+", "_"),
                title=f"{title} : {outlook.label(MEASURE).lower()}, selon la population",
                alt=(
                    "Carte de densité : nombre de communautés par tranche de population et "
                    "de montant, et le barème en escalier."
                ),
                spec=scale_of_population(
                    own, EMPTY, cells, {name: outlook.colors[name]}, "Montant"
                ),
                table=_table(outlook, own),
            )
        )
    return figures


def _table(outlook: Outlook, lines: polars.DataFrame) -> Table:
    """Give the scale where it steps: smoothed amounts have one row for each point of the grid."""
    most = theme()["most_rows"]
    steps = lines.filter(
        (polars.col("montant") != polars.col("montant").shift(1).over("scenario")).fill_null(True)
    )
    rows = [
        [outlook.titles[row["scenario"]], number(row["population"]), shown_euros(row["montant"])]
        for row in steps.head(most).iter_rows(named=True)
    ]
    note = "" if steps.height <= most else f"Les {number(most)} premières marches."
    return Table(["Scénario", "À partir de (habitants)", "Barème"], rows, note=note)

"""The section of the page that shows what each community gains or loses."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import bins, charts
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Block, Figure, Section, Table, table_of
from openfisca_cpts.outils.rapport.theme import legend, size_colors, theme
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.tables import described
from openfisca_cpts.outils.tables.before_after import COMMUNITIES
from openfisca_cpts.outils.tables.groups import REGION, SIZE
from openfisca_cpts.outils.tables.sizes import UNKNOWN, size_title, sizes_of
from openfisca_cpts.outils.typography import number

GAP = "ecart"


def section(outlook: Outlook) -> Section:
    """Show each community before, after, and the difference, in the last year.

    Args:
        outlook: the study.

    Returns:
        The section: charts where a reform changes something, and a list that can be searched.
    """
    figures = list(_figures(outlook))
    listed = outlook.tables[COMMUNITIES]
    most = theme()["most_listed"]
    note = ""
    if listed.rows.height > most:
        note = (
            f"Les {number(most)} premières communautés sur {number(listed.rows.height)} ; les "
            "autres sont dans le fichier des résultats."
        )
        listed = dataclasses.replace(listed, rows=listed.rows.head(most))
    return Section(
        key="communautes",
        title=f"Communauté par communauté en {outlook.last}",
        short="Communautés",
        sentences=["Ce que chaque réforme change pour une communauté, face au droit en vigueur."]
        if figures
        else [],
        figures=figures,
        blocks=[
            Block(table_of(one, note, "Chercher une communauté"), one.title)
            for one in listed.without(*_said_by_all(listed)).each()
        ],
    )


def _said_by_all(listed: described.Table) -> list[str]:
    """Give the columns that tell nobody apart: a single region, a single size."""
    return [name for name in (SIZE, REGION) if listed.rows[name].n_unique() == 1]


def is_binned(outlook: Outlook) -> bool:
    """Say whether the communities are too many for one mark each, in all the charts together."""
    return outlook.communities * len(outlook.titles) > theme()["most_points"]


def _figures(outlook: Outlook) -> Iterator[Figure]:
    for name in outlook.reforms:
        for measure in outlook.measures:
            gaps = _gaps(outlook, name, measure)
            moved = gaps.filter(polars.col(GAP).abs() > HALF_A_CENT)
            if not moved.head(1).collect().height:
                continue
            figure = _histogram if is_binned(outlook) else _bars
            yield figure(outlook, name, measure, gaps)


def _gaps(outlook: Outlook, scenario: str, measure: str) -> polars.LazyFrame:
    """Give the difference of each community in the last year, its size that of the law."""
    rows = outlook.study.rows.filter(polars.col("annee") == outlook.last)
    law = rows.filter(polars.col("scenario") == outlook.law)
    reformed = rows.filter(polars.col("scenario") == scenario)
    return (
        law.select("id", "nom", "taille", polars.col(measure).alias("avant"))
        .join(reformed.select("id", polars.col(measure).alias("apres")), on="id", how="left")
        .with_columns((polars.col("apres") - polars.col("avant")).alias(GAP))
    )


def _title(outlook: Outlook, scenario: str, measure: str) -> str:
    return f"{outlook.titles[scenario]} : {outlook.label(measure).lower()}"


def _bars(outlook: Outlook, scenario: str, measure: str, gaps: polars.LazyFrame) -> Figure:
    frame = gaps.sort([GAP, "id"], descending=[True, False]).collect()
    sizes = sizes_of(frame["taille"])
    colors = size_colors(sizes, UNKNOWN)
    titles = {size: size_title(size) for size in sizes}
    named = frame.with_columns(
        polars.coalesce("nom", "id").alias("communaute"),
        polars.col("taille").replace_strict(titles).alias("taille_titre"),
        polars.Series("montant", [shown_euros(gap, gap=True) for gap in frame[GAP]], polars.String),
    )
    shown = named.with_row_index("rang").select(
        polars.col("rang").cast(polars.Int64),
        (polars.col("rang").cast(polars.Int64) + 1).alias("rang_suivant"),
        GAP,
        "taille",
        "communaute",
        "taille_titre",
        "montant",
    )
    return Figure(
        key=f"communautes_{scenario}_{measure}".replace("+", "_"),
        title=_title(outlook, scenario, measure),
        alt=(
            f"Une barre par communauté, de la plus gagnante à la plus perdante : écart avec "
            f"le droit en vigueur en {outlook.last}. La couleur est la taille."
        ),
        spec=charts.sorted_bars(shown, colors, "Écart par an"),
        legend=legend(titles, colors),
    )


def _histogram(outlook: Outlook, scenario: str, measure: str, gaps: polars.LazyFrame) -> Figure:
    frame = bins.histogram(gaps, GAP, theme()["bins"]["histogram"])
    rows = [
        [shown_euros(start, gap=True), shown_euros(end, gap=True), number(count)]
        for start, end, count in frame.iter_rows()
    ]
    return Figure(
        key=f"communautes_{scenario}_{measure}".replace("+", "_"),
        title=_title(outlook, scenario, measure),
        alt=(
            f"Histogramme : nombre de communautés par tranche d'écart avec le droit en "
            f"vigueur en {outlook.last}."
        ),
        spec=charts.histogram(frame, outlook.colors[scenario], "Écart par an"),
        table=Table(["Écart, de", "à", "Communautés"], rows, numbers_from="Écart, de"),
    )

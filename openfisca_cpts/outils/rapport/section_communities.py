"""The section of the page that shows what each community gains or loses."""

from __future__ import annotations

from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import bins, charts
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Figure, Section, Table
from openfisca_cpts.outils.rapport.theme import legend, size_colors, theme
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.tables.sizes import UNKNOWN, size_title, sizes_of
from openfisca_cpts.outils.typography import number

GAP = "ecart"


def section(outlook: Outlook) -> Section | None:
    """Show the difference of each community, sorted, in the last year.

    Args:
        outlook: the study.

    Returns:
        The section; none where no community gains or loses anything.
    """
    figures = list(_figures(outlook))
    if not figures:
        return None
    return Section(
        key="communautes",
        title=f"Écart par communauté en {outlook.last}",
        short="Communautés",
        sentences=["Ce que chaque réforme change pour une communauté, face au droit en vigueur."],
        figures=figures,
    )


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
        spec=charts.sorted_bars(shown, colors, "Écart"),
        legend=legend(titles, colors),
        table=_table(named),
    )


def _table(named: polars.DataFrame) -> Table:
    most = theme()["most_rows"]
    note = ""
    if named.height > most:
        note = (
            f"Les {number(most)} premières et dernières communautés sur {number(named.height)}"
            f" ; les autres sont dans le fichier des résultats."
        )
        named = polars.concat([named.head(most), named.tail(most)]).unique(maintain_order=True)
    rows = [
        [
            row["communaute"],
            row["taille_titre"],
            shown_euros(row["avant"]),
            shown_euros(row["apres"]),
            row["montant"],
        ]
        for row in named.iter_rows(named=True)
    ]
    headings = ["Communauté", "Taille", "Droit en vigueur", "Réforme", "Écart"]
    return Table(headings, rows, numbers_from="Droit en vigueur", note=note)


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
        spec=charts.histogram(frame, outlook.colors[scenario], "Écart"),
        table=Table(["Écart, de", "à", "Communautés"], rows, numbers_from="Écart, de"),
    )

"""The section of the page that adds communities up by size, by region and by kept columns."""

from __future__ import annotations

from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import charts
from openfisca_cpts.outils.rapport.outlook import SHORT, Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Figure, Section, Table
from openfisca_cpts.outils.rapport.sizes import size_title
from openfisca_cpts.outils.simulation import study_tables
from openfisca_cpts.outils.simulation.study_tables import GAP
from openfisca_cpts.outils.simulation.summary import COUNT
from openfisca_cpts.outils.typography import NONE, number, percent

SIZE, REGION = "taille", "region_ars"
UNKNOWN_REGION = "inconnue"
WORDS = {SIZE: "taille", REGION: "région"}


def section(outlook: Outlook, by: tuple[str, ...] = ()) -> Section:
    """Show the last year by size, by region where one is known, and by the columns asked for.

    Args:
        outlook: the study.
        by: other columns that the command was asked to break totals down by.

    Returns:
        The section.
    """
    columns = dict.fromkeys((SIZE, REGION, *by))
    figures = [
        figure
        for column in columns
        if column in (SIZE, *by) or _regions_known(outlook)
        for figure in _figures(outlook, column)
    ]
    sentence = "Les communautés sont comptées dans leur groupe sous le droit en vigueur"
    if outlook.reforms:
        sentence += " : celles qu'une réforme change de taille restent dans le leur"
    return Section(
        key="groupes",
        title=f"Par taille et par région en {outlook.last}",
        short="Tailles et régions",
        sentences=[f"{sentence}."],
        figures=figures,
    )


def _regions_known(outlook: Outlook) -> bool:
    known = outlook.study.rows.filter(polars.col(REGION) != UNKNOWN_REGION)
    return bool(known.head(1).collect().height)


def _figures(outlook: Outlook, column: str) -> Iterator[Figure]:
    totals = study_tables.totals(outlook.study, (column,))
    totals = totals.filter(polars.col("annee") == outlook.last)
    titles = _titles(outlook, column, totals)
    totals = totals.with_columns(titles.alias("groupe"))
    word = WORDS.get(column, column)
    for measure in outlook.measures:
        gap = GAP + measure
        if measure != outlook.measures[0] and not (totals[measure] != 0).any():
            continue
        is_gap = bool(outlook.reforms) and bool((totals[gap] != 0).any())
        shown = totals.filter(polars.col("scenario") != outlook.law) if is_gap else totals
        amount = gap if is_gap else measure
        frame = shown.select("groupe", "scenario", amount)
        what = "écart avec le droit en vigueur" if is_gap else "total"
        yield Figure(
            key=f"groupes_{column}_{measure}",
            title=f"{outlook.label(measure)}, par {word} : {what}",
            alt=f"Barres : {what} de chaque {word} en {outlook.last}, par scénario.",
            spec=charts.bars_by_group(
                outlook.titled(frame, amount, gap=is_gap),
                outlook.reform_colors if is_gap else outlook.colors,
                "Écart" if is_gap else "Total",
            ),
            legend=outlook.reform_legend if is_gap else outlook.legend,
            table=_table(outlook, totals, word, measure),
        )


def _titles(outlook: Outlook, column: str, totals: polars.DataFrame) -> polars.Series:
    """Name each group in French."""
    keys = totals[column].cast(polars.String).fill_null(NONE)
    if column == SIZE:
        return polars.Series([size_title(key) for key in keys])
    variable = outlook.study.scenarios[0].system.variables.get(column)
    values = getattr(variable, "possible_values", None)
    if values is None:
        return keys
    names = [values[key].value if key in values.__members__ else key for key in keys]
    return polars.Series([name.partition(" (")[0] for name in names])


def _table(outlook: Outlook, totals: polars.DataFrame, word: str, measure: str) -> Table:
    law = totals.filter(polars.col("scenario") == outlook.law)
    before = dict(zip(law["groupe"], law[measure], strict=True))
    rows = []
    for row in totals.sort("groupe", maintain_order=True).iter_rows(named=True):
        group, count = row["groupe"], row[COUNT]
        cells = [
            group,
            outlook.titles[row["scenario"]],
            number(count),
            shown_euros(row[measure]),
            shown_euros(row[measure] / count),
        ]
        if outlook.reforms:
            gap = row[GAP + measure]
            of_law = row["scenario"] == outlook.law
            rate = gap / before[group] if before.get(group) else None
            cells += ["", ""] if of_law else [shown_euros(gap, gap=True), percent(rate)]
        rows.append(cells)
    headings = [word.capitalize(), "Scénario", "CPTS", SHORT[measure], "Moyenne"]
    headings += ["Écart", "%"] if outlook.reforms else []
    return Table(headings, rows, numbers_from="CPTS")

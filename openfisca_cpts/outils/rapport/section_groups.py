"""The section of the page that adds communities up by size, by region and by kept columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import charts
from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Block, Figure, Section, table_of
from openfisca_cpts.outils.simulation.study_tables import GAP
from openfisca_cpts.outils.tables.before_after import CASES, by_group, group_key
from openfisca_cpts.outils.tables.groups import REGION, SIZE, WORDS
from openfisca_cpts.outils.tables.totals import totals

UNKNOWN_REGION = "inconnue"


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
        if column in (SIZE, *by) or _several_regions(outlook)
        for figure in _figures(outlook, column)
    ]
    sentence = "Les communautés sont comptées dans leur groupe sous le droit en vigueur"
    if outlook.reforms:
        sentence += " : celles qu'une réforme change de taille restent dans le leur"
    return Section(
        key="groupes",
        title=f"Avant, après, écart : par taille et par groupe en {outlook.last}",
        short="Avant et après",
        sentences=[f"{sentence}."],
        figures=figures,
        blocks=[
            Block(table_of(one), one.title)
            for one in (outlook.tables[CASES].each() if CASES in outlook.tables else ())
        ],
    )


def _several_regions(outlook: Outlook) -> bool:
    """Say whether there are regions to compare: one alone is the whole table."""
    known = outlook.study.rows.filter(polars.col(REGION) != UNKNOWN_REGION)
    return known.select(polars.col(REGION).n_unique()).collect().item() > 1


def _figures(outlook: Outlook, column: str) -> Iterator[Figure]:
    table = totals(outlook.study, (column,)).where(annee=outlook.last).without("annee")
    rows = table.rows.with_columns(polars.col(column).alias("groupe"))
    table = dataclasses.replace(table, rows=rows.sort("groupe", maintain_order=True))
    word = WORDS.get(column, column)
    before = outlook.tables.get(group_key(column)) or by_group(
        outlook.study, column, outlook.tables["totaux"]
    )
    for measure in table.amounts or ():
        gap = GAP + measure
        is_gap = bool(outlook.reforms) and bool((rows[gap] != 0).any())
        shown = rows.filter(polars.col("scenario") != outlook.law) if is_gap else rows
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
                "Écart par an" if is_gap else "Total par an",
            ),
            legend=outlook.reform_legend if is_gap else outlook.legend,
            table=table_of(before.of(measure)) if measure in (before.amounts or ()) else None,
        )

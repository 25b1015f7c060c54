"""The sections of the page that count winners and losers, and changes of size."""

from __future__ import annotations

from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import charts
from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Block, Figure, Section, table_of
from openfisca_cpts.outils.rapport.theme import legend, theme
from openfisca_cpts.outils.tables.described import TITLE

SENSES = {
    "gagnantes": ("Gagnantes", "winners"),
    "inchangees": ("Inchangées", "unchanged"),
    "perdantes": ("Perdantes", "losers"),
}
"""What a community can be under a reform: its title, and its color in the theme."""


def winners(outlook: Outlook) -> Section | None:
    """Count who wins and who loses, by reform and year.

    Args:
        outlook: the study.

    Returns:
        The section; none without a reform.
    """
    if not outlook.reforms:
        return None
    return Section(
        key="gagnants",
        title="Gagnants et perdants",
        short="Gagnants",
        sentences=[
            "Une communauté gagne ou perd si son montant diffère d'au moins un demi-centime de "
            "celui du droit en vigueur."
        ],
        figures=list(_figures(outlook)),
    )


def _figures(outlook: Outlook) -> Iterator[Figure]:
    described = outlook.tables["gagnants"]
    for name in outlook.reforms:
        for measure in described.amounts or ():
            table = described.where(scenario=name).of(measure).without(TITLE)
            parts = [
                {
                    "annee": row["annee"],
                    "sens": sense,
                    "sens_titre": title,
                    "rang": rank,
                    "nombre": row[sense],
                }
                for row in table.rows.iter_rows(named=True)
                for rank, (sense, (title, _)) in enumerate(SENSES.items())
            ]
            colors = {sense: theme()[color] for sense, (_, color) in SENSES.items()}
            yield Figure(
                key=f"gagnants_{name}_{measure}".replace("+", "_"),
                title=f"{outlook.titles[name]} : {outlook.label(measure).lower()}",
                alt=(
                    "Barres empilées : communautés gagnantes, inchangées et perdantes, par année."
                ),
                spec=charts.shares(polars.DataFrame(parts), colors),
                legend=legend({sense: title for sense, (title, _) in SENSES.items()}, colors),
                table=table_of(table),
            )


def sizes(outlook: Outlook) -> Section | None:
    """Show the communities that a reform puts in another size, in the last year of each.

    Args:
        outlook: the study.

    Returns:
        The section; none where no community changes.
    """
    table = outlook.tables.get("tailles")
    if table is None:
        return None
    lasts = table.rows.group_by("scenario", maintain_order=True).agg(polars.col("annee").max())
    return Section(
        key="tailles",
        title="Changements de taille",
        short="Changements",
        sentences=[
            "Les communautés qu'une réforme met dans une autre taille que le droit en vigueur, et "
            "l'écart de leur financement en année pleine ; les autres gardent la leur."
        ],
        blocks=[
            Block(
                table_of(table.where(scenario=name, annee=year).without("annee", TITLE)),
                f"{outlook.titles[name]}, {year}",
            )
            for name, year in lasts.iter_rows()
        ],
    )


def history(outlook: Outlook) -> Section | None:
    """Show who changes size between the years under the law in force, and who is near a threshold.

    Args:
        outlook: the study.

    Returns:
        The section; none where there is neither.
    """
    found = [outlook.tables[key] for key in ("tailles_annees", "seuils") if key in outlook.tables]
    if not found:
        return None
    return Section(
        key="anniversaires",
        title="Tailles d'une année à l'autre (droit en vigueur)",
        short="Anniversaires",
        blocks=[
            Block(table_of(table), table.title, table.remarks, folded=table.files_only)
            for table in found
        ],
    )

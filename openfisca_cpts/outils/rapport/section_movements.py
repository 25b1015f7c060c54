"""The sections of the page that count winners and losers, and changes of size."""

from __future__ import annotations

from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import charts
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Block, Figure, Section, Table
from openfisca_cpts.outils.rapport.sizes import size_title, sizes_of
from openfisca_cpts.outils.rapport.theme import legend, theme
from openfisca_cpts.outils.simulation.summary import COUNT
from openfisca_cpts.outils.typography import NONE, SPACE, decimal, number, signed

SENSES = {
    "gagnantes": ("Gagnantes", "winners"),
    "inchangees": ("Inchangées", "unchanged"),
    "perdantes": ("Perdantes", "losers"),
}
"""What a community can be under a reform: its title, and its color in the theme."""


def winners(outlook: Outlook, movements: polars.DataFrame) -> Section | None:
    """Count who wins and who loses, by reform and year.

    Args:
        outlook: the study.
        movements: what `study_tables.movements` gave.

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
        figures=list(_figures(outlook, movements)),
    )


def _figures(outlook: Outlook, movements: polars.DataFrame) -> Iterator[Figure]:
    for name in outlook.reforms:
        for measure in outlook.measures:
            table = movements.filter(
                (polars.col("scenario") == name) & (polars.col("variable") == measure)
            )
            parts = [
                {
                    "annee": row["annee"],
                    "sens": sense,
                    "sens_titre": title,
                    "rang": rank,
                    "nombre": row[sense],
                }
                for row in table.iter_rows(named=True)
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
                table=_table(table),
            )


def _table(table: polars.DataFrame) -> Table:
    rows = [
        [
            str(row["annee"]),
            *(number(row[sense]) for sense in SENSES),
            shown_euros(row["montant_gagne"]),
            shown_euros(row["montant_perdu"]),
            shown_euros(row["solde"], gap=True),
        ]
        for row in table.iter_rows(named=True)
    ]
    titles = [title for title, _ in SENSES.values()]
    return Table(["Année", *titles, "Gagné", "Perdu", "Solde"], rows)


def sizes(outlook: Outlook, resized: polars.DataFrame) -> Section | None:
    """Count the communities that a reform puts in another size, in the last year of each.

    Args:
        outlook: the study.
        resized: what `study_tables.resized` gave.

    Returns:
        The section; none where no community changes.
    """
    if not resized.height:
        return None
    blocks = []
    for (name,), block in resized.group_by("scenario", maintain_order=True):
        last = block.filter(polars.col("annee") == polars.col("annee").max())
        year = last["annee"][0]
        title = f"{outlook.titles[str(name)]}, {year}"
        blocks.append(Block(_matrix(last), title))
    return Section(
        key="tailles",
        title="Changements de taille",
        short="Changements",
        sentences=[
            "En ligne, la taille sous le droit en vigueur ; en colonne, la taille sous la "
            "réforme ; dans la case, le nombre de communautés et l'écart de leur "
            "financement annuel."
        ],
        blocks=blocks,
    )


def _matrix(block: polars.DataFrame) -> Table:
    before = sizes_of(block["taille_droit_en_vigueur"])
    after = sizes_of([*block["taille_reforme"], *before])
    found = {
        (row["taille_droit_en_vigueur"], row["taille_reforme"]): row
        for row in block.iter_rows(named=True)
    }
    rows = []
    for size in before:
        cells = [size_title(size)]
        for other in after:
            row = found.get((size, other))
            if row is None:
                cells.append(NONE)
                continue
            gap = row["financement_annuel_difference"]
            text = f" ({signed(decimal(gap, '.0f'))}{SPACE}€)" if gap else ""
            cells.append(number(row[COUNT]) + text)
        rows.append(cells)
    return Table(["Droit en vigueur", *map(size_title, after)], rows)

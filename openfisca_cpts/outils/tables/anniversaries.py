"""Who changes size between years under the law in force, and who stands near a threshold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.size_history import (
    NEAR,
    SIGNED,
    near_thresholds,
    size_changes_between_years,
)
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import Column, Table
from openfisca_cpts.outils.tables.groups import SIZE, titles
from openfisca_cpts.outils.territoires.territory import thresholds
from openfisca_cpts.outils.typography import share

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

READ = (
    *("scenario", "annee", "id", "nom", SIZE, "population_retenue"),
    "financement_annuel",
    SIGNED,
)
SHOWN = 12
"""Rows of a list of communities that a screen has room for."""
WHO = (Column("id", "Identifiant", detail=True), Column("nom", "Communauté"))


def history(study: Study) -> Iterator[Table]:
    """Describe the changes of size between years, and who stands near a threshold.

    Args:
        study: the study.

    Yields:
        The tables that have a row, under the law in force.
    """
    law = study.rows.filter(polars.col("scenario") == BASELINE).select(READ).collect()
    named = law.with_columns(polars.coalesce("nom", "id").alias("nom"))
    for table in (_changes(study, named), _near(study, named)):
        if table.rows.height:
            yield table


def _changes(study: Study, law: polars.DataFrame) -> Table:
    found = size_changes_between_years(law)
    rows = found.with_columns(
        titles(study, SIZE, found[name]).alias(name) for name in ("taille_avant", SIZE)
    )
    return Table(
        key="tailles_annees",
        title="Tailles d'une année à l'autre",
        columns=[
            amounts.YEAR,
            *WHO,
            Column("taille_avant", "De"),
            Column(SIZE, "À"),
            Column("population_retenue", "Habitants", "nombre"),
            Column("anniversaire", "À compter du", "date", detail=True),
            Column("ecart_annee", "Financement, écart avec l'année d'avant", "ecart", "Écart"),
        ],
        rows=rows,
        remarks=[
            "La taille se révise à chaque anniversaire du contrat. L'écart est celui du "
            "financement de l'année avec celui de l'année d'avant, quelle qu'en soit la cause."
        ],
        files_only=rows.height > SHOWN,
    )


def _near(study: Study, law: polars.DataFrame) -> Table:
    last = study.years[-1]
    rows = near_thresholds(
        law.filter(polars.col("annee") == last),
        [each.inhabitants for each in thresholds(0, last)],
    )
    return Table(
        key="seuils",
        title="Proches d'un seuil",
        columns=[
            amounts.YEAR,
            *WHO,
            Column(SIZE, "Taille"),
            Column("population_retenue", "Habitants", "nombre"),
            Column("seuil", "Seuil", "nombre"),
            Column("habitants", "Habitants au-dessus du seuil", "habitants", "Au-dessus"),
            Column("part", "Part du seuil", "part", "%"),
        ],
        rows=rows.with_columns(titles(study, SIZE, rows[SIZE])),
        remarks=[f"À {share(NEAR)} près d'un seuil de taille du droit en vigueur."],
        files_only=rows.height > SHOWN,
    )

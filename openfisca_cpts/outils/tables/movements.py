"""Who wins and who loses under each reform, and who changes size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation import study_tables
from openfisca_cpts.outils.simulation.study_tables import MEASURES
from openfisca_cpts.outils.simulation.summary import COUNT
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import AMOUNT, Column, Table
from openfisca_cpts.outils.tables.groups import SIZE, titles

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

BEFORE, AFTER = "taille_droit_en_vigueur", "taille_reforme"
SENSES = {"gagnantes": "Gagnantes", "perdantes": "Perdantes", "inchangees": "Inchangées"}
"""What a community can be under a reform."""


def winners(study: Study, names: Mapping[str, str]) -> Table:
    """Describe who wins and who loses, by year and reform, for each amount.

    Args:
        study: a study with at least one reform.
        names: the amounts that its totals show, each with its name.

    Returns:
        The table; the amounts that it tells apart are the first and those that a reform changes
        for someone.
    """
    found = study_tables.movements(study)
    moved = found.filter(polars.col("gagnantes") + polars.col("perdantes") > 0)["variable"]
    first = next(iter(names))
    return Table(
        key="gagnants",
        title="Gagnants et perdants",
        columns=[
            *amounts.BLOCK,
            Column("montant", "Montant", AMOUNT),
            Column(COUNT, "Communautés", "nombre", detail=True),
            *(Column(key, title, "nombre") for key, title in SENSES.items()),
            Column("montant_gagne", "Gagné", "euros", detail=True),
            Column("montant_perdu", "Perdu", "euros", detail=True),
            Column("solde", "Solde", "ecart"),
        ],
        rows=amounts.named(study, found.sort("annee", maintain_order=True)),
        amounts={
            amount: name
            for amount, name in names.items()
            if amount == first or (moved == amount).any()
        },
    )


def sizes(study: Study) -> Table:
    """Describe the communities that a reform puts in another size.

    Args:
        study: a study with at least one reform.

    Returns:
        The table, without a row where no community changes.
    """
    found = study_tables.resized(study).filter(polars.col(BEFORE) != polars.col(AFTER))
    rows = found.with_columns(
        titles(study, SIZE, found[name]).alias(name) for name in (BEFORE, AFTER)
    )
    gap = f"{MEASURES[0]}_difference"
    return Table(
        key="tailles",
        title="Changements de taille",
        columns=[
            *amounts.BLOCK,
            Column(BEFORE, "De"),
            Column(AFTER, "À"),
            Column(COUNT, "Communautés", "nombre", "CPTS"),
            Column(gap, f"Écart, {amounts.name(study, MEASURES[0]).lower()}", "ecart", "Écart"),
        ],
        rows=amounts.named(study, rows.sort("annee", maintain_order=True)),
    )

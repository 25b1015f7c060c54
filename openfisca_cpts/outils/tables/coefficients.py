"""The coefficients that close the envelope of a reform, found over all the communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import Column, Table

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study


def coefficients(study: Study) -> Table:
    """Describe the coefficients.

    Args:
        study: a study with an envelope.

    Returns:
        One row per scenario and year: the coefficient, and the totals in euros before and after.
    """
    return Table(
        key="coefficients",
        title="Coefficients",
        columns=[
            *amounts.BLOCK,
            Column("coefficient", "Coefficient", "coefficient"),
            Column("total_avant", "Total avant", "euros", "Avant"),
            Column("cible", "Cible", "euros"),
            Column("total_apres", "Total après", "euros", "Après"),
        ],
        rows=amounts.named(study, study.coefficients.sort("annee", maintain_order=True)),
        remarks=["Chaque coefficient est cherché sur toutes les communautés du tableau."],
    )

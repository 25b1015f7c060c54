"""What the table of a study does not give, year by year, and what that does to the amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.hypotheses_words import counted, notes, sentences
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import Column, Table

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study


def missing(study: Study) -> Table:
    """Describe what was not given, carried over from another year, or assumed.

    Args:
        study: the study; the counts are those of the law in force.

    Returns:
        One row per year and finding, whose key is `cle`; the remarks are those that are counted by
        no year, or that nothing is missing.
    """
    rows = counted(study.hypotheses)
    reformed = len(study.scenarios) > 1
    said = (
        notes(study.hypotheses, reformed)
        if rows.height
        else sentences(study.hypotheses, study.years, reformed)
    )
    earned, paid = (amounts.NAMES[name] for name in ("financement_annuel", "versement_annuel"))
    return Table(
        key="hypotheses",
        title="Hypothèses",
        columns=[
            amounts.YEAR,
            Column("constat", "Constat"),
            Column("precision", "Précision"),
            Column("communautes", "Communautés", "nombre", "CPTS"),
            Column("missions", "Missions", "nombre"),
            Column("financement", earned[0], "euros", earned[1]),
            Column("versement", paid[0], "euros", paid[1]),
        ],
        rows=rows.with_columns(polars.col("annee").cast(polars.Int32)),
        remarks=said,
        files_only=True,
    )

"""The amounts of a study: their names, and which of them are worth showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.hypotheses_words import assumption
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.study_tables import MEASURES
from openfisca_cpts.outils.tables.described import NAME, TITLE, Column

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

LAW = "droit en vigueur"
NAMES = {
    "plafond_financement_courant": ("Plafond d'une année ordinaire", "Plafond"),
    "plafond_financement": ("Plafond avec crise", "Plafond"),
    "financement_annuel": ("Financement en année pleine", "Année pleine"),
    "versement_annuel": ("Versé", "Versé"),
}
"""Name of each amount, read alone, and as a heading where room lacks: no other word is used."""
PAID = "versement_annuel"


def name(study: Study, amount: str) -> str:
    """Name an amount, with the rate assumed for it: a heading is read without its sheet."""
    assumed = assumption(study.hypotheses) if amount in MEASURES else ""
    return f"{NAMES[amount][0]} ({assumed})" if assumed else NAMES[amount][0]


def shown(study: Study, totals: polars.DataFrame) -> dict[str, str]:
    """Choose the amounts that a community has in some scenario, or else the first.

    Args:
        study: the study.
        totals: what `study_tables.totals` gave.

    Returns:
        Their names, by their keys: what is paid comes first, where something is.
    """
    found = [amount for amount in MEASURES if (totals[amount] != 0).any()] or [MEASURES[0]]
    found.sort(key=lambda amount: amount != PAID)
    return {amount: name(study, amount) for amount in found}


def named(study: Study, rows: polars.DataFrame) -> polars.DataFrame:
    """Say in French what scenario, and what amount, each row is of.

    Args:
        study: the study.
        rows: rows with `scenario`, and `variable` where they are each of one amount.

    Returns:
        The rows, with `titre`, the scenario as a sentence, and `montant`.
    """
    titles = {scenario.name: scenario.title for scenario in study.scenarios}
    scenario = polars.col("scenario")
    words = [scenario.replace_strict(titles, return_dtype=polars.String).alias("titre")]
    if "variable" in rows.columns:
        names = {amount: name(study, amount) for amount in NAMES}
        variable = polars.col("variable")
        words.append(variable.replace_strict(names, return_dtype=polars.String).alias("montant"))
    return rows.with_columns(*words).with_columns(
        polars.when(scenario == BASELINE).then(polars.lit(LAW)).otherwise(scenario).alias("nom")
    )


YEAR = Column("annee", "Année", "annee")
SCENARIO = (
    Column("nom", "Scénario", NAME),
    Column("titre", "Titre", TITLE, "Scénario"),
)
"""The columns that say what scenario a row is of."""
BLOCK = (YEAR, *SCENARIO)
"""The columns that say what year and scenario a row is of."""

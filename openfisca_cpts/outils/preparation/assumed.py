"""What is assumed where a table says nothing, written in it and told."""

from __future__ import annotations

from enum import StrEnum

import polars

from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.preparation.reading_list import GUESSED, Entry
from openfisca_cpts.outils.preparation.vocabulary import known_inputs, law
from openfisca_cpts.outils.simulation.cells import SAY_YES
from openfisca_cpts.outils.typography import share


class Missions(StrEnum):
    """Which missions are taken for chosen."""

    socles = "socles"
    toutes = "toutes"


def with_assumed(
    table: polars.DataFrame, missions: Missions | None, rate: float | None
) -> tuple[polars.DataFrame, list[Entry]]:
    """Add to a table what is assumed of its communities.

    Args:
        table: the table.
        missions: the missions taken for chosen, where the table has no column of a mission.
        rate: the rate of achievement of the missions that have no column of rates, from 0 to 1; in
            one that has some, a blank stays a blank.

    Returns:
        The table with its new columns, and what they assume.
    """
    added: dict[str, polars.Expr] = {}
    told = []
    for mission in declarees(law()):
        own = [name for name in table.columns if name.startswith(f"{mission.cle}_")]
        if missions is not None and not own and (missions is Missions.toutes or mission.socle):
            name = f"{mission.cle}_retenue"
            added[name] = polars.lit(SAY_YES)
            told.append(Entry("", name, GUESSED, f"mission « {mission.nom} » supposée retenue"))
        name = f"{mission.cle}_taux_atteinte"
        if rate is not None and name in known_inputs() and not any(n.startswith(name) for n in own):
            added[name] = polars.lit(rate)
            told.append(Entry("", name, GUESSED, f"taux d'atteinte supposé à {share(rate)}"))
    return table.with_columns(**added), told

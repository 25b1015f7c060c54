"""The points of a sweep as a table, for the last of its years."""

from __future__ import annotations

import polars

from openfisca_cpts.outils.balayage.bench import COUNTS
from openfisca_cpts.outils.balayage.sweep import Sweep
from openfisca_cpts.outils.simulation.study_tables import GAP, MEASURES
from openfisca_cpts.outils.tables.amounts import NAMES, PAID
from openfisca_cpts.outils.tables.described import Column, Table

TITLES = {"gagnantes": "Gagnantes", "perdantes": "Perdantes"}
FAULT = Column("erreur", "Refusé")


def headline(found: Sweep) -> str:
    """Give the amount that is shown first: what is paid, where something is."""
    paid = found.rows[PAID].fill_null(0) != 0
    return PAID if paid.any() else next(name for name in MEASURES if name != PAID)


def points_table(found: Sweep) -> Table:
    """Describe the points of the last year.

    Args:
        found: the sweep.

    Returns:
        One row per point: the dials, the total of the first amount, its difference from the law
        in force at the same rates, who gains and who loses; why a point was refused, if one was.
    """
    last = found.years[-1]
    rows = found.rows.filter(polars.col("annee") == last)
    amount = headline(found)
    columns = [Column(dial.name, dial.name, "valeur", dial.end) for dial in found.dials]
    columns += [
        Column(amount, NAMES[amount][0], "euros", NAMES[amount][1]),
        Column(GAP + amount, f"Écart, {NAMES[amount][0].lower()}", "ecart", "Écart"),
        *(Column(f"{count}_{amount}", TITLES[count], "nombre") for count in COUNTS),
    ]
    if rows["erreur"].is_not_null().any():
        columns.append(FAULT)
    return Table(
        key="balayage",
        title=f"{NAMES[amount][0]} en {last}",
        columns=columns,
        rows=rows,
    )

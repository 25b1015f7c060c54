"""How sure the money of the law is: what a year can pay, by the statut of the figures behind it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.outils.loi.bareme_columns import Columns
from openfisca_cpts.outils.loi.leaves import leaves
from openfisca_cpts.outils.simulation.rests_on import STATUTS, Trace

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

CEILING = "plafond_financement"


@dataclasses.dataclass(frozen=True)
class Amount:
    """One amount of a year, for one community.

    Attributes:
        size: key of the size of the community.
        variable: name of the variable.
        euros: the amount.
        statut: the weakest statut of the figures that it rests on.
    """

    size: str
    variable: str
    euros: float
    statut: str


def last_scale(system: TaxBenefitSystem) -> int:
    """Give the first calendar year that the last scale of the agreement covers whole."""
    last = max(leaf.dates[-1] for leaf in leaves(system.parameters.aci))
    return last.year + (last > datetime.date(last.year, 1, 1))


def amounts(system: TaxBenefitSystem, year: int | None = None) -> list[Amount]:
    """Give what a year can pay at most, amount by amount, for one community of each size.

    Args:
        system: the law, or a reform of it.
        year: a calendar year; the first that the last scale covers whole if none is given.

    Returns:
        The amounts that the ceiling of the financing sums, read in the trace of its computation:
        functioning, each mission, the conditional amounts. A mission is one amount, which its
        parts share. What is zero is left out.
    """
    year = last_scale(system) if year is None else year
    period = Period((DateUnit.YEAR, Instant((year, 1, 1)), 1))
    found = []
    for size in Columns(system, datetime.date(year, 1, 1)).by_size():
        simulation = SimulationBuilder().build_default_simulation(system, count=1)
        simulation.trace = True
        simulation.set_input("population", str(year), [size.population_du_calcul])
        simulation.calculate(CEILING, period)
        trace = Trace(simulation)
        found += [
            Amount(
                size.cle, term.name, float(term.value[0]), trace.weakest_statut(term.name, period)
            )
            for term in trace.terms(CEILING, period)
        ]
    return found


def by_statut(found: Iterable[Amount]) -> dict[str, float]:
    """Add up amounts, statut by statut.

    Args:
        found: amounts.

    Returns:
        The euros that rest on each statut, from the surest to the weakest; those on which nothing
        rests are left out.
    """
    totals: dict[str, float] = {}
    for amount in sorted(found, key=lambda amount: STATUTS.index(amount.statut)):
        totals[amount.statut] = totals.get(amount.statut, 0) + amount.euros
    return totals

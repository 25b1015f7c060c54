"""How many euros of a total rest on figures of each certainty, read in the trace of its amounts.

Counting figures would say nothing of them: one that is supposed may carry half of the money.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
import polars
from openfisca_core.periods import Period, period

from openfisca_cpts.outils.explication.measure import Probe
from openfisca_cpts.outils.simulation.engine import batches, build
from openfisca_cpts.outils.simulation.rests_on import STATUTS, Trace, is_sum
from openfisca_cpts.outils.simulation.sums import exact_sum

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.tracers import TraceNode

    from openfisca_cpts.outils.simulation.communities import Communities

Share = tuple[str, Period, numpy.ndarray]
"""An amount that a total adds up: its name, its period, what it counts for."""
SCHEMA = {"variable": polars.String, "statut": polars.String, "euros": polars.Float64}


def euros_by_statut(
    system: TaxBenefitSystem, communities: Communities, year: int, variables: Sequence[str]
) -> polars.DataFrame:
    """Share totals out by the weakest statut that each of their amounts rests on.

    Args:
        system: the law, or a reform of it.
        communities: the communities.
        year: calendar year.
        variables: names of yearly amounts.

    Returns:
        One row per variable and statut, from the surest to the weakest: `variable`, `statut`,
        `euros`. The rows of a variable add up to its total.
    """
    sums: dict[tuple[str, int], list[polars.Series]] = defaultdict(list)
    window = period(str(year))
    for rows in batches(communities.identities.height):
        batch = communities.take(rows)
        if not batch.identities.height:
            continue
        simulation = build(system, batch, [year], trace=True)
        for name in variables:
            simulation.calculate(name, window)
        trace = Trace(simulation)
        probe = Probe(simulation)
        for variable in variables:
            node = trace.node(variable, window)
            for name, when, euros in _shares(trace, probe, node):
                ranks = trace.weakest(name, when)
                for rank in numpy.unique(ranks[euros != 0]).tolist():
                    own = numpy.where(ranks == rank, euros, 0.0)
                    sums[variable, rank].append(polars.Series(own))
    found = [
        (variable, STATUTS[rank], exact_sum(sums[variable, rank]))
        for variable in variables
        for rank in range(len(STATUTS))
        if (variable, rank) in sums
    ]
    return polars.DataFrame(found, SCHEMA, orient="row")


def _shares(trace: Trace, probe: Probe, node: TraceNode) -> list[Share]:
    """Give the amounts that a total adds up.

    It may count an amount for less than it is (a rate of achievement, a mission that has not
    started): what it counts for is what the total loses without it.
    """
    below = trace.amounts(node)
    plain = is_sum(node, [child.value for child in below])
    if not plain and next(trace.own(node), None) is None:
        counted = [probe.contribution(node, child) for child in below]
        if below and is_sum(node, counted):
            pairs = zip(below, counted, strict=True)
            return [(child.name, child.period, euros) for child, euros in pairs]
    return [(term.name, term.period, term.value) for term in trace.terms(node.name, node.period)]

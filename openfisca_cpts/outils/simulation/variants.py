"""How far each total moves when a convention that no source settles is chosen otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation.balance import balance
from openfisca_cpts.outils.simulation.engine import NOT_SUMMED, apply_law, is_money
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.scenarios import Scenario
from openfisca_cpts.outils.simulation.spool import Spool
from openfisca_cpts.outils.simulation.sums import exact_sum

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.communities import Communities

CONVENTIONS = "conventions_retenues"
"""Name of the row without any variant."""
RANGES = {
    "scenario": polars.String,
    "annee": polars.Int32,
    "variable": polars.String,
    "variante": polars.String,
    "total": polars.Float64,
}
"""Columns of the table of ranges; the totals in euros."""
CEILINGS = (*NOT_SUMMED, "plafond_indemnites_membre")
"""Amounts that bound one community each: their sum is nothing."""

Counted = Callable[[Iterable[polars.DataFrame]], Iterator[polars.DataFrame]]


def under_variants(scenarios: Sequence[Scenario]) -> dict[str, list[Scenario]]:
    """Apply each variant with the reforms of each scenario.

    Args:
        scenarios: the law in force, then the others, without the coefficients of an envelope.

    Returns:
        The scenarios under each of `reforms.VARIANTES`, by its name.

    Raises:
        RequestError: a reform is refused under a variant.
    """
    found = {}
    for name in reforms.VARIANTES:
        try:
            law, variant = scenarios[0].system, reforms.trouver(name)
            found[name] = [scenario.under(variant, law) for scenario in scenarios]
        except RequestError as error:
            raise RequestError(f"Sous la variante « {name} » : {error}") from error
    return found


def variant_title(name: str) -> str:
    """Name a variant in French, by its key."""
    return "Conventions retenues" if name == CONVENTIONS else reforms.trouver(name).titre


def ranges(
    scenarios: Sequence[Scenario],
    rows: Sequence[polars.LazyFrame],
    variants: dict[str, list[Scenario]],
    communities: Communities,
    years: Sequence[int],
    variables: Sequence[str],
    counted: Counted,
) -> polars.DataFrame:
    """Sum the amounts of each scenario, under the conventions that are kept and under each variant.

    Args:
        scenarios: the law in force, then the others.
        rows: the rows of each, under the conventions that are kept.
        variants: what `under_variants` gave.
        communities: the communities.
        years: calendar years.
        variables: names of the variables that are asked for.
        counted: lets frames through as they are computed, and counts them.

    Returns:
        The table `RANGES`: by scenario, year and amount, the row `CONVENTIONS` then one per
        variant.

    Raises:
        RequestError: the envelope of a scenario cannot be closed under a variant.
    """
    names = [scenario.name for scenario in scenarios]
    amounts = [name for name in variables if _adds_up(name, scenarios)]
    totals: dict[tuple[str, int, str, str], float] = {}
    for name, frame in zip(names, rows, strict=True):
        totals |= _totals(frame, name, CONVENTIONS, amounts)
    for variant, unbalanced in variants.items():
        for scenario in balance(unbalanced, communities, years[-1])[0]:
            spool = Spool()
            try:
                frames = counted(apply_law(scenario.system, communities, years, amounts))
                frame = spool.write(scenario.name, years, frames)
                totals |= _totals(frame, scenario.name, variant, amounts)
            finally:
                spool.close()
    keys = itertools.product(names, years, amounts, [CONVENTIONS, *variants])
    return polars.DataFrame([(*key, totals.get(key, 0.0)) for key in keys], RANGES, orient="row")


def _adds_up(name: str, scenarios: Iterable[Scenario]) -> bool:
    known = (scenario.system.variables.get(name) for scenario in scenarios)
    variable = next((variable for variable in known if variable is not None), None)
    return variable is not None and is_money(variable) and name not in CEILINGS


def _totals(
    rows: polars.LazyFrame, scenario: str, variant: str, amounts: Sequence[str]
) -> dict[tuple[str, int, str, str], float]:
    totals = {}
    for name in amounts:  # one column in memory at a time
        column = rows.select("annee", polars.col(name).cast(polars.Float64)).collect()
        for (year,), block in column.group_by("annee"):
            totals[scenario, year, name, variant] = exact_sum([block[name]])
    return totals

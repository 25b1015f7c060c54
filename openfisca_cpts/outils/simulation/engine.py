"""Applies the law to communities: arrays in, frames of results out, batch after batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy
import polars
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.outils.simulation.columns import inputs, years_of_law
from openfisca_cpts.outils.simulation.communities import Communities

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

BATCH = 10_000
"""Communities computed at once: the months of a longer table would fill the memory."""
EUROS = "currency-EUR"
NOT_SUMMED = ("amorcage_fir_plafond",)
"""Monthly amounts that are not cash: twelve times a ceiling is nothing."""


def variables_of_communities(system: TaxBenefitSystem) -> dict[str, Variable]:
    """Give the variables of a community, all of which `apply_law` can give by year."""
    return {
        name: variable for name, variable in system.variables.items() if variable.entity.is_person
    }


def is_money(variable: Variable) -> bool:
    """Say whether a variable is an amount, whichever class a reform makes it of."""
    return variable.unit == EUROS


def is_cash(variable: Variable) -> bool:
    """Say whether the months of a variable add up to what its year is."""
    return is_money(variable) and variable.name not in NOT_SUMMED


def apply_law(
    system: TaxBenefitSystem,
    communities: Communities,
    years: Sequence[int],
    variables: Sequence[str],
) -> Iterator[polars.DataFrame]:
    """Compute variables over years, batch after batch.

    Args:
        system: the law, or a reform of it.
        communities: the communities.
        years: calendar years.
        variables: names of variables of a community. A monthly amount is summed over the twelve
            months; any other monthly variable is that of December.

    Yields:
        For each batch of communities, and for each year: one row per community, with `annee`, the
        identities of the community, then the variables. Money in euros as Float64, whole numbers
        as integers, choices as their keys, days as Date; null for a variable that the law has not.
        A table without communities gives one empty frame per year.
    """
    for rows in batches(communities.identities.height):
        batch = communities.take(rows)
        for year, results in _compute(system, batch, years, variables):
            annee = polars.lit(year, dtype=polars.Int32).alias("annee")
            yield batch.identities.select(annee, polars.all()).with_columns(results)


def batches(height: int) -> Iterator[slice]:
    """Cut the communities of a table into batches, at least one."""
    for start in range(0, max(height, 1), BATCH):
        yield slice(start, min(start + BATCH, height))


def _compute(
    system: TaxBenefitSystem, batch: Communities, years: Sequence[int], variables: Sequence[str]
) -> Iterator[tuple[int, list[polars.Series]]]:
    height = batch.identities.height
    # openfisca-core cannot index by the choices of no community.
    simulation = build(system, batch, years) if height else None
    for year in years:
        columns = []
        for name in variables:
            variable = system.variables.get(name)
            if variable is None:
                column = polars.Series(dtype=polars.Null).extend_constant(None, height)
            elif simulation is None:
                column = _series(variable, numpy.empty(0, dtype=variable.dtype))
            else:
                column = _series(variable, _calculate(simulation, name, year))
            columns.append(column.alias(name))
        yield year, columns
    if simulation is not None:
        # A simulation and its populations hold each other: their arrays would wait for the
        # garbage collector, which comes too late for the next batch.
        for name in system.variables:
            simulation.delete_arrays(name)


def build(
    system: TaxBenefitSystem, communities: Communities, years: Sequence[int], trace: bool = False
) -> Simulation:
    """Give a simulation of communities, their inputs set.

    Args:
        system: the law.
        communities: the communities.
        years: calendar years that will be asked for.
        trace: keep what each value was computed from.

    Returns:
        The simulation.
    """
    simulation = SimulationBuilder().build_default_simulation(
        system, count=communities.identities.height
    )
    simulation.trace = trace
    simulation.persons.ids = communities.identities["id"].to_numpy()
    # A variable of one year may read the inputs of others: of any earlier one, and of the next
    # one for what a year earns and the next pays.
    known = inputs(system)
    last = max(years) + 1
    reached = range(years_of_law(system)[0], last + 1)
    for name, given in communities.inputs.items():
        if name not in known:
            continue  # an input that a reform adds, or computes
        if known[name].definition_period == DateUnit.ETERNITY:
            vectors = {DateUnit.ETERNITY.value: given.always}
        else:
            undated = dict.fromkeys(reached, given.always)
            vectors = {str(year): values for year, values in (undated | given.by_year).items()}
        for key, values in vectors.items():
            if values is not None:
                simulation.set_input(name, key, values)
    return simulation


def _calculate(simulation: Simulation, name: str, year: int) -> numpy.ndarray:
    variable = simulation.tax_benefit_system.get_variable(name)
    if variable.definition_period == DateUnit.ETERNITY:
        return simulation.calculate(name, DateUnit.ETERNITY.value)
    whole = period(str(year))
    if variable.definition_period == DateUnit.YEAR:
        return simulation.calculate(name, whole)
    if is_cash(variable):
        return simulation.calculate_add(name, whole)
    return simulation.calculate(name, whole.get_subperiods(DateUnit.MONTH)[-1])


def _series(variable: Variable, values: numpy.ndarray) -> polars.Series:
    """Give a vector the type that its variable has in tables; choices become their keys."""
    if variable.value_type is Enum:
        keys = polars.Series([choice.name for choice in variable.possible_values])
        return keys.gather(values.astype(numpy.uint32))
    kind = numpy.float64 if variable.value_type is float else variable.dtype
    return polars.Series(values.astype(kind, copy=False))

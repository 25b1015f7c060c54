"""Applies the law to communities: arrays in, one frame of results out, batch after batch."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy
import polars
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.base import Montant
from openfisca_cpts.outils.simulation.columns import years_of_law
from openfisca_cpts.outils.simulation.communities import Communities

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

BATCH = 10_000
"""Communities computed at once: the months of a longer table would fill the memory."""
NOT_SUMMED = ("amorcage_fir_plafond",)
"""Monthly amounts that are not cash: twelve times a ceiling is nothing."""


def variables_of_communities(system: TaxBenefitSystem) -> dict[str, Variable]:
    """Give the variables of a community, all of which `apply_law` can give by year."""
    return {
        name: variable for name, variable in system.variables.items() if variable.entity.is_person
    }


def apply_law(
    system: TaxBenefitSystem,
    communities: Communities,
    years: Sequence[int],
    variables: Sequence[str],
) -> polars.DataFrame:
    """Compute variables over years.

    Args:
        system: the law.
        communities: the communities.
        years: calendar years.
        variables: names of variables of a community. A monthly amount is summed over the twelve
            months; any other monthly variable is that of December.

    Returns:
        One row per year and community, years first: `annee`, the identities of the community,
        then the variables. Money in euros as Float64, whole numbers as integers, choices as
        their keys, days as Date. The size of the batches does not change it.
    """
    height = communities.identities.height
    results = {
        name: numpy.empty((len(years), height), dtype=system.get_variable(name).dtype)
        for name in variables
    }
    for rows in _batches(height):
        simulation = build(system, communities.take(rows), years)
        for name, table in results.items():
            for rank, year in enumerate(years):
                table[rank, rows] = _calculate(simulation, name, year)
        # A simulation and its populations hold each other: nothing else would free them in time.
        del simulation
        gc.collect()
    identities = polars.concat([communities.identities] * len(years))
    annee = polars.Series("annee", numpy.repeat(numpy.array(years, dtype=numpy.int32), height))
    columns = [
        _series(system.get_variable(name), results.pop(name)).alias(name) for name in variables
    ]
    return identities.insert_column(0, annee).with_columns(columns)


def _batches(height: int) -> Iterator[slice]:
    for start in range(0, height, BATCH):
        yield slice(start, min(start + BATCH, height))


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
    last = max(years) + 1
    reached = range(years_of_law(system)[0], last + 1)
    for name, given in communities.inputs.items():
        if system.get_variable(name).definition_period == DateUnit.ETERNITY:
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
    if isinstance(variable, Montant) and name not in NOT_SUMMED:
        return simulation.calculate_add(name, whole)
    return simulation.calculate(name, whole.get_subperiods(DateUnit.MONTH)[-1])


def _series(variable: Variable, table: numpy.ndarray) -> polars.Series:
    """Put the vectors of several years end to end; choices become their keys."""
    if variable.value_type is not Enum:
        return polars.Series(table.ravel())
    keys = polars.Series([choice.name for choice in variable.possible_values])
    return keys.gather(table.ravel().astype(numpy.uint32))

"""Applies the law to communities: arrays in, one frame of results out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
import polars
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.outils.simulation.columns import years_of_law
from openfisca_cpts.outils.simulation.communities import Communities

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable


def variables_by_year(system: TaxBenefitSystem) -> dict[str, Variable]:
    """Give the variables that have one value per community and year, by their name."""
    return {
        name: variable
        for name, variable in system.variables.items()
        if variable.entity.is_person
        and variable.definition_period in (DateUnit.YEAR, DateUnit.ETERNITY)
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
        variables: names of variables by year.

    Returns:
        One row per year and community, years first: `annee`, the identities of the community,
        then the variables. Money in euros as Float64, whole numbers as integers, choices as
        their keys, days as Date.
    """
    simulation = _simulation(system, communities, years)
    height = communities.identities.height
    results = {
        name: _series([_calculate(simulation, name, year) for year in years]) for name in variables
    }
    identities = polars.concat([communities.identities] * len(years))
    annee = polars.Series("annee", numpy.repeat(numpy.array(years, dtype=numpy.int32), height))
    return identities.insert_column(0, annee).with_columns(
        series.alias(name) for name, series in results.items()
    )


def _simulation(
    system: TaxBenefitSystem, communities: Communities, years: Sequence[int]
) -> Simulation:
    simulation = SimulationBuilder().build_default_simulation(
        system, count=communities.identities.height
    )
    simulation.persons.ids = communities.identities["id"].to_numpy()
    # A variable of one year may read the inputs of others: of any earlier one, and of the next
    # one for what a year earns and the next pays.
    last = max(years) + 1
    reached = range(years_of_law(system)[0], last + 1)
    for name, given in communities.inputs.items():
        if system.get_variable(name).definition_period == DateUnit.ETERNITY:
            periods = {DateUnit.ETERNITY.value: given.always}
        else:
            undated = dict.fromkeys(reached, given.always)
            periods = {str(year): values for year, values in (undated | given.by_year).items()}
        for period, values in periods.items():
            if values is not None:
                simulation.set_input(name, period, values)
    return simulation


def _calculate(simulation: Simulation, name: str, year: int) -> numpy.ndarray:
    variable = simulation.tax_benefit_system.get_variable(name)
    eternal = variable.definition_period == DateUnit.ETERNITY
    return simulation.calculate(name, DateUnit.ETERNITY.value if eternal else str(year))


def _series(vectors: list[numpy.ndarray]) -> polars.Series:
    """Put the vectors of several years end to end; choices become their keys."""
    first = vectors[0]
    if not isinstance(first, EnumArray):
        return polars.Series(numpy.concatenate(vectors))
    keys = polars.Series([choice.name for choice in first.possible_values])
    indices = numpy.concatenate([vector.view(numpy.ndarray) for vector in vectors])
    return keys.gather(indices.astype(numpy.uint32))

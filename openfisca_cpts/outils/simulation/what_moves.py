"""What a total of a study would be under other hypotheses: rates of achievement, populations."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy
import polars

from openfisca_cpts.outils.simulation.communities import Communities, Given
from openfisca_cpts.outils.simulation.engine import apply_law
from openfisca_cpts.outils.simulation.hypotheses import POPULATION
from openfisca_cpts.outils.simulation.rates import with_rates
from openfisca_cpts.outils.simulation.sums import exact_sum
from openfisca_cpts.outils.territoires.census import CENSUS_AGE

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

NO_RATE, FULL_RATE = "Taux d'atteinte à 0 %", "Taux d'atteinte à 100 %"
VINTAGE = "Population de"
SCHEMA = {
    "hypothese": polars.String,
    "scenario": polars.String,
    "variable": polars.String,
    "total": polars.Float64,
}


def what_moves(study: Study, variables: Sequence[str]) -> polars.DataFrame:
    """Compute totals of the last year of a study again, one hypothesis changed at a time.

    Args:
        study: the study.
        variables: names of amounts that it has.

    Returns:
        One row per hypothesis, scenario and amount: `hypothese` (in French), `scenario`,
        `variable`, `total` (euros). The hypotheses are that every rate of achievement is 0, that
        each is 1, then, where the table gives several, that the population is that of each year.
    """
    last = study.years[-1]
    found = []
    for words, communities in _readings(study.communities):
        for scenario in study.scenarios:
            frames = list(apply_law(scenario.system, communities, [last], variables))
            for name in variables:
                columns = [frame[name].cast(polars.Float64) for frame in frames]
                found.append((words, scenario.name, name, exact_sum(columns)))
    return polars.DataFrame(found, SCHEMA, orient="row")


def _readings(communities: Communities) -> Iterator[tuple[str, Communities]]:
    yield NO_RATE, with_rates(communities, missing=0, known=0)
    yield FULL_RATE, with_rates(communities, missing=1, known=1)
    given = communities.inputs.get(POPULATION)
    years = [] if given is None else sorted(given.by_year)
    if given is None or len(years) < 1 + 1:
        return
    for year in years:
        inputs = communities.inputs | {POPULATION: _of_one_year(given, year)}
        words = f"{VINTAGE} {year} (recensement de {year - CENSUS_AGE})"
        yield words, dataclasses.replace(communities, inputs=inputs)


def _of_one_year(given: Given, year: int) -> Given:
    """Keep the population of one year, where it is given; a population of zero is none."""
    known = given.by_year[year] > 0

    def others(values: numpy.ndarray) -> numpy.ndarray:
        return numpy.where(known, 0, values)

    by_year = {
        other: values if other == year else others(values)
        for other, values in given.by_year.items()
    }
    return Given(None if given.always is None else others(given.always), by_year)

"""What each scenario gives for each population: the scale, computed by the law itself."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy
import polars
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.rapport.theme import theme

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.simulation.studies import Study

MEASURE = "financement_annuel"
CRISIS = "crise_sanitaire_declaree"


def scale(study: Study, year: int, highest: int) -> polars.DataFrame:
    """Compute what a community of each population earns when it does everything.

    Args:
        study: the study, for its scenarios.
        year: calendar year.
        highest: the highest population of the table, in inhabitants.

    Returns:
        `scenario`, `titre`, `population` and `montant` (euros), in the order of the scenarios then
        of the populations, the first and last of those that give the same amount.
    """
    grid = theme()["grid"]
    width = max(math.ceil(max(highest, 1) * grid["margin"] / grid["points"]), 1)
    # Nobody lives where there are no inhabitants: the line starts at one.
    populations = numpy.maximum(numpy.arange(grid["points"] + 1) * width, 1)
    return polars.concat(
        _line(scenario.system, year, populations).select(
            polars.lit(scenario.name).alias("scenario"),
            polars.lit(scenario.title).alias("titre"),
            polars.all(),
        )
        for scenario in study.scenarios
    )


def _line(system: TaxBenefitSystem, year: int, populations: numpy.ndarray) -> polars.DataFrame:
    """Give the line of one law, its steps to the inhabitant."""
    amounts = _amounts(system, year, populations)
    steps = numpy.flatnonzero(numpy.diff(amounts))
    if steps.size < theme()["grid"]["most_steps"]:  # or else the line is smooth
        before, after = populations[steps], populations[steps + 1]
        while (after - before > 1).any():
            middle = (before + after) // (1 + 1)
            same = _amounts(system, year, middle) == amounts[steps]
            before, after = numpy.where(same, middle, before), numpy.where(same, after, middle)
        populations = numpy.unique(numpy.concatenate([populations, before, after]))
        amounts = _amounts(system, year, populations)
    return polars.DataFrame({"population": populations, "montant": amounts}).filter(
        _ends_of_plateaus()
    )


def _amounts(system: TaxBenefitSystem, year: int, populations: numpy.ndarray) -> numpy.ndarray:
    """Give the amounts of communities that retain all missions and reach all objectives.

    Conditions are met (unscheduled care, what a reform asks for), and the crisis plan exists
    already, as it does in an ordinary year.
    """
    simulation = SimulationBuilder().build_default_simulation(system, count=len(populations))
    started = numpy.datetime64(datetime.date(year - 1, 1, 1), "D")
    given: dict[str, Any] = {"population": populations, "crise_sanitaire_date_demarrage": started}
    given |= dict.fromkeys(_conditions(system), True)
    missions = declarees(system)
    given |= {f"{mission.cle}_retenue": True for mission in missions}
    given |= {f"{mission.cle}_taux_atteinte": 1.0 for mission in missions if mission.evaluees}
    for name, value in given.items():
        eternal = system.variables[name].definition_period == DateUnit.ETERNITY
        key = DateUnit.ETERNITY.value if eternal else str(year)
        simulation.set_input(name, key, numpy.full(populations.shape, value))
    return simulation.calculate(MEASURE, str(year))


def _conditions(system: TaxBenefitSystem) -> Iterator[str]:
    """Name the yes-or-no inputs, those that a reform adds included, but for a grave crisis."""
    for name, variable in system.variables.items():
        if (
            variable.is_input_variable()
            and variable.entity.is_person
            and variable.value_type is bool
            and name != CRISIS
        ):
            yield name


def _ends_of_plateaus() -> polars.Expr:
    """Keep the points whose neighbour on one side or the other has another amount."""
    amount = polars.col("montant")
    return (amount != amount.shift(1)).fill_null(True) | (amount != amount.shift(-1)).fill_null(
        True
    )

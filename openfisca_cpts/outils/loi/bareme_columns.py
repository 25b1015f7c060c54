"""The columns of the scale: one per size, or one per population where a size does not tell all."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.missions.declaration import montants_de_la_loi
from openfisca_cpts.outils.loi.bareme_model import Colonne
from openfisca_cpts.outils.loi.leaves import leaves
from openfisca_cpts.outils.typography import count, number

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

SIZE = "taille"
POPULATION = "population"
PEOPLE = "inhabitant"
TOTALS = ("plafond_financement_hors_snp", "plafond_financement", "plafond_financement_courant")


class Columns:
    """One law on one day, and which communities its scale is computed for.

    Args:
        system: the law.
        date: the day.
    """

    def __init__(self, system: TaxBenefitSystem, date: datetime.date) -> None:
        self._system = system
        self._date = date
        self.window = Period((DateUnit.YEAR, Instant((date.year, date.month, date.day)), 1))

    def by_size(self) -> list[Colonne]:
        """Give the sizes, each with its smallest population, found around the thresholds."""
        thresholds = self._thresholds()
        populations = sorted(self._around(thresholds))
        found: dict[str, tuple[str, int]] = {}
        for people, (key, label) in zip(populations, self._sizes(populations), strict=True):
            found.setdefault(key, (label, people))
        smallest = [people for _, people in found.values()]
        return [
            Colonne(
                cle=key,
                libelle=label,
                taille=key,
                population=_range(people, following, thresholds),
                population_du_calcul=people,
            )
            for (key, (label, people)), following in zip(
                found.items(), [*smallest[1:], None], strict=True
            )
        ]

    def by_population(self, populations: Sequence[int]) -> list[Colonne]:
        """Give one column per population, each with the size that it has."""
        return [
            Colonne(
                cle=f"{POPULATION}_{people}",
                libelle=label,
                taille=key,
                # A narrow screen may cut before the noun.
                population=count(people, "habitant").replace("\N{NO-BREAK SPACE}h", " h"),
                population_du_calcul=people,
            )
            for people, (key, label) in zip(populations, self._sizes(populations), strict=True)
        ]

    def varies(self, sizes: Sequence[Colonne]) -> bool:
        """Say whether an amount depends on the population inside a size.

        Args:
            sizes: what `by_size` gave.

        Returns:
            Whether communities of one size differ: the ends, the middle of each size, and the
            sides of every number of inhabitants that the law holds are compared.
        """
        known = sorted(self._around(self._thresholds()))
        middles = [(low + high) // 2 for low, high in itertools.pairwise(known)]
        far = known[-1] + known[-1]
        populations = sorted({*known, *middles, far} - {0})
        simulation = self.simulation(populations)
        size = numpy.array([key for key, _ in self._sizes(populations)])
        amounts = [simulation.calculate(name, self.window) for name in self._amounts()]
        return any(
            numpy.ptp(amount[size == column.taille]) > 0 for amount in amounts for column in sizes
        )

    def inputs(self, populations: Sequence[int]) -> set[str]:
        """Give the names of the inputs that the amounts of the scale read."""
        simulation = self.simulation(populations)
        simulation.trace = True
        for name in self._amounts():
            simulation.calculate(name, self.window)
        read = {node.name for node in simulation.tracer.browse_trace()}
        return {name for name in read if self._system.get_variable(name).is_input_variable()}

    def simulation(self, populations: Sequence[int]) -> Simulation:
        """Make one community of each population, of which nothing else is given."""
        builder = SimulationBuilder()
        simulation = builder.build_default_simulation(self._system, count=len(populations))
        simulation.set_input(POPULATION, str(self._date.year), numpy.array(populations))
        return simulation

    def _amounts(self) -> tuple[str, ...]:
        """Give the amounts of the scale, which the law makes depend on the size alone."""
        return (*montants_de_la_loi(self._system), *TOTALS)

    def _sizes(self, populations: Sequence[int]) -> Iterator[tuple[str, str]]:
        """Give the key and the words of the size of each population."""
        sizes = self.simulation(populations).calculate(SIZE, self.window).decode()
        yield from ((size.name, size.value) for size in sizes)

    def _thresholds(self) -> set[int]:
        return {
            int(value)
            for leaf in leaves(self._system.parameters)
            if leaf.unit == PEOPLE and (value := leaf.value(self._date)) is not None
        }

    @staticmethod
    def _around(thresholds: set[int]) -> set[int]:
        around = {threshold + step for threshold in thresholds for step in (-1, 0, 1)}
        return {people for people in {1, *around} if people > 0}


def sides(sizes: Sequence[Colonne]) -> list[int]:
    """Give the populations on both sides of each bound between two sizes."""
    firsts = [column.population_du_calcul for column in sizes[1:]]
    return [people for first in firsts for people in (first - 1, first)]


def _range(first: int, following: int | None, thresholds: set[int]) -> str:
    """Say which populations a size takes, as the texts do: bounds are thresholds where they can."""
    if following is None:
        return f"{number(first)} et plus" if first in thresholds else f"plus de {number(first - 1)}"
    if first == 1:
        return f"moins de {number(following)}"
    return f"de {number(first)} à {number(following - 1)}"

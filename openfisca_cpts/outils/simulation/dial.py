"""A figure of the law that can be turned, and the national total that each of its values gives."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation.balance import balance
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.scenarios import Scenario
from openfisca_cpts.outils.simulation.sums import national_totals

if TYPE_CHECKING:
    from openfisca_core.parameters import Parameter

    from openfisca_cpts.outils.simulation.communities import Communities

RATIO = "/1"
WHOLE = {"inhabitant": "habitants", "month": "mois", "year": "ans"}
"""Units that are counted, in whole numbers."""
FACTOR = "facteur"
"""Unit of what multiplies figures that keep their proportions."""
STEPS_OF_A_RATIO = 8
"""Values of a ratio, besides 0, at which the total is looked at first: it may rise, then fall."""
DOUBLINGS = 5
"""Times that a value is doubled without its total coming nearer before it is out of reach."""


class Point(NamedTuple):
    """A value of the dial, and the total that it gives."""

    value: float
    total: float


class Dial:
    """A figure of the law, or several that get one value, from 1 January of a year on.

    Attributes:
        path: its path.
        unit: name of its unit; `FACTOR` where what is turned multiplies figures that differ.
        year: the year.
        variable: name of the variable that is summed over the communities in this year.
    """

    def __init__(
        self,
        law: Scenario,
        scenario: Scenario,
        communities: Communities,
        path: str,
        year: int,
        variable: str,
        equal: bool = False,
    ) -> None:
        """Find the figure.

        Args:
            law: the law in force.
            scenario: the scenario whose figure it is.
            communities: all the communities.
            path: path of the figure, where `*` stands for any one segment.
            year: calendar year.
            variable: name of a number.
            equal: whether figures that differ all get one value; without it, they are multiplied
                by one factor, and keep their proportions.

        Raises:
            RequestError: there is no such figure, it does not exist yet, or several of them have
                different units.
        """
        self.path, self.year, self.variable = path, year, variable
        self._law, self._scenario, self._communities = law, scenario, communities
        leaves = scenario.figures(path)
        self.unit = self._unit(leaves)
        values = {leaf(f"{year}-01-01") for leaf in leaves} - {None}
        self._start = max(values, default=0)
        if len(values) > 1 and not equal and self.unit not in WHOLE:
            self.unit, self._start = FACTOR, 1
        self._totals: dict[float, float] = {}
        self.total(self._start)  # refuses here what no value would be accepted for

    def _unit(self, leaves: list[Parameter]) -> str:
        units = sorted({str(leaf.metadata.get("unit")) for leaf in leaves})
        if len(units) > 1:
            raise RequestError(
                f"« {self.path} » désigne des chiffres d'unités différentes "
                f"({', '.join(units)}) : en préciser une partie."
            )
        return units[0]

    def total(self, value: float) -> float:
        """Give the total with a value of the dial.

        Raises:
            RequestError: the law does not admit the value.
        """
        if value not in self._totals:
            turned = self._turned(value)
            (_, turned), _ = balance([self._law, turned], self._communities, self.year)
            totals = national_totals(turned.system, self._communities, [self.year], self.variable)
            self._totals[value] = totals[self.year]
        return self._totals[value]

    def points(self) -> list[Point]:
        """Give the values looked at so far, in their order, with their totals."""
        return [Point(value, self._totals[value]) for value in sorted(self._totals)]

    def bracket(self, target: float) -> tuple[float, float] | None:
        """Look for two values whose totals stand on each side of a target.

        Args:
            target: the total to meet.

        Returns:
            The lower and the higher value, or nothing if the target stays out of reach.
        """
        for value in self._looked_at(target):
            self.total(value)
            for low, high in itertools.pairwise(self.points()):
                if min(low.total, high.total) <= target <= max(low.total, high.total):
                    return low.value, high.value
        return None

    def _looked_at(self, target: float) -> Iterator[float]:
        """Give values that cover what the dial can be, the nearest to the law in force first."""
        if self.unit == RATIO:
            yield from (step / STEPS_OF_A_RATIO for step in range(STEPS_OF_A_RATIO + 1))
            return
        yield 0 if self._admits(0) else self._last_admitted(self._start, 0)
        value, nearest, far = max(self._start, 1), math.inf, 0
        while far < DOUBLINGS:
            if not self._admits(value + value):
                yield self._last_admitted(value, value + value)
                return
            value += value
            yield value
            gap = abs(self.total(value) - target)
            far = 0 if gap < nearest else far + 1
            nearest = min(gap, nearest)

    def _last_admitted(self, admitted: float, refused: float) -> float:
        """Give the whole number next to the first one that the law refuses."""
        while abs(refused - admitted) > 1:
            middle = (admitted + refused) // 2
            if self._admits(middle):
                admitted = middle
            else:
                refused = middle
        return admitted

    def _admits(self, value: float) -> bool:
        try:
            self._turned(value)
        except RequestError:
            return False
        return True

    def declaration(self, value: float) -> dict[str, Any]:
        """Write a value of the dial as a reform, as a file of one holds it."""
        operation = "multiplier" if self.unit == FACTOR else "valeur"
        return {
            "nom": "reglage_cherche",
            "titre": f"Réglage cherché : {self.path}",
            "source": {"title": "Chiffre cherché pour atteindre un total, sans texte"},
            "parametres": {self.path: [{"a_partir_du": f"{self.year}-01-01", operation: value}]},
        }

    def _turned(self, value: float) -> Scenario:
        return self._scenario.with_reform(reforms.declarer(self.declaration(value)))

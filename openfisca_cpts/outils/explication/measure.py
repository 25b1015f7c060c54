"""Measures what counts in a computation: runs a formula again, with one thing it read changed.

Nothing is known here of the rules: what an amount counts for is how the result moves with it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy
from openfisca_core.errors import SituationParsingError
from openfisca_core.indexed_enums import Enum, EnumArray

from openfisca_cpts.calcul.dates import JAMAIS

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.tracers import TraceNode

Key = tuple[str, str]
STEP = 1.0
"""What an amount is moved by, in its unit: openfisca-core holds whole numbers too."""


class Probe:
    """Runs the formulas of a simulation of one community again.

    The simulation must have been traced, and its trace read: a new trace is kept for each run.

    Args:
        simulation: the simulation, which is given back as it was after each run.
    """

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._seen: dict[tuple[Key, Key], tuple[numpy.ndarray, set[Key]] | None] = {}

    def coefficient(self, node: TraceNode, child: TraceNode) -> float:
        """Give how much a value moves when an amount that it read moves by one.

        Args:
            node: a computed amount.
            child: an amount that it read.

        Returns:
            What the amount counts for: 1 in a sum, 0 where another branch was taken.
        """
        value, _ = self._again(node, child, child.value + child.value.dtype.type(STEP))
        return float(value[0]) - float(node.value[0])

    def contribution(self, node: TraceNode, child: TraceNode) -> numpy.ndarray:
        """Give what a value loses without an amount that it read.

        Args:
            node: a computed amount.
            child: an amount that it read.

        Returns:
            One difference per community of the simulation, which may have several here.
        """
        value, _ = self._again(node, child, numpy.zeros_like(child.value))
        return node.value - value

    def matters(self, node: TraceNode, child: TraceNode) -> bool:
        """Say whether a value would be another one without something that it read.

        Args:
            node: a computed value.
            child: what it read; a day becomes never, a truth its contrary, a number zero.

        Returns:
            Whether the value changes, or can no longer be computed.
        """
        without = self._without(node, child)
        if without is None:
            return True
        return bool((numpy.asarray(without[0]) != numpy.asarray(node.value)).any())

    def read_without(self, node: TraceNode, child: TraceNode) -> set[Key]:
        """Give what a formula reads once something that it read is changed as `matters` does.

        Args:
            node: a computed value.
            child: what is changed.

        Returns:
            Names and periods.
        """
        without = self._without(node, child)
        return set() if without is None else without[1]

    def _without(self, node: TraceNode, child: TraceNode) -> tuple[numpy.ndarray, set[Key]] | None:
        """Run a formula with something that it read changed; none where that is refused.

        It is asked once for each thing that the formula read, and always answers the same.
        """
        asked = ((node.name, str(node.period)), (child.name, str(child.period)))
        if asked not in self._seen:
            try:
                self._seen[asked] = self._again(node, child, _other(child.value))
            except SituationParsingError:
                self._seen[asked] = None
        return self._seen[asked]

    def _again(
        self, node: TraceNode, child: TraceNode, value: numpy.ndarray
    ) -> tuple[numpy.ndarray, set[Key]]:
        self._simulation.trace = True
        with self._changed(child, value), self._forgotten(node):
            result = self._simulation.calculate(node.name, node.period)
        (tree,) = self._simulation.tracer.trees
        return result, {(read.name, str(read.period)) for read in tree.children}

    @contextlib.contextmanager
    def _changed(self, child: TraceNode, value: numpy.ndarray) -> Iterator[None]:
        holder = self._simulation.get_holder(child.name)
        holder.put_in_cache(value, child.period)
        try:
            yield
        finally:
            holder.put_in_cache(child.value, child.period)

    @contextlib.contextmanager
    def _forgotten(self, node: TraceNode) -> Iterator[None]:
        holder = self._simulation.get_holder(node.name)
        holder.delete_arrays(node.period)
        try:
            yield
        finally:
            holder.put_in_cache(node.value, node.period)


def _other(value: Any) -> numpy.ndarray:
    """Give another value of the same kind."""
    if isinstance(value, EnumArray):
        indices = value.view(numpy.ndarray)
        return EnumArray(numpy.where(indices == 0, 1, 0).astype(indices.dtype), _enum(value))
    if value.dtype.kind == "M":
        return numpy.full_like(value, JAMAIS)
    if value.dtype.kind == "b":
        return ~value
    return numpy.where(value == 0, STEP, 0).astype(value.dtype)


def _enum(value: EnumArray) -> type[Enum]:
    choices = value.possible_values
    assert choices is not None
    return choices

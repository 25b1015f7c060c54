"""What an amount rests on, read in the trace that openfisca-core keeps of its computation."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

import numpy
from openfisca_core.indexed_enums import Enum

from openfisca_cpts.base import Montant
from openfisca_cpts.outils.fichiers.fields import Status
from openfisca_cpts.outils.loi.caution import rule_makers
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.reforms.modifications import STATUT

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.simulations import Simulation
    from openfisca_core.tracers import TraceNode

STATUTS: tuple[str, ...] = (*get_args(Status), STATUT)
"""From the surest to the weakest; what a reform writes is not law."""


class Trace:
    """The computations of a traced simulation, each found by its variable and its period.

    openfisca-core keeps a tree per question, and descends into a variable the first time only:
    what the later questions found in its memory stands in an earlier tree.

    Args:
        simulation: the simulation, once everything has been asked.
    """

    def __init__(self, simulation: Simulation) -> None:
        self._system = simulation.tax_benefit_system
        self._nodes: dict[tuple[str, str], TraceNode] = {}
        for node in simulation.tracer.browse_trace():
            known = self._nodes.setdefault((node.name, str(node.period)), node)
            if not (known.children or known.parameters):
                self._nodes[node.name, str(node.period)] = node
        self._rests_on = functools.cache(self._find_statuts)
        self._weakest: dict[tuple[str, str], numpy.ndarray] = {}

    def node(self, name: str, period: Period) -> TraceNode:
        """Give one computation, with what it read."""
        return self._nodes[name, str(period)]

    def children(self, name: str, period: Period) -> list[TraceNode]:
        """Give the computations that one read directly."""
        return self._nodes[name, str(period)].children

    def terms(self, name: str, period: Period) -> Iterator[TraceNode]:
        """Give the amounts that one is the plain sum of, as far down as it is; itself otherwise.

        Args:
            name: name of an amount.
            period: its period.

        Yields:
            Computations; none that is zero for every community.
        """
        node = self.node(name, period)
        below = self.amounts(node)
        if below and is_sum(node, [child.value for child in below]):
            for child in below:
                yield from self.terms(child.name, child.period)
        elif node.value.any():
            yield node

    def amounts(self, node: TraceNode) -> list[TraceNode]:
        """Give the amounts that a computation read, each once, but those that are zero for all."""
        found = {
            (child.name, str(child.period)): child
            for child in node.children
            if isinstance(self._system.get_variable(child.name), Montant) and child.value.any()
        }
        return list(found.values())

    def weakest_statut(self, name: str, period: Period) -> str:
        """Say how sure an amount is: no surer than the least sure of the figures it rests on.

        Args:
            name: name of the variable.
            period: its period.

        Returns:
            The weakest statut among the parameters read for the first community: those of its
            size and of its region, and none of the amounts that are zero; what follows a rule that
            a reform brings is no surer than the reform.
        """
        return max(self.statuts(name, period), key=STATUTS.index)

    def statuts(self, name: str, period: Period) -> frozenset[str]:
        """Give the statuts of the figures and rules that a value rests on; it may rest on none."""
        return self._rests_on(name, str(period))

    def _find_statuts(self, name: str, period: str) -> frozenset[str]:
        node = self._nodes[name, period]
        found = {self._statut(path, day) for path, day in self.own(node)}
        if rule_makers(self._system, name, node.period):
            found.add(STATUT)
        for child in node.children:
            amount = isinstance(self._system.get_variable(child.name), Montant)
            if not amount or child.value.any():
                found |= self._rests_on(child.name, str(child.period))
        return frozenset(found)

    def weakest(self, name: str, period: Period | str) -> numpy.ndarray:
        """Say how sure an amount is, community by community.

        Args:
            name: name of the variable.
            period: its period.

        Returns:
            One rank in `STATUTS` per community: that of the least sure figure among those of its
            own size and region, and none of the amounts that are zero for it; -1 where it rests
            on none.
        """
        key = (name, str(period))
        if key not in self._weakest:
            self._weakest[key] = self._find_weakest(self._nodes[key])
        return self._weakest[key]

    def _find_weakest(self, node: TraceNode) -> numpy.ndarray:
        found = numpy.full(len(node.value), -1, dtype=numpy.int8)
        for path, day, taken in self._taken(node):
            rank = STATUTS.index(self._statut(path, day))
            numpy.maximum(found, numpy.where(taken, rank, -1), out=found, casting="unsafe")
        if rule_makers(self._system, node.name, node.period):
            found[:] = STATUTS.index(STATUT)
        for child in node.children:
            own = self.weakest(child.name, child.period)
            if isinstance(self._system.get_variable(child.name), Montant):
                own = numpy.where(child.value != 0, own, -1)
            numpy.maximum(found, own, out=found, casting="unsafe")
        return found

    def own(self, node: TraceNode) -> Iterator[tuple[str, str]]:
        """Give the parameters that a computation read itself, for the first community.

        Args:
            node: a computation.

        Yields:
            The path of each parameter, and the day on which it was read.
        """
        for path, day, taken in self._taken(node):
            if taken[0]:
                yield path, day

    def _taken(self, node: TraceNode) -> Iterator[tuple[str, str, numpy.ndarray]]:
        """Give the parameters that a computation read, and for which communities.

        A table by size or by region is read whole, then taken from: only what was taken counts.
        """
        choices = [
            (numpy.asarray(child.value), list(child.value.possible_values.__members__))
            for child in node.children
            if self._system.get_variable(child.name).value_type is Enum
        ]
        paths = {parameter.name for parameter in node.parameters}
        for parameter in node.parameters:
            parent, _, key = parameter.name.rpartition(".")
            taken = numpy.ones(len(node.value), dtype=bool)
            for chosen, names in choices:
                # Under this choice, another leaf of the same table was taken, if it is one.
                passed_by = [
                    rank
                    for rank, name in enumerate(names)
                    if name != key and (f"{parent}.{name}" in paths or key in names)
                ]
                taken &= ~numpy.isin(chosen, passed_by)
            yield parameter.name, str(parameter.period), taken

    def _statut(self, path: str, day: str) -> str:
        parameter = functools.reduce(
            lambda node, key: node.children[key], path.split("."), self._system.parameters
        )
        statuts = {str(date): statut for date, statut in parameter.metadata["statut"].items()}
        return statuts[max(date for date in statuts if date <= day)]


def is_sum(node: TraceNode, terms: Sequence[numpy.ndarray]) -> bool:
    """Say whether an amount is the sum of others, for every community."""
    return bool((numpy.abs(sum(terms) - node.value) < HALF_A_CENT).all())

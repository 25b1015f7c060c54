"""Sorts what a computation read: what makes its value, what decides it, what counts for nothing."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from openfisca_core.periods import DateUnit

from openfisca_cpts.outils.explication import in_words
from openfisca_cpts.outils.explication.measure import Key, Probe
from openfisca_cpts.outils.loi.words import is_share

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.tracers import TraceNode
    from openfisca_core.variables import Variable

    from openfisca_cpts.outils.simulation.rests_on import Trace

CLOSE = 1e-9


@dataclasses.dataclass(frozen=True)
class Read:
    """What a computation read.

    Attributes:
        amounts: the amounts that make its value, each with what it counts for.
        facts: what else decides its value: days, choices, shares, and amounts of another kind.
        zeros: the amounts that count and are zero.
        idle: the amounts that change nothing here.
    """

    amounts: list[tuple[TraceNode, float]]
    facts: list[TraceNode]
    zeros: list[TraceNode]
    idle: list[TraceNode]


class Sorter:
    """Sorts what the computations of one traced simulation of one community read.

    Args:
        simulation: the simulation.
        trace: its trace.
    """

    def __init__(self, simulation: Simulation, trace: Trace) -> None:
        self._system = simulation.tax_benefit_system
        self._trace = trace
        self._probe = Probe(simulation)
        self._sums: dict[Key, bool] = {}

    def variable(self, node: TraceNode) -> Variable:
        """Give the variable that was computed."""
        return self._system.get_variable(node.name)

    def is_input(self, node: TraceNode) -> bool:
        """Whether a value is given, not computed."""
        return self.variable(node).is_input_variable()

    def key(self, node: TraceNode) -> Key:
        """Tell a value apart; what does not change in time is one, whenever it was asked for."""
        eternal = self.variable(node).definition_period == DateUnit.ETERNITY
        return node.name, "" if eternal else str(node.period)

    def read(self, node: TraceNode) -> Read:
        """Sort what a computation read by what it counts for, which is measured.

        Args:
            node: the computation.

        Returns:
            What it read, each thing once. Where the value is zero, nothing is left out: the reader
            wants to know why.
        """
        found = Read([], [], [], [])
        empty = node.value.dtype.kind in "fib" and not node.value.any()
        for reader, child in self._spliced(node):
            if self._is_amount(node, child):
                coefficient = self._probe.coefficient(reader, child)
                if abs(coefficient) >= CLOSE:
                    if child.value.any():
                        found.amounts.append((child, coefficient))
                    else:
                        found.zeros.append(child)
                elif empty:
                    found.facts.append(child)
                elif child.value.any():
                    found.idle.append(child)
            elif not self._is_never(child) and (empty or self._probe.matters(node, child)):
                found.facts.append(child)
        return found

    def day(
        self, node: TraceNode, child: TraceNode, inherited: datetime.date | None
    ) -> datetime.date | None:
        """Give the day on which a value was read, where it was read on one.

        A right reads the year on a day that stands for those of its regime: the day itself is the
        one without which nothing would be read.

        Args:
            node: a computation.
            child: a value that it read.
            inherited: the day on which the computation itself was read.

        Returns:
            The day; none for a value of a period.
        """
        on_a_day = child.period.unit == DateUnit.YEAR or child.period != node.period
        if self.is_input(child) or not on_a_day:
            return None
        asked = (child.name, str(child.period))
        for other in node.children:
            known = in_words.value(self.variable(other), other)
            if not isinstance(known, datetime.date):
                continue
            if asked not in self._probe.read_without(node, other):
                return known
        return inherited if child.period == node.period else None

    def _spliced(self, node: TraceNode) -> Iterator[tuple[TraceNode, TraceNode]]:
        """Give what a computation read, each thing once, with what read it.

        The sums of a month are read through, down to the lines that are paid.
        """
        seen: set[Key] = set()
        for child in node.children:
            whole = self._trace.node(child.name, child.period)
            same_month = child.period == node.period and child.period.unit == DateUnit.MONTH
            if same_month and self._is_sum(node) and self._is_sum(whole):
                yield from self._spliced(whole)
            elif self.key(child) not in seen:
                seen.add(self.key(child))
                yield node, child

    def _is_sum(self, node: TraceNode) -> bool:
        """Whether a computation only adds amounts that it read."""
        if self.key(node) not in self._sums:
            self._sums[self.key(node)] = (
                bool(node.children)
                and not node.parameters
                and all(
                    self._is_amount(node, child)
                    and abs(self._probe.coefficient(node, child) - 1) < CLOSE
                    for child in node.children
                )
            )
        return self._sums[self.key(node)]

    def _is_amount(self, node: TraceNode, child: TraceNode) -> bool:
        """Whether a value may be a term of another: both are numbers of one unit, not shares."""
        one, other = self.variable(node), self.variable(child)
        numbers = {one.value_type, other.value_type} <= {int, float}
        return numbers and one.unit == other.unit and not is_share(one.unit or "")

    def _is_never(self, node: TraceNode) -> bool:
        variable = self.variable(node)
        return variable.value_type is datetime.date and in_words.value(variable, node) is None

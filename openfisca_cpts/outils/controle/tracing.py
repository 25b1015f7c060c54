"""What each test reads of the law and what it asserts, in the trace of its computation."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from openfisca_core.indexed_enums import Enum
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts.outils.controle.yaml_tests import YamlTest, run

if TYPE_CHECKING:
    from openfisca_core.tracers import TraceNode


@dataclasses.dataclass(frozen=True, order=True)
class Read:
    """One figure read by one computation.

    Attributes:
        parameter: dotted path.
        day: the day whose law is read, in ISO form.
        variable: the variable whose formula reads it.
        period: its period.
        serves: whether a community takes it. A table by size or by region is read whole, for all
            communities at once: the figure of a size that none of them has serves nobody.
    """

    parameter: str
    day: str
    variable: str
    period: str
    serves: bool


@dataclasses.dataclass(frozen=True, order=True)
class Assertion:
    """One computation that a test asserts.

    Attributes:
        variable: the variable.
        period: its period.
        day: first day of the period, in ISO form.
        computed: whether a formula applies; otherwise the variable is given, or has its default.
    """

    variable: str
    period: str
    day: str
    computed: bool


@dataclasses.dataclass(frozen=True)
class Traced:
    """One test, run with a trace.

    Attributes:
        test: the test.
        error: why it failed; none where it passed.
        reads: the figures that it read.
        asserted: the computations that it asserts.
        cost: how many computations it takes; not a time, which would change at each run.
    """

    test: YamlTest
    error: str | None
    reads: frozenset[Read]
    asserted: frozenset[Assertion]
    cost: int


def trace(tests: Iterable[YamlTest], system: TaxBenefitSystem) -> list[Traced]:
    """Run tests and note what they read.

    Args:
        tests: the tests; those of a reform are left out, which read another law.
        system: the law.

    Returns:
        One item per test of the law, in the same order.
    """
    return [_trace(test, system) for test in tests if test.of_the_law]


def _trace(test: YamlTest, system: TaxBenefitSystem) -> Traced:
    outcome = run(test, system, trace=True)
    if outcome.simulation is None:  # the situation was refused
        return Traced(test, outcome.error, frozenset(), frozenset(), 0)
    tracer = outcome.simulation.tracer
    nodes = list(tracer.browse_trace())
    reads = frozenset(read for node in nodes for read in _reads(node, system))
    asserted = frozenset(_assertion(root, system) for root in tracer.trees)
    return Traced(test, outcome.error, reads, asserted, len(nodes))


def _assertion(root: TraceNode, system: TaxBenefitSystem) -> Assertion:
    formula = system.get_variable(root.name).get_formula(root.period)
    return Assertion(root.name, str(root.period), str(root.period.start), formula is not None)


def _reads(node: TraceNode, system: TaxBenefitSystem) -> Iterator[Read]:
    if not node.parameters:
        return
    chosen = [
        (set(child.value.decode_to_str()), child.value.possible_values.__members__)
        for child in node.children
        if system.get_variable(child.name).value_type is Enum
    ]
    paths = {parameter.name for parameter in node.parameters}
    for parameter in node.parameters:
        table, _, key = parameter.name.rpartition(".")
        serves = True
        for present, names in chosen:
            if key in names:
                serves &= key in present
            elif any(f"{table}.{name}" in paths for name in names):
                # What stands beside the choices, « defaut », serves those that have no figure.
                serves &= any(f"{table}.{name}" not in paths for name in present)
        day, period = str(parameter.period), str(node.period)
        yield Read(parameter.name, day, node.name, period, serves)

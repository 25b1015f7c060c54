"""Who reads what, seen in the traces of the YAML tests, and what they assert."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts.outils.controle import yaml_tests
from openfisca_cpts.outils.controle.yaml_tests import YamlTest


@dataclasses.dataclass(frozen=True)
class Readings:
    """What formulas read, and which tests assert what they give.

    Attributes:
        figures: paths of the figures that each variable reads itself, by variable.
        inputs: variables that each variable reads itself, by variable.
        readers_of_figure: variables that read each figure, by path.
        readers: variables that read each variable, by variable.
        tests: tests of the law that assert each variable, by variable.
        count: how many tests were run.
    """

    figures: Mapping[str, list[str]]
    inputs: Mapping[str, list[str]]
    readers_of_figure: Mapping[str, list[str]]
    readers: Mapping[str, list[str]]
    tests: Mapping[str, list[YamlTest]]
    count: int


def read(folder: Path, system: TaxBenefitSystem) -> Readings:
    """Run the tests of the law with a trace.

    Args:
        folder: folder of the YAML tests; those of a reform are left out, which read another law.
        system: the law.

    Returns:
        What was read, each list in the order of the law.
    """
    figures: dict[str, set[str]] = collections.defaultdict(set)
    inputs: dict[str, set[str]] = collections.defaultdict(set)
    asserting: dict[str, list[YamlTest]] = collections.defaultdict(list)
    tests = [test for test in yaml_tests.read(folder) if test.of_the_law]
    for test in tests:
        outcome = yaml_tests.run(test, system, trace=True)
        tracer: Any = outcome.simulation and outcome.simulation.tracer
        if not hasattr(tracer, "browse_trace"):  # refused before anything was computed
            continue
        for name in dict.fromkeys(root.name for root in tracer.trees):
            asserting[name].append(test)
        for node in tracer.browse_trace():
            figures[node.name].update(parameter.name for parameter in node.parameters)
            inputs[node.name].update(child.name for child in node.children)
    names = list(system.variables)
    read_by = {name: [each for each in names if name in inputs[each]] for name in names}
    paths = sorted({path for found in figures.values() for path in found})
    return Readings(
        figures={name: sorted(figures[name]) for name in names},
        inputs={name: [each for each in names if each in inputs[name]] for name in names},
        readers_of_figure={
            path: [name for name in names if path in figures[name]] for path in paths
        },
        readers=read_by,
        tests={name: asserting[name] for name in names},
        count=len(tests),
    )

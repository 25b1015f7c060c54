"""Reads the YAML tests and runs them in process, with the comparisons of OpenFisca's own runner."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from openfisca_core.reforms.in_yaml_test_reform import InYamlTestReform
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.tools import test_runner

from openfisca_cpts.outils.fichiers.files import Loader
from openfisca_cpts.outils.fichiers.findings import TestsRefusedError

SUFFIXES = (".yaml", ".yml")
OTHER_LAW = ("reforms", "extensions", "parameters")
"""Keys of a test that is not run on the law in force."""


@dataclasses.dataclass(frozen=True)
class YamlTest:
    """One test of a YAML file.

    Attributes:
        file: path of the file below the folder of tests, with slashes.
        rank: rank in the file, from 0.
        content: what the file says of it.
    """

    file: str
    rank: int
    content: dict[str, Any]

    @property
    def name(self) -> str:
        """What the test says it shows."""
        return str(self.content.get("name", f"test {self.rank + 1}"))

    @property
    def title(self) -> str:
        """Where the test stands, and its name."""
        return f"{self.file} : {self.name}"

    @property
    def of_the_law(self) -> bool:
        """Whether it is run on the law in force, and not on a reform."""
        return not any(self.content.get(key) for key in OTHER_LAW)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a run gave.

    Attributes:
        error: why the test failed; none where it passed.
        simulation: what was computed; none where the situation was refused.
    """

    error: str | None
    simulation: Simulation | None


def read(folder: Path) -> list[YamlTest]:
    """Read every test below a folder.

    Args:
        folder: the folder, or one file.

    Returns:
        The tests, in the order of the files.

    Raises:
        TestsRefusedError: there is no such folder, no test in it, or a file that cannot be read.
    """
    if not folder.exists():
        raise TestsRefusedError(f"Le dossier d'épreuves « {folder} » n'existe pas.")
    files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    root = folder.parent if folder.is_file() else folder
    tests = [
        YamlTest(path.relative_to(root).as_posix(), rank, content)
        for path in files
        if path.suffix in SUFFIXES
        for rank, content in enumerate(_contents(path))
    ]
    if not tests:
        raise TestsRefusedError(f"Aucune épreuve YAML dans « {folder} ».")
    return tests


def _contents(path: Path) -> Sequence[dict[str, Any]]:
    try:
        # openfisca-core's loader: dates are dates, and `no` is false.
        contents = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise TestsRefusedError(f"« {path} » ne se lit pas : {error}") from error
    contents = contents if isinstance(contents, list) else [contents]
    for content in contents:
        if not isinstance(content, dict):
            raise TestsRefusedError(f"« {path} » : une épreuve est une table de clés.")
    return contents


class _Item:
    """What openfisca-core's own comparison asks of a test under pytest."""

    check_output = test_runner.YamlItem.check_output
    check_variable = test_runner.YamlItem.check_variable
    should_ignore_variable = test_runner.YamlItem.should_ignore_variable
    options: dict[str, Any] = {}

    def __init__(self, test: Any, system: TaxBenefitSystem, simulation: Simulation) -> None:
        self.test = test
        self.tax_benefit_system = system
        self.simulation = simulation


def run(test: YamlTest, system: TaxBenefitSystem, *, trace: bool = False) -> Outcome:
    """Run one test, as `openfisca test` does.

    Args:
        test: the test.
        system: the law it is run on; it is left unchanged.
        trace: whether openfisca-core keeps a trace of every computation.

    Returns:
        Whether it passed, and what was computed. Whatever the code raises makes it fail.
    """
    simulation = None
    try:
        # Copied: openfisca-core takes apart the situation that it is given.
        asked = test_runner.build_test(copy.deepcopy(test.content))
        if asked.output is None:
            return Outcome("il manque « output »", None)
        system = _reformed(system, asked)
        builder = SimulationBuilder()
        builder.set_default_period(asked.period)
        simulation = builder.build_from_dict(system, asked.input)
        if asked.max_spiral_loops:
            simulation.max_spiral_loops = asked.max_spiral_loops
        simulation.trace = trace
        _Item(asked, system, simulation).check_output()
    except Exception as error:
        return Outcome(f"{type(error).__name__} : {error}", simulation)
    return Outcome(None, simulation)


def _reformed(system: TaxBenefitSystem, asked: Any) -> TaxBenefitSystem:
    for reform in _listed(asked.reforms):
        system = system.apply_reform(reform)
    extensions = _listed(asked.extensions)
    if extensions:
        system = system.clone()
    for extension in extensions:
        system.load_extension(extension)
    return InYamlTestReform(system, asked.parameters) if asked.parameters else system


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names

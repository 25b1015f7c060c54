"""Checks that every figure is read and every variable asserted, and what the register names."""

from __future__ import annotations

from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts import reforms
from openfisca_cpts.outils.controle import variables
from openfisca_cpts.outils.controle.traceability import ValueUse, trace_law
from openfisca_cpts.outils.fichiers import files, unmodelled
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally


def check_tests(root: Path, system: TaxBenefitSystem, folder: Path, tally: Tally) -> list[Fault]:
    """Check the use of the law by its tests.

    Args:
        root: folder of the package, or of a copy.
        system: its law.
        folder: folder of the YAML tests.
        tally: where what was checked is counted.

    Returns:
        One fault per value that no variable reads in a test, per variable with a formula that no
        test asserts, and per test that fails.

    Raises:
        TestsRefusedError: the tests cannot be read.
    """
    traceability = trace_law(root, folder)
    faults = [
        Fault(f"{folder.name}/{test.file}", 1, test.name, f"l'épreuve échoue : {error}")
        for test, error in traceability.failures
    ]
    for value in traceability.values:
        if not tally.add(Line.READ, bool(value.variables)):
            faults.append(_unread(root, value))
    for variable in traceability.variables:
        if not tally.add(Line.ASSERTED, bool(variable.tests)):
            message = "aucune épreuve n'affirme ce que calcule cette variable"
            faults.append(variables.fault(root, system.variables[variable.name], message))
    return faults


def _unread(root: Path, use: ValueUse) -> Fault:
    document = files.read(root, Path(use.leaf.parameter.file_path))
    size = () if use.leaf.table is None else (use.leaf.key,)
    message = f"{use.date} : aucune variable ne lit cette valeur dans une épreuve"
    return document.fault((*size, "values", use.date.isoformat()), message)


def check_register(system: TaxBenefitSystem, register: Path, tally: Tally) -> list[Fault]:
    """Check the register of what is not modelled.

    Args:
        system: the law.
        register: the file.
        tally: where what was checked is counted.

    Returns:
        The faults of the file.
    """
    known = {node.name for node in system.parameters.get_descendants()} | set(system.variables)
    shipped = {*reforms.SCENARIOS, *reforms.VARIANTES}
    return unmodelled.check(register, known, shipped, tally)

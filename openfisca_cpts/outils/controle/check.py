"""The legal check of a package, used by the command and by pytest."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from openfisca_cpts import DOSSIER, CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.controle import code, tree, variables
from openfisca_cpts.outils.fichiers import reform_files, unmodelled
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Report, Tally, TestsRefusedError
from openfisca_cpts.outils.loi import law
from openfisca_cpts.reforms import ReformeRefusee


def check(root: Path | None = None, tests: Path | None = None) -> Report:
    """Check that every figure of the law has its source, stands in one place, and is tested.

    Args:
        root: folder of the package, or of a copy: `parameters/`, `units.yaml`, `variables/` and
            the other Python files. Default: the installed package.
        tests: folder of the YAML tests. Default: that of the checkout in which the package
            stands.

    Returns:
        The faults, and the coverage line by line. Where `units.yaml` is refused the check stops
        there: every other file would be refused for its unit. Where there are no tests, or no
        register of what is not modelled, or the parameters are refused, the lines that rest on
        them say that they were not checked.

    Raises:
        TestsRefusedError: the folder is not that of a package, or the tests cannot be read.
    """
    root = package_folder(root)
    tally = Tally()
    units, faults = tree.read_units(root, tally)
    readable = not faults
    if readable:
        figures, faults = tree.check(root, units, tally)
        readable = not faults
        faults += variables.check(root, units, tally, figures if readable else None)
        # They import the installed package, as the variables of the law do: they are its own.
        for name in (*reforms.SCENARIOS, *reforms.VARIANTES) if _law_loads() else ():
            faults += _check_reform(name, units, figures, tally)
        faults += code.check(root, figures, tally)
    if readable:
        faults += reform_files.check(root, tally)
        faults += _check_use(root, tests or tests_beside(root), tally, faults)
    else:  # nothing can be said of what rests on parameters that are refused
        tally.skip(Line.REFORM, Line.READ, Line.ASSERTED, Line.REGISTER)
    return Report(sorted(set(faults)), tally.coverage())


def _law_loads() -> bool:
    """Say whether the installed law can be loaded; its own check says why where it cannot."""
    try:
        CountryTaxBenefitSystem()
    except Exception:  # a file, or a declaration, that is refused
        return False
    return True


def _check_reform(
    name: str, units: Collection[str], figures: tree.Figures, tally: Tally
) -> list[Fault]:
    """Apply a shipped reform, and check the variables that it adds."""
    try:
        return variables.check_reform(reforms.trouver(name), units, tally, figures=figures)
    except ReformeRefusee as refusal:
        return reform_files.refused(DOSSIER, reforms.fichier(name), refusal)
    except Exception as error:  # the code of a reform runs, and may raise anything
        message = f"la réforme ne s'applique pas ({type(error).__name__} : {error})"
        return [Fault(reforms.fichier(name).relative_to(DOSSIER).as_posix(), 1, name, message)]


def package_folder(given: Path | None) -> Path:
    """Give the folder of a package.

    Args:
        given: the folder that the user names, if any. Default: the installed package.

    Returns:
        The folder.

    Raises:
        TestsRefusedError: it is not that of a package; the message says what is missing.
    """
    root = (given or DOSSIER).resolve()
    for name in (tree.FOLDER, tree.UNITS, variables.FOLDER):
        if not (root / name).exists():
            missing = root / name
            raise TestsRefusedError(
                f"Ce dossier n'est pas celui d'un paquet : il manque {missing}."
            )
    return root


def tests_beside(root: Path) -> Path | None:
    """Give the folder of the tests of the checkout that holds a package; none outside of one."""
    checkout = root.resolve().parent
    return checkout / "tests" / "yaml" if (checkout / "pyproject.toml").is_file() else None


def _check_use(
    root: Path, tests: Path | None, tally: Tally, known: Collection[Fault]
) -> list[Fault]:
    """Check what the tests read and assert, and what the register names."""
    register = unmodelled.path(root)
    if tests is None:
        tally.skip(Line.READ, Line.ASSERTED)
    if register is None:
        tally.skip(Line.REGISTER)
    if tests is None and register is None:
        return []
    from openfisca_cpts.outils.controle import usage  # it needs pytest, which starts slowly

    try:
        system = law.load(root)
    except Exception as error:  # the code of the variables runs, and may raise anything
        tally.skip(Line.READ, Line.ASSERTED, Line.REGISTER)
        message = f"la loi ne se charge pas ({type(error).__name__} : {error})"
        # Most often, the check of the variables has said it.
        return [] if known else [Fault(variables.FOLDER, 1, "", message)]
    faults = [] if tests is None else usage.check_tests(root, system, tests, tally)
    return faults + ([] if register is None else usage.check_register(system, register, tally))

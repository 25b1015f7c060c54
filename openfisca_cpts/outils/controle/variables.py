"""Checks what every variable says of itself: label, documentation, reference, unit."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Collection
from pathlib import Path
from typing import Any

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from openfisca_cpts import DOSSIER, CountryTaxBenefitSystem, legislation
from openfisca_cpts.entities import entities
from openfisca_cpts.missions.declaration import CLE
from openfisca_cpts.missions.declaration import DOSSIER as DOSSIER_MISSIONS
from openfisca_cpts.missions.fabrique import mission_de
from openfisca_cpts.outils.controle import effects, tree
from openfisca_cpts.outils.fichiers import files
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally, nearest
from openfisca_cpts.reforms import Reforme
from openfisca_cpts.reforms.reforme import PARAMETRES

FOLDER = "variables"
PARAMETERS = tree.FOLDER
UNDATED = "0001-01-01"
"""Start of a formula that holds for all days, as openfisca-core writes it."""


def check(
    root: Path, units: Collection[str], tally: Tally, figures: tree.Figures | None
) -> list[Fault]:
    """Check every variable of a package.

    The files are loaded as openfisca-core loads them: what is checked is what is served. What
    they import of `openfisca_cpts` is the installed package's.

    Args:
        root: folder of the package.
        units: names of the known units.
        tally: where what was checked is counted.
        figures: the dates of the law; none where its parameters are refused: the variables of the
            missions that they declare are left out.

    Returns:
        The faults; one only, without any coverage, where the files cannot be loaded.
    """
    system = TaxBenefitSystem(entities)
    try:
        system.add_variables_from_directory(str(root / FOLDER))
    except Exception as error:  # the code of the files runs: it may raise anything
        message = f"les variables ne se chargent pas ({type(error).__name__} : {error})"
        return [Fault(FOLDER, 1, "", message)]
    if figures is not None:
        system.parameters = legislation.lire(root / PARAMETERS)
        legislation.ajouter_missions(system)
    faults: list[Fault] = []
    labels: dict[str, str] = {}
    for _, variable in sorted(system.variables.items()):
        messages = _said(variable, labels, tally) + _unit(variable, units, tally)
        if figures is not None and mission_de(variable) is not None:
            messages += _dated(variable, figures, tally)
        faults += [fault(root, variable, message) for message in messages]
    return faults


def fault(root: Path, variable: Variable, message: str) -> Fault:
    """Make a fault of a variable.

    Args:
        root: folder of the package.
        variable: the variable, loaded from it.
        message: what is wrong, in French.

    Returns:
        The fault, on the line of its class, or where its mission is declared.
    """
    if (mission := mission_de(variable)) is not None:
        return _declared(root, Path(PARAMETERS, *DOSSIER_MISSIONS, mission), variable, message)
    file = Path(inspect.getfile(type(variable))).relative_to(root).as_posix()
    *_, line = variable.introspection_data
    return Fault(file, line + 1, variable.name, message)


def _declared(root: Path, folder: Path, variable: Variable, message: str) -> Fault:
    """Make a fault of a variable that is made for a mission, where its folder declares it."""
    document = files.read(root, root / folder / tree.INDEX)
    place = document.fault(("metadata", CLE), message)
    return dataclasses.replace(place, path=variable.name)


def check_reform(
    reform: type[Reforme],
    units: Collection[str],
    tally: Tally,
    root: Path = DOSSIER,
    figures: tree.Figures | None = None,
) -> list[Fault]:
    """Check every variable that a reform adds to the law in force.

    Args:
        reform: the reform.
        units: names of the known units.
        tally: where what was checked is counted.
        root: folder in which the files of the reform stand.
        figures: the dates of the law and of its reforms, where they are known.

    Returns:
        The faults. What a reform replaces says what the law says.
    """
    kept: Any = reform  # mypy takes a class for something that cannot be hashed
    law, system = _applied(kept)
    labels = {variable.label: name for name, variable in law.variables.items()}
    faults: list[Fault] = []
    for name in sorted(system.variables.keys() - law.variables.keys()):
        variable = system.variables[name]
        messages = _said(variable, labels, tally) + _unit(variable, units, tally)
        if figures is not None and mission_de(variable) is not None:
            messages += _dated(variable, figures.of(_file_of(reform, root).as_posix()), tally)
        faults += [_of_a_reform(reform, root, variable, message) for message in messages]
    return faults


@functools.cache
def _applied(reform: Any) -> tuple[CountryTaxBenefitSystem, Reforme]:
    """Apply a reform to the installed law, once: neither changes while a process runs."""
    law = CountryTaxBenefitSystem()
    return law, reform(law)


def _of_a_reform(reform: type[Reforme], root: Path, variable: Variable, message: str) -> Fault:
    if mission_de(variable) is not None:
        folder = _file_of(reform, root).parent / PARAMETRES
        return _declared(root, folder, variable, message)
    file = Path(inspect.getfile(type(variable))).relative_to(root).as_posix()
    _, line = inspect.getsourcelines(type(variable))
    return Fault(file, line, variable.name, message)


def _file_of(reform: type[Reforme], root: Path) -> Path:
    return Path(inspect.getfile(reform)).relative_to(root)


def _dated(variable: Variable, figures: tree.Figures, tally: Tally) -> list[str]:
    """Hold the days on which the formulas of a made variable start against those of the law.

    Those that are written are found by the scan of the code.
    """
    messages = []
    for date in variable.formulas:
        if date == UNDATED:
            continue
        if not tally.add(Line.FORMULA, date in figures.dates):
            near = nearest(date, sorted(figures.dates))
            messages.append(f"{date} n'est pas une date de valeur{near}")
        if figures.effects is not None:
            unknown = effects.day_fault(date, figures.effects)
            if not tally.add(Line.FORMULA_ACT, not unknown):
                messages.append(unknown)
    return messages


def _said(variable: Variable, labels: dict[str, str], tally: Tally) -> list[str]:
    messages = []
    label = (variable.label or "").strip()
    twin = labels.setdefault(label, variable.name)
    if not tally.add(Line.VARIABLE_LABEL, bool(label) and twin == variable.name):
        same = f"le libellé « {label} » est aussi celui de {twin}"
        messages.append(same if label else "il manque un libellé (label)")
    if not tally.add(Line.VARIABLE_DOCUMENTATION, bool((variable.documentation or "").strip())):
        messages.append("il manque une documentation")
    if not tally.add(Line.VARIABLE_REFERENCE, bool(variable.reference)):
        messages.append("il manque une référence")
    return messages


def _unit(variable: Variable, units: Collection[str], tally: Tally) -> list[str]:
    known = variable.unit in units
    if variable.value_type in (int, float):
        tally.add(Line.VARIABLE_UNIT, known)
        if variable.unit is None:
            return ["il manque une unité (unit)"]
    if variable.unit is not None and not known:
        near = nearest(variable.unit, units)
        return [f"l'unité « {variable.unit} » n'est pas dans units.yaml{near}"]
    return []

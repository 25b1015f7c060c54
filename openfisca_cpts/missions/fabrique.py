"""Makes the variables of a mission from its declaration, and puts them in a system.

openfisca-core reads the classes that stand at the top of a file of `variables/`. Those of a mission
are made: the rooms beside this one hold a class for each kind of variable, which is given its name
here, and what the Web API shows of a source.
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openfisca_core.variables import Variable

import openfisca_cpts

if TYPE_CHECKING:
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.missions.declaration import Mission

RACINE = Path(str(openfisca_cpts.__file__)).parents[1]
PARTIES = ("donnees", "bareme", "calendrier", "droits", "versements")
"""The rooms, in the order of the agreement."""


def nommer(
    modele: type[Variable], mission: Mission, nom: str, depuis: str | None = None
) -> type[Variable]:
    """Give a class its name, its mission, the day its formula starts and its source.

    Args:
        modele: the class, made for one mission.
        mission: the mission.
        nom: end of the name of the variable, after the key of the mission.
        depuis: ISO day from which its formula is in force; all days if none.

    Returns:
        The class, which openfisca-core takes.
    """
    modele.__name__ = f"{mission.cle}_{nom}"
    modele.__mission__ = mission.cle
    if depuis is not None:
        setattr(modele, f"formula_{depuis.replace('-', '_')}", modele.formula)
        del modele.formula
    modele.introspection_data = _source(modele.__module__, modele.__qualname__)
    return modele


def mission_de(variable: Variable) -> str | None:
    """Give the key of the mission a variable was made for; none for one that a file defines."""
    return getattr(type(variable), "__mission__", None)


def partie_de(variable: Variable) -> str:
    """Give the room a made variable comes from, one of `PARTIES`."""
    return type(variable).__module__.rpartition(".")[-1]


def variables(mission: Mission, noeud: ParameterNode) -> Iterator[type[Variable]]:
    """Make the variables of a mission, in the order of the agreement.

    Args:
        mission: the mission.
        noeud: its folder of parameters.

    Yields:
        One class per variable.
    """
    from openfisca_cpts.missions import bareme, calendrier, donnees, droits, versements

    yield from donnees.variables(mission)
    yield from bareme.variables(mission, noeud)
    yield from calendrier.variables(mission)
    yield from droits.variables(mission)
    yield from versements.variables(mission)


def ajouter(systeme: TaxBenefitSystem, mission: Mission, noeud: ParameterNode) -> None:
    """Add the variables of a mission to a system, but those that it defines itself.

    What is singular of a mission is a class in a file, and takes the place of the one that is made.

    Args:
        systeme: the system, whose files have been read.
        mission: the mission.
        noeud: its folder of parameters.
    """
    systeme.add_variables(
        *(
            variable
            for variable in variables(mission, noeud)
            if variable.__name__ not in systeme.variables
        )
    )


@functools.cache
def _source(module: str, qualifie: str) -> tuple[str, str, int]:
    """Give the file of a class, its text and its line, as openfisca-core does for those it reads."""
    fichier, lignes, classes = _classes(module)
    noeud = classes[qualifie]
    texte = "".join(lignes[noeud.lineno - 1 : noeud.end_lineno])
    return f"/{fichier.relative_to(RACINE).as_posix()}", texte, noeud.lineno - 1


@functools.cache
def _classes(module: str) -> tuple[Path, list[str], dict[str, Any]]:
    fichier = Path(str(sys.modules[module].__file__))
    texte = fichier.read_text(encoding="utf-8")
    classes = {
        f"{fonction.name}.<locals>.{classe.name}": classe
        for fonction in ast.parse(texte).body
        if isinstance(fonction, ast.FunctionDef)
        for classe in fonction.body
        if isinstance(classe, ast.ClassDef)
    }
    return fichier, texte.splitlines(keepends=True), classes

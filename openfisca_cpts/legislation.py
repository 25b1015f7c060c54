"""Loads the parameter tree and the variables, those of the declared missions included."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openfisca_core.parameters import Parameter, ParameterNode

from openfisca_cpts.missions import declaration, fabrique

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem


PARAMETRES = Path(__file__).parent / "parameters"


def charger(dossier: Path, nom: str = "") -> ParameterNode:
    """Load the law in figures.

    The files are parsed once per process; each call gives a copy that may be changed.

    Args:
        dossier: folder of the YAML files.
        nom: dotted path of the node that the folder stands for; the root by default.

    Returns:
        The node. The Web API serves what stands on a parameter itself and nothing
        of its parents: a size carries the unit, references and statuts of its file.
    """
    return _lire(dossier, nom).clone()


def lire(dossier: Path, nom: str = "") -> ParameterNode:
    """Load the law in figures as its files are now, whatever was loaded before.

    Args:
        dossier: folder of the YAML files.
        nom: dotted path of the node that the folder stands for.

    Returns:
        The node.
    """
    racine = ParameterNode(nom, directory_path=str(dossier))
    _transmettre(racine)
    return racine


@functools.cache
def missions() -> tuple[declaration.Mission, ...]:
    """Give the missions of the law in force, in its order."""
    return tuple(declaration.lire(noeud) for noeud in declaration.noeuds(charger(PARAMETRES)))


def ajouter_variables(systeme: TaxBenefitSystem, dossier: Path) -> None:
    """Add the variables of a folder to a system, then those of the missions that it declares.

    Args:
        systeme: the system, whose parameters are loaded.
        dossier: folder of the variables.
    """
    systeme.add_variables_from_directory(str(dossier))
    ajouter_missions(systeme)


def ajouter_missions(systeme: TaxBenefitSystem) -> None:
    """Add the variables of the missions that the parameters of a system declare.

    Args:
        systeme: the system, whose files of variables have been read.
    """
    for noeud in declaration.noeuds(systeme.parameters):
        fabrique.ajouter(systeme, declaration.lire(noeud), noeud)


_lire = functools.cache(lire)


def _transmettre(noeud: ParameterNode) -> None:
    for enfant in noeud.children.values():
        if isinstance(enfant, ParameterNode):
            _transmettre(enfant)
        elif isinstance(enfant, Parameter) and Path(noeud.file_path).is_file():
            enfant.metadata = fusionner(noeud.metadata, enfant.metadata)


def fusionner(fichier: dict[str, Any], taille: dict[str, Any]) -> dict[str, Any]:
    """Complete the metadata of one size with those of its file.

    Args:
        fichier: metadata of the file.
        taille: metadata that the size carries itself; they win, date by date where dated.

    Returns:
        The metadata that hold for the size.
    """
    completes = {**fichier, **taille}
    for cle, valeur in fichier.items():
        if isinstance(valeur, dict) and cle in taille:
            completes[cle] = {**valeur, **taille[cle]}
    return completes

"""Loads the parameter tree, and gives each size of a file the metadata of its file."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode

DATES = ("reference", "official_journal_date", "statut", "texte")
"""The metadata that stand for each date of value."""


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


@functools.cache
def _lire(dossier: Path, nom: str) -> ParameterNode:
    racine = ParameterNode(nom, directory_path=str(dossier))
    _transmettre(racine)
    return racine


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

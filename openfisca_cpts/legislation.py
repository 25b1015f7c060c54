"""Loads the parameter tree and the variables, those of the declared missions included.

Each size of a file has the metadata of its file. The files are read as UTF-8 here: openfisca-core
opens them in the encoding of the machine, which garbles the texts of the law under a French
Windows.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from openfisca_core.errors import ParameterParsingError
from openfisca_core.parameters import Parameter, ParameterNode, config

from openfisca_cpts.missions import declaration, fabrique

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

PARAMETRES = Path(__file__).parent / "parameters"
INDEX = "index"

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


def lire(dossier: Path, nom: str = "") -> ParameterNode:
    """Load the law in figures as its files are now, whatever was loaded before.

    Args:
        dossier: folder of the YAML files.
        nom: dotted path of the node that the folder stands for.

    Returns:
        The node.
    """
    racine = _noeud(dossier, nom)
    _transmettre(racine)
    return racine


_lire = functools.cache(lire)


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


def _noeud(dossier: Path, nom: str) -> ParameterNode:
    """Build the node of a folder, as openfisca-core would; its children in alphabetical order."""
    index = dossier / f"{INDEX}.yaml"
    contenu = _contenu(index) if index.is_file() else {}
    inconnues = sorted(contenu.keys() - config.COMMON_KEYS)
    if inconnues:
        message = f"la clé « {inconnues[0]} » n'a pas sa place dans un index"
        raise ParameterParsingError(message, str(index))
    noeud = ParameterNode(nom, data=contenu, file_path=str(dossier))
    for chemin in sorted(dossier.iterdir()):
        if chemin != index and (chemin.suffix in config.FILE_EXTENSIONS or chemin.is_dir()):
            lire = _noeud if chemin.is_dir() else _fichier
            complet = f"{nom}.{chemin.stem}" if nom else chemin.stem
            noeud.add_child(chemin.stem, lire(chemin, complet))
    return noeud


def _fichier(chemin: Path, nom: str) -> Parameter | ParameterNode:
    """Read one file: a figure, or a node of as many as there are sizes."""
    contenu = _contenu(chemin)
    if "values" in contenu:
        return Parameter(nom, contenu, str(chemin))
    return ParameterNode(nom, data=contenu, file_path=str(chemin))


def _contenu(chemin: Path) -> dict[str, Any]:
    """Parse one file, with the loader of openfisca-core: days are texts, no key stands twice."""
    try:
        contenu = yaml.load(chemin.read_text(encoding="utf-8"), Loader=config.Loader)
    except (UnicodeDecodeError, yaml.YAMLError) as erreur:
        raise ParameterParsingError("YAML invalide", str(chemin), str(erreur)) from erreur
    if not isinstance(contenu, dict):
        raise ParameterParsingError("des clés et leurs valeurs sont attendues", str(chemin))
    return contenu


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

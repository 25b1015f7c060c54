"""Reforms: the shipped scenarios and conventions, and how others are declared.

`openfisca serve -r openfisca_cpts.reforms.NOM` and `reforms: openfisca_cpts.reforms.NOM` in a YAML
test find each shipped reform by its name; `openfisca_cpts.reforms.enveloppe_fermee=0,9` gives the
coefficient that only a whole table of communities could tell.
"""

from __future__ import annotations

import functools
import importlib
from pathlib import Path
from typing import Any

from openfisca_cpts.reforms.declarations import declarer, depuis_json, lire, reglages
from openfisca_cpts.reforms.reforme import DECLARATION, DONNE, NOEUD, Equilibre, Reforme
from openfisca_cpts.reforms.refus import Faute, ReformeRefusee, proche

__all__ = [
    "NOEUD",
    "SCENARIOS",
    "VARIANTES",
    "Equilibre",
    "Faute",
    "Reforme",
    "ReformeRefusee",
    "declarer",
    "depuis_json",
    "fichier",
    "lire",
    "reglages",
    "trouver",
]

DOSSIER = Path(__file__).parent
_LIVREES = {
    (fichier.parent if fichier.name == DECLARATION else fichier.with_suffix("")).name: fichier
    for dossier in ("scenarios", "variantes")
    for fichier in sorted((DOSSIER / dossier).glob("**/*.yaml"))
    if fichier.name == DECLARATION or fichier.parent.name == dossier
}


def _du_dossier(dossier: str) -> tuple[str, ...]:
    racine = DOSSIER / dossier
    return tuple(sorted(nom for nom, fichier in _LIVREES.items() if racine in fichier.parents))


SCENARIOS = _du_dossier("scenarios")
"""Names of the shipped reforms, in alphabetical order."""
VARIANTES = _du_dossier("variantes")
"""Names of the shipped conventions that no source settles, in alphabetical order."""


def trouver(nom: str) -> type[Reforme]:
    """Give a shipped reform.

    Args:
        nom: its name, one of `SCENARIOS` or `VARIANTES`; for a reform whose coefficient the whole
            table gives, « nom=0,9 » gives it instead.

    Returns:
        The reform, to be applied to a system.

    Raises:
        KeyError: there is none of that name; the message gives the nearest.
        ReformeRefusee: what is given is no coefficient, or the reform has none.
    """
    nom, donne, ecrit = nom.partition(DONNE)
    if donne:
        reforme = trouver(nom)
        try:
            return reforme.avec(float(ecrit.replace(",", ".")))
        except ValueError as erreur:
            if isinstance(erreur, ReformeRefusee):
                raise
            message = "un coefficient est attendu, un nombre comme 0,9"
            raise ReformeRefusee(nom, [Faute((ecrit,), message)]) from erreur
    if nom not in _LIVREES:
        raise KeyError(f"la réforme « {nom} » n'est pas livrée{proche(nom, _LIVREES)}")
    fichier = _LIVREES[nom]
    if fichier.name != DECLARATION:
        return _declaree(fichier)
    dossier = fichier.parent
    module = importlib.import_module(f"{__name__}.{dossier.parent.name}.{nom}")
    return getattr(module, nom)


def fichier(nom: str) -> Path:
    """Give the file that declares a shipped reform.

    Args:
        nom: its name, one of `SCENARIOS` or `VARIANTES`.

    Returns:
        The path of the file.
    """
    return _LIVREES[nom]


@functools.cache
def _declaree(fichier: Path) -> type[Reforme]:
    """Read a shipped declaration, once: a reform is the same class wherever it is named."""
    return lire(fichier)


def __getattr__(nom: str) -> Any:
    try:
        return trouver(nom)
    except KeyError as erreur:
        raise AttributeError(erreur.args[0]) from erreur

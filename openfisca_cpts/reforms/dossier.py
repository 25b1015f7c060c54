"""A reform in a folder of one's own, laid out as those that are shipped, and installed nowhere."""

from __future__ import annotations

import importlib.util
import sys
import types
from pathlib import Path
from typing import Any

import yaml

from openfisca_cpts.reforms.reforme import DECLARATION, Reforme
from openfisca_cpts.reforms.refus import Faute, ReformeRefusee

CODE = "__init__.py"
"""File of the class, where the reform changes a rule; the class has the name of the reform."""
OBLIGATOIRES = ("nom", "titre", "source")
PREFIXE = "openfisca_cpts_dossier_"
"""Start of the name of the module: it hides none that is installed."""


def est_un_dossier(chemin: Path) -> bool:
    """Say whether a folder holds a reform: it declares one."""
    return (chemin / DECLARATION).is_file()


def lire_dossier(dossier: Path) -> type[Reforme]:
    """Read a reform from a folder: `reforme.yaml`, its figures, and its formulas if it has some.

    The code of the folder is run: only the owner of the machine may name one.

    Args:
        dossier: the folder.

    Returns:
        The reform.

    Raises:
        ReformeRefusee: the declaration lacks a key, or the code does not load or has no class of
            the name of the reform.
    """
    declaration = _declaration(dossier)
    nom = declaration["nom"]
    code = dossier / CODE
    try:
        if not code.is_file():
            return types.new_class(nom, (Reforme,), {"dossier": dossier})
        module = _charger(nom, code)
    except ReformeRefusee:
        raise
    except Exception as erreur:  # the code is the writer's: whatever it does wrong is a fault of it
        message = f"le code ne se charge pas : {type(erreur).__name__}, {erreur}"
        raise ReformeRefusee(nom, [Faute((str(code),), message)]) from erreur
    classe = getattr(module, nom, None)
    if not (isinstance(classe, type) and issubclass(classe, Reforme)):
        message = f"une classe de réforme du nom de « {nom} » est attendue"
        raise ReformeRefusee(nom, [Faute((str(code),), message)])
    return classe


def _declaration(dossier: Path) -> dict[str, Any]:
    chemin = dossier / DECLARATION
    try:
        contenu = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as erreur:
        message = "du YAML en UTF-8 est attendu"
        raise ReformeRefusee(dossier.name, [Faute((str(chemin),), message)]) from erreur
    manquantes = [cle for cle in OBLIGATOIRES if not (contenu or {}).get(cle)]
    if manquantes:
        message = f"clés attendues : {', '.join(manquantes)}"
        raise ReformeRefusee(dossier.name, [Faute((str(chemin),), message)])
    return contenu


def _charger(nom: str, code: Path) -> types.ModuleType:
    """Run the code under a name of its own; what was read of it before is not read again."""
    spec = importlib.util.spec_from_file_location(
        f"{PREFIXE}{nom}", code, submodule_search_locations=[str(code.parent)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[spec.name]
        raise
    return module

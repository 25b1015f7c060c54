"""Reforms that are written, not programmed: a YAML file, a flat JSON, or a setting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.refus import Faute, ReformeRefusee, proche

CLES = ("nom", "titre", "description", "auteur", "source", "parametres")
OBLIGATOIRES = ("nom", "titre", "source", "parametres")
NOM = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
REGLAGE = re.compile(
    r"(?P<chemin>[^=\s]+)=(?P<fois>\*)?(?P<nombre>[^@=\s*]+)@(?P<debut>[^.\s]+)(\.\.(?P<fin>\S+))?"
)
FORME_DE_REGLAGE = (
    "chemin=nombre@AAAA-MM-JJ (ou …@AAAA-MM-JJ..AAAA-MM-JJ ; chemin=*nombre@… multiplie)"
)


def declarer(contenu: Any, nom: str = "") -> type[Reforme]:
    """Make a reform of its declaration.

    Args:
        contenu: table with the keys of `CLES`.
        nom: what to call the reform in a refusal, where it does not say its own name.

    Returns:
        The reform, to be applied to a system.

    Raises:
        ReformeRefusee: a key that is missing or unknown. What it changes is checked against the
            parameters when it is applied.
    """
    fautes = _fautes_de_forme(contenu)
    if fautes:
        raise ReformeRefusee(nom or "sans nom", fautes)
    attributs = {cle: contenu[cle] for cle in CLES if cle in contenu}
    return type(contenu["nom"], (Reforme,), attributs)


def lire(chemin: Path) -> type[Reforme]:
    """Read a reform from a file.

    Args:
        chemin: a YAML file that holds a declaration, or a JSON file that holds a flat table.

    Returns:
        The reform.

    Raises:
        ReformeRefusee: the file is not of that form, or not in UTF-8.
        OSError: the file cannot be read.
    """
    nom = chemin.stem
    try:
        texte = chemin.read_text(encoding="utf-8-sig")
        if chemin.suffix.lower() == ".json":
            titre = titre_de_fichier(chemin.name)
            return depuis_json(nom, json.loads(texte), titre)
        return declarer(yaml.safe_load(texte), nom)
    except UnicodeDecodeError as erreur:
        message = f"« {chemin.name} » n'est pas en UTF-8 (octet {erreur.start})"
    except (yaml.YAMLError, json.JSONDecodeError) as erreur:
        message = f"« {chemin.name} » ne se lit pas ({str(erreur).splitlines()[0]})"
    raise ReformeRefusee(nom, [Faute((), message)])


def titre_de_fichier(nom: str) -> str:
    """Give the title of a reform that says nothing of itself but the name of its file."""
    return f"Réforme du fichier {nom}"


def depuis_json(nom: str, table: Any, titre: str = "") -> type[Reforme]:
    """Make a reform of the flat table that LexImpact and PolicyEngine users know.

    Args:
        nom: name of the reform.
        table: path → `{"AAAA-MM-JJ": value}`, each value in force from its day until the next;
            a key `"AAAA-MM-JJ.AAAA-MM-JJ"` also gives the last day included.
        titre: its title; made of its name if none is given.

    Returns:
        The reform.

    Raises:
        ReformeRefusee: the table is of another form; a bare value has no date to start on.
    """
    fautes = []
    parametres = {}
    if not isinstance(table, dict) or not table:
        message = 'une table {"chemin": {"AAAA-MM-JJ": nombre}} est attendue'
        raise ReformeRefusee(nom, [Faute((), message)])
    for chemin, valeurs in table.items():
        if not isinstance(valeurs, dict):
            message = f'une table {{"AAAA-MM-JJ": nombre}} est attendue (reçu {valeurs})'
            fautes.append(Faute((chemin,), message))
            continue
        parametres[chemin] = [_dater(cle, valeur) for cle, valeur in valeurs.items()]
    if fautes:
        raise ReformeRefusee(nom, fautes)
    return _sans_texte(nom, titre or f"Réforme sans titre, {nom}", parametres)


def reglages(textes: Iterable[str], nom: str = "reglages") -> type[Reforme]:
    """Make a reform of settings, as the command takes them.

    Args:
        textes: `aci.fonctionnement.taille_1=51000@2026-01-01`, or with a last day,
            `…@2026-01-01..2026-12-31`; `…=*1.02@…` multiplies what is in force.
        nom: name of the reform.

    Returns:
        The reform; settings of one path follow each other in time.

    Raises:
        ReformeRefusee: a setting is of another form.
    """
    fautes = []
    parametres: dict[str, list[dict[str, Any]]] = {}
    for texte in textes:
        morceaux = REGLAGE.fullmatch(texte)
        nombre = _nombre(morceaux["nombre"]) if morceaux else None
        if morceaux is None or nombre is None:
            fautes.append(Faute((texte,), f"attendu : {FORME_DE_REGLAGE}"))
            continue
        operation = "multiplier" if morceaux["fois"] else "valeur"
        changement = {"a_partir_du": morceaux["debut"], operation: nombre}
        if morceaux["fin"]:
            changement["jusqu_au"] = morceaux["fin"]
        parametres.setdefault(morceaux["chemin"], []).append(changement)
    if fautes:
        raise ReformeRefusee(nom, fautes)
    return _sans_texte(nom, "Réglages de la commande", parametres)


def _sans_texte(nom: str, titre: str, parametres: dict[str, Any]) -> type[Reforme]:
    return declarer(
        {
            "nom": nom,
            "titre": titre,
            "source": {"title": "Chiffre choisi par la personne qui simule, sans texte"},
            "parametres": parametres,
        },
        nom,
    )


def _dater(cle: str, valeur: Any) -> dict[str, Any]:
    debut, _, fin = str(cle).partition(".")
    return {"a_partir_du": debut, "valeur": valeur} | ({"jusqu_au": fin} if fin else {})


def _nombre(texte: str) -> float | int | None:
    for lire_nombre in (int, float):
        try:
            return lire_nombre(texte.replace(",", "."))
        except ValueError:
            continue
    return None


def _fautes_de_forme(contenu: Any) -> list[Faute]:
    if not isinstance(contenu, Mapping):
        return [Faute((), f"une table avec les clés {', '.join(CLES)} est attendue")]
    fautes = [
        Faute((str(cle),), f"la clé « {cle} » est inconnue{proche(str(cle), CLES)}")
        for cle in contenu
        if cle not in CLES
    ]
    fautes += [
        Faute((cle,), "la clé est obligatoire, elle manque")
        for cle in OBLIGATOIRES
        if not contenu.get(cle)
    ]
    if contenu.get("nom") and not NOM.fullmatch(str(contenu["nom"])):
        message = f"attendu : des lettres minuscules, chiffres et « _ » (reçu « {contenu['nom']} »)"
        fautes.append(Faute(("nom",), message))
    for cle in ("titre", "description", "auteur"):
        if not isinstance(contenu.get(cle, ""), str):
            fautes.append(Faute((cle,), "un texte est attendu"))
    source = contenu.get("source")
    if source and not (isinstance(source, Mapping) and isinstance(source.get("title"), str)):
        fautes.append(Faute(("source",), "une table {title, href} est attendue"))
    if contenu.get("parametres") and not isinstance(contenu["parametres"], Mapping):
        message = "une table chemin → liste de changements est attendue"
        fautes.append(Faute(("parametres",), message))
    return fautes

"""What the declaration of a mission must say: its keys, and that what they name exists."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

SOCLE, COMPLEMENTAIRE = "socle", "complementaire"
AVANCE, EVALUATION = "avance", "evaluation"
TITRE = re.compile(r"Mission « (?P<nom>.+) »")
TEXTE, OUI_NON, TABLE = "un texte", "true ou false", "une table"

DECLARATION = {"categorie": TEXTE, "textes": TABLE, "parts": TABLE}
APPORT = {"titre": TEXTE, "apport": TEXTE}
PART = {"nom": TEXTE, "montant": TEXTE, "paiement": TEXTE, "prorata": OUI_NON}
AU_CHOIX = {
    "quotite": TEXTE,
    "reste": TEXTE,
    "condition": TABLE,
    "nombre": TABLE,
    "libelle": TEXTE,
    "documentation": TEXTE,
}
SAISIE = {"cle": TEXTE, "libelle": TEXTE, "documentation": TEXTE}
CHOIX = {"categorie": (SOCLE, COMPLEMENTAIRE), "paiement": (AVANCE, EVALUATION)}
PREFIXE = "part "
EXCLUSIVES = (
    *(("quotite", "reste"), ("condition", "nombre")),
    *(("quotite", "nombre"), ("reste", "nombre")),
)
PROPRES = ("quotite", "reste", "nombre", "libelle")
"""What a part says that is not the amount itself: it needs a name of its own."""

Faute = tuple[tuple[str, ...], str]
"""The keys that lead to the place, and what is wrong, in French."""


def fautes(
    description: str | None, contenu: Any, fichiers: Collection[str], jours: Collection[str]
) -> Iterator[Faute]:
    """Find what is wrong with a declaration.

    Args:
        description: that of the folder, which gives the mission its name.
        contenu: what stands under `metadata.mission`.
        fichiers: names of the parameters of the folder.
        jours: their dates of value.

    Yields:
        Each fault.
    """
    if not TITRE.fullmatch(description or ""):
        yield (), f"la description « {description} » n'est pas de la forme « Mission « … » »"
    yield from _table((), contenu, DECLARATION, {})
    textes, parts = (
        table
        if isinstance(contenu, Mapping) and isinstance(table := contenu.get(cle), Mapping)
        else {}
        for cle in ("textes", "parts")
    )
    for jour, texte in textes.items():
        lieu = ("textes", str(jour))
        if str(jour) not in jours:
            yield (
                lieu,
                f"aucune valeur de la mission n'est datée du {jour}{_proche(str(jour), jours)}",
            )
        yield from _table(lieu, texte, APPORT, {})
    for cle, part in parts.items():
        lieu = ("parts", str(cle))
        yield from _table(lieu, part, PART, AU_CHOIX)
        if isinstance(part, Mapping):
            yield from _part(lieu, part, parts, fichiers)


def _part(
    lieu: tuple[str, ...], part: Mapping[str, Any], parts: Mapping[str, Any], connus: Any
) -> Iterator[Faute]:
    for cle in ("montant", "quotite"):
        nom = part.get(cle)
        if isinstance(nom, str) and nom not in connus:
            yield (*lieu, cle), f"« {nom} » n'est pas dans le dossier{_proche(nom, connus)}"
    autres = [autre for autre in parts if autre != lieu[-1]]
    if part.get("reste") is not None and part["reste"] not in autres:
        reste = part["reste"]
        yield (*lieu, "reste"), f"« {reste} » n'est pas une autre part{_proche(str(reste), autres)}"
    # The labels that are made of it agree in the feminine: « Part variable annuelle », « versée ».
    nom, montant = part.get("nom"), part.get("montant")
    if isinstance(nom, str) and montant != lieu[-1] and not nom.startswith(PREFIXE):
        yield (*lieu, "nom"), f"« {nom} » ne commence pas par « {PREFIXE.strip()} »"
    for cle in PROPRES:
        if cle in part and montant == lieu[-1]:
            yield (*lieu, cle), f"la part porte le nom de son montant : « {cle} » serait sans effet"
    for une, autre in EXCLUSIVES:
        if une in part and autre in part:
            yield (*lieu, autre), f"« {une} » et « {autre} » s'excluent"
    for cle, cles in (("condition", SAISIE), ("nombre", SAISIE | {"unite": TEXTE})):
        if isinstance(part.get(cle), Mapping):
            yield from _table((*lieu, cle), part[cle], cles, {})


def _table(
    lieu: tuple[str, ...], contenu: Any, cles: Mapping[str, str], au_choix: Mapping[str, str]
) -> Iterator[Faute]:
    if not isinstance(contenu, Mapping):
        yield lieu, "une table de clés est attendue"
        return
    connues = {**cles, **au_choix}
    for cle in cles:
        if cle not in contenu:
            yield (*lieu, cle), f"la clé « {cle} » est obligatoire, elle manque"
    for cle, valeur in contenu.items():
        if cle not in connues:
            yield (*lieu, str(cle)), f"la clé « {cle} » est inconnue{_proche(str(cle), connues)}"
        elif not _est(connues[cle], valeur):
            yield (*lieu, cle), f"« {valeur} » : {connues[cle]} est attendu"
        elif cle in CHOIX and valeur not in CHOIX[cle]:
            message = f"« {valeur} » est inconnu{_proche(valeur, CHOIX[cle])}"
            yield (*lieu, cle), f"{message} ; attendu : {' ou '.join(CHOIX[cle])}"


def _est(attendu: str, valeur: Any) -> bool:
    if attendu == TEXTE:
        return isinstance(valeur, str) and bool(valeur.strip())
    return isinstance(valeur, bool) if attendu == OUI_NON else _est_une_table(valeur)


def _est_une_table(valeur: Any) -> bool:
    return isinstance(valeur, Mapping) and bool(valeur)


def _proche(mot: str, connus: Collection[str]) -> str:
    trouves = difflib.get_close_matches(mot, list(connus), n=1)
    return f" ; le plus proche est « {trouves[0]} »" if trouves else ""

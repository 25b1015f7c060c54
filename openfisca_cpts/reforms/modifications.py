"""Writes the changes that a reform declares on the parameters, with their source."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from openfisca_core.parameters import Parameter, ParameterAtInstant, ParameterNode

from openfisca_cpts.legislation import DATES
from openfisca_cpts.reforms.coherence import fautes_d_ordre, fautes_de_valeur
from openfisca_cpts.reforms.refus import Faute, proche
from openfisca_cpts.reforms.tranches import Tranche, lire_tranches

STATUT = "reforme"
"""What stands instead of a degree of certainty on a value that a reform writes: it is not law."""


def modifier(
    parametres: ParameterNode, modifications: Mapping[str, Any], source: Mapping[str, str]
) -> list[Faute]:
    """Write changes on a tree of parameters, in place.

    Args:
        parametres: root of the tree, which is the reform's own.
        modifications: by path, where `*` stands for any one segment, a list of tables
            `{a_partir_du, jusqu_au?, valeur | multiplier | ajouter}`. All of them apply to the law
            as it was, never to one another.
        source: `title`, and `href` where there is one, of the text that the values come from.

    Returns:
        The faults; where there are some, the tree must not be used.
    """
    fautes: list[Faute] = []
    auteurs: dict[str, str] = {}
    for chemin, declaration in modifications.items():
        tranches, mal_dites = lire_tranches(chemin, declaration)
        fautes += mal_dites
        feuilles, introuvables = trouver(parametres, chemin)
        fautes += introuvables
        if "*" in chemin and feuilles:
            fautes += _sans_effet(feuilles, tranches)
        for feuille in feuilles:
            if feuille.name in auteurs:
                message = f"« {feuille.name} » est déjà changé par « {auteurs[feuille.name]} »"
                fautes.append(Faute((chemin,), message))
            elif tranches:
                auteurs[feuille.name] = chemin
                fautes += _reecrire(feuille, chemin, tranches, source)
    if not fautes:
        lieux = {nom: (chemin,) for nom, chemin in auteurs.items()}
        fautes += fautes_d_ordre(parametres, lieux)
    return fautes


def trouver(parametres: ParameterNode, chemin: str) -> tuple[list[Parameter], list[Faute]]:
    """Find the parameters that a path names.

    Args:
        parametres: root of the tree.
        chemin: dotted path, where `*` stands for any one segment.

    Returns:
        The parameters, in the order of their names, and the fault where there is none.
    """
    atteints: list[ParameterNode | Parameter] = [parametres]
    for rang, pas in enumerate(str(chemin).split(".")):
        connus = sorted({nom for noeud in atteints for nom in getattr(noeud, "children", {})})
        suivants = [
            enfant
            for noeud in atteints
            for nom, enfant in getattr(noeud, "children", {}).items()
            if pas in ("*", nom)
        ]
        if not suivants:
            return [], [Faute((chemin,), _introuvable(parametres, chemin, rang, connus))]
        atteints = suivants
    feuilles = sorted(
        (noeud for noeud in atteints if isinstance(noeud, Parameter)),
        key=lambda feuille: feuille.name,
    )
    if feuilles:
        return feuilles, []
    enfants = ", ".join(f"{chemin}.{nom}" for nom in atteints[0].children)
    message = f"c'est un groupe de paramètres ; préciser {enfants}, ou {chemin}.* pour tous"
    return [], [Faute((chemin,), message)]


def _introuvable(parametres: ParameterNode, chemin: str, rang: int, connus: list[str]) -> str:
    pas = str(chemin).split(".")
    tous = [noeud.name for noeud in parametres.get_descendants() if isinstance(noeud, Parameter)]
    if not connus:
        return f"« {'.'.join(pas[:rang])} » est un paramètre : rien ne le suit"
    conseil = proche(str(chemin), tous)
    if not conseil or "*" in chemin:
        conseil = proche(pas[rang], connus) or f" (existent : {', '.join(connus)})"
    return f"le paramètre n'existe pas, « {pas[rang]} » est inconnu{conseil}"


def _sans_effet(feuilles: Sequence[Parameter], tranches: Sequence[Tranche]) -> list[Faute]:
    """Refuse the intervals that end before any of the parameters of a pattern exists."""
    premiere = min(feuille.values_list[-1].instant_str for feuille in feuilles)
    return [
        Faute(
            (*tranche.lieu, "a_partir_du"),
            f"aucun des paramètres de ce chemin n'existe avant le {_jour(premiere)} "
            f"(reçu a_partir_du : {_jour(tranche.debut)})",
        )
        for tranche in tranches
        if tranche.reprise is not None and tranche.reprise <= premiere
    ]


def _reecrire(
    feuille: Parameter, chemin: str, tranches: Sequence[Tranche], source: Mapping[str, str]
) -> list[Faute]:
    """Change the values of one parameter over some intervals."""
    loi = {valeur.instant_str: valeur.value for valeur in reversed(feuille.values_list)}
    premiere = min(loi)
    dates = set(loi)
    for tranche in tranches:
        dates |= {jour for jour in (tranche.debut, tranche.reprise) if jour is not None}
    fautes = []
    for tranche in tranches:
        # A pattern may reach a mission that comes later: it acts from the day the figure exists.
        if tranche.debut < premiere and "*" not in chemin:
            message = (
                f"« {feuille.name} » n'existe pas avant le {_jour(premiere)} "
                f"(reçu a_partir_du : {_jour(tranche.debut)})"
            )
            fautes.append(Faute((*tranche.lieu, "a_partir_du"), message))
    if fautes:
        return fautes
    valeurs: list[ParameterAtInstant] = []
    metadonnees = {cle: copy.copy(valeur) for cle, valeur in feuille.metadata.items()}
    for cle in DATES:
        metadonnees[cle] = {}
    for date in sorted(date for date in dates if date >= premiere):
        de_la_loi = max(jour for jour in loi if jour <= date)
        changement = next((tranche for tranche in tranches if tranche.couvre(date)), None)
        if changement is None:
            valeur = loi[de_la_loi]
            sources = {
                cle: feuille.metadata[cle][de_la_loi]
                for cle in DATES
                if de_la_loi in feuille.metadata.get(cle, {})
            }
        elif date != max(changement.debut, premiere) and not changement.relative:
            continue
        elif changement.relative and loi[de_la_loi] is None:
            fautes.append(Faute(changement.lieu, f"« {feuille.name} » n'a pas de valeur le {date}"))
            continue
        else:
            valeur = changement.appliquer(loi[de_la_loi])
            fautes += fautes_de_valeur(feuille, valeur, changement)
            sources = {"reference": [dict(source)], "statut": STATUT}
        valeurs.append(
            ParameterAtInstant(
                f"{feuille.name}.{date}", date, data={"value": valeur, "metadata": sources}
            )
        )
        for cle, contenu in sources.items():
            metadonnees[cle][date] = contenu
    feuille.values_list = valeurs[::-1]
    feuille.metadata = {cle: contenu for cle, contenu in metadonnees.items() if contenu != {}}
    return fautes


def _jour(date: str) -> str:
    return f"{datetime.date.fromisoformat(date):%d/%m/%Y}"

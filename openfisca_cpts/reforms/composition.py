"""The order in which joined reforms apply, whatever the order in which they are written."""

from __future__ import annotations

import enum
import graphlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform

from openfisca_cpts.reforms.modifications import trouver
from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.refus import Faute, ReformeRefusee
from openfisca_cpts.reforms.tranches import Tranche, lire_tranches

FORCE = {operation: rang for rang, operation in enumerate(("valeur", "ajouter", "multiplier"))}
"""On one figure, a value comes before what is added to it, and that before a multiplication."""


class Rang(enum.IntEnum):
    """When a reform applies: what sets amounts, what changes them, what needs all of it."""

    FIXE = enum.auto()
    TRANSFORME = enum.auto()
    EN_DERNIER = enum.auto()
    CHIFFRES = enum.auto()
    """Figures alone: the formulas read them when they compute, so they may all come after."""


def rang(reforme: type[Reform]) -> Rang:
    """Say when a reform applies.

    Args:
        reforme: the reform.

    Returns:
        Its rank; that of a class which says nothing of itself is `TRANSFORME`.
    """
    if not issubclass(reforme, Reforme):
        return Rang.TRANSFORME
    if reforme.fixe:
        return Rang.FIXE
    if not reforme.change_des_formules():
        return Rang.CHIFFRES
    return Rang.EN_DERNIER if reforme.en_dernier else Rang.TRANSFORME


def ordonner(reformes: Iterable[type[Reform]]) -> list[type[Reform]]:
    """Put reforms in the order of their ranks, by name inside one; figures keep their order.

    Args:
        reformes: the reforms.

    Returns:
        The same reforms.
    """
    return sorted(
        reformes,
        key=lambda une: (rang(une), "" if rang(une) is Rang.CHIFFRES else une.__name__),
    )


def ordonner_chiffres(
    reformes: Sequence[type[Reforme]], parametres: ParameterNode
) -> list[type[Reforme]]:
    """Put reforms of figures in the order in which none undoes another.

    Args:
        reformes: reforms of the rank `CHIFFRES`, of different names.
        parametres: root of the tree that they change.

    Returns:
        The same reforms, in an order that does not depend on the one they are given in.

    Raises:
        ReformeRefusee: two of them set one figure on one day, or each would have to be first.
    """
    par_nom = {reforme.nom: reforme for reforme in sorted(reformes, key=lambda une: une.nom)}
    touchees = {nom: _touchees(reforme, parametres) for nom, reforme in par_nom.items()}
    avant: dict[str, set[str]] = {nom: set() for nom in par_nom}
    for une, autre in itertools.combinations(par_nom, 2):
        for force, autre_force in _rencontres(une, touchees[une], autre, touchees[autre]):
            if force != autre_force:
                premiere, seconde = (une, autre) if force < autre_force else (autre, une)
                avant[seconde].add(premiere)
    try:
        return [par_nom[nom] for nom in graphlib.TopologicalSorter(avant).static_order()]
    except graphlib.CycleError as erreur:
        noms = sorted(set(erreur.args[1]))
        message = (
            "chacune fixe un chiffre que l'autre change : aucun ordre ne convient, en écrire une "
            "seule réforme"
        )
        raise ReformeRefusee("+".join(noms), [Faute((), message)]) from erreur


def _touchees(reforme: type[Reforme], parametres: ParameterNode) -> dict[str, list[Tranche]]:
    """Give the changes that a reform makes, by the name of the parameter."""
    return {
        feuille.name: lire_tranches(chemin, declaration)[0]
        for chemin, declaration in reforme.parametres.items()
        for feuille in trouver(parametres, chemin)[0]
    }


def _rencontres(
    une: str,
    par_une: Mapping[str, list[Tranche]],
    autre: str,
    par_autre: Mapping[str, list[Tranche]],
) -> Iterator[tuple[int, int]]:
    """Give the forces of two reforms wherever they change one figure on one day."""
    for nom in sorted(par_une.keys() & par_autre.keys()):
        for tranche, autre_tranche in itertools.product(par_une[nom], par_autre[nom]):
            debut = max(tranche.debut, autre_tranche.debut)
            if not (tranche.couvre(debut) and autre_tranche.couvre(debut)):
                continue
            forces = FORCE[tranche.operation], FORCE[autre_tranche.operation]
            if forces == (FORCE["valeur"], FORCE["valeur"]):
                message = (
                    f"« {une} » et « {autre} » fixent toutes deux « {nom} » à partir du {debut} : "
                    "une seule le peut"
                )
                raise ReformeRefusee(f"{une}+{autre}", [Faute((), message)])
            yield forces

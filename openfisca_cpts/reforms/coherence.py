"""What a changed value must respect: its unit, and the order of the thresholds."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from openfisca_core.parameters import Parameter, ParameterNode

from openfisca_cpts.reforms.refus import Faute
from openfisca_cpts.reforms.tranches import Tranche

RATIO = "/1"
COMPTES = ("inhabitant", "month", "year")
"""Units that are counted: a part of one means nothing."""


def fautes_de_valeur(feuille: Parameter, valeur: float, tranche: Tranche) -> list[Faute]:
    """Check one changed value against the unit of its parameter.

    Args:
        feuille: the parameter.
        valeur: its new value.
        tranche: the change that gives it.

    Returns:
        The faults.
    """
    unite = feuille.metadata.get("unit")
    attendu = None
    if unite == RATIO and not 0 <= valeur <= 1:
        attendu = "une part entre 0 et 1"
    elif valeur < 0:
        attendu = "un nombre qui n'est pas négatif"
    elif unite in COMPTES and valeur != int(valeur):
        attendu = "un nombre entier"
    if attendu is None:
        return []
    message = f"« {feuille.name} » vaudrait {valeur:g}, attendu : {attendu}"
    return [Faute((*tranche.lieu, tranche.operation), message)]


def fautes_d_ordre(
    parametres: ParameterNode, changes: Mapping[str, tuple[str | int, ...]]
) -> list[Faute]:
    """Check that the thresholds of the sizes still rise, at every date.

    Args:
        parametres: root of the changed tree.
        changes: place in the declaration of each changed parameter.

    Returns:
        One fault per pair of thresholds, for the first date on which they do not rise.
    """
    seuils = [seuil for seuil in parametres.tailles.children.values() if seuil.name in changes]
    if not seuils:
        return []
    tous = sorted(parametres.tailles.children.values(), key=lambda seuil: seuil.name)
    dates = sorted({valeur.instant_str for seuil in tous for valeur in seuil.values_list})
    fautes = []
    for bas, haut in itertools.pairwise(tous):
        for date in dates:
            avant, apres = bas.get_at_instant(date), haut.get_at_instant(date)
            if avant is not None and apres is not None and avant >= apres:
                lieu = changes.get(haut.name) or changes.get(bas.name) or ()
                message = (
                    f"les seuils ne se suivent plus le {date} : {bas.name} vaudrait {avant:g}, "
                    f"{haut.name} {apres:g}"
                )
                fautes.append(Faute(lieu, message))
                break
    return fautes

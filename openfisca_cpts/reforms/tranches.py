"""One change of a parameter: over which days, and by which operation."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from openfisca_cpts.reforms.refus import Faute, proche

OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "valeur": lambda _, nombre: nombre,
    "multiplier": lambda loi, nombre: loi * nombre,
    "ajouter": lambda loi, nombre: loi + nombre,
}
CLES = ("a_partir_du", "jusqu_au", *OPERATIONS)


@dataclasses.dataclass(frozen=True)
class Tranche:
    """One change.

    Attributes:
        lieu: its place in the declaration.
        debut: its first day, as ISO text (the keys of openfisca-core's parameters are texts).
        reprise: the first day on which the law resumes, or on which the next change takes over.
        operation: « valeur », « multiplier » or « ajouter ».
        nombre: the number that the operation takes.
    """

    lieu: tuple[str | int, ...]
    debut: str
    reprise: str | None
    operation: str
    nombre: float

    @property
    def relative(self) -> bool:
        """Whether the new value depends on the law's, whose own changes are then kept."""
        return self.operation != "valeur"

    def couvre(self, date: str) -> bool:
        """Say whether the change is in force on a day."""
        return self.debut <= date and (self.reprise is None or date < self.reprise)

    def appliquer(self, valeur: float) -> float:
        """Give the new value for the law's, as by hand: 1.1 times 3 is 3.3."""
        if not self.relative:
            return self.nombre
        resultat = OPERATIONS[self.operation](Decimal(str(valeur)), Decimal(str(self.nombre)))
        return int(resultat) if resultat == int(resultat) else float(resultat)


def lire_tranches(chemin: str, declaration: Any) -> tuple[list[Tranche], list[Faute]]:
    """Read the changes of one path.

    Args:
        chemin: the path.
        declaration: list of tables `{a_partir_du, jusqu_au?, valeur | multiplier | ajouter}`.

    Returns:
        The changes in the order of time; a change without an end stops on the eve of the next
        one. And the faults: a key, a date, a number, an interval that runs into the next.
    """
    if not isinstance(declaration, list) or not declaration:
        message = "une liste de changements est attendue, chacun avec a_partir_du et une valeur"
        return [], [Faute((chemin,), message)]
    tranches: list[Tranche] = []
    fautes: list[Faute] = []
    for rang, contenu in enumerate(declaration):
        tranche, mal_dite = _lire_tranche((chemin, rang), contenu)
        fautes += mal_dite
        tranches += [tranche] if tranche else []
    tranches.sort(key=lambda tranche: tranche.debut)
    for rang, (tranche, suivante) in enumerate(itertools.pairwise(tranches)):
        if tranche.debut == suivante.debut:
            fautes.append(Faute(suivante.lieu, f"deux changements commencent le {tranche.debut}"))
        elif tranche.reprise is None:
            tranches[rang] = dataclasses.replace(tranche, reprise=suivante.debut)
        elif tranche.reprise > suivante.debut:
            message = f"jusqu_au va au-delà du {suivante.debut}, où commence le changement suivant"
            fautes.append(Faute((*tranche.lieu, "jusqu_au"), message))
    return tranches, fautes


def _lire_tranche(lieu: tuple[str | int, ...], contenu: Any) -> tuple[Tranche | None, list[Faute]]:
    if not isinstance(contenu, dict):
        return None, [Faute(lieu, f"une table {{{', '.join(CLES)}}} est attendue")]
    fautes = [
        Faute((*lieu, cle), f"la clé « {cle} » est inconnue{proche(str(cle), CLES)}")
        for cle in contenu
        if cle not in CLES
    ]
    operations = [cle for cle in OPERATIONS if cle in contenu]
    if len(operations) != 1:
        message = "une seule des clés valeur, multiplier, ajouter est attendue"
        fautes.append(Faute(lieu, message))
    debut = lire_jour(contenu.get("a_partir_du"))
    if debut is None:
        message = f"une date AAAA-MM-JJ est attendue (reçu {contenu.get('a_partir_du')!s})"
        fautes.append(Faute((*lieu, "a_partir_du"), message))
    fin = lire_jour(contenu.get("jusqu_au"))
    if "jusqu_au" in contenu and (fin is None or (debut is not None and fin < debut)):
        message = f"une date AAAA-MM-JJ qui suit a_partir_du est attendue ({contenu['jusqu_au']!s})"
        fautes.append(Faute((*lieu, "jusqu_au"), message))
    for cle in operations:
        if not _est_un_nombre(contenu[cle]):
            message = f"un nombre est attendu (reçu {contenu[cle]!s})"
            fautes.append(Faute((*lieu, cle), message))
    if fautes or debut is None:
        return None, fautes
    reprise = (fin + datetime.timedelta(days=1)).isoformat() if fin else None
    (operation,) = operations
    return Tranche(lieu, debut.isoformat(), reprise, operation, contenu[operation]), []


def lire_jour(valeur: Any) -> datetime.date | None:
    """Read a day as YAML or JSON gives it, or nothing where it is not one."""
    if isinstance(valeur, datetime.date) and not isinstance(valeur, datetime.datetime):
        return valeur
    try:
        return datetime.date.fromisoformat(valeur)
    except (TypeError, ValueError):
        return None


def _est_un_nombre(valeur: Any) -> bool:
    nombre = isinstance(valeur, (int, float)) and not isinstance(valeur, bool)
    return nombre and math.isfinite(valeur)

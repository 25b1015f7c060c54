"""What is paid when: the four lines of the payment plan, the same for functioning and missions."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy

from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN, dans_le_mois, parametre_au_jour
from openfisca_cpts.calcul.exercices import fin, recents, saisie_exercice

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population

Loi = Callable[[Any], Any]


@dataclasses.dataclass(frozen=True)
class Poste:
    """Something that is paid in advance, then settled.

    Attributes:
        naissance: name of the yearly variable of the day on which the right arises.
        droits: names of the yearly variables that make the right.
        entier_a_la_signature: the right of the first exercice is paid in full at once.
        sans_avance: the right is paid in full when its exercice closes.
    """

    naissance: str
    droits: tuple[str, ...]
    entier_a_la_signature: bool = False
    sans_avance: bool = False


def _droits(cpts: Population, annee: Period, poste: Poste, rangs: numpy.ndarray) -> Any:
    return sum(cpts(droit, annee)[rangs] for droit in poste.droits)


def _part_avancee(
    cpts: Population,
    annee: Period,
    parameters: Loi,
    poste: Poste,
    jours: numpy.ndarray,
    rangs: numpy.ndarray,
) -> numpy.ndarray:
    """Give the share paid in advance, read on the day the right arises, for its balance too."""
    if poste.sans_avance:
        return numpy.zeros(len(rangs), dtype=numpy.float64)
    taux = parametre_au_jour(cpts, parameters, lambda loi: loi.aci.versements.taux_avance, jours)
    if poste.entier_a_la_signature:
        taux[cpts("date_signature_contrat", annee)[rangs] == jours] = 1
    return taux


def avance(cpts: Population, period: Period, parameters: Loi, poste: Poste) -> numpy.ndarray:
    """Give what is paid in the month in which a right arises.

    Args:
        cpts: the communities.
        period: the month.
        parameters: the law, as a formula receives it.
        poste: what is paid.

    Returns:
        float64 array, in euros.
    """
    total = numpy.zeros(cpts.count, dtype=numpy.float64)
    for annee in recents(period):
        naissance = cpts(poste.naissance, annee)
        rangs = numpy.flatnonzero(dans_le_mois(naissance, period))
        if len(rangs):
            taux = _part_avancee(cpts, annee, parameters, poste, naissance[rangs], rangs)
            total[rangs] += taux * _droits(cpts, annee, poste, rangs)
    return total


def solde(cpts: Population, period: Period, parameters: Loi, poste: Poste) -> numpy.ndarray:
    """Give the rest of a right, paid in the month in which its exercice closes.

    Args:
        cpts: the communities.
        period: the month.
        parameters: the law, as a formula receives it.
        poste: what is paid.

    Returns:
        float64 array, in euros; 0 where the contract ended before the exercice closed.
    """
    annee = period.this_year.last_year
    total = numpy.zeros(cpts.count, dtype=numpy.float64)
    rangs = _clos(cpts, annee, dans_le_mois(cpts("exercice_cloture", annee), period))
    if len(rangs):
        naissance = cpts(poste.naissance, annee)[rangs]
        taux = _part_avancee(cpts, annee, parameters, poste, naissance, rangs)
        total[rangs] = (1 - taux) * _droits(cpts, annee, poste, rangs)
    return total


def part_variable_versee(
    cpts: Population,
    period: Period,
    mission: str,
    taux: str | None = None,
    part: str = "part_variable",
) -> numpy.ndarray:
    """Give the part variable earned by an exercice, paid when its indicators are evaluated.

    Args:
        cpts: the communities.
        period: the month.
        mission: key of the mission.
        taux: name of the yearly variable of the rate; that given for the mission by default.
        part: key of the part that the rate multiplies.

    Returns:
        float64 array, in euros: the part multiplied by the rate of the calendar year in
        which the exercice opened; 0 where the contract ended before the exercice closed.
    """
    taux = taux or f"{mission}_taux_atteinte"
    total = numpy.zeros(cpts.count, dtype=numpy.float64)
    for annee in _annees_evaluees(cpts, period):
        rangs = _clos(cpts, annee, dans_le_mois(cpts("exercice_evaluation", annee), period))
        if len(rangs):
            variable = cpts(f"{mission}_exercice_{part}", annee)[rangs]
            total[rangs] += variable * saisie_exercice(cpts, annee, taux)[rangs]
    return total


def regularisation(
    cpts: Population, period: Period, parameters: Loi, poste: Poste
) -> numpy.ndarray:
    """Give what the end of a contract inside an exercice adds or takes back.

    Args:
        cpts: the communities.
        period: the month.
        parameters: the law, as a formula receives it.
        poste: what is paid.

    Returns:
        float64 array, in euros: the share of the right for the days run, less what was paid of it;
        below zero when that is a recovery.
    """
    total = numpy.zeros(cpts.count, dtype=numpy.float64)
    derniers = fin(cpts, period)
    finissants = dans_le_mois(derniers, period)
    if not finissants.any():
        return total
    for annee in recents(period):
        naissance, cloture = cpts(poste.naissance, annee), cpts("exercice_cloture", annee)
        rangs = numpy.flatnonzero(finissants & (naissance < derniers) & (derniers < cloture))
        if len(rangs):
            courus = (derniers - naissance)[rangs] / (cloture - naissance)[rangs]
            taux = _part_avancee(cpts, annee, parameters, poste, naissance[rangs], rangs)
            total[rangs] += (courus - taux) * _droits(cpts, annee, poste, rangs)
    return total


def _clos(cpts: Population, annee: Period, du_mois: numpy.ndarray) -> numpy.ndarray:
    """Give the ranks of the communities whose exercice ran to its close, among some of them."""
    return numpy.flatnonzero(du_mois & (fin(cpts, annee) >= cpts("exercice_cloture", annee)))


def _annees_evaluees(cpts: Population, period: Period) -> Iterator[Period]:
    """Give the calendar years whose exercice can be evaluated in a month."""
    delai = cpts.simulation.tax_benefit_system.parameters.aci.versements.delai_evaluation
    delai_le_plus_long = int(max(valeur.value for valeur in delai.values_list))
    for recul in range(1 - -delai_le_plus_long // MOIS_PAR_AN):
        yield period.this_year.last_year.offset(-recul)

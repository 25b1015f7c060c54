"""What is paid when: the four lines of the payment plan, the same for functioning and missions."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy

from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN, parametre_au_jour
from openfisca_cpts.calcul.exercices import fin, recents, saisie_exercice
from openfisca_cpts.calcul.periodes import rendre, rien, tombes

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
        period: the month, or the calendar year of twelve.
        parameters: the law, as a formula receives it.
        poste: what is paid.

    Returns:
        float64 array, in euros; a row per month where a year is asked for.
    """
    total = rien(cpts, period)
    for annee in recents(period):
        naissance = cpts(poste.naissance, annee)
        mois, rangs = tombes(naissance, period)
        if len(rangs):
            taux = _part_avancee(cpts, annee, parameters, poste, naissance[rangs], rangs)
            total[mois, rangs] += taux * _droits(cpts, annee, poste, rangs)
    return rendre(total, period)


def solde(cpts: Population, period: Period, parameters: Loi, poste: Poste) -> numpy.ndarray:
    """Give the rest of a right, paid in the month in which its exercice closes.

    Args:
        cpts: the communities.
        period: the month, or the calendar year of twelve.
        parameters: the law, as a formula receives it.
        poste: what is paid.

    Returns:
        float64 array, in euros; 0 where the contract ended before the exercice closed.
    """
    annee = period.this_year.last_year
    total = rien(cpts, period)
    mois, rangs = _clos(cpts, annee, "exercice_cloture", period)
    if len(rangs):
        naissance = cpts(poste.naissance, annee)[rangs]
        taux = _part_avancee(cpts, annee, parameters, poste, naissance, rangs)
        total[mois, rangs] = (1 - taux) * _droits(cpts, annee, poste, rangs)
    return rendre(total, period)


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
        period: the month, or the calendar year of twelve.
        mission: key of the mission.
        taux: name of the yearly variable of the rate; that given for the mission by default.
        part: key of the part that the rate multiplies.

    Returns:
        float64 array, in euros: the part multiplied by the rate of the calendar year in
        which the exercice opened; 0 where the contract ended before the exercice closed.
    """
    taux = taux or f"{mission}_taux_atteinte"
    total = rien(cpts, period)
    for annee in _annees_evaluees(cpts, period):
        mois, rangs = _clos(cpts, annee, "exercice_evaluation", period)
        if len(rangs):
            variable = cpts(f"{mission}_exercice_{part}", annee)[rangs]
            total[mois, rangs] += variable * saisie_exercice(cpts, annee, taux)[rangs]
    return rendre(total, period)


def regularisation(
    cpts: Population, period: Period, parameters: Loi, poste: Poste
) -> numpy.ndarray:
    """Give what the end of a contract inside an exercice adds or takes back.

    Args:
        cpts: the communities.
        period: the month, or the calendar year of twelve.
        parameters: the law, as a formula receives it.
        poste: what is paid.

    Returns:
        float64 array, in euros: the share of the right for the days run, less what was paid of it;
        below zero when that is a recovery.
    """
    total = rien(cpts, period)
    derniers = fin(cpts, period)
    mois, finissants = tombes(derniers, period)
    if not len(finissants):
        return rendre(total, period)
    derniers = derniers[finissants]
    for annee in recents(period):
        naissance = cpts(poste.naissance, annee)[finissants]
        cloture = cpts("exercice_cloture", annee)[finissants]
        dedans = (naissance < derniers) & (derniers < cloture)
        rangs = finissants[dedans]
        if len(rangs):
            courus = (derniers - naissance)[dedans] / (cloture - naissance)[dedans]
            taux = _part_avancee(cpts, annee, parameters, poste, naissance[dedans], rangs)
            total[mois[dedans], rangs] += (courus - taux) * _droits(cpts, annee, poste, rangs)
    return rendre(total, period)


def _clos(
    cpts: Population, annee: Period, jour: str, period: Period
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Find the exercices that ran to their close, and whose close or evaluation is of a period.

    Returns:
        Rank of the month in the period, and of the community, as `tombes` gives them.
    """
    mois, rangs = tombes(cpts(jour, annee), period)
    courus = fin(cpts, annee)[rangs] >= cpts("exercice_cloture", annee)[rangs]
    return mois[courus], rangs[courus]


def _annees_evaluees(cpts: Population, period: Period) -> Iterator[Period]:
    """Give the calendar years whose exercice can be evaluated in a month."""
    delai = cpts.simulation.tax_benefit_system.parameters.aci.versements.delai_evaluation
    delai_le_plus_long = int(max(valeur.value for valeur in delai.values_list))
    for recul in range(1 - -delai_le_plus_long // MOIS_PAR_AN):
        yield period.this_year.last_year.offset(-recul)

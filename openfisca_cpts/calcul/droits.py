"""What an exercice earns, mission by mission: when a right arises, and for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from openfisca_cpts.calcul.calendrier import montant_au_jour
from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.calcul.exercices import fin, recents
from openfisca_cpts.calcul.missions import debut
from openfisca_cpts.calcul.periodes import rendre, rien, tombes

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


def naissance(cpts: Population, annee: Period, mission: str) -> numpy.ndarray:
    """Give the day on which an exercice gives a mission its rights.

    Args:
        cpts: the communities.
        annee: calendar year in which the exercice opens.
        mission: key of the mission.

    Returns:
        datetime64[D] array: the opening of the exercice if the mission has begun by then; the day
        it begins if that is inside the exercice and before the end of the contract; else never.
    """
    ouverture = cpts("exercice_ouverture", annee)
    cloture = cpts("exercice_cloture", annee)
    commence = debut(cpts, annee, mission)
    en_cours = (commence > ouverture) & (commence < cloture) & (commence < fin(cpts, annee))
    jour = numpy.where(commence <= ouverture, ouverture, JAMAIS)
    return numpy.where(en_cours & (ouverture != JAMAIS), commence, jour)


def prorata(cpts: Population, annee: Period, mission: str) -> numpy.ndarray:
    """Give the share of an exercice that runs from the day a mission's rights arise.

    Args:
        cpts: the communities.
        annee: calendar year in which the exercice opens.
        mission: key of the mission.

    Returns:
        float64 array, in days over the days of the exercice (365 or 366): 1 where the mission has
        begun by the opening, 0 where no exercice opens.
    """
    ouverture = cpts("exercice_ouverture", annee)
    cloture = cpts("exercice_cloture", annee)
    jour = numpy.minimum(cpts(f"{mission}_exercice_naissance_droits", annee), cloture)
    duree = numpy.maximum((cloture - ouverture).astype(numpy.float64), 1)
    return (cloture - jour).astype(numpy.float64) / duree


def montant_exercice(cpts: Population, annee: Period, mission: str, variable: str) -> numpy.ndarray:
    """Give a yearly amount of a mission, in force on the day its right arises in an exercice.

    Args:
        cpts: the communities.
        annee: calendar year in which the exercice opens.
        mission: key of the mission.
        variable: name of the yearly amount.

    Returns:
        float64 array, in euros, before any prorata.
    """
    return montant_au_jour(cpts, variable, cpts(f"{mission}_exercice_naissance_droits", annee))


def droits_du_mois(
    cpts: Population, period: Period, naissance_droits: str, montant: str
) -> numpy.ndarray:
    """Place what the exercices earn in the month in which the right arises.

    Args:
        cpts: the communities.
        period: the month, or the calendar year of twelve.
        naissance_droits: name of the yearly variable of the day of the right.
        montant: name of the yearly variable of the amount.

    Returns:
        float64 array, in euros. Two rights of a mission can share a month: the exercice that
        closes and the one that opens.
    """
    total = rien(cpts, period)
    for annee in recents(period):
        mois, rangs = tombes(cpts(naissance_droits, annee), period)
        if len(rangs):
            total[mois, rangs] += cpts(montant, annee)[rangs]
    return rendre(total, period)

"""What is the same for every mission: when it exists, begins and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from openfisca_cpts.calcul.calendrier import dernier_jour
from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.calcul.exercices import dans_le_contrat
from openfisca_cpts.missions.declaration import Mission, declarees

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


def missions(cpts: Population) -> tuple[Mission, ...]:
    """Give the missions of the law of a simulation, those that a reform adds included."""
    return declarees(cpts.simulation.tax_benefit_system)


def jour_existence(cpts: Population, mission: str) -> numpy.datetime64:
    """Give the day a mission exists from: the date of the first formula of its amount."""
    (nom,) = (declaree.montant for declaree in missions(cpts) if declaree.cle == mission)
    montant = cpts.simulation.tax_benefit_system.get_variable(nom)
    premiere_formule, _ = montant.formulas.peekitem(0)
    return numpy.datetime64(premiere_formule)


def debut(cpts: Population, period: Period, mission: str) -> numpy.ndarray:
    """Give the day S from which a mission can earn.

    Args:
        cpts: the communities.
        period: any period; the dates are eternal.
        mission: key of the mission.

    Returns:
        datetime64[D] array: the latest of the mission's start, the signature and the day the
        mission exists. Without a contract, the signature is left out.
    """
    demarrage = cpts(f"{mission}_date_demarrage", period)
    signature = cpts("date_signature_contrat", period)
    plus_tard = numpy.maximum(demarrage, jour_existence(cpts, mission))
    sans_contrat = signature == JAMAIS
    return numpy.where(sans_contrat, plus_tard, numpy.maximum(plus_tard, signature))


def comptee(cpts: Population, period: Period, mission: str) -> numpy.ndarray:
    """Say which communities have a mission counted in a window of twelve months.

    Args:
        cpts: the communities.
        period: the window.
        mission: key of the mission.

    Returns:
        bool array: the mission is retained for the calendar year in which the window starts, or
        its start date is on or before the last day of the window; and the contract, where it is
        signed, covers a day of the window.
    """
    retenue = cpts(f"{mission}_retenue", period.this_year)
    demarrage = cpts(f"{mission}_date_demarrage", period)
    return (retenue | (demarrage <= dernier_jour(period))) & dans_le_contrat(cpts, period)

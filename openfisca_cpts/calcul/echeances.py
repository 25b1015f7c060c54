"""The deadlines of the core missions, the same for the four."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy

from openfisca_cpts.calcul.calendrier import ajouter_mois, dernier_jour, parametre_au_jour
from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.calcul.missions import jour_existence

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


def echeance(
    cpts: Population, period: Period, parameters: Callable[[Any], Any], mission: str, delai: str
) -> numpy.ndarray:
    """Give the day by which a mission must start or be deployed.

    Args:
        cpts: the communities.
        period: any month.
        parameters: the law, as a formula receives it.
        mission: key of the mission.
        delai: name of the parameter of the delay, in months.

    Returns:
        datetime64[D] array: the later of the signature and the day the mission exists, plus the
        delay in force that day; never without a signature.
    """
    signature = cpts("date_signature_contrat", period)
    signes = numpy.flatnonzero(signature != JAMAIS)
    depart = numpy.maximum(signature[signes], jour_existence(cpts, mission))
    mois = parametre_au_jour(
        cpts, parameters, lambda loi: getattr(getattr(loi.aci.missions, mission), delai), depart
    )
    jour = numpy.full(cpts.count, JAMAIS)
    jour[signes] = ajouter_mois(depart, mois.astype(int))
    return jour


def en_retard(cpts: Population, period: Period, mission: str) -> numpy.ndarray:
    """Say which communities had not started a mission by its deadline.

    Args:
        cpts: the communities.
        period: the month.
        mission: key of the mission.

    Returns:
        bool array: true while the contract runs, from the month whose last day is after the
        deadline, even if the mission started since.
    """
    limite = cpts(f"{mission}_echeance_demarrage", period)
    passee = limite < dernier_jour(period)
    a_temps = cpts(f"{mission}_date_demarrage", period) <= limite
    return cpts("contrat_en_cours", period) & passee & ~a_temps

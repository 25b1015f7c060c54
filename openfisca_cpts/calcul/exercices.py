"""The exercices of a contract, in arrays: one at most opens in a calendar year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy

from openfisca_cpts.calcul.calendrier import (
    MOIS_PAR_AN,
    ajouter_mois,
    annee,
    dernier_jour,
    premier_jour,
)
from openfisca_cpts.calcul.dates import JAMAIS

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


def anniversaire(signature: numpy.ndarray, an: int) -> numpy.ndarray:
    """Give the anniversary of each signature in a calendar year (the signature itself in its own).

    Args:
        signature: datetime64[D] array.
        an: the calendar year.

    Returns:
        datetime64[D] array; a 29 February has its anniversary on 28 February in a common year.
    """
    return ajouter_mois(signature, MOIS_PAR_AN * (an - annee(signature)))


def fin(cpts: Population, period: Period) -> numpy.ndarray:
    """Give the day on which each contract ends, read once per calendar year.

    Args:
        cpts: the communities.
        period: any period.

    Returns:
        datetime64[D] array: the first day that the contract no longer covers; never without a
        signature.
    """
    return cpts("date_fin_effective", period.this_year)


def saisie_exercice(cpts: Population, annee: Period, saisie: str) -> numpy.ndarray:
    """Read what is given of an exercice: a yearly input, for the calendar year in which it opens.

    The day of a right may be in the year after: a mission that starts inside an exercice has its
    figures of that day, but the rate and the conditions are those of the exercice. Whatever an
    exercice earns under a condition reads it here, and never inside a yearly amount, which only
    knows the day.

    Args:
        cpts: the communities.
        annee: calendar year in which the exercice opens.
        saisie: name of a yearly input.

    Returns:
        Array of the type of the input.
    """
    return cpts(saisie, annee.this_year)


def contrat_couvre(cpts: Population, period: Period) -> numpy.ndarray:
    """Say which communities have a contract that covers at least one day of a period.

    Args:
        cpts: the communities.
        period: any period.

    Returns:
        bool array; false without a signature.
    """
    signature, terme = cpts("date_signature_contrat", period), fin(cpts, period)
    debute, dure = signature <= dernier_jour(period), terme > premier_jour(period)
    return debute & dure & (signature < terme)


def dans_le_contrat(cpts: Population, period: Period) -> numpy.ndarray:
    """Say which communities a window of twelve months concerns.

    Args:
        cpts: the communities.
        period: the window.

    Returns:
        bool array: the contract covers at least one day of the window, or none is given.
    """
    sans_contrat = cpts("date_signature_contrat", period) == JAMAIS
    return sans_contrat | contrat_couvre(cpts, period)


def recents(period: Period) -> Iterator[Period]:
    """Give the calendar years whose exercice can cover a day of a month: the year, and the last.

    Args:
        period: the month.

    Yields:
        The two calendar years.
    """
    yield period.this_year
    yield period.this_year.last_year

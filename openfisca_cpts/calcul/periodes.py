"""A month, or the twelve months of a calendar year: what a payment is computed for."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy
from openfisca_core.periods import DateUnit

from openfisca_cpts.calcul.calendrier import dans_les_mois, premier_mois

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


@functools.cache
def mois_de(period: Period) -> tuple[Period, ...]:
    """Give the months of a calendar year; a month alone is its own.

    Args:
        period: a month, or a calendar year.

    Returns:
        The months, in the order of time.
    """
    if period.unit == DateUnit.MONTH:
        return (period,)
    return tuple(period.get_subperiods(DateUnit.MONTH))


def rien(cpts: Population, period: Period) -> numpy.ndarray:
    """Give zero for each month of a period.

    Args:
        cpts: the communities.
        period: a month, or a calendar year.

    Returns:
        float64 array: a row per month, a column per community.
    """
    return numpy.zeros((len(mois_de(period)), cpts.count), dtype=numpy.float64)


def rendre(montants: numpy.ndarray, period: Period) -> numpy.ndarray:
    """Give what a formula gives: the row of a month, or all those of a year."""
    return montants[0] if period.unit == DateUnit.MONTH else montants


def somme(cpts: Population, period: Period, noms: Sequence[str]) -> numpy.ndarray:
    """Add up monthly variables.

    Args:
        cpts: the communities.
        period: a month, or a calendar year.
        noms: names of the variables.

    Returns:
        float64 array, in euros: as `rendre` gives it.
    """
    total = rien(cpts, period)
    for nom in noms:
        gardes = cpts.get_holder(nom)
        for rang, mois in enumerate(mois_de(period)):
            # The first month of a payment has filled the others: they are read where they are kept.
            montants = gardes.get_array(mois) if rang else None
            total[rang] += cpts(nom, mois) if montants is None else montants
    return rendre(total, period)


def tombes(jours: numpy.ndarray, period: Period) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Find the days that fall in a period.

    Args:
        jours: datetime64[D] array, one day per community.
        period: a month, or a calendar year.

    Returns:
        Two int arrays: rank of the month of each of these days in the period, and rank of its
        community, in the order of the communities.
    """
    communautes = numpy.flatnonzero(dans_les_mois(jours, period))
    mois = jours[communautes].astype("datetime64[M]") - premier_mois(period)
    return mois.astype(numpy.int64), communautes

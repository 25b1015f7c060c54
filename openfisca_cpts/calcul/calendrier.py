"""Days and months, in arrays: adding months, the days of a month, what is in force on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy
from openfisca_core.parameters import Parameter
from openfisca_core.periods import DateUnit, Instant, Period

from openfisca_cpts.calcul.dates import JAMAIS

if TYPE_CHECKING:
    from openfisca_core.populations import Population

MOIS_PAR_AN = 12
UN_MOIS = numpy.timedelta64(1, "M")
UN_JOUR = numpy.timedelta64(1, "D")


def ajouter_mois(jours: numpy.ndarray, mois: Any) -> numpy.ndarray:
    """Add months to days; a day that the month does not have becomes its last day.

    Args:
        jours: datetime64[D] array.
        mois: number of months, one for all or one per day.

    Returns:
        datetime64[D] array: 31 January plus one month is the last day of February, and the
        anniversary of a 29 February is 28 February in a common year.
    """
    premiers = jours.astype("datetime64[M]")
    quantieme = jours - premiers.astype("datetime64[D]")
    arrivee = premiers + numpy.asarray(mois).astype("timedelta64[M]")
    dernier = (arrivee + UN_MOIS).astype("datetime64[D]") - UN_JOUR
    return numpy.minimum(arrivee.astype("datetime64[D]") + quantieme, dernier)


def annee(jours: numpy.ndarray) -> numpy.ndarray:
    """Give the calendar year of each day, as an int array."""
    epoque = numpy.datetime64(0, "Y").astype(object).year
    return jours.astype("datetime64[Y]").astype(numpy.int64) + epoque


def premier_jour(period: Period) -> numpy.datetime64:
    """Give the first day of a period."""
    return numpy.datetime64(period.start.date, "D")


def dernier_jour(period: Period) -> numpy.datetime64:
    """Give the last day of a period."""
    return numpy.datetime64(period.stop.date, "D")


def premier_mois(period: Period) -> numpy.datetime64:
    """Give the month in which a period starts."""
    return numpy.datetime64(f"{period.start.year:04}-{period.start.month:02}", "M")


def dans_les_mois(jours: numpy.ndarray, period: Period) -> numpy.ndarray:
    """Say which days fall in a month, or in the months of a calendar year.

    Args:
        jours: datetime64[D] array.
        period: the month, or the year.

    Returns:
        bool array.
    """
    mois = premier_mois(period)
    bornes = (mois, mois + period.size_in_months)
    debut, suite = (borne.astype("datetime64[D]") for borne in bornes)
    return (jours >= debut) & (jours < suite)


_CHANGEMENTS: WeakKeyDictionary[Any, numpy.ndarray] = WeakKeyDictionary()


def changements(cpts: Population) -> numpy.ndarray:
    """Give the days on which the law changes: dates of value of the parameters, and of formulas.

    Args:
        cpts: the communities; the law is that of their simulation.

    Returns:
        datetime64[D] array, in the order of time.
    """
    simulation = cpts.simulation
    if simulation not in _CHANGEMENTS:
        systeme = simulation.tax_benefit_system
        jours = {jour for variable in systeme.variables.values() for jour in variable.formulas}
        for noeud in systeme.parameters.get_descendants():
            if isinstance(noeud, Parameter):
                jours.update(valeur.instant_str for valeur in noeud.values_list)
        _CHANGEMENTS[simulation] = numpy.array(sorted(jours), dtype="datetime64[D]")
    return _CHANGEMENTS[simulation]


def regimes(cpts: Population, jours: numpy.ndarray) -> Iterator[tuple[Instant, numpy.ndarray]]:
    """Group days by what is in force on them: the law, and the calendar year of the inputs.

    Between two changes of the law and inside one calendar year, all that is read is the same: a
    handful of days stand for all of them, however many communities there are.

    Args:
        cpts: the communities.
        jours: datetime64[D] array, any length.

    Yields:
        A day on which the law and the year are those of the group, and the ranks of the days of
        the group in `jours`.
    """
    lois = changements(cpts)
    loi = lois[numpy.searchsorted(lois, jours, side="right") - 1]
    janvier = jours.astype("datetime64[Y]").astype("datetime64[D]")
    regime = numpy.maximum(loi, janvier)
    if (regime == regime[:1]).all():  # one group or none, as for one community: nothing to sort
        for jour in regime[:1].astype(object):
            yield Instant((jour.year, jour.month, jour.day)), numpy.arange(len(jours))
        return
    representants, groupes = numpy.unique(regime, return_inverse=True)
    for rang, jour in enumerate(representants.astype(object)):
        yield Instant((jour.year, jour.month, jour.day)), numpy.flatnonzero(groupes == rang)


def montant_au_jour(cpts: Population, variable: str, jours: numpy.ndarray) -> numpy.ndarray:
    """Read a yearly variable on a day of its own for each community.

    Args:
        cpts: the communities.
        variable: name of a variable of twelve months.
        jours: datetime64[D] array, one day per community; never where there is nothing to read.

    Returns:
        float64 array: the variable for the twelve months that start on each community's day, and
        0 where there is none.
    """
    resultat = numpy.zeros(len(jours), dtype=numpy.float64)
    lus = numpy.flatnonzero(jours != JAMAIS)
    for instant, groupe in regimes(cpts, jours[lus]):
        rangs = lus[groupe]
        resultat[rangs] = cpts(variable, Period((DateUnit.YEAR, instant, 1)))[rangs]
    return resultat


def parametre_au_jour(
    cpts: Population,
    parameters: Callable[[Any], Any],
    lire: Callable[[Any], float],
    jours: numpy.ndarray,
) -> numpy.ndarray:
    """Read one figure of the law on each of some days.

    Args:
        cpts: the communities.
        parameters: what openfisca-core gives to a formula to read the law with.
        lire: takes the law in force on a day and gives the figure.
        jours: datetime64[D] array, any length.

    Returns:
        float64 array, one figure per day.
    """
    resultat = numpy.zeros(len(jours), dtype=numpy.float64)
    for instant, groupe in regimes(cpts, jours):
        resultat[groupe] = lire(parameters(instant))
    return resultat

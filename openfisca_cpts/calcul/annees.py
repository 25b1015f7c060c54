"""A yearly input in the years for which it is not given: the nearest earlier one, else a later one.

Which given year each community takes is found once for all the years that are asked: otherwise
each would walk through all that are given, and reading an absent year makes openfisca-core count
it as known.
"""

from __future__ import annotations

import bisect
import dataclasses
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy
from openfisca_core.indexed_enums import Enum, EnumArray

if TYPE_CHECKING:
    from openfisca_core.holders import Holder
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


@dataclasses.dataclass(frozen=True)
class Sources:
    """Where each community finds its value, from one given year until the next.

    Attributes:
        annees: the calendar years in which at least one community gives a value, in order.
        rangs: for each of them, an int16 array of the rank in `annees` of the year that each
            community takes; -1 where it gives none at all.
        lues: for each of them, the ranks that at least one community takes, in order.
    """

    annees: list[Period]
    rangs: list[numpy.ndarray]
    lues: list[list[int]]

    def de(self, annee: Period) -> tuple[numpy.ndarray, list[tuple[int, Period]]]:
        """Give the rank that each community takes in a calendar year, and the years to read."""
        place = max(bisect.bisect_right(self.annees, annee.start, key=_debut) - 1, 0)
        return self.rangs[place], [(rang, self.annees[rang]) for rang in self.lues[place]]


_SOURCES: WeakKeyDictionary[Holder, Sources] = WeakKeyDictionary()


def _debut(annee: Period):
    return annee.start


def valeur_retenue(cpts: Population, period: Period, nom: str) -> numpy.ndarray:
    """Read a yearly input, carried from another year where it is not given.

    Args:
        cpts: the communities.
        period: window of twelve months; the input is that of the calendar year it starts in.
        nom: name of the input; its default counts as « not given ».

    Returns:
        Array of the input's type: for each community the value of the year, else that of the
        nearest earlier year given, else of the nearest later one, else the default.
    """
    holder = cpts.get_holder(nom)
    annee = period.this_year
    sources = _SOURCES.get(holder) or _chercher(holder)
    if sources.annees and any(
        holder.get_array(source) is None for _, source in sources.de(annee)[1]
    ):
        sources = _chercher(holder)  # some were deleted since
    if not sources.annees:
        return cpts(nom, annee)
    rangs, lues = sources.de(annee)
    # Whoever gives nothing has the default in each year, hence in the first one read.
    valeurs = cpts(nom, lues[0][1])
    for rang, source in lues[1:]:
        valeurs = numpy.where(rangs == rang, cpts(nom, source), valeurs)
    if holder.variable.value_type == Enum and not isinstance(valeurs, EnumArray):
        return EnumArray(valeurs, holder.variable.possible_values)
    return valeurs


def oublier(holder: Holder) -> None:
    """Forget where an input finds its values: one more was given.

    Args:
        holder: the holder of the input.
    """
    _SOURCES.pop(holder, None)


def _chercher(holder: Holder) -> Sources:
    variable = holder.variable
    defaut = variable.default_value
    vide = defaut.index if isinstance(defaut, Enum) else defaut
    annees: list[Period] = []
    masques: list[numpy.ndarray] = []
    for periode in sorted(holder.get_known_periods(), key=_debut):
        if periode == periode.this_year:
            donnees = numpy.asarray(holder.get_array(periode)).view(numpy.ndarray) != vide
            if donnees.any():  # what was read without being given holds the default only
                annees.append(periode)
                masques.append(donnees)
    courant = numpy.full(holder.population.count, -1, dtype=numpy.int16)
    avant, premier = [], courant
    for rang, donnees in enumerate(masques):
        premier = numpy.where(donnees & (premier < 0), numpy.int16(rang), premier)
        courant = numpy.where(donnees, numpy.int16(rang), courant)
        avant.append(courant)
    rangs = [numpy.where(rang < 0, premier, rang) for rang in avant]
    lues = [_distincts(rang) for rang in rangs]
    _SOURCES[holder] = sources = Sources(annees, rangs, lues)
    return sources


def _distincts(rangs: numpy.ndarray) -> list[int]:
    """List the years that are taken, in order; mostly one for all, which needs no sorting."""
    if len(rangs) and rangs.min() == rangs.max():
        return [int(rangs[0])]
    return numpy.unique(rangs[rangs >= 0]).tolist()

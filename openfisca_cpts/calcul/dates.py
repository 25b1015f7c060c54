"""Dates of a community: the day that never comes, and the order in which its dates must stand."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy

from openfisca_cpts.calcul.saisies import liste, refus

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population

NEVER = datetime.date(9999, 12, 31)
"""The day of an event that has not happened."""

JAMAIS = numpy.datetime64(NEVER)
"""The same day, as it stands in arrays."""

ORDRE = (
    ("date_lettre_intention", "date_signature_contrat"),
    ("date_signature_contrat", "date_fin_convenue"),
    ("date_signature_contrat", "date_resiliation"),
)
"""Pairs of inputs: where both are given, the first is not after the second."""


def desordres(
    lire: Callable[[str], numpy.ndarray],
) -> Iterator[tuple[str, str, numpy.ndarray]]:
    """Find the communities whose dates stand in the wrong order.

    Args:
        lire: gives the datetime64[D] vector of a date input, by its name.

    Yields:
        The name of the date that should come first, the name of the one that should follow, and
        the bool mask of the communities where they do not.
    """
    for premiere, seconde in ORDRE:
        avant, apres = lire(premiere), lire(seconde)
        yield premiere, seconde, (avant > apres) & (avant != JAMAIS) & (apres != JAMAIS)


def verifier_ordre(cpts: Population, period: Period) -> None:
    """Refuse communities whose dates stand in the wrong order.

    Args:
        cpts: the communities.
        period: any period; the dates are eternal.

    Raises:
        SituationParsingError: names each such community and both dates.
    """
    fautes = []
    for premiere, seconde, masque in desordres(lambda nom: cpts(nom, period)):
        if masque.any():
            avant, apres = cpts(premiere, period), cpts(seconde, period)
            fautes += [
                f"communauté « {cpts.ids[rang]} » : {premiere} ({avant[rang]}) est après "
                f"{seconde} ({apres[rang]})"
                for rang in numpy.flatnonzero(masque)
            ]
    if fautes:
        raise refus(liste(fautes) + ".")

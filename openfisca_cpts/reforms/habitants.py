"""The inhabitants that a reform pays for, which a size does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from openfisca_cpts.calcul.saisies import liste, refus

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


def habitants(
    cpts: Population, period: Period, parmi: numpy.ndarray | None = None
) -> numpy.ndarray:
    """Read the population, where an amount depends on it and not on the size alone.

    Args:
        cpts: the communities.
        period: window of twelve months.
        parmi: bool mask of the communities whose amount depends on it; those whose size is known
            by default. To be given inside the formula of the size itself.

    Returns:
        int array, inhabitants; 0 only where nothing is known of the community.

    Raises:
        SituationParsingError: communities have a size and no population: nothing can be computed
            for them, and 0 would be a false amount.
    """
    nombre = cpts("population_retenue", period)
    if parmi is None:
        taille = cpts("taille", period)
        parmi = taille.view(numpy.ndarray) != taille.possible_values.indeterminee.index
    manquantes = numpy.flatnonzero(parmi & (nombre == 0))
    if len(manquantes):
        ids = cpts.ids
        fautes = [f"« {ids[rang] if ids is not None else rang} »" for rang in manquantes]
        raise refus(
            "La réforme paie selon le nombre d'habitants, et des communautés n'ont qu'une taille "
            f"en {period.start.year} : donner leur population (population_{period.start.year}) ; "
            f"communautés : {liste(fautes)}."
        )
    return nombre

"""Amounts by size: one look-up in a table of as many amounts as there are sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


def montant_par_taille(cpts: Population, period: Period, bareme: Any) -> numpy.ndarray:
    """Read the amount of each community's size.

    The amounts are read once and taken by position: openfisca-core's own indexing of a node by an
    Enum loops over the communities in Python.

    Args:
        cpts: the communities.
        period: window of twelve months; the size is that of its first day.
        bareme: parameter node with one child per size, at an instant.

    Returns:
        float64 array, one amount per community, in the unit of the parameter; 0 where the size is
        unknown, or is one that a reform adds and the scale does not hold.
    """
    tailles = cpts.simulation.tax_benefit_system.get_variable("taille").possible_values
    montants = [getattr(bareme, taille.name, 0) for taille in tailles]
    return numpy.array(montants, dtype=numpy.float64).take(
        cpts("taille", period).view(numpy.ndarray)
    )

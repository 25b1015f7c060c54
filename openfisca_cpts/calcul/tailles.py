"""Amounts by size: one look-up in a table of four."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population


def montant_par_taille(cpts: Population, period: Period, bareme: Any) -> numpy.ndarray:
    """Read the amount of each community's size.

    The four amounts are read once and taken by position: openfisca-core's own indexing of a node
    by an Enum loops over the communities in Python.

    Args:
        cpts: the communities.
        period: window of twelve months; the size is that of its first day.
        bareme: parameter node with the children `taille_1` to `taille_4`, at an instant.

    Returns:
        float64 array, one amount per community, in the unit of the parameter; 0 where the size is
        unknown.
    """
    table = numpy.array(
        [0, bareme.taille_1, bareme.taille_2, bareme.taille_3, bareme.taille_4],
        dtype=numpy.float64,
    )
    return table.take(cpts("taille", period).view(numpy.ndarray))

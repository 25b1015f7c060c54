"""Amounts by size, and the size that a contract states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy
from openfisca_core.indexed_enums import Enum, EnumArray

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
    montants = montants_des_tailles(cpts, bareme, 0)
    return montants.take(cpts("taille", period).view(numpy.ndarray))


def montants_des_tailles(cpts: Population, bareme: Any, sinon: float) -> numpy.ndarray:
    """List the amounts of a scale in the order of the sizes.

    Args:
        cpts: the communities; the sizes are those of their law.
        bareme: parameter node with one child per size, at an instant.
        sinon: amount of a size that the scale does not hold (unknown, or added by a reform).

    Returns:
        float64 array, one amount per size.
    """
    tailles = cpts.simulation.tax_benefit_system.get_variable("taille").possible_values
    montants = [getattr(bareme, taille.name, sinon) for taille in tailles]
    return numpy.array(montants, dtype=numpy.float64)


def imposer_taille_connue(
    cpts: Population, period: Period, rangs: numpy.ndarray, tailles: type[Enum]
) -> EnumArray:
    """Put the size that the contract states in the place of the one that a rule finds.

    The last step of the formula of the size: a reform that replaces the rule takes it too, so that
    it moves no size that is known.

    Args:
        cpts: the communities.
        period: window of twelve months.
        rangs: the size that the rule finds, as its index in `tailles`.
        tailles: the sizes, « indéterminée » first.

    Returns:
        One size per community.
    """
    connues = cpts("taille_connue_retenue", period)
    if not connues.any():
        return EnumArray(rangs, tailles)
    # By name: a reform that adds a size gives the others new indices.
    index = {taille.name: taille.index for taille in tailles}
    traduites = numpy.array([index.get(taille.name, 0) for taille in connues.possible_values])
    imposees = traduites.take(connues.view(numpy.ndarray))
    return EnumArray(numpy.where(imposees > 0, imposees, rangs).astype(numpy.uint8), tailles)

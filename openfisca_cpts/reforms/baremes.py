"""The amounts of the scale, and how a reform changes the formulas of the law."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy
from openfisca_core.parameters import Parameter
from openfisca_core.variables import Variable

from openfisca_cpts.base import Montant, Versement
from openfisca_cpts.missions.declaration import montants_de_la_loi, noeud_de
from openfisca_cpts.reforms.reforme import NOEUD, Reforme

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population

Loi = Callable[[Any], Any]
Calcul = Callable[[numpy.ndarray, "Population", "Period", Loi], numpy.ndarray]
"""Takes the value of the law and what a formula receives; gives the value under the reform."""


def transformer(reforme: Reforme, nom: str, calcul: Calcul, depuis: str | None = None) -> None:
    """Change what a variable of the law gives, and keep all that it says of itself.

    Args:
        reforme: the reform that is being applied.
        nom: name of the variable.
        calcul: takes the value of the law (before this change), the communities, the period and
            the parameters, and gives the new value: all in arrays.
        depuis: ISO day of the first period that is changed, which must be one on which the law or
            the reform's own parameters change; all periods by default. Before it, and before the
            first formula of the law, nothing is changed.
    """
    loi = reforme.get_variable(nom)
    premiere = min(loi.formulas)
    debut = max(premiere, depuis or premiere)

    def formula(cpts, period, parameters):
        return calcul(de_la_loi(loi, cpts, period, parameters), cpts, period, parameters)

    # What a reform adds to a payment is written for a month: it is computed month by month.
    bases = (Montant if base is Versement else base for base in type(loi).__bases__)
    reforme.update_variable(type(nom, tuple(bases), {nom_de_formule(debut): formula}))


def nom_de_formule(debut: str) -> str:
    """Give the name under which openfisca-core finds a formula in force from an ISO day."""
    return f"formula_{debut.replace('-', '_')}"


def de_la_loi(
    variable: Variable, cpts: Population, period: Period, parameters: Loi
) -> numpy.ndarray:
    """Compute a variable by the formula that it had before a reform changed it.

    Args:
        variable: the variable as it was.
        cpts: the communities.
        period: the period, on the first day of which a formula is in force.
        parameters: the law, as a formula receives it.

    Returns:
        What the formula gives; nothing is cached.
    """
    # openfisca-core's own: that of a payment would keep what the law pays for what the reform does.
    formule = Variable.get_formula(variable, period)
    return formule(*(cpts, period, parameters)[: formule.__code__.co_argcount])


def bareme(cpts: Population, loi: Any, nom: str) -> Any:
    """Give the scale that an amount reads.

    Args:
        cpts: the communities.
        loi: the law at an instant.
        nom: name of the amount, one of `montants_de_la_loi`.

    Returns:
        The parameter node of the sizes, at that instant.
    """
    return noeud_de(loi, montants_de_la_loi(cpts.simulation.tax_benefit_system)[nom])


def prise_d_effet(reforme: Reforme) -> str:
    """Give the day a reform takes effect: the first of the parameters that it brings.

    Args:
        reforme: the reform that is being applied.

    Returns:
        That day, as ISO text.
    """
    propres = reforme.parameters.children[NOEUD].children[reforme.noeud]
    return min(
        feuille.values_list[-1].instant_str
        for feuille in propres.get_descendants()
        if isinstance(feuille, Parameter)
    )

"""The communities and regions of a simulation, which refuse a period that does not fit.

openfisca-core answers with a `ValueError`, which its Web API makes a status 500 of. It has no hook
between a request and the check of its period: the check is put on each simulation when it is
linked to its populations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openfisca_core.periods import DateUnit
from openfisca_core.populations import GroupPopulation, Population

from openfisca_cpts.calcul.saisies import refus

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

TOTAL_ANNUEL = "versement_annuel"
"""What a year of monthly payments is asked under."""


def verifier_periode(period: Period, variable: Variable) -> None:
    """Refuse to compute a variable for a period that is not one of its own.

    Args:
        period: the period asked.
        variable: the variable.

    Raises:
        SituationParsingError: the period is not one month of a monthly variable, or twelve months
            of a yearly one. The message says what to ask.
    """
    unite = variable.definition_period
    if unite == DateUnit.ETERNITY or (period.unit == unite and period.size == 1):
        return
    annee = period.start.year
    if unite == DateUnit.MONTH:
        attendu = f"elle se demande mois par mois, par exemple « {annee}-01 »"
        if variable.unit == "currency-EUR":
            attendu += f" ; « {TOTAL_ANNUEL} » donne le total des versements d'une année"
    else:
        attendu = f"elle se demande par année, par exemple « {annee} »"
    raise refus(f"« {variable.name} » est demandée pour « {period} » : {attendu}.")


class _Liee:
    """A population that checks the periods asked of its simulation."""

    _simulation: Any = None

    @property
    def simulation(self) -> Any:
        """The simulation, none until it is linked."""
        return self._simulation

    @simulation.setter
    def simulation(self, simulation: Any) -> None:
        self._simulation = simulation
        if simulation is not None:
            simulation._check_period_consistency = verifier_periode


class _Personnes(_Liee, Population):
    """The communities."""


class _Groupes(_Liee, GroupPopulation):
    """The regions."""


class AvecPopulations:
    """What a system of the package makes simulations of: the law, and each of its reforms."""

    def instantiate_entities(self: TaxBenefitSystem) -> dict[str, Population]:
        """Make one population per entity, as openfisca-core does."""
        personnes = _Personnes(self.person_entity)
        groupes = {entite.key: _Groupes(entite, personnes) for entite in self.group_entities}
        return {self.person_entity.key: personnes} | groupes

"""The tax and benefit system: the entities, the law in figures, the law in formulas."""

from __future__ import annotations

from typing import ClassVar

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from openfisca_cpts import DOSSIER, legislation, situation_examples
from openfisca_cpts.entities import entities
from openfisca_cpts.populations import AvecPopulations


class CountryTaxBenefitSystem(AvecPopulations, TaxBenefitSystem):
    """Entities, parameters and variables of the financing of the CPTS.

    The name is the one that every tool of the OpenFisca ecosystem looks for.
    """

    _variables: ClassVar[dict[str, Variable]] = {}

    def __init__(self) -> None:
        super().__init__(entities)
        self.parameters = legislation.charger(DOSSIER / "parameters")
        if not self._variables:
            legislation.ajouter_variables(self, DOSSIER / "variables")
            self._variables.update(self.get_variables())
        # Systems of one process share the variables, as a reform shares its baseline's: none is
        # changed in place, and reading their files again for each would double the time of tests.
        self.variables: dict[str, Variable] = dict(self._variables)
        self.open_api_config = {
            "parameter_example": "aci.missions.parcours.montant",
            "variable_example": "plafond_financement",
            "simulation_example": situation_examples.lire("communaute_six_missions"),
        }

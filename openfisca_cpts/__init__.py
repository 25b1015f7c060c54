"""The law that finances French health communities (CPTS), as an OpenFisca package."""

from __future__ import annotations

from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts import legislation, situation_examples
from openfisca_cpts.entities import entities

DOSSIER = Path(__file__).parent


class CountryTaxBenefitSystem(TaxBenefitSystem):
    """Entities, parameters and variables of the financing of the CPTS.

    The name is the one that every tool of the OpenFisca ecosystem looks for.
    """

    _metadonnees: dict[str, str] | None = None

    def __init__(self) -> None:
        super().__init__(entities)
        self.add_variables_from_directory(str(DOSSIER / "variables"))
        self.parameters = legislation.charger(DOSSIER / "parameters")
        self.open_api_config = {
            "parameter_example": "aci.missions.parcours.montant",
            "variable_example": "plafond_financement",
            "simulation_example": situation_examples.lire("communaute_six_missions"),
        }

    def get_package_metadata(self) -> dict[str, str]:
        """Give name, version, repository and location of the package.

        openfisca-core asks for them once per file of variables, and parses them each time.
        """
        if self._metadonnees is None:
            self._metadonnees = super().get_package_metadata()
        return self._metadonnees

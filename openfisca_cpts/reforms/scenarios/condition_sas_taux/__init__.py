"""The achievement of access to care cannot exceed what the general practitioners' part allows."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.calcul.missions import comptee
from openfisca_cpts.calcul.versements import part_variable_versee
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.scenarios.condition_sas_taux.variables import (
    acces_soins_exercice_taux_retenu,
    acces_soins_taux_retenu,
    part_generalistes_sas,
)

TAUX = acces_soins_taux_retenu.__name__
TAUX_EXERCICE = acces_soins_exercice_taux_retenu.__name__


class condition_sas_taux(Reforme, dossier=Path(__file__).parent):
    donnees = ("part_generalistes_sas",)

    def changer_formules(self) -> None:
        self.add_variables(
            part_generalistes_sas, acces_soins_taux_retenu, acces_soins_exercice_taux_retenu
        )
        transformer(self, "acces_soins_part_variable_versee", _verser)
        transformer(self, "financement_annuel", _retrancher, prise_d_effet(self))


def _verser(_, cpts, period, parameters):
    return part_variable_versee(cpts, period, "acces_soins", TAUX_EXERCICE)


def _retrancher(financement, cpts, period, parameters):
    """Take from the year what the rate loses."""
    annee = period.this_year
    perdu = cpts("acces_soins_taux_atteinte", annee) - cpts(TAUX, annee)
    variable = cpts("acces_soins_part_variable", period)
    comptees = comptee(cpts, period, "acces_soins")
    return financement - comptees * variable * perdu

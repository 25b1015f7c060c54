"""Access to care is paid only where the community takes part in the SAS."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.scenarios.condition_sas.variables import participation_sas


class condition_sas(Reforme, dossier=Path(__file__).parent):
    donnees = ("participation_sas",)

    def changer_formules(self) -> None:
        self.add_variable(participation_sas)
        for nom in ("acces_soins_montant", "acces_soins_supplement_snp"):
            transformer(self, nom, _conditionner, prise_d_effet(self))


def _conditionner(montant, cpts, period, parameters):
    perdu = parameters(period).reformes.condition_sas.part_conditionnee
    return montant * numpy.where(cpts("participation_sas", period.this_year), 1, 1 - perdu)

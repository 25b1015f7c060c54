"""The crisis plan, reduced like any other mission when it starts inside an exercice."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.baremes import transformer
from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.variantes.plan_crise_proratise.variables import (
    crise_sanitaire_exercice_prorata,
)


class plan_crise_proratise(Reforme, dossier=Path(__file__).parent):
    def changer_formules(self) -> None:
        self.add_variable(crise_sanitaire_exercice_prorata)
        transformer(self, "crise_sanitaire_exercice_part_fixe", _reduire)


def _reduire(montant, cpts, period, parameters):
    return montant * cpts("crise_sanitaire_exercice_prorata", period.this_year)

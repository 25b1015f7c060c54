"""A credit of the health insurance, paid with the letter of intent."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.baremes import transformer
from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.scenarios.credit_lettre_intention.variables import montant, versement


class credit_lettre_intention(Reforme, dossier=Path(__file__).parent):
    fixe = ("credit_lettre_intention_montant",)

    def changer_formules(self) -> None:
        self.add_variables(montant(self.noeud), versement())
        transformer(self, "versement_total", _ajouter)


def _ajouter(total, cpts, period, parameters):
    return total + cpts("versement_credit_lettre_intention", period)

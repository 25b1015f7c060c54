"""A closed national envelope: one coefficient a year on every amount of the scale."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.missions.declaration import montants_de_la_loi
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Equilibre, Reforme


class enveloppe_fermee(Reforme, dossier=Path(__file__).parent):
    equilibre = Equilibre(
        coefficient="reformes.enveloppe_fermee.coefficient",
        cible="reformes.enveloppe_fermee.enveloppe",
        plafonne=True,
    )

    def changer_formules(self) -> None:
        for nom in montants_de_la_loi(self):
            transformer(self, nom, self._reduire, prise_d_effet(self))

    def _reduire(self, montant, cpts, period, parameters):
        return montant * self.coefficient_de(parameters(period))

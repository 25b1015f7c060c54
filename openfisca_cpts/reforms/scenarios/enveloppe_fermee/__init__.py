"""A closed national envelope: one coefficient a year on every amount of the scale."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.baremes import montants, prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Equilibre, Reforme


class enveloppe_fermee(Reforme, dossier=Path(__file__).parent):
    equilibre = Equilibre(
        coefficient="reformes.enveloppe_fermee.coefficient",
        cible="reformes.enveloppe_fermee.enveloppe",
        plafonne=True,
    )

    def changer_formules(self) -> None:
        for nom in montants(self):
            transformer(self, nom, _reduire, prise_d_effet(self))


def _reduire(montant, cpts, period, parameters):
    return montant * parameters(period).reformes.enveloppe_fermee.coefficient

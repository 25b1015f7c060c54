"""Below the first threshold, amounts in proportion to the population."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.missions.declaration import montants_de_la_loi
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.habitants import habitants
from openfisca_cpts.reforms.reforme import Reforme


class petit_territoire_prorata(Reforme, dossier=Path(__file__).parent):
    def changer_formules(self) -> None:
        for nom in montants_de_la_loi(self):
            transformer(self, nom, _proportionner, prise_d_effet(self))


def _proportionner(montant, cpts, period, parameters):
    loi = parameters(period)
    part = habitants(cpts, period) / loi.tailles.seuil_taille_2
    minimale = loi.reformes.petit_territoire_prorata.part_minimale
    return montant * numpy.clip(part, minimale, 1)

"""Functioning that ends once every core mission has started."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.calcul.calendrier import premier_jour
from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.calcul.missions import jour_existence, missions
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Reforme


class fonctionnement_eteint(Reforme, dossier=Path(__file__).parent):
    def changer_formules(self) -> None:
        transformer(self, "fonctionnement_annuel", _eteindre, prise_d_effet(self))


def _eteindre(montant, cpts, period, parameters):
    part = parameters(period).reformes.fonctionnement_eteint.part_maintenue
    janvier = premier_jour(period.this_year)
    demarrees = numpy.ones(cpts.count, dtype=bool)
    for mission in missions(cpts):
        if mission.socle and jour_existence(cpts, mission.cle) <= janvier:
            date = cpts(f"{mission.cle}_date_demarrage", period)
            retenue = cpts(f"{mission.cle}_retenue", period.this_year)
            demarrees &= (date <= janvier) | (retenue & (date == JAMAIS))
    return numpy.where(demarrees, part, 1) * montant

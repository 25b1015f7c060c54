"""Overseas coefficient: every amount of the scale, raised by a share of its own per region."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.missions.declaration import montants_de_la_loi
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Reforme


class coefficient_outre_mer(Reforme, dossier=Path(__file__).parent):
    def changer_formules(self) -> None:
        for nom in montants_de_la_loi(self):
            transformer(self, nom, _majorer, prise_d_effet(self))


def _majorer(montant, cpts, period, parameters):
    majorations = parameters(period).reformes.coefficient_outre_mer.majoration
    regions = cpts("region_ars", period)
    par_region = [1 + getattr(majorations, region.name, 0) for region in regions.possible_values]
    return montant * numpy.array(par_region).take(regions.view(numpy.ndarray))

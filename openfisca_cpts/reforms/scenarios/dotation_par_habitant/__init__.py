"""A grant per head, for the cost of the law in force."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.calcul.tailles import montant_par_taille
from openfisca_cpts.missions.declaration import montants_de_la_loi
from openfisca_cpts.reforms.baremes import bareme, prise_d_effet, transformer
from openfisca_cpts.reforms.habitants import habitants
from openfisca_cpts.reforms.reforme import BAREME, Equilibre, Reforme

HORS_PLAFOND = "crise_sanitaire_montant_actualisation"
"""It takes the place of the plan's amount, which the ceiling already counts."""


class dotation_par_habitant(Reforme, dossier=Path(__file__).parent):
    equilibre = Equilibre(coefficient="reformes.dotation_par_habitant.coefficient")
    fixe = (BAREME,)

    def changer_formules(self) -> None:
        for nom in montants_de_la_loi(self):
            transformer(self, nom, self._par_habitant, prise_d_effet(self))

    def _par_habitant(self, montant, cpts, period, parameters):
        """Give a line the part of the grant that it has in the ceiling of its size."""
        loi = parameters(period)
        plafond = sum(
            montant_par_taille(cpts, period, bareme(cpts, loi, nom))
            for nom in montants_de_la_loi(self)
            if nom != HORS_PLAFOND
        )
        dotation = habitants(cpts, period) * self.coefficient_de(loi)
        return dotation * numpy.divide(
            montant, plafond, out=numpy.zeros(len(montant)), where=plafond > 0
        )

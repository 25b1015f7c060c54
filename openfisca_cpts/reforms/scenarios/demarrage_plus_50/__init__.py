"""More functioning in the first exercice of those who signed early: a proposal of 2020."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.calcul.calendrier import annee, regimes
from openfisca_cpts.calcul.tailles import montant_par_taille
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Reforme


class demarrage_plus_50(Reforme, dossier=Path(__file__).parent):
    fixe = ("fonctionnement_annuel",)

    def changer_formules(self) -> None:
        transformer(self, "fonctionnement_annuel", self._augmenter, prise_d_effet(self))

    def _augmenter(self, montant, cpts, period, parameters):
        signature = cpts("date_signature_contrat", period)
        ouverts = numpy.flatnonzero(annee(signature) == period.start.year)
        augmente = montant.copy()
        for jour, groupe in regimes(cpts, signature[ouverts]):
            rangs = ouverts[groupe]
            propre = montant_par_taille(cpts, period, parameters(jour).reformes[self.noeud].montant)
            augmente[rangs] = numpy.where(propre > 0, propre, montant)[rangs]
        return augmente

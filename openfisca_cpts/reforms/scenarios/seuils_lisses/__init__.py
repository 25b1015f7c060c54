"""Smoothed thresholds: each amount is a broken line of the population."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy

from openfisca_cpts.missions.declaration import montants_de_la_loi
from openfisca_cpts.reforms.baremes import bareme, prise_d_effet, transformer
from openfisca_cpts.reforms.habitants import habitants
from openfisca_cpts.reforms.reforme import BAREME, Reforme


class seuils_lisses(Reforme, dossier=Path(__file__).parent):
    fixe = (BAREME,)

    def changer_formules(self) -> None:
        for nom in montants_de_la_loi(self):
            transformer(self, nom, partial(self._lisser, nom), prise_d_effet(self))

    def _lisser(self, nom, montant, cpts, period, parameters):
        loi = parameters(period)
        montants = bareme(cpts, loi, nom)
        population = habitants(cpts, period)
        lisse = numpy.interp(
            population,
            _noeuds(loi, loi.reformes[self.noeud].noeud_taille_4),
            [montants.taille_1, montants.taille_2, montants.taille_3, montants.taille_4],
        )
        return numpy.where(population > 0, lisse, 0) * self._coefficient(loi)

    def _coefficient(self, loi):
        return 1


def _noeuds(loi, dernier):
    """Give the population at which each size is paid its own amount."""
    seuils = loi.tailles
    bornes = [0, seuils.seuil_taille_2, seuils.seuil_taille_3, seuils.seuil_taille_4]
    return [*numpy.mean([bornes[:-1], bornes[1:]], axis=0), dernier]

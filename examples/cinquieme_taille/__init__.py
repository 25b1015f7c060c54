"""One more size, above the last: its amounts are a share of those of size 4."""

from functools import partial
from pathlib import Path

import numpy
from openfisca_core.indexed_enums import Enum

from openfisca_cpts.calcul.tailles import imposer_taille_connue
from openfisca_cpts.missions.declaration import montants_de_la_loi
from openfisca_cpts.reforms.baremes import (
    bareme,
    de_la_loi,
    nom_de_formule,
    prise_d_effet,
    transformer,
)
from openfisca_cpts.reforms.habitants import habitants
from openfisca_cpts.reforms.reforme import BAREME, Reforme

NOUVELLE = "taille_5"


class cinquieme_taille(Reforme, dossier=Path(__file__).parent):
    """Communities above a threshold are of a fifth size."""

    fixe = (BAREME,)

    def changer_formules(self) -> None:
        """Replace the sizes, then each amount of the scale."""
        depuis = prise_d_effet(self)
        taille = _taille(self.get_variable("taille"), depuis)
        self.update_variable(taille)
        for nom in ("taille_connue", "taille_connue_retenue"):
            loi = self.get_variable(nom)
            attributs = {cle: getattr(taille, cle) for cle in ("possible_values", "default_value")}
            self.update_variable(type(nom, type(loi).__bases__, attributs))
        for nom in montants_de_la_loi(self):
            transformer(self, nom, partial(_montant, nom), depuis)


def _taille(loi, depuis):
    """Make the variable of the size: the new one comes last, so that the others keep their rank."""
    libelles = {taille.name: taille.value for taille in loi.possible_values}
    tailles = Enum("Taille", libelles | {NOUVELLE: "Taille 5"})
    derniere = list(loi.possible_values)[-1].index

    def reprendre(cpts, period, parameters):
        rang = de_la_loi(loi, cpts, period, parameters).view(numpy.ndarray).copy()
        return imposer_taille_connue(cpts, period, rang, tailles)

    def separer(cpts, period, parameters):
        rang = de_la_loi(loi, cpts, period, parameters).view(numpy.ndarray).copy()
        seuil = parameters(period).reformes.cinquieme_taille.seuil
        grandes = rang == derniere
        rang[grandes & (habitants(cpts, period, grandes) > seuil)] = tailles[NOUVELLE].index
        return imposer_taille_connue(cpts, period, rang, tailles)

    attributs = {
        "possible_values": tailles,
        "default_value": next(iter(tailles)),
        nom_de_formule(min(loi.formulas)): reprendre,
        nom_de_formule(depuis): separer,
    }
    return type("taille", type(loi).__bases__, attributs)


def _montant(nom, montant, cpts, period, parameters):
    """Give the new size its part of the amount of size 4; that of the law is 0 for it."""
    loi = parameters(period)
    part = loi.reformes.cinquieme_taille.part_de_la_taille_4
    taille = cpts("taille", period)
    nouvelles = taille.view(numpy.ndarray) == taille.possible_values[NOUVELLE].index
    return numpy.where(nouvelles, part * bareme(cpts, loi, nom).taille_4, montant)

"""One more size, below the first: small territories, with amounts of their own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy
from openfisca_core.indexed_enums import Enum, EnumArray

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

NOUVELLE = "petit_territoire"


class petit_territoire(Reforme, dossier=Path(__file__).parent):
    fixe = (BAREME,)

    def changer_formules(self) -> None:
        depuis = prise_d_effet(self)
        taille = _avec_une_taille_de_plus(self.get_variable("taille"), depuis)
        self.update_variable(taille)
        for nom in ("taille_connue", "taille_connue_retenue"):
            self.update_variable(_avec_les_tailles_de(taille, self.get_variable(nom)))
        for nom in montants_de_la_loi(self):
            transformer(self, nom, partial(_montant, nom), depuis)


def _avec_une_taille_de_plus(loi, depuis):
    """Make the variable of the size, with the new one between none and the first."""
    inconnue, *connues = loi.possible_values
    libelles = {inconnue.name: inconnue.value, NOUVELLE: "Petit territoire"}
    libelles.update((taille.name, taille.value) for taille in connues)
    tailles = Enum("Taille", libelles)
    rangs = numpy.array([tailles[taille.name].index for taille in loi.possible_values])
    premiere = tailles[connues[0].name].index

    def traduire(cpts, period, parameters):
        avant = de_la_loi(loi, cpts, period, parameters).view(numpy.ndarray)
        return imposer_taille_connue(cpts, period, rangs[avant].astype(avant.dtype), tailles)

    def separer(cpts, period, parameters):
        rang = traduire(cpts, period, parameters).view(numpy.ndarray)
        seuil = parameters(period).reformes.petit_territoire.seuil
        connues = cpts("taille_connue_retenue", period).view(numpy.ndarray)
        petites = (rang == premiere) & (connues == tailles[inconnue.name].index)
        petit = petites & (habitants(cpts, period, petites) < seuil)
        rang[petit] = tailles[NOUVELLE].index
        return EnumArray(rang, tailles)

    attributs = {
        "possible_values": tailles,
        "default_value": tailles[inconnue.name],
        nom_de_formule(min(loi.formulas)): traduire,
        nom_de_formule(depuis): separer,
    }
    return type("taille", type(loi).__bases__, attributs)


def _avec_les_tailles_de(taille, loi):
    """Make a variable of known sizes that admits those of another."""
    attributs = {nom: getattr(taille, nom) for nom in ("possible_values", "default_value")}
    return type(loi.name, type(loi).__bases__, attributs)


def _montant(nom, montant, cpts, period, parameters):
    """Give the new size its part of the first one's amount; the law's is 0 for it."""
    loi = parameters(period)
    parts = loi.reformes.petit_territoire.part_de_la_taille_1
    part = getattr(parts, nom, parts.defaut)
    taille = cpts("taille", period)
    petit = taille.view(numpy.ndarray) == taille.possible_values[NOUVELLE].index
    return numpy.where(petit, part * bareme(cpts, loi, nom).taille_1, montant)

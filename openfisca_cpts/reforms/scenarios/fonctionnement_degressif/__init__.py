"""Functioning that tapers off as the contract grows older."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.calcul.calendrier import annee
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Reforme


class fonctionnement_degressif(Reforme, dossier=Path(__file__).parent):
    def changer_formules(self) -> None:
        transformer(self, "fonctionnement_annuel", _degrader, prise_d_effet(self))


def _degrader(montant, cpts, period, parameters):
    parts = parameters(period).reformes.fonctionnement_degressif.part_maintenue
    par_exercice = numpy.array([parts[nom] for nom in sorted(parts)])
    # From the exercice that opens in the calendar year: 0 is the first. None is taken as a first.
    rang = period.start.year - annee(cpts("date_signature_contrat", period))
    return montant * par_exercice.take(rang, mode="clip")

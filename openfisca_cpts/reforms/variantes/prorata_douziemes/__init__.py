"""The share of an exercice at the start of a mission, in twelfths."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy

from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN, ajouter_mois
from openfisca_cpts.reforms.baremes import transformer
from openfisca_cpts.reforms.reforme import Reforme

PRORATA = "_exercice_prorata"


class prorata_douziemes(Reforme, dossier=Path(__file__).parent):
    # It reaches the missions that other reforms add.
    en_dernier = True

    def changer_formules(self) -> None:
        for nom in [nom for nom in self.variables if nom.endswith(PRORATA)]:
            mission = nom.removesuffix(PRORATA)
            transformer(self, nom, partial(_en_mois, f"{mission}_exercice_naissance_droits"))


def _en_mois(naissance, _, cpts, period, parameters):
    annee = period.this_year
    cloture = cpts("exercice_cloture", annee)
    jour = numpy.minimum(cpts(naissance, annee), cloture)
    mois = (cloture.astype("datetime64[M]") - jour.astype("datetime64[M]")).astype(numpy.int64)
    # A month that the closing interrupts has started: it counts.
    commences = mois + (ajouter_mois(jour, mois) < cloture)
    # From 28 to 29 February an exercice lasts a year and a day: twelve months, not a thirteenth.
    return numpy.minimum(commences, MOIS_PAR_AN) / MOIS_PAR_AN

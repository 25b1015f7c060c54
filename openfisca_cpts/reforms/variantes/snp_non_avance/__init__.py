"""The supplement for unscheduled care, paid in full when its exercice closes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from openfisca_cpts.calcul.versements import Poste, avance, regularisation, solde
from openfisca_cpts.reforms.baremes import transformer
from openfisca_cpts.reforms.reforme import Reforme

NAISSANCE = "acces_soins_exercice_naissance_droits"
AVANCE = Poste(NAISSANCE, ("acces_soins_exercice_part_fixe",))
A_LA_CLOTURE = Poste(NAISSANCE, ("acces_soins_exercice_supplement_snp",), sans_avance=True)


class snp_non_avance(Reforme, dossier=Path(__file__).parent):
    def changer_formules(self) -> None:
        for ligne in (avance, solde, regularisation):
            transformer(self, f"acces_soins_{ligne.__name__}", partial(_payer, ligne))


def _payer(ligne, _, cpts, period, parameters):
    return ligne(cpts, period, parameters, AVANCE) + ligne(cpts, period, parameters, A_LA_CLOTURE)

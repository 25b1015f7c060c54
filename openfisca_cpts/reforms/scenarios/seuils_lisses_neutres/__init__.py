"""Smoothed thresholds, for the cost of the law in force."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.reforme import Equilibre
from openfisca_cpts.reforms.scenarios.seuils_lisses import seuils_lisses


class seuils_lisses_neutres(seuils_lisses, dossier=Path(__file__).parent):
    equilibre = Equilibre(coefficient="reformes.seuils_lisses_neutres.coefficient")

    def _coefficient(self, loi):
        return self.coefficient_de(loi)

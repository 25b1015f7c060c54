"""A closed national envelope that only the part variable pays for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from openfisca_cpts.calcul.missions import A_INDICATEURS
from openfisca_cpts.reforms.baremes import de_la_loi, prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Equilibre, Reforme


class enveloppe_fermee_part_variable(Reforme, dossier=Path(__file__).parent):
    equilibre = Equilibre(
        coefficient="reformes.enveloppe_fermee_part_variable.coefficient",
        cible="reformes.enveloppe_fermee_part_variable.enveloppe",
        plafonne=True,
    )
    # It scales a share of the whole amount: what changes that amount must be known by then.
    en_dernier = True

    def changer_formules(self) -> None:
        depuis = prise_d_effet(self)
        for mission in A_INDICATEURS:
            montant_plein = self.get_variable(f"{mission}_montant")
            transformer(self, f"{mission}_montant", partial(self._montant, mission), depuis)
            variable = partial(self._variable, mission, montant_plein)
            transformer(self, f"{mission}_part_variable", variable, depuis)

    def _montant(self, mission, montant, cpts, period, parameters):
        """Take from the amount what its part variable loses: the part fixe, what is left, stays."""
        loi = parameters(period)
        perdu = 1 - self.coefficient_de(loi)
        return montant * (1 - loi.aci.missions[mission].part_variable * perdu)

    def _variable(self, mission, montant_plein, _, cpts, period, parameters):
        """Scale the part variable that the amount had before it lost some."""
        loi = parameters(period)
        part = loi.aci.missions[mission].part_variable * self.coefficient_de(loi)
        return de_la_loi(montant_plein, cpts, period, parameters) * part

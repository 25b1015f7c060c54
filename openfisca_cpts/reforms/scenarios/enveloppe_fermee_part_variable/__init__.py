"""A closed national envelope that only the part variable pays for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from openfisca_cpts.missions.declaration import declarees, noeud_de
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
        for mission in declarees(self):
            for cle in {part.montant for part in mission.evaluees}:
                parts = [part for part in mission.evaluees if part.montant == cle]
                montant = self.get_variable(f"{mission.cle}_{cle}")
                transformer(self, montant.name, partial(self._montant, mission, parts), depuis)
                for part in parts:
                    variable = partial(self._variable, mission, part, montant)
                    transformer(self, f"{mission.cle}_{part.cle}", variable, depuis)

    def _montant(self, mission, parts, montant, cpts, period, parameters):
        """Take from the amount what its part variable loses: the part fixe, what is left, stays."""
        loi = parameters(period)
        perdu = 1 - self.coefficient_de(loi)
        return montant * (1 - sum(_quotite(loi, mission, part) for part in parts) * perdu)

    def _variable(self, mission, part, montant_plein, _, cpts, period, parameters):
        """Scale the part variable that the amount had before it lost some."""
        loi = parameters(period)
        quotite = _quotite(loi, mission, part) * self.coefficient_de(loi)
        return de_la_loi(montant_plein, cpts, period, parameters) * quotite


def _quotite(loi, mission, part):
    """Give the share of its amount that a part is."""
    return 1 if part.quotite is None else noeud_de(loi, f"{mission.noeud}.{part.quotite}")

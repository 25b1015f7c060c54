"""A seventh mission, all fixed: support to the France Santé network."""

from __future__ import annotations

from pathlib import Path

import numpy

from openfisca_cpts.calcul.calendrier import dernier_jour
from openfisca_cpts.calcul.missions import comptee
from openfisca_cpts.reforms.baremes import transformer
from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.scenarios.france_sante import droits, saisies, versements


class france_sante(Reforme, dossier=Path(__file__).parent):
    donnees = ("france_sante_retenue", "france_sante_structures_labellisees")

    def changer_formules(self) -> None:
        self.add_variables(*saisies.VARIABLES, *droits.VARIABLES, *versements.VARIABLES)
        transformer(self, "plafond_missions_complementaires", _plafond)
        transformer(self, "financement_annuel", _financement)
        transformer(self, "versement_missions", _versement)
        transformer(self, "etape", _etape)


def _montants(cpts, period):
    return cpts("france_sante_part_fixe", period) + cpts("france_sante_part_structures", period)


def _plafond(plafond, cpts, period, parameters):
    return plafond + _montants(cpts, period)


def _financement(financement, cpts, period, parameters):
    comptees = comptee(cpts, period, "france_sante")
    return financement + comptees * _montants(cpts, period)


def _versement(versement, cpts, period, parameters):
    return versement + cpts("france_sante_versement", period)


def _etape(etape, cpts, period, parameters):
    """Count the mission among those that may have started."""
    etapes = cpts.simulation.tax_benefit_system.get_variable("etape").possible_values
    atteinte = etapes.missions_demarrees.index
    demarree = cpts("france_sante_date_demarrage", period) <= dernier_jour(period)
    return numpy.where(demarree & (etape < atteinte), atteinte, etape)

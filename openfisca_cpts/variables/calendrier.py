"""The calendar of the core missions as a whole."""

import numpy

from openfisca_cpts.base import MONTH, Calcul, Cpts
from openfisca_cpts.calcul.missions import missions
from openfisca_cpts.missions.calendrier import PAPS


class calendrier_respecte(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Calendrier des missions socles respecté"
    reference = [PAPS]
    documentation = "Vrai si aucune mission socle n'est en retard ; vrai aussi sans contrat."

    def formula(cpts, period):
        en_retard = numpy.zeros(cpts.count, dtype=bool)
        for mission in missions(cpts):
            if mission.echeances:
                en_retard |= cpts(f"{mission.cle}_en_retard", period)
        return ~en_retard

"""The calendar of a core mission: by when it must start, and be deployed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openfisca_cpts.base import MONTH, NEVER, Calcul, Cpts, date
from openfisca_cpts.calcul.echeances import echeance, en_retard
from openfisca_cpts.missions.fabrique import nommer

if TYPE_CHECKING:
    from openfisca_core.variables import Variable

    from openfisca_cpts.missions.declaration import Mission

PAPS = "Calendrier des missions socles (PAPS Hauts-de-France, 30 novembre 2023)"
ACTIONS = {"demarrage": "démarrer", "deploiement": "déployer"}


def variables(mission: Mission) -> Iterator[type[Variable]]:
    """Make the deadlines of a mission for which the law has delays."""
    if mission.echeances:
        for action in ACTIONS:
            yield echeance_de(mission, action)
        yield retard(mission)


def echeance_de(mission: Mission, action: str) -> type[Variable]:
    """Make the day by which the mission must start, or be deployed."""

    class echeance_de(Calcul):
        value_type = date
        default_value = NEVER
        entity = Cpts
        definition_period = MONTH
        label = f"Échéance pour {ACTIONS[action]} la mission « {mission.nom} »"
        reference = [PAPS]
        documentation = """
        La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
        délai en vigueur ce jour-là. Jamais sans contrat. Le calendrier s'entend « afin de tenir compte
        à la fois du délai nécessaire aux acteurs pour s'organiser, construire et déployer les missions
        choisies […] » (PAPS).
        """

        def formula(cpts, period, parameters):
            return echeance(cpts, period, parameters, mission.cle, f"delai_{action}")

    return nommer(echeance_de, mission, f"echeance_{action}")


def retard(mission: Mission) -> type[Variable]:
    """Make whether the mission had not started by its deadline."""

    class retard(Calcul):
        value_type = bool
        entity = Cpts
        definition_period = MONTH
        label = f"Mission « {mission.nom} » non démarrée à son échéance"
        reference = [PAPS]
        documentation = """
        Vrai si le contrat est en cours dans le mois, si l'échéance de démarrage est passée au dernier
        jour du mois, et si la mission n'avait pas démarré à cette échéance. Le reste après un
        démarrage tardif.
        """

        def formula(cpts, period):
            return en_retard(cpts, period, mission.cle)

    return nommer(retard, mission, "en_retard")

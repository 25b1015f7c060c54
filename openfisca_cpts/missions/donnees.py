"""What is given of a mission: when it started, how far it went, and what its parts depend on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openfisca_cpts import base
from openfisca_cpts.base import CONTRAT_6_2, ETERNITY, NEVER, YEAR, Cpts, Entree, date
from openfisca_cpts.missions.fabrique import nommer

if TYPE_CHECKING:
    from openfisca_core.variables import Variable

    from openfisca_cpts.missions.declaration import Mission, Saisie

CONTRAT_OBJECTIFS = "Contrat tripartite type, annexe 1 de l'ACI du 20 juin 2019, préambule"
SENAT = "Sénat, rapport d'information n° 32 (2025-2026)"


def variables(mission: Mission) -> Iterator[type[Variable]]:
    """Make the inputs of a mission."""
    yield demarrage(mission)
    yield retenue(mission)
    if mission.evaluees:
        yield taux(mission)
    for part in mission.parts:
        if part.saisie is not None and part.comptee:
            yield nombre(mission, part.saisie)
        elif part.saisie is not None:
            yield condition(mission, part.saisie)


def demarrage(mission: Mission) -> type[Variable]:
    """Make the day on which the mission started."""

    class date_demarrage(Entree):
        value_type = date
        default_value = NEVER
        entity = Cpts
        definition_period = ETERNITY
        set_input = base.Saisie()
        label = f"Date de démarrage de la mission « {mission.nom} »"
        reference = [mission.creation, CONTRAT_6_2]
        documentation = f"""
        {mission.objet} Le 31 décembre 9999 : pas démarrée. C'est de ce jour que la mission est
        payée : « Dès la date de démarrage de chaque mission, une avance […] est versée pour chaque
        mission choisie » (contrat type, article 6.2).
        """

    return nommer(date_demarrage, mission, "date_demarrage")


def retenue(mission: Mission) -> type[Variable]:
    """Make what counts the mission in a year though it has no date."""

    class retenue(Entree):
        value_type = bool
        entity = Cpts
        definition_period = YEAR
        set_input = base.Saisie()
        label = f"Mission « {mission.nom} » retenue sans date"
        reference = [mission.creation]
        documentation = """
        Compte la mission dans le financement annuel bien qu'aucune date de démarrage ne soit donnée :
        pour un projet, ou une simulation sans calendrier.
        """

    return nommer(retenue, mission, "retenue")


def taux(mission: Mission) -> type[Variable]:
    """Make the rate at which the indicators are reached."""

    class taux_atteinte(Entree):
        value_type = float
        unit = "/1"
        entity = Cpts
        definition_period = YEAR
        set_input = base.Saisie(minimum=0, maximum=1)
        label = f"Taux d'atteinte des indicateurs de la mission « {mission.nom} »"
        reference = [CONTRAT_OBJECTIFS, SENAT]
        documentation = """
        Pour l'exercice ouvert dans l'année civile. Les objectifs et leur évaluation sont ceux de
        chaque contrat ; la part variable est « calculée selon l'atteinte des objectifs fixés dans le
        contrat et de l'intensité des moyens déployés » (Sénat). Convention : c'est la part de la part
        variable qui est gagnée, car chaque contrat donne à ses indicateurs des montants en euros, par
        paliers ; un taux saisi d'avance est une prévision.
        """

    return nommer(taux_atteinte, mission, "taux_atteinte")


def condition(mission: Mission, saisie: Saisie) -> type[Variable]:
    """Make a yes or no without which a part is not due."""

    class condition(Entree):
        value_type = bool
        entity = Cpts
        definition_period = YEAR
        set_input = base.Saisie()
        label = saisie.libelle
        reference = [mission.creation]
        documentation = saisie.documentation

    return nommer(condition, mission, saisie.cle)


def nombre(mission: Mission, saisie: Saisie) -> type[Variable]:
    """Make a count that a part is paid for."""

    class nombre(Entree):
        value_type = int
        unit = saisie.unite
        entity = Cpts
        definition_period = YEAR
        set_input = base.Saisie(minimum=0)
        label = saisie.libelle
        reference = [mission.creation]
        documentation = saisie.documentation

    return nommer(nombre, mission, saisie.cle)

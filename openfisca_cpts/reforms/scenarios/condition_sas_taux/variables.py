"""What a table says of the general practitioners, and the rate that follows."""

import numpy

from openfisca_cpts.base import YEAR, Calcul, Cpts, Entree, Saisie
from openfisca_cpts.calcul.calendrier import parametre_au_jour
from openfisca_cpts.calcul.exercices import saisie_exercice

SCENARIO = "Scénario « condition_sas_taux » : aucun texte ne propose cette condition aux CPTS"


class part_generalistes_sas(Entree):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie(minimum=0, maximum=1)
    label = "Part des médecins généralistes du territoire qui participent au SAS"
    reference = [SCENARIO]
    documentation = "Pour l'exercice ouvert dans l'année civile, entre 0 et 1."


class acces_soins_taux_retenu(Calcul):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    label = "Taux d'atteinte retenu pour la mission « amélioration de l'accès aux soins »"
    reference = [SCENARIO]
    documentation = """
    Le taux d'atteinte donné, dans la limite de la part des généralistes au SAS rapportée à la
    part attendue.
    """

    def formula(cpts, period):
        return cpts("acces_soins_taux_atteinte", period.this_year)

    def formula_2026_01_01(cpts, period, parameters):
        attendue = parameters(period).reformes.condition_sas_taux.part_attendue
        return _plafonner(
            cpts("acces_soins_taux_atteinte", period.this_year),
            cpts("part_generalistes_sas", period.this_year),
            attendue,
        )


class acces_soins_exercice_taux_retenu(Calcul):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    label = "Taux d'atteinte retenu pour l'exercice, mission « amélioration de l'accès aux soins »"
    reference = [SCENARIO]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : le taux et la part des généralistes donnés pour
    cette année, la part attendue étant celle du jour où le droit de la mission naît.
    """

    def formula(cpts, period, parameters):
        annee = period.this_year
        attendue = parametre_au_jour(
            cpts,
            parameters,
            lambda loi: getattr(loi.reformes.condition_sas_taux, "part_attendue", 0),
            cpts("acces_soins_exercice_naissance_droits", annee),
        )
        return _plafonner(
            saisie_exercice(cpts, annee, "acces_soins_taux_atteinte"),
            saisie_exercice(cpts, annee, "part_generalistes_sas"),
            attendue,
        )


def _plafonner(taux, constatee, attendue):
    """Bound a rate by the share found over the share expected; nothing expected bounds nothing."""
    attendue = numpy.broadcast_to(attendue, taux.shape)
    plafond = numpy.ones(taux.shape)
    numpy.divide(constatee, attendue, out=plafond, where=attendue > 0)
    return numpy.minimum(taux, plafond)

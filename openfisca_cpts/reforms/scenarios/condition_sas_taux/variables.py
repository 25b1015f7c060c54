"""What a table says of the general practitioners, and the rate that follows."""

import numpy

from openfisca_cpts.base import YEAR, Calcul, Cpts, Entree, Saisie

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
        constatee = cpts("part_generalistes_sas", period.this_year)
        return numpy.minimum(
            cpts("acces_soins_taux_atteinte", period.this_year), constatee / attendue
        )

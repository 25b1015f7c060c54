"""The share of an exercice that the crisis plan has, under this convention."""

from openfisca_cpts.base import ACI_9, YEAR, Calcul, Cpts
from openfisca_cpts.calcul.droits import prorata


class crise_sanitaire_exercice_prorata(Calcul):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    label = "Part de l'exercice qui ouvre droit, mission « réponse aux crises sanitaires graves »"
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : les jours qui restent à partir de la naissance des
    droits, sur ceux de l'exercice (365 ou 366), comme pour les autres missions.
    """

    def formula(cpts, period):
        return prorata(cpts, period.this_year, "crise_sanitaire")

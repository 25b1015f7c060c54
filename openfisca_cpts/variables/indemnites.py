"""What a community may pay to one of its members in a calendar year."""

import numpy

from openfisca_cpts.base import YEAR, Cpts, Entree, Montant, Saisie

DECRET = "Code de la santé publique, article D. 1434-44 (décret n° 2022-375 du 16 mars 2022)"


class indemnite_membre_maximale(Entree):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie(minimum=0)
    label = "Somme la plus élevée versée à un membre dans l'année civile"
    reference = [DECRET]
    documentation = "Indemnités et rémunérations ensemble, pour le membre qui reçoit le plus."


class plafond_indemnites_membre(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Plafond des sommes versées à un membre dans l'année civile"
    reference = [DECRET, "Code de la sécurité sociale, article L. 241-3"]
    documentation = """
    Le plafond annuel de la sécurité sociale de l'année civile où la période commence, pour
    chaque professionnel et non pour la communauté. Zéro avant 2022, année du décret : il n'y a
    pas de plafond. Convention : il vaut pour toute l'année 2022.
    """

    def formula_2022_01_01(cpts, period, parameters):
        plafond = parameters(period.this_year).indemnites.plafond_securite_sociale
        return cpts.filled_array(plafond, dtype=numpy.float64)


class indemnites_membre_depassement(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Dépassement du plafond des sommes versées à un membre"
    reference = [DECRET]
    documentation = (
        "Ce que la somme la plus élevée dépasse du plafond ; zéro là où il n'y a pas de plafond."
    )

    def formula_2022_01_01(cpts, period):
        versee = cpts("indemnite_membre_maximale", period.this_year)
        return numpy.maximum(versee - cpts("plafond_indemnites_membre", period), 0)

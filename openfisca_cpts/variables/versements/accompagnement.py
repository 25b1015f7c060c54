"""What is paid in a month: support to professionals."""

from openfisca_cpts.base import CONTRAT_6_2, MONTH, Cpts, Montant
from openfisca_cpts.calcul.versements import avance, part_variable_versee, regularisation, solde


class accompagnement_avance(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Avance, mission « accompagnement des professionnels de santé »"
    reference = [CONTRAT_6_2]
    documentation = """
    La part avancée (taux d'avance en vigueur le jour du droit) de la part fixe, dans le mois où
    le droit naît.
    """

    def formula(cpts, period, parameters):
        return avance(cpts, period, parameters, "accompagnement")


class accompagnement_solde(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Solde, mission « accompagnement des professionnels de santé »"
    reference = [CONTRAT_6_2]
    documentation = "Le reste de la part fixe, dans le mois où l'exercice se clôt."

    def formula(cpts, period, parameters):
        return solde(cpts, period, parameters, "accompagnement")


class accompagnement_part_variable_versee(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Part variable versée, mission « accompagnement des professionnels de santé »"
    reference = [CONTRAT_6_2]
    documentation = """
    La part variable multipliée par le taux d'atteinte donné pour l'année civile d'ouverture de
    l'exercice, dans le mois de l'évaluation.
    """

    def formula(cpts, period):
        return part_variable_versee(cpts, period, "accompagnement")


class accompagnement_regularisation(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = (
        "Régularisation de fin de contrat, mission « accompagnement des professionnels de santé »"
    )
    reference = [CONTRAT_6_2]
    documentation = """
    La fin du contrat à l'intérieur d'un exercice réduit chaque droit à la part des jours courus
    ; ce qui en a été payé est déduit. Négative quand c'est une reprise. Convention : un
    exercice interrompu ne rapporte pas de part variable.
    """

    def formula(cpts, period, parameters):
        return regularisation(cpts, period, parameters, "accompagnement")


class accompagnement_versement(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, mission « accompagnement des professionnels de santé »"
    reference = [CONTRAT_6_2]
    documentation = """
    Somme des lignes du plan de versement de la mission pour le mois. Négative seulement le mois
    d'une fin de contrat.
    """

    def formula(cpts, period):
        return (
            cpts("accompagnement_avance", period)
            + cpts("accompagnement_solde", period)
            + cpts("accompagnement_part_variable_versee", period)
            + cpts("accompagnement_regularisation", period)
        )

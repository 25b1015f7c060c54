"""What is paid in a month: care pathways."""

from openfisca_cpts.base import CONTRAT_6_2, MONTH, Cpts, Montant
from openfisca_cpts.calcul.versements import avance, part_variable_versee, regularisation, solde


class parcours_avance(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Avance, mission « parcours pluriprofessionnels autour du patient »"
    reference = [CONTRAT_6_2]
    documentation = """
    La part avancée (taux d'avance en vigueur le jour du droit) de la part fixe, dans le mois où
    le droit naît.
    """

    def formula(cpts, period, parameters):
        return avance(cpts, period, parameters, "parcours")


class parcours_solde(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Solde, mission « parcours pluriprofessionnels autour du patient »"
    reference = [CONTRAT_6_2]
    documentation = "Le reste de la part fixe, dans le mois où l'exercice se clôt."

    def formula(cpts, period, parameters):
        return solde(cpts, period, parameters, "parcours")


class parcours_part_variable_versee(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Part variable versée, mission « parcours pluriprofessionnels autour du patient »"
    reference = [CONTRAT_6_2]
    documentation = """
    La part variable multipliée par le taux d'atteinte donné pour l'année civile d'ouverture de
    l'exercice, dans le mois de l'évaluation.
    """

    def formula(cpts, period):
        return part_variable_versee(cpts, period, "parcours")


class parcours_regularisation(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Régularisation de fin de contrat, mission « parcours pluriprofessionnels autour du patient »"
    reference = [CONTRAT_6_2]
    documentation = """
    La fin du contrat à l'intérieur d'un exercice réduit chaque droit à la part des jours courus
    ; ce qui en a été payé est déduit. Négative quand c'est une reprise. Convention : un
    exercice interrompu ne rapporte pas de part variable.
    """

    def formula(cpts, period, parameters):
        return regularisation(cpts, period, parameters, "parcours")


class parcours_versement(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, mission « parcours pluriprofessionnels autour du patient »"
    reference = [CONTRAT_6_2]
    documentation = """
    Somme des lignes du plan de versement de la mission pour le mois. Négative seulement le mois
    d'une fin de contrat.
    """

    def formula(cpts, period):
        return (
            cpts("parcours_avance", period)
            + cpts("parcours_solde", period)
            + cpts("parcours_part_variable_versee", period)
            + cpts("parcours_regularisation", period)
        )

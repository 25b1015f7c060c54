"""What is paid in a month: response to grave crises."""

from openfisca_cpts.base import AVENANT_2, CONTRAT_6_2, MONTH, Cpts, Montant
from openfisca_cpts.calcul.versements import avance, regularisation, solde


class crise_sanitaire_avance(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Avance, mission « réponse aux crises sanitaires graves »"
    reference = [CONTRAT_6_2, AVENANT_2]
    documentation = """
    La part avancée (taux d'avance en vigueur le jour du droit) de la part fixe et de la part de
    crise, dans le mois où le droit naît.
    """

    def formula(cpts, period, parameters):
        return avance(cpts, period, parameters, "crise_sanitaire")


class crise_sanitaire_solde(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Solde, mission « réponse aux crises sanitaires graves »"
    reference = [CONTRAT_6_2, AVENANT_2]
    documentation = """
    Le reste de la part fixe et de la part de crise, dans le mois où l'exercice se clôt.
    """

    def formula(cpts, period, parameters):
        return solde(cpts, period, parameters, "crise_sanitaire")


class crise_sanitaire_regularisation(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Régularisation de fin de contrat, mission « réponse aux crises sanitaires graves »"
    reference = [CONTRAT_6_2, AVENANT_2]
    documentation = """
    La fin du contrat à l'intérieur d'un exercice réduit chaque droit à la part des jours courus
    ; ce qui en a été payé est déduit. Négative quand c'est une reprise. Convention : un
    exercice interrompu ne rapporte pas de part variable.
    """

    def formula(cpts, period, parameters):
        return regularisation(cpts, period, parameters, "crise_sanitaire")


class crise_sanitaire_versement(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, mission « réponse aux crises sanitaires graves »"
    reference = [CONTRAT_6_2, AVENANT_2]
    documentation = """
    Somme des lignes du plan de versement de la mission pour le mois. Négative seulement le mois
    d'une fin de contrat.
    """

    def formula(cpts, period):
        return (
            cpts("crise_sanitaire_avance", period)
            + cpts("crise_sanitaire_solde", period)
            + cpts("crise_sanitaire_regularisation", period)
        )

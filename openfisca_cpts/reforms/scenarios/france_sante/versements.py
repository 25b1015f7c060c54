"""What is paid in a month: support to the France Santé network."""

from openfisca_cpts.base import CONTRAT_6_2, MONTH, Cpts, Montant
from openfisca_cpts.calcul.versements import Poste, avance, regularisation, solde
from openfisca_cpts.reforms.scenarios.france_sante.saisies import LFSS

POSTE = Poste(
    "france_sante_exercice_naissance_droits",
    ("france_sante_exercice_part_fixe", "france_sante_exercice_part_structures"),
)


class france_sante_avance(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Avance, mission « appui au réseau France Santé »"
    reference = [LFSS, CONTRAT_6_2]
    documentation = "La part avancée des droits, dans le mois où ils naissent."

    def formula(cpts, period, parameters):
        return avance(cpts, period, parameters, POSTE)


class france_sante_solde(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Solde, mission « appui au réseau France Santé »"
    reference = [LFSS, CONTRAT_6_2]
    documentation = "Le reste des droits, dans le mois où l'exercice se clôt."

    def formula(cpts, period, parameters):
        return solde(cpts, period, parameters, POSTE)


class france_sante_regularisation(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Régularisation de fin de contrat, mission « appui au réseau France Santé »"
    reference = [LFSS, CONTRAT_6_2]
    documentation = """
    La fin du contrat à l'intérieur d'un exercice réduit chaque droit à la part des jours courus ;
    ce qui en a été payé est déduit. Négative quand c'est une reprise.
    """

    def formula(cpts, period, parameters):
        return regularisation(cpts, period, parameters, POSTE)


class france_sante_versement(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, mission « appui au réseau France Santé »"
    reference = [LFSS, CONTRAT_6_2]
    documentation = "Somme des lignes du plan de versement de la mission pour le mois."

    def formula(cpts, period):
        return (
            cpts("france_sante_avance", period)
            + cpts("france_sante_solde", period)
            + cpts("france_sante_regularisation", period)
        )


VARIABLES = (
    france_sante_avance,
    france_sante_solde,
    france_sante_regularisation,
    france_sante_versement,
)

"""What is paid in a month: functioning."""

from openfisca_cpts.base import ACI_9_1, CONTRAT_6_1, MONTH, Cpts, Versement
from openfisca_cpts.calcul.periodes import somme
from openfisca_cpts.calcul.versements import Poste, avance, regularisation, solde

FONCTIONNEMENT = Poste("exercice_ouverture", ("fonctionnement_exercice",), True)


class fonctionnement_avance(Versement):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Avance, fonctionnement"
    reference = [ACI_9_1, CONTRAT_6_1]
    documentation = """
    Le mois de la signature, la totalité des droits : le versement « est déclenché dès la
    signature du contrat (versement du montant dans son intégralité) » (ACI, article 9.1). Le mois
    de chaque ouverture suivante, la part avancée (taux d'avance en vigueur ce jour-là) : « une
    avance […] est versée au début de chaque année (en référence à la date anniversaire du
    contrat) » (même article).
    """

    def formula(cpts, period, parameters):
        return avance(cpts, period, parameters, FONCTIONNEMENT)


class fonctionnement_solde(Versement):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Solde, fonctionnement"
    reference = [ACI_9_1, CONTRAT_6_1]
    documentation = """
    À partir du deuxième exercice : le reste des droits, dans le mois où l'exercice se clôt, le
    dernier compris. « Le solde de ce volet est versé au moment du versement du solde total de la
    rémunération due au titre de l'année précédente » (contrat type, article 6.1).
    """

    def formula(cpts, period, parameters):
        return solde(cpts, period, parameters, FONCTIONNEMENT)


class fonctionnement_regularisation(Versement):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Régularisation de fin de contrat, fonctionnement"
    reference = [ACI_9_1, CONTRAT_6_1]
    documentation = """
    La fin du contrat à l'intérieur d'un exercice réduit chaque droit à la part des jours courus ;
    ce qui en a été payé est déduit. Négative quand c'est une reprise.
    """

    def formula(cpts, period, parameters):
        return regularisation(cpts, period, parameters, FONCTIONNEMENT)


class fonctionnement_versement(Versement):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, fonctionnement"
    reference = [ACI_9_1, CONTRAT_6_1]
    documentation = """
    Somme des lignes du plan de versement du fonctionnement pour le mois. Négatif seulement le
    mois d'une fin de contrat.
    """

    def formula(cpts, period):
        lignes = ("avance", "solde", "regularisation")
        return somme(cpts, period, [f"fonctionnement_{ligne}" for ligne in lignes])

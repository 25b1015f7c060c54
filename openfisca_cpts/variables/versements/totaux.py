"""What is paid in a month or in twelve: the totals."""

from openfisca_cpts.base import ACI_9, MONTH, YEAR, Cpts, Montant, Versement
from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN
from openfisca_cpts.calcul.missions import missions
from openfisca_cpts.calcul.periodes import somme


class versement_missions(Versement):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, toutes missions"
    reference = [ACI_9]
    documentation = "Somme des versements de chaque mission, qu'elle soit socle ou complémentaire."

    def formula(cpts, period):
        return somme(cpts, period, [f"{mission.cle}_versement" for mission in missions(cpts)])


class versement_total(Versement):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, tout compris"
    reference = [ACI_9]
    documentation = "Fonctionnement, missions et aide à l'amorçage."

    def formula(cpts, period):
        postes = ("fonctionnement_versement", "versement_missions", "versement_amorcage")
        return somme(cpts, period, postes)


class versement_annuel(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Versements de douze mois"
    reference = [ACI_9]
    documentation = """
    Somme des versements du mois qui contient le premier jour de la période et des onze mois
    suivants.
    """

    def formula(cpts, period):
        premier = period.first_month
        return sum(cpts("versement_total", premier.offset(rang)) for rang in range(MOIS_PAR_AN))

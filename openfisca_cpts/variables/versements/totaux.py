"""What is paid in a month or in twelve: the totals."""

from openfisca_cpts.base import ACI_9, MONTH, YEAR, Cpts, Montant
from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN


class versement_missions(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, toutes missions"
    reference = [ACI_9]
    documentation = "Somme des versements des six missions."

    def formula(cpts, period):
        return (
            cpts("acces_soins_versement", period)
            + cpts("parcours_versement", period)
            + cpts("prevention_versement", period)
            + cpts("crise_sanitaire_versement", period)
            + cpts("qualite_versement", period)
            + cpts("accompagnement_versement", period)
        )


class versement_total(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement du mois, tout compris"
    reference = [ACI_9]
    documentation = "Fonctionnement, missions et aide à l'amorçage."

    def formula(cpts, period):
        return (
            cpts("fonctionnement_versement", period)
            + cpts("versement_missions", period)
            + cpts("versement_amorcage", period)
        )


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

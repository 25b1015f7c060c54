"""The yearly grant that pays for running the community."""

from openfisca_cpts.base import MONTH, YEAR, Cpts, Montant
from openfisca_cpts.calcul.calendrier import montant_au_jour
from openfisca_cpts.calcul.droits import droits_du_mois
from openfisca_cpts.calcul.tailles import montant_par_taille


class fonctionnement_annuel(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Financement annuel du fonctionnement"
    reference = ["ACI du 20 juin 2019, articles 7.2 et 8"]
    documentation = """
    Somme fixe, selon la taille, qui paie la coordination, le temps des professionnels et
    l'information. Elle est due chaque année du contrat, missions démarrées ou non.
    """

    def formula_2019_08_25(cpts, period, parameters):
        return montant_par_taille(cpts, period, parameters(period).aci.fonctionnement)


class fonctionnement_exercice(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Fonctionnement dû pour l'exercice ouvert dans l'année civile"
    reference = ["ACI du 20 juin 2019, articles 7.2, 8 et 9.1"]
    documentation = """
    Le financement annuel en vigueur le jour où l'exercice s'ouvre. Convention : le barème et la
    population de ce jour valent pour tout l'exercice.
    """

    def formula(cpts, period):
        ouverture = cpts("exercice_ouverture", period.this_year)
        return montant_au_jour(cpts, "fonctionnement_annuel", ouverture)


class fonctionnement_droits(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Droits au fonctionnement nés dans le mois"
    reference = ["ACI du 20 juin 2019, articles 7.2, 8 et 9.1"]
    documentation = "Ce que rapporte l'exercice qui s'ouvre dans le mois ; jamais corrigé ensuite."

    def formula(cpts, period):
        return droits_du_mois(cpts, period, "exercice_ouverture", "fonctionnement_exercice")

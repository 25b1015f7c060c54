"""The yearly grant that pays for running the community."""

from openfisca_cpts.base import YEAR, Cpts, Montant
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

"""What the sums received bring with them: an auditor above a threshold."""

from openfisca_cpts.base import YEAR, Calcul, Cpts


class commissaire_aux_comptes_requis(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    label = "Commissaire aux comptes requis"
    reference = [
        "Code de commerce, articles L. 612-4 et D. 612-5",
        "Extencia, page sur les obligations comptables des CPTS",
    ]
    documentation = """
    Vrai si les versements des douze mois dépassent le seuil en vigueur au premier jour de la
    période. Convention : la rémunération conventionnelle compte comme une subvention ; aucun
    texte lu ne le tranche. Les subventions d'autres financeurs, que le modèle ne connaît pas,
    compteraient aussi. D'autres obligations ne dépendent pas de ce seuil : le budget et les
    comptes sont communiqués aux financeurs.
    """

    def formula_2016_01_28(cpts, period, parameters):
        seuil = parameters(period).obligations.seuil_commissaire_aux_comptes
        return cpts("versement_annuel", period) > seuil

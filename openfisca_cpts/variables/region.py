"""The budget of a region: the communities that it gathers."""

from openfisca_cpts.base import ACI, YEAR, Calcul, Cpts, Montant, Region
from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN


class contrat_en_cours_annee(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    label = "Contrat en cours dans la période de douze mois"
    reference = [ACI]
    documentation = "Vrai si le contrat couvre au moins un jour d'un des douze mois."

    def formula(cpts, period):
        premier = period.first_month
        return (
            sum(cpts("contrat_en_cours", premier.offset(rang)) for rang in range(MOIS_PAR_AN)) > 0
        )


class nombre_cpts(Calcul):
    value_type = int
    unit = "community"
    entity = Region
    definition_period = YEAR
    label = "Nombre de communautés sous contrat"
    reference = [ACI]
    documentation = (
        "Communautés membres dont le contrat est en cours dans au moins un mois de la période."
    )

    def formula(regions, period):
        return regions.sum(regions.members("contrat_en_cours_annee", period))


class population_couverte(Calcul):
    value_type = int
    unit = "inhabitant"
    entity = Region
    definition_period = YEAR
    label = "Population couverte par les communautés sous contrat"
    reference = [ACI]
    documentation = """
    Somme des populations retenues des communautés comptées dans « nombre_cpts ». Celle dont
    seule la taille est connue y compte pour zéro.
    """

    def formula(regions, period):
        sous_contrat = regions.members("contrat_en_cours_annee", period)
        return regions.sum(sous_contrat * regions.members("population_retenue", period))


class plafond_financement_region(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Region
    definition_period = YEAR
    label = "Plafond annuel du financement des communautés sous contrat"
    reference = [ACI]
    documentation = "Somme des plafonds annuels des communautés comptées dans « nombre_cpts »."

    def formula(regions, period):
        sous_contrat = regions.members("contrat_en_cours_annee", period)
        return regions.sum(sous_contrat * regions.members("plafond_financement", period))


class versement_annuel_region(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Region
    definition_period = YEAR
    label = "Versements de douze mois à toutes les communautés"
    reference = [ACI]
    documentation = "Somme des versements à toutes les communautés membres, sous contrat ou non."

    def formula(regions, period):
        return regions.sum(regions.members("versement_annuel", period))

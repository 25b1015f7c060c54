"""The tripartite contract: its dates."""

from openfisca_cpts.base import ETERNITY, NEVER, Cpts, Entree, Saisie, date

CONTRAT = "Contrat tripartite type, annexe de l'ACI du 20 juin 2019"


class date_validation_projet_sante(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de validation du projet de santé"
    reference = ["Code de la santé publique, article L. 1434-12"]
    documentation = "Le projet est réputé validé sauf opposition de l'ARS dans les deux mois."


class date_signature_contrat(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(pas_avant="aci.duree_contrat")
    label = "Date de signature du contrat tripartite"
    reference = [CONTRAT]
    documentation = """
    Jour où la communauté, l'ARS et l'assurance maladie signent. Les exercices vont d'un
    anniversaire de ce jour au suivant. Une signature antérieure à l'entrée en vigueur de
    l'accord est refusée.
    """


class date_fin_convenue(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de fin convenue, si elle diffère de la durée légale"
    reference = [CONTRAT]
    documentation = """
    Remplace la signature augmentée de la durée du contrat. Elle ne peut pas précéder la
    signature.
    """


class date_resiliation(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de résiliation du contrat"
    reference = [CONTRAT]
    documentation = "Fin anticipée du contrat. Elle ne peut pas précéder la signature."

"""What a table says of the SAS."""

from openfisca_cpts.base import YEAR, Cpts, Entree, Saisie


class participation_sas(Entree):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie()
    label = "Participation au service d'accès aux soins (SAS)"
    reference = ["Scénario « condition_sas » : aucun texte ne propose cette condition aux CPTS"]
    documentation = """
    Vrai si la communauté participe au service d'accès aux soins dans l'exercice ouvert cette année
    civile.
    """

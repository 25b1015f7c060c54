"""What an exercice earns: support to professionals."""

from openfisca_cpts.base import ACI_9, MONTH, NEVER, YEAR, Calcul, Cpts, Montant, date
from openfisca_cpts.calcul.droits import droits_du_mois, montant_exercice, naissance, prorata


class accompagnement_exercice_naissance_droits(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = "Jour où naissent les droits de l'exercice, mission « accompagnement des professionnels de santé »"
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : son ouverture si la mission a démarré ; sinon
    le jour où elle démarre, s'il est dans l'exercice et avant la fin du contrat ; sinon jamais.
    La mission démarre au plus tôt à la signature, et au plus tôt le jour où elle existe.
    """

    def formula(cpts, period):
        return naissance(cpts, period.this_year, "accompagnement")


class accompagnement_exercice_prorata(Calcul):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    label = (
        "Part de l'exercice qui ouvre droit, mission « accompagnement des professionnels de santé »"
    )
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : les jours qui restent à partir de la naissance des
    droits, sur ceux de l'exercice (365 ou 366). Un si la mission a démarré à l'ouverture, zéro
    sans droit. Convention : le contrat type dit « en fonction de la durée », sans l'unité.
    """

    def formula(cpts, period):
        return prorata(cpts, period.this_year, "accompagnement")


class accompagnement_exercice_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe due pour l'exercice, mission « accompagnement des professionnels de santé »"
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : la part fixe annuelle en vigueur le jour où le
    droit naît, réduite aux jours de l'exercice qui restent quand la mission démarre en cours
    d'exercice (convention : en jours, sur 365 ou 366).
    """

    def formula(cpts, period):
        annee = period.this_year
        montant = montant_exercice(cpts, annee, "accompagnement", "accompagnement_part_fixe")
        return montant * cpts("accompagnement_exercice_prorata", annee)


class accompagnement_exercice_part_variable(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part variable possible pour l'exercice, mission « accompagnement des professionnels de santé »"
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : la part variable annuelle en vigueur le jour où
    le droit naît, réduite aux jours de l'exercice qui restent quand la mission démarre en cours
    d'exercice (convention : en jours, sur 365 ou 366). Avant l'évaluation des indicateurs.
    """

    def formula(cpts, period):
        annee = period.this_year
        montant = montant_exercice(cpts, annee, "accompagnement", "accompagnement_part_variable")
        return montant * cpts("accompagnement_exercice_prorata", annee)


class accompagnement_droits_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Droits à la part fixe nés dans le mois, mission « accompagnement des professionnels de santé »"
    reference = [ACI_9]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage
    de la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "accompagnement_exercice_naissance_droits",
            "accompagnement_exercice_part_fixe",
        )


class accompagnement_droits_part_variable(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Droits à la part variable, avant évaluation nés dans le mois, mission « accompagnement des professionnels de santé »"
    reference = [ACI_9]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage
    de la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "accompagnement_exercice_naissance_droits",
            "accompagnement_exercice_part_variable",
        )

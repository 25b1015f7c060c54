"""What an exercice earns: access to care, and its supplement."""

from openfisca_cpts.base import ACI_9, MONTH, NEVER, YEAR, Calcul, Cpts, Montant, date
from openfisca_cpts.calcul.droits import droits_du_mois, montant_exercice, naissance, prorata


class acces_soins_exercice_naissance_droits(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = (
        "Jour où naissent les droits de l'exercice, mission « amélioration de l'accès aux soins »"
    )
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : son ouverture si la mission a démarré ; sinon
    le jour où elle démarre, s'il est dans l'exercice et avant la fin du contrat ; sinon jamais.
    La mission démarre au plus tôt à la signature, et au plus tôt le jour où elle existe.
    """

    def formula(cpts, period):
        return naissance(cpts, period.this_year, "acces_soins")


class acces_soins_exercice_prorata(Calcul):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    label = "Part de l'exercice qui ouvre droit, mission « amélioration de l'accès aux soins »"
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : les jours qui restent à partir de la naissance des
    droits, sur ceux de l'exercice (365 ou 366). Un si la mission a démarré à l'ouverture, zéro
    sans droit. Convention : le contrat type dit « en fonction de la durée », sans l'unité.
    """

    def formula(cpts, period):
        return prorata(cpts, period.this_year, "acces_soins")


class acces_soins_exercice_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe due pour l'exercice, mission « amélioration de l'accès aux soins »"
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : la part fixe annuelle en vigueur le jour où le
    droit naît, réduite aux jours de l'exercice qui restent quand la mission démarre en cours
    d'exercice (convention : en jours, sur 365 ou 366).
    """

    def formula(cpts, period):
        annee = period.this_year
        montant = montant_exercice(cpts, annee, "acces_soins", "acces_soins_part_fixe")
        return montant * cpts("acces_soins_exercice_prorata", annee)


class acces_soins_exercice_part_variable(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part variable possible pour l'exercice, mission « amélioration de l'accès aux soins »"
    reference = [ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : la part variable annuelle en vigueur le jour où
    le droit naît, réduite aux jours de l'exercice qui restent quand la mission démarre en cours
    d'exercice (convention : en jours, sur 365 ou 366). Avant l'évaluation des indicateurs.
    """

    def formula(cpts, period):
        annee = period.this_year
        montant = montant_exercice(cpts, annee, "acces_soins", "acces_soins_part_variable")
        return montant * cpts("acces_soins_exercice_prorata", annee)


class acces_soins_exercice_supplement_snp(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Supplément SNP dû pour l'exercice"
    reference = [ACI_9]
    documentation = """
    Si les soins non programmés sont organisés dans l'exercice ouvert dans l'année civile : le
    supplément en vigueur le jour où le droit de la mission naît. Convention : il suit la part
    fixe, réduction au démarrage comprise.
    """

    def formula(cpts, period):
        annee = period.this_year
        montant = montant_exercice(cpts, annee, "acces_soins", "acces_soins_supplement_snp")
        organisation = cpts("acces_soins_organisation_snp", annee)
        return organisation * montant * cpts("acces_soins_exercice_prorata", annee)


class acces_soins_droits_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Droits à la part fixe nés dans le mois, mission « amélioration de l'accès aux soins »"
    reference = [ACI_9]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage
    de la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts, period, "acces_soins_exercice_naissance_droits", "acces_soins_exercice_part_fixe"
        )


class acces_soins_droits_part_variable(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Droits à la part variable, avant évaluation nés dans le mois, mission « amélioration de l'accès aux soins »"
    reference = [ACI_9]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage
    de la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "acces_soins_exercice_naissance_droits",
            "acces_soins_exercice_part_variable",
        )


class acces_soins_droits_supplement_snp(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = (
        "Droits au supplément SNP nés dans le mois, mission « amélioration de l'accès aux soins »"
    )
    reference = [ACI_9]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage
    de la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "acces_soins_exercice_naissance_droits",
            "acces_soins_exercice_supplement_snp",
        )

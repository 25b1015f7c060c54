"""What an exercice earns: response to grave crises."""

import numpy

from openfisca_cpts.base import ACI_9, AVENANT_2, MONTH, NEVER, YEAR, Calcul, Cpts, Montant, date
from openfisca_cpts.calcul.droits import droits_du_mois, montant_exercice, naissance
from openfisca_cpts.calcul.missions import debut


class crise_sanitaire_exercice_naissance_droits(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = "Jour où naissent les droits de l'exercice, mission « réponse aux crises sanitaires graves »"
    reference = [ACI_9, AVENANT_2]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : son ouverture si la mission a démarré ; sinon
    le jour où elle démarre, s'il est dans l'exercice et avant la fin du contrat ; sinon jamais.
    La mission démarre au plus tôt à la signature, et au plus tôt le jour où elle existe.
    """

    def formula(cpts, period):
        return naissance(cpts, period.this_year, "crise_sanitaire")


class crise_sanitaire_exercice_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe due pour l'exercice, mission « réponse aux crises sanitaires graves »"
    reference = [ACI_9, AVENANT_2]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : le montant du plan si la mission démarre
    pendant cet exercice ou à son ouverture, sinon celui de la mise à jour. Convention : un plan
    s'écrit une fois, il n'est pas réduit quand la mission démarre en cours d'exercice. Le plan
    d'une mission démarrée avant d'exister est gagné le jour où elle existe, et la mise à jour
    dès l'ouverture suivante, même proche.
    """

    def formula(cpts, period):
        annee = period.this_year
        commence = debut(cpts, annee, "crise_sanitaire")
        plan_deja_ecrit = commence < cpts("exercice_ouverture", annee)
        return numpy.where(
            plan_deja_ecrit,
            montant_exercice(
                cpts, annee, "crise_sanitaire", "crise_sanitaire_montant_actualisation"
            ),
            montant_exercice(cpts, annee, "crise_sanitaire", "crise_sanitaire_part_fixe"),
        )


class crise_sanitaire_exercice_part_crise(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part de crise due pour l'exercice"
    reference = [ACI_9, AVENANT_2]
    documentation = """
    Si une crise grave est déclarée dans l'exercice ouvert dans l'année civile : la part en
    vigueur le jour où le droit de la mission naît. Convention : elle n'est pas réduite au
    démarrage.
    """

    def formula(cpts, period):
        annee = period.this_year
        montant = montant_exercice(cpts, annee, "crise_sanitaire", "crise_sanitaire_part_crise")
        return cpts("crise_sanitaire_declaree", annee) * montant


class crise_sanitaire_droits_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = (
        "Droits à la part fixe nés dans le mois, mission « réponse aux crises sanitaires graves »"
    )
    reference = [ACI_9, AVENANT_2]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage
    de la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "crise_sanitaire_exercice_naissance_droits",
            "crise_sanitaire_exercice_part_fixe",
        )


class crise_sanitaire_droits_part_crise(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Droits à la part de crise nés dans le mois, mission « réponse aux crises sanitaires graves »"
    reference = [ACI_9, AVENANT_2]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage
    de la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "crise_sanitaire_exercice_naissance_droits",
            "crise_sanitaire_exercice_part_crise",
        )

"""What is singular of the response to grave crises: a plan is written once, then kept up to date.

All that the other missions have too is declared in the folder of its parameters.
"""

import numpy

from openfisca_cpts.base import ACI_9, AVENANT_2, CONTRAT_6_2, YEAR, Cpts, Montant
from openfisca_cpts.calcul.droits import montant_exercice
from openfisca_cpts.calcul.missions import debut


class crise_sanitaire_exercice_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe de l'exercice, mission « réponse aux crises sanitaires graves »"
    reference = [ACI_9, CONTRAT_6_2, AVENANT_2]
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

"""The year as a whole: what a community can reach, and what its missions earn."""

import numpy

from openfisca_cpts.base import ACI, AVENANT_2, YEAR, Cpts, Montant
from openfisca_cpts.calcul.calendrier import premier_jour
from openfisca_cpts.calcul.dates import verifier_ordre
from openfisca_cpts.calcul.exercices import dans_le_contrat
from openfisca_cpts.calcul.missions import A_INDICATEURS, comptee, debut


class plafond_missions_socles(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Plafond annuel des missions socles"
    reference = [ACI, AVENANT_2]
    documentation = """
    Somme des montants des missions socles qui existent, avec le supplément pour les soins non
    programmés et la part de crise ; la mission de crise y compte pour l'année où son plan est
    écrit.
    """

    def formula_2019_08_25(cpts, period):
        return (
            cpts("acces_soins_montant", period)
            + cpts("acces_soins_supplement_snp", period)
            + cpts("parcours_montant", period)
            + cpts("prevention_montant", period)
            + cpts("crise_sanitaire_montant", period)
            + cpts("crise_sanitaire_part_crise", period)
        )


class plafond_missions_complementaires(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Plafond annuel des missions complémentaires"
    reference = [ACI]
    documentation = "Somme des montants des deux missions que la communauté peut choisir."

    def formula_2019_08_25(cpts, period):
        return cpts("qualite_montant", period) + cpts("accompagnement_montant", period)


class plafond_financement(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Plafond annuel du financement"
    reference = [ACI, AVENANT_2]
    documentation = """
    Fonctionnement et toutes les missions, entièrement atteintes, avec les soins non programmés,
    le plan de crise écrit dans l'année et une crise reconnue. C'est le maximum que les textes
    annoncent.
    """

    def formula_2019_08_25(cpts, period):
        return (
            cpts("fonctionnement_annuel", period)
            + cpts("plafond_missions_socles", period)
            + cpts("plafond_missions_complementaires", period)
        )


class plafond_financement_hors_snp(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Plafond annuel du financement, sans les soins non programmés"
    reference = [ACI, AVENANT_2]
    documentation = "Le plafond annuel, moins le supplément pour les soins non programmés."

    def formula_2019_08_25(cpts, period):
        return cpts("plafond_financement", period) - cpts("acces_soins_supplement_snp", period)


class plafond_financement_courant(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Plafond du financement d'une année ordinaire"
    reference = [ACI, AVENANT_2]
    documentation = """
    Ce qu'une année ordinaire peut atteindre : le plan de crise est seulement tenu à jour, et
    aucune crise n'est reconnue.
    """

    def formula_2019_08_25(cpts, period):
        return (
            cpts("plafond_financement", period)
            - cpts("crise_sanitaire_montant", period)
            - cpts("crise_sanitaire_part_crise", period)
            + cpts("crise_sanitaire_montant_actualisation", period)
        )


class financement_annuel(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Financement annuel, pour les missions comptées"
    reference = [ACI, AVENANT_2]
    documentation = """
    Fonctionnement et, pour chaque mission comptée (retenue, ou démarrée au plus tard le dernier
    jour de la période) : part fixe, part variable multipliée par le taux d'atteinte, et montant
    conditionnel si sa condition est remplie. Pour la réponse aux crises, le plan est tenu à jour si
    la mission a commencé avant la période. Zéro si la signature est donnée et que le contrat ne
    couvre aucun jour de la période. Ce sont des montants d'année pleine, sans prorata ; ce qui est
    payé, et quand, relève des versements.
    """

    def formula_2019_08_25(cpts, period):
        verifier_ordre(cpts, period)
        annee = period.this_year
        # A mission outside the contract is not counted: `comptee` looks at it too.
        total = dans_le_contrat(cpts, period) * cpts("fonctionnement_annuel", period)
        for mission in A_INDICATEURS:
            total = total + comptee(cpts, period, mission) * (
                cpts(f"{mission}_part_fixe", period)
                + cpts(f"{mission}_part_variable", period) * cpts(f"{mission}_taux_atteinte", annee)
            )
        snp = comptee(cpts, period, "acces_soins") & cpts("acces_soins_organisation_snp", annee)
        total = total + snp * cpts("acces_soins_supplement_snp", period)
        return total + _crise(cpts, period)


def _crise(cpts, period):
    """Give what the response to grave crises earns: the plan or its update, and the crisis."""
    plan_deja_ecrit = debut(cpts, period, "crise_sanitaire") < premier_jour(period)
    crise = cpts("crise_sanitaire_declaree", period.this_year)
    return comptee(cpts, period, "crise_sanitaire") * (
        numpy.where(
            plan_deja_ecrit,
            cpts("crise_sanitaire_montant_actualisation", period),
            cpts("crise_sanitaire_montant", period),
        )
        + crise * cpts("crise_sanitaire_part_crise", period)
    )

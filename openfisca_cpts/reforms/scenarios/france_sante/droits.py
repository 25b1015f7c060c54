"""What an exercice earns: support to the France Santé network."""

from openfisca_cpts.base import ACI_9, MONTH, NEVER, YEAR, Calcul, Cpts, Montant, date
from openfisca_cpts.calcul.droits import droits_du_mois, montant_exercice, naissance, prorata
from openfisca_cpts.calcul.exercices import saisie_exercice
from openfisca_cpts.reforms.scenarios.france_sante.saisies import LFSS

MISSION = "france_sante"


class france_sante_exercice_naissance_droits(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = "Jour où naissent les droits de l'exercice, mission « appui au réseau France Santé »"
    reference = [LFSS, ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : son ouverture si la mission a démarré ; sinon le
    jour où elle démarre, s'il est dans l'exercice et avant la fin du contrat ; sinon jamais.
    """

    def formula(cpts, period):
        return naissance(cpts, period.this_year, MISSION)


class france_sante_exercice_prorata(Calcul):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    label = "Part de l'exercice qui ouvre droit, mission « appui au réseau France Santé »"
    reference = [LFSS, ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : les jours qui restent à partir de la naissance des
    droits, sur ceux de l'exercice.
    """

    def formula(cpts, period):
        return prorata(cpts, period.this_year, MISSION)


class france_sante_exercice_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe due pour l'exercice, mission « appui au réseau France Santé »"
    reference = [LFSS, ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : le montant annuel en vigueur le jour où le droit
    naît, réduit aux jours de l'exercice qui restent quand la mission démarre en cours d'exercice.
    """

    def formula(cpts, period):
        annee = period.this_year
        montant = montant_exercice(cpts, annee, MISSION, "france_sante_part_fixe")
        return montant * cpts("france_sante_exercice_prorata", annee)


class france_sante_droits_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Droits nés dans le mois, part fixe, mission « appui au réseau France Santé »"
    reference = [LFSS, ACI_9]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage de
    la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "france_sante_exercice_naissance_droits",
            "france_sante_exercice_part_fixe",
        )


class france_sante_exercice_part_structures(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Structures labellisées pour l'exercice, mission « appui au réseau France Santé »"
    reference = [LFSS, ACI_9]
    documentation = """
    Pour l'exercice ouvert dans l'année civile : les structures données pour cette année, au
    montant par structure en vigueur le jour où le droit naît, réduit aux jours de l'exercice qui
    restent quand la mission démarre en cours d'exercice.
    """

    def formula(cpts, period):
        annee = period.this_year
        nombre = saisie_exercice(cpts, annee, "france_sante_structures_labellisees")
        montant = montant_exercice(cpts, annee, MISSION, "france_sante_montant_par_structure")
        return nombre * montant * cpts("france_sante_exercice_prorata", annee)


class france_sante_droits_part_structures(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = (
        "Droits nés dans le mois, structures labellisées, mission « appui au réseau France Santé »"
    )
    reference = [LFSS, ACI_9]
    documentation = """
    Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage de
    la mission. Jamais corrigé ensuite.
    """

    def formula(cpts, period):
        return droits_du_mois(
            cpts,
            period,
            "france_sante_exercice_naissance_droits",
            "france_sante_exercice_part_structures",
        )


VARIABLES = (
    france_sante_exercice_naissance_droits,
    france_sante_exercice_prorata,
    france_sante_exercice_part_fixe,
    france_sante_droits_part_fixe,
    france_sante_exercice_part_structures,
    france_sante_droits_part_structures,
)

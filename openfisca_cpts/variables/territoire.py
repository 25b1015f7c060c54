"""The territory: its region, its population, and the size that the population gives."""

import numpy
from openfisca_core.indexed_enums import EnumArray

from openfisca_cpts.base import (
    ACI,
    ETERNITY,
    YEAR,
    Calcul,
    Cpts,
    Entree,
    Enum,
    Saisie,
)


class RegionArs(Enum):
    inconnue = "Région inconnue"
    guadeloupe = "Guadeloupe (code INSEE 01)"
    martinique = "Martinique (code INSEE 02)"
    guyane = "Guyane (code INSEE 03)"
    la_reunion = "La Réunion (code INSEE 04)"
    mayotte = "Mayotte (code INSEE 06)"
    ile_de_france = "Île-de-France (code INSEE 11)"
    centre_val_de_loire = "Centre-Val de Loire (code INSEE 24)"
    bourgogne_franche_comte = "Bourgogne-Franche-Comté (code INSEE 27)"
    normandie = "Normandie (code INSEE 28)"
    hauts_de_france = "Hauts-de-France (code INSEE 32)"
    grand_est = "Grand Est (code INSEE 44)"
    pays_de_la_loire = "Pays de la Loire (code INSEE 52)"
    bretagne = "Bretagne (code INSEE 53)"
    nouvelle_aquitaine = "Nouvelle-Aquitaine (code INSEE 75)"
    occitanie = "Occitanie (code INSEE 76)"
    auvergne_rhone_alpes = "Auvergne-Rhône-Alpes (code INSEE 84)"
    provence_alpes_cote_d_azur = "Provence-Alpes-Côte d'Azur (code INSEE 93)"
    corse = "Corse (code INSEE 94)"


class Taille(Enum):
    indeterminee = "Taille indéterminée"
    taille_1 = "Taille 1"
    taille_2 = "Taille 2"
    taille_3 = "Taille 3"
    taille_4 = "Taille 4"


class MotifNonCalculable(Enum):
    aucun = "Les montants sont calculables"
    population_inconnue = "La population n'est donnée pour aucune année"
    hors_champ_temporel = "La période commence avant l'entrée en vigueur de l'accord"


class region_ars(Entree):
    value_type = Enum
    possible_values = RegionArs
    default_value = RegionArs.inconnue
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Région de l'agence régionale de santé"
    reference = ["Code de la santé publique, article L. 1434-12"]
    documentation = """
    L'une des dix-huit régions françaises. Elle ne sert qu'au plafond de l'aide à l'amorçage et
    aux totaux par région ; « inconnue » prend le plafond par défaut.
    """


class population(Entree):
    value_type = int
    unit = "inhabitant"
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie(minimum=0)
    label = "Population du territoire de la communauté"
    reference = [ACI]
    documentation = """
    Nombre d'habitants en vigueur au 1er janvier de l'année selon le calendrier de l'Insee : en
    2024, celui du recensement de 2021 (décret n° 2023-1256 du 26 décembre 2023). Convention :
    l'accord compte la population selon ce calendrier ; aucune source ne le dit, ni si elle est
    municipale ou totale : c'est à la personne qui saisit de le dire avec ses résultats. Zéro
    compte comme « non donnée ».
    """


class population_retenue(Calcul):
    value_type = int
    unit = "inhabitant"
    entity = Cpts
    definition_period = YEAR
    label = "Population retenue pour l'année"
    reference = [ACI]
    documentation = """
    La population donnée pour l'année civile où la période commence ; à défaut, celle de l'année
    donnée la plus proche avant elle ; à défaut, la plus proche après ; à défaut, zéro.
    """

    def formula(cpts, period):
        annee = period.this_year
        connues = cpts.get_holder("population").get_known_periods()
        avant = sorted((p for p in connues if p.start < annee.start), reverse=True)
        apres = sorted(p for p in connues if p.start > annee.start)
        retenue = cpts("population", annee)
        for voisine in avant + apres:
            manquante = retenue == 0
            if not manquante.any():
                break
            retenue = numpy.where(manquante, cpts("population", voisine), retenue)
        return retenue


class taille(Calcul):
    value_type = Enum
    possible_values = Taille
    default_value = Taille.indeterminee
    entity = Cpts
    definition_period = YEAR
    label = "Taille de la communauté"
    reference = [ACI]
    documentation = """
    Taille 1 en dessous du seuil de la taille 2 ; taille 2 de ce seuil compris à celui de la
    taille 3 non compris ; taille 3 de ce seuil compris à celui de la taille 4 compris ; taille
    4 au-delà. Convention : la taille se lit au jour où un droit naît, sur la population de
    cette année civile ; elle est donc revue à chaque anniversaire, comme au dialogue de gestion
    annuel. Indéterminée si la population est inconnue ou si la période commence avant l'accord.
    """

    def formula_2019_08_25(cpts, period, parameters):
        habitants = cpts("population_retenue", period)
        seuils = parameters(period).tailles
        # A size is the number of steps passed: population known, then each of the three thresholds.
        rang = (habitants > 0).astype(numpy.uint8)
        rang += habitants >= seuils.seuil_taille_2
        rang += habitants >= seuils.seuil_taille_3
        rang += habitants > seuils.seuil_taille_4
        return EnumArray(rang, Taille)


class motif_non_calculable(Calcul):
    value_type = Enum
    possible_values = MotifNonCalculable
    default_value = MotifNonCalculable.hors_champ_temporel
    entity = Cpts
    definition_period = YEAR
    label = "Motif pour lequel les montants ne se calculent pas"
    reference = [ACI]
    documentation = """
    Dit pourquoi les montants valent zéro : la période commence avant l'entrée en vigueur de
    l'accord (nommé d'abord si les deux motifs valent), ou aucune population n'est donnée.
    """

    def formula_2019_08_25(cpts, period):
        return numpy.where(
            cpts("population_retenue", period) > 0,
            MotifNonCalculable.aucun.index,
            MotifNonCalculable.population_inconnue.index,
        )

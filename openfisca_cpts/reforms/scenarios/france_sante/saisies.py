"""What is given of the mission, and its yearly amounts."""

import numpy

from openfisca_cpts.base import ETERNITY, NEVER, YEAR, Cpts, Entree, Montant, Saisie, date
from openfisca_cpts.calcul.tailles import montant_par_taille

LFSS = "Loi de financement de la sécurité sociale pour 2026, article 63"


class france_sante_date_demarrage(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de démarrage de la mission « appui au réseau France Santé »"
    reference = [LFSS]
    documentation = "Mission complémentaire de ce scénario. Le 31 décembre 9999 : pas démarrée."


class france_sante_retenue(Entree):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie()
    label = "Mission « appui au réseau France Santé » retenue sans date"
    reference = [LFSS]
    documentation = """
    Compte la mission dans le financement annuel bien qu'aucune date de démarrage ne soit donnée.
    """


class france_sante_structures_labellisees(Entree):
    value_type = int
    unit = "structure"
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie(minimum=0)
    label = "Nombre de structures labellisées France Santé du territoire"
    reference = [LFSS]
    documentation = "Pour l'exercice ouvert dans l'année civile."


class france_sante_montant(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Montant annuel de la mission « appui au réseau France Santé »"
    reference = [LFSS]
    documentation = "Maximum par an selon la taille, tout fixe, sans les structures labellisées."

    def formula_2026_01_01(cpts, period, parameters):
        return montant_par_taille(cpts, period, parameters(period).reformes.france_sante.montant)


class france_sante_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe annuelle de la mission « appui au réseau France Santé »"
    reference = [LFSS]
    documentation = "Tout le montant de la mission : elle n'a pas d'indicateurs."

    def formula_2026_01_01(cpts, period):
        return cpts("france_sante_montant", period)


class france_sante_montant_par_structure(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Montant annuel par structure labellisée France Santé"
    reference = [LFSS]
    documentation = "Le même pour toutes les structures et toutes les communautés."

    def formula_2026_01_01(cpts, period, parameters):
        return numpy.full(
            cpts.count, parameters(period).reformes.france_sante.montant_par_structure
        )


class france_sante_part_structures(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Montant annuel pour les structures labellisées France Santé du territoire"
    reference = [LFSS]
    documentation = """
    Un même montant par structure labellisée de l'année civile où la période commence. Il suit la
    part fixe.
    """

    def formula_2026_01_01(cpts, period):
        nombre = cpts("france_sante_structures_labellisees", period.this_year)
        return nombre * cpts("france_sante_montant_par_structure", period)


VARIABLES = (
    france_sante_date_demarrage,
    france_sante_retenue,
    france_sante_structures_labellisees,
    france_sante_montant,
    france_sante_part_fixe,
    france_sante_montant_par_structure,
    france_sante_part_structures,
)

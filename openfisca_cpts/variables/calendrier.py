"""The calendar of the core missions: by when each must start, and be deployed."""

import numpy

from openfisca_cpts.base import MONTH, NEVER, Calcul, Cpts, date
from openfisca_cpts.calcul.echeances import echeance, en_retard
from openfisca_cpts.calcul.missions import SOCLES

PAPS = "Calendrier des missions socles (PAPS Hauts-de-France, 30 novembre 2023)"


class acces_soins_echeance_demarrage(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour démarrer la mission « amélioration de l'accès aux soins »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "acces_soins", "delai_demarrage")


class acces_soins_echeance_deploiement(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour déployer la mission « amélioration de l'accès aux soins »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "acces_soins", "delai_deploiement")


class acces_soins_en_retard(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Mission « amélioration de l'accès aux soins » non démarrée à son échéance"
    reference = [PAPS]
    documentation = """
    Vrai si le contrat est en cours dans le mois, si l'échéance de démarrage est passée au
    dernier jour du mois, et si la mission n'avait pas démarré à cette échéance. Le reste après
    un démarrage tardif.
    """

    def formula(cpts, period):
        return en_retard(cpts, period, "acces_soins")


class parcours_echeance_demarrage(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour démarrer la mission « parcours pluriprofessionnels autour du patient »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "parcours", "delai_demarrage")


class parcours_echeance_deploiement(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour déployer la mission « parcours pluriprofessionnels autour du patient »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "parcours", "delai_deploiement")


class parcours_en_retard(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Mission « parcours pluriprofessionnels autour du patient » non démarrée à son échéance"
    reference = [PAPS]
    documentation = """
    Vrai si le contrat est en cours dans le mois, si l'échéance de démarrage est passée au
    dernier jour du mois, et si la mission n'avait pas démarré à cette échéance. Le reste après
    un démarrage tardif.
    """

    def formula(cpts, period):
        return en_retard(cpts, period, "parcours")


class prevention_echeance_demarrage(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour démarrer la mission « actions territoriales de prévention »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "prevention", "delai_demarrage")


class prevention_echeance_deploiement(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour déployer la mission « actions territoriales de prévention »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "prevention", "delai_deploiement")


class prevention_en_retard(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Mission « actions territoriales de prévention » non démarrée à son échéance"
    reference = [PAPS]
    documentation = """
    Vrai si le contrat est en cours dans le mois, si l'échéance de démarrage est passée au
    dernier jour du mois, et si la mission n'avait pas démarré à cette échéance. Le reste après
    un démarrage tardif.
    """

    def formula(cpts, period):
        return en_retard(cpts, period, "prevention")


class crise_sanitaire_echeance_demarrage(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour démarrer la mission « réponse aux crises sanitaires graves »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "crise_sanitaire", "delai_demarrage")


class crise_sanitaire_echeance_deploiement(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Échéance pour déployer la mission « réponse aux crises sanitaires graves »"
    reference = [PAPS]
    documentation = """
    La signature du contrat, ou le jour où la mission existe s'il est plus tardif, augmentée du
    délai en vigueur ce jour-là. Jamais sans contrat.
    """

    def formula(cpts, period, parameters):
        return echeance(cpts, period, parameters, "crise_sanitaire", "delai_deploiement")


class crise_sanitaire_en_retard(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Mission « réponse aux crises sanitaires graves » non démarrée à son échéance"
    reference = [PAPS]
    documentation = """
    Vrai si le contrat est en cours dans le mois, si l'échéance de démarrage est passée au
    dernier jour du mois, et si la mission n'avait pas démarré à cette échéance. Le reste après
    un démarrage tardif.
    """

    def formula(cpts, period):
        return en_retard(cpts, period, "crise_sanitaire")


class calendrier_respecte(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Calendrier des missions socles respecté"
    reference = [PAPS]
    documentation = "Vrai si aucune mission socle n'est en retard ; vrai aussi sans contrat."

    def formula(cpts, period):
        en_retard = numpy.zeros(cpts.count, dtype=bool)
        for mission in SOCLES:
            en_retard |= cpts(f"{mission}_en_retard", period)
        return ~en_retard

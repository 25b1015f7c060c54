"""Response to grave health crises: a core mission since amendment 2, without indicators."""

from openfisca_cpts.base import (
    AVENANT_2,
    ETERNITY,
    NEVER,
    YEAR,
    Cpts,
    Entree,
    Montant,
    Saisie,
    date,
)
from openfisca_cpts.calcul.tailles import montant_par_taille


class crise_sanitaire_date_demarrage(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de démarrage de la mission « réponse aux crises sanitaires graves »"
    reference = [AVENANT_2]
    documentation = """
    Un plan écrit la première année, puis tenu à jour. Mission socle. Le 31 décembre 9999 : pas
    démarrée.
    """


class crise_sanitaire_retenue(Entree):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie()
    label = "Mission « réponse aux crises sanitaires graves » retenue sans date"
    reference = [AVENANT_2]
    documentation = """
    Compte la mission dans le financement annuel bien qu'aucune date de démarrage ne soit donnée
    : pour un projet, ou une simulation sans calendrier.
    """


class crise_sanitaire_declaree(Entree):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie()
    label = "Crise sanitaire grave déclarée"
    reference = [AVENANT_2]
    documentation = """
    Vrai si une crise grave est reconnue (ARS, préfet ou ministre) dans l'exercice ouvert cette
    année civile.
    """


class crise_sanitaire_montant(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Montant annuel de la mission « réponse aux crises sanitaires graves », année du plan"
    reference = [AVENANT_2]
    documentation = (
        "Ce que rapporte le premier exercice de la mission, celui où le plan de réponse est écrit."
    )

    def formula_2022_09_03(cpts, period, parameters):
        return montant_par_taille(
            cpts, period, parameters(period).aci.missions.crise_sanitaire.montant
        )


class crise_sanitaire_montant_actualisation(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = (
        "Montant annuel de la mission « réponse aux crises sanitaires graves », années suivantes"
    )
    reference = [AVENANT_2]
    documentation = "Ce que rapporte chaque exercice après le premier, où le plan est tenu à jour."

    def formula_2022_09_03(cpts, period, parameters):
        bareme = parameters(period).aci.missions.crise_sanitaire.montant_actualisation
        return montant_par_taille(cpts, period, bareme)


class crise_sanitaire_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = (
        "Part fixe annuelle de la mission « réponse aux crises sanitaires graves », année du plan"
    )
    reference = [AVENANT_2]
    documentation = "Tout le montant de la mission : elle n'a ni indicateurs ni part variable."

    def formula_2022_09_03(cpts, period):
        return cpts("crise_sanitaire_montant", period)


class crise_sanitaire_part_crise(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Montant supplémentaire en cas de crise sanitaire grave"
    reference = [AVENANT_2]
    documentation = """
    Montant du barème, que la crise soit déclarée ou non. Convention : il suit la part fixe et
    n'est pas réduit quand la mission démarre en cours d'exercice.
    """

    def formula_2022_09_03(cpts, period, parameters):
        return montant_par_taille(
            cpts, period, parameters(period).aci.missions.crise_sanitaire.part_crise
        )

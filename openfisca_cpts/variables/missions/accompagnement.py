"""Support to health professionals: an optional mission."""

from openfisca_cpts.base import ACI, ETERNITY, NEVER, YEAR, Cpts, Entree, Montant, Saisie, date
from openfisca_cpts.calcul.tailles import montant_par_taille


class accompagnement_date_demarrage(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de démarrage de la mission « accompagnement des professionnels de santé »"
    reference = [ACI]
    documentation = """
    Installation des professionnels, compagnonnage. Mission complémentaire. Le 31 décembre 9999
    : pas démarrée.
    """


class accompagnement_retenue(Entree):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie()
    label = "Mission « accompagnement des professionnels de santé » retenue sans date"
    reference = [ACI]
    documentation = """
    Compte la mission dans le financement annuel bien qu'aucune date de démarrage ne soit donnée
    : pour un projet, ou une simulation sans calendrier.
    """


class accompagnement_taux_atteinte(Entree):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie(minimum=0, maximum=1)
    label = "Taux d'atteinte des indicateurs de la mission « accompagnement des professionnels de santé »"
    reference = [ACI]
    documentation = """
    Pour l'exercice ouvert dans l'année civile. Convention : c'est la part de la part variable
    qui est gagnée, car chaque contrat donne à ses indicateurs des montants en euros, par
    paliers ; un taux saisi d'avance est une prévision.
    """


class accompagnement_montant(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Montant annuel de la mission « accompagnement des professionnels de santé »"
    reference = [ACI]
    documentation = "Maximum par an, parts fixe et variable ensemble, selon la taille."

    def formula_2019_08_25(cpts, period, parameters):
        return montant_par_taille(
            cpts, period, parameters(period).aci.missions.accompagnement.montant
        )


class accompagnement_part_variable(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part variable annuelle de la mission « accompagnement des professionnels de santé »"
    reference = [ACI]
    documentation = (
        "Ce que la mission rapporte si tous ses indicateurs sont atteints, en plus de la part fixe."
    )

    def formula_2019_08_25(cpts, period, parameters):
        part = parameters(period).aci.missions.accompagnement.part_variable
        return cpts("accompagnement_montant", period) * part


class accompagnement_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe annuelle de la mission « accompagnement des professionnels de santé »"
    reference = [ACI]
    documentation = "Ce que la mission rapporte quel que soit le résultat des indicateurs."

    def formula_2019_08_25(cpts, period):
        return cpts("accompagnement_montant", period) - cpts("accompagnement_part_variable", period)

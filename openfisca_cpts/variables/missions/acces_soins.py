"""Unscheduled care, general practitioners, telehealth: a core mission, with its supplement."""

from openfisca_cpts.base import (
    ACI,
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


class acces_soins_date_demarrage(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de démarrage de la mission « amélioration de l'accès aux soins »"
    reference = [ACI]
    documentation = """
    Médecin traitant, soins non programmés, télésanté. Mission socle. Le 31 décembre 9999 : pas
    démarrée.
    """


class acces_soins_retenue(Entree):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie()
    label = "Mission « amélioration de l'accès aux soins » retenue sans date"
    reference = [ACI]
    documentation = """
    Compte la mission dans le financement annuel bien qu'aucune date de démarrage ne soit donnée
    : pour un projet, ou une simulation sans calendrier.
    """


class acces_soins_taux_atteinte(Entree):
    value_type = float
    unit = "/1"
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie(minimum=0, maximum=1)
    label = "Taux d'atteinte des indicateurs de la mission « amélioration de l'accès aux soins »"
    reference = [ACI]
    documentation = """
    Pour l'exercice ouvert dans l'année civile. Convention : c'est la part de la part variable
    qui est gagnée, car chaque contrat donne à ses indicateurs des montants en euros, par
    paliers ; un taux saisi d'avance est une prévision.
    """


class acces_soins_montant(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Montant annuel de la mission « amélioration de l'accès aux soins »"
    reference = [ACI, AVENANT_2]
    documentation = """
    Maximum par an, parts fixe et variable ensemble, selon la taille, sans le supplément pour
    les soins non programmés.
    """

    def formula_2019_08_25(cpts, period, parameters):
        return montant_par_taille(cpts, period, parameters(period).aci.missions.acces_soins.montant)


class acces_soins_part_variable(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part variable annuelle de la mission « amélioration de l'accès aux soins »"
    reference = [ACI]
    documentation = (
        "Ce que la mission rapporte si tous ses indicateurs sont atteints, en plus de la part fixe."
    )

    def formula_2019_08_25(cpts, period, parameters):
        part = parameters(period).aci.missions.acces_soins.part_variable
        return cpts("acces_soins_montant", period) * part


class acces_soins_part_fixe(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Part fixe annuelle de la mission « amélioration de l'accès aux soins »"
    reference = [ACI]
    documentation = "Ce que la mission rapporte quel que soit le résultat des indicateurs."

    def formula_2019_08_25(cpts, period):
        return cpts("acces_soins_montant", period) - cpts("acces_soins_part_variable", period)


class acces_soins_organisation_snp(Entree):
    value_type = bool
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie()
    label = "Organisation des soins non programmés (SNP)"
    reference = [ACI]
    documentation = """
    Vrai si la communauté organise les soins non programmés dans l'exercice ouvert cette année
    civile.
    """


class acces_soins_supplement_snp(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = YEAR
    label = "Supplément annuel pour l'organisation des soins non programmés (SNP)"
    reference = [ACI]
    documentation = """
    S'ajoute au montant de la mission, que la condition soit remplie ou non : c'est le montant
    du barème. Convention : il n'a pas de part variable et suit la part fixe.
    """

    def formula_2019_08_25(cpts, period, parameters):
        bareme = parameters(period).aci.missions.acces_soins.supplement_snp
        return montant_par_taille(cpts, period, bareme)

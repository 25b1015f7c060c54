"""Before the contract: the letter of intent and the start-up costs."""

import numpy
from openfisca_core.periods import Period

from openfisca_cpts.base import (
    ETERNITY,
    MONTH,
    NEVER,
    Cpts,
    Entree,
    Montant,
    Saisie,
    date,
)
from openfisca_cpts.calcul.calendrier import dans_le_mois, regimes
from openfisca_cpts.calcul.dates import verifier_ordre

FIR = "Code de la santé publique, articles L. 1434-13 et L. 1435-8 (fonds d'intervention régional)"


class date_lettre_intention(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date d'acceptation de la lettre d'intention par l'ARS"
    reference = [FIR]
    documentation = (
        "Le 31 décembre 9999 : pas de lettre. Elle ne peut pas suivre la signature du contrat."
    )


class depenses_amorcage_constitution(Entree):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(minimum=0)
    label = "Dépenses d'amorçage : constitution de la communauté"
    reference = [FIR]
    documentation = "Ce que coûte la création de la structure (statuts, réunions, conseil)."


class depenses_amorcage_diagnostic(Entree):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(minimum=0)
    label = "Dépenses d'amorçage : diagnostic de territoire"
    reference = [FIR]
    documentation = "Ce que coûte l'étude de l'offre et des besoins de soins du territoire."


class depenses_amorcage_projet_sante(Entree):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(minimum=0)
    label = "Dépenses d'amorçage : élaboration du projet de santé"
    reference = [FIR]
    documentation = (
        "Ce que coûte la rédaction du projet de santé soumis à l'ARS et à l'assurance maladie."
    )


class amorcage_fir_plafond(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Plafond de l'aide à l'amorçage"
    reference = [FIR]
    documentation = """
    Celui de la région de la communauté, en vigueur le premier jour de la période. Convention :
    là où aucun n'est connu, celui qu'un document régional écrit pour toute agence régionale de
    santé.
    """

    def formula_2016_01_28(cpts, period, parameters):
        plafonds = parameters(period).amorcage.fir.plafond
        regions = cpts("region_ars", period)
        par_region = [
            plafonds[region.name if region.name in plafonds else "defaut"]
            for region in regions.possible_values
        ]
        return numpy.array(par_region, dtype=numpy.float64).take(regions.view(numpy.ndarray))


class versement_amorcage(Montant):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Versement de l'aide à l'amorçage, au plus, sur décision de l'ARS"
    reference = [FIR]
    documentation = """
    Ce que l'agence peut accorder au plus, jamais un droit : elle décide au cas par cas. Le mois
    de la lettre d'intention, une fois : les dépenses de constitution, de diagnostic et de
    projet de santé, dans la limite du plafond en vigueur le jour de la lettre. Convention : le
    mois est celui de la lettre ; le versement réel vient plus tard. Rien pour une lettre
    antérieure à la loi du 26 janvier 2016.
    """

    def formula(cpts, period):
        verifier_ordre(cpts, period)
        lettre = cpts("date_lettre_intention", period)
        versement = numpy.zeros(cpts.count, dtype=numpy.float64)
        du_mois = numpy.flatnonzero(dans_le_mois(lettre, period))
        for jour, groupe in regimes(cpts, lettre[du_mois]):
            plafond = cpts("amorcage_fir_plafond", Period((MONTH, jour, 1)))
            versement[du_mois[groupe]] = plafond[du_mois[groupe]]
        depenses = (
            cpts("depenses_amorcage_constitution", period)
            + cpts("depenses_amorcage_diagnostic", period)
            + cpts("depenses_amorcage_projet_sante", period)
        )
        return numpy.minimum(depenses, versement)

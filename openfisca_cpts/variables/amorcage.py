"""Before the contract: the letter of intent and the start-up costs."""

import numpy
from openfisca_core.periods import Period

from openfisca_cpts.base import (
    ETERNITY,
    MONTH,
    NEVER,
    YEAR,
    Cpts,
    Entree,
    Montant,
    Saisie,
    Versement,
    date,
)
from openfisca_cpts.calcul.calendrier import regimes
from openfisca_cpts.calcul.dates import verifier_ordre
from openfisca_cpts.calcul.periodes import rendre, rien, tombes
from openfisca_cpts.calcul.tailles import montants_des_tailles

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
    Celui de la région de la communauté, et de sa taille là où la région distingue les tailles, en
    vigueur le premier jour de la période. Conventions : là où aucun n'est connu pour la région, le
    plafond par défaut ; une taille indéterminée (toujours avant l'accord de 2019) prend le plus
    bas de ceux de sa région.
    """

    def formula_2016_01_28(cpts, period, parameters):
        plafonds = parameters(period).amorcage.fir.plafond
        regions = cpts("region_ars", period)
        tailles = cpts("taille", Period((YEAR, period.start, 1)))
        table = numpy.zeros((len(regions.possible_values), len(tailles.possible_values)))
        # A figure of a region that is not there is not read: the trace, and the certainty of what
        # is explained, hold what counts only.
        presentes = numpy.unique(regions.view(numpy.ndarray))
        for region in regions.possible_values:
            if region.index in presentes:
                table[region.index] = _des_tailles(cpts, plafonds, region.name)
        return table[regions.view(numpy.ndarray), tailles.view(numpy.ndarray)]


def _des_tailles(cpts, plafonds, region):
    """List what a region pays to each size: one amount for all, or one per size that it knows.

    The default holds where the region has no file, or nothing in force yet.
    """
    plafond = plafonds[region if region in plafonds else "defaut"]
    if not hasattr(plafond, "__iter__"):
        return plafond
    montants = [plafond[taille] for taille in plafond]
    return montants_des_tailles(cpts, plafond, min(montants) if montants else plafonds.defaut)


class versement_amorcage(Versement):
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
        versement = rien(cpts, period)
        mois, rangs = tombes(lettre, period)
        for jour, groupe in regimes(cpts, lettre[rangs]):
            plafond = cpts("amorcage_fir_plafond", Period((MONTH, jour, 1)))
            versement[mois[groupe], rangs[groupe]] = plafond[rangs[groupe]]
        depenses = (
            cpts("depenses_amorcage_constitution", period)
            + cpts("depenses_amorcage_diagnostic", period)
            + cpts("depenses_amorcage_projet_sante", period)
        )
        return rendre(numpy.minimum(depenses, versement), period)

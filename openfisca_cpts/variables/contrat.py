"""The tripartite contract: its dates, its exercices, and how far the community has come."""

import numpy

from openfisca_cpts.base import (
    ETERNITY,
    MONTH,
    NEVER,
    YEAR,
    Calcul,
    Cpts,
    Entree,
    Enum,
    Saisie,
    date,
)
from openfisca_cpts.calcul.calendrier import (
    MOIS_PAR_AN,
    ajouter_mois,
    annee,
    dans_les_mois,
    dernier_jour,
    parametre_au_jour,
)
from openfisca_cpts.calcul.dates import JAMAIS, verifier_ordre
from openfisca_cpts.calcul.exercices import anniversaire, contrat_couvre, fin
from openfisca_cpts.calcul.missions import missions

CONTRAT = "Contrat tripartite type, annexe de l'ACI du 20 juin 2019"


class Etape(Enum):
    aucune = "Aucune démarche"
    lettre_intention = "Lettre d'intention acceptée"
    projet_valide = "Projet de santé validé"
    contrat_signe = "Contrat signé"
    missions_demarrees = "Au moins une mission démarrée"
    contrat_termine = "Contrat terminé"


class date_validation_projet_sante(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de validation du projet de santé"
    reference = ["Code de la santé publique, article L. 1434-12"]
    documentation = "Le projet est réputé validé sauf opposition de l'ARS dans les deux mois."


class date_signature_contrat(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(pas_avant="aci.duree_contrat")
    label = "Date de signature du contrat tripartite"
    reference = [CONTRAT]
    documentation = """
    Jour où la communauté, l'ARS et l'assurance maladie signent. Les exercices vont d'un
    anniversaire de ce jour au suivant. Une signature antérieure à l'entrée en vigueur de
    l'accord est refusée.
    """


class date_fin_convenue(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de fin convenue, si elle diffère de la durée conventionnelle"
    reference = [CONTRAT]
    documentation = """
    Remplace la signature augmentée de la durée du contrat. Elle ne peut pas précéder la
    signature.
    """


class date_resiliation(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date de résiliation du contrat"
    reference = [CONTRAT]
    documentation = "Fin anticipée du contrat. Elle ne peut pas précéder la signature."


class date_fin_contrat(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = MONTH
    label = "Date de fin du contrat, résiliation non comprise"
    reference = [CONTRAT]
    documentation = """
    La date de fin convenue si elle est donnée ; sinon, l'anniversaire de la signature au terme
    de la durée du contrat en vigueur le jour de la signature. C'est le premier jour que le
    contrat ne couvre plus. Le contrat n'est pas renouvelé de lui-même.
    """

    def formula(cpts, period, parameters):
        verifier_ordre(cpts, period)
        signature = cpts("date_signature_contrat", period)
        signes = numpy.flatnonzero(signature != JAMAIS)
        duree = parametre_au_jour(
            cpts, parameters, lambda loi: loi.aci.duree_contrat, signature[signes]
        )
        terme = numpy.full(cpts.count, JAMAIS)
        terme[signes] = ajouter_mois(signature[signes], MOIS_PAR_AN * duree.astype(int))
        convenue = cpts("date_fin_convenue", period)
        return numpy.where(convenue == JAMAIS, terme, convenue)


class date_fin_effective(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = "Date de fin du contrat, résiliation comprise"
    reference = [CONTRAT]
    documentation = """
    La date de fin du contrat, ou celle de la résiliation si elle vient avant : le premier jour que
    le contrat ne couvre plus. Jamais sans signature.
    """

    def formula(cpts, period):
        signature = cpts("date_signature_contrat", period)
        terme = cpts("date_fin_contrat", period.this_year.first_month)
        effective = numpy.minimum(terme, cpts("date_resiliation", period))
        return numpy.where(signature == JAMAIS, JAMAIS, effective)


class contrat_en_cours(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Contrat en cours dans le mois"
    reference = [CONTRAT]
    documentation = "Vrai si le contrat couvre au moins un jour du mois."

    def formula(cpts, period):
        return contrat_couvre(cpts, period)


class exercice_contractuel(Calcul):
    value_type = int
    unit = "index"
    entity = Cpts
    definition_period = MONTH
    label = "Rang de l'exercice au dernier jour du mois"
    reference = [CONTRAT]
    documentation = """
    Un exercice va d'un anniversaire de la signature au suivant ; le premier s'ouvre à la
    signature. Zéro si le contrat ne couvre pas le dernier jour du mois. L'anniversaire d'un 29
    février est le 28 février les années communes.
    """

    def formula(cpts, period):
        jour = dernier_jour(period)
        signature = cpts("date_signature_contrat", period)
        entame = anniversaire(signature, period.start.year) <= jour
        rang = period.start.year - annee(signature) + entame
        couvert = (signature <= jour) & (jour < fin(cpts, period))
        return numpy.where(couvert, rang, 0)


class exercice_ouverture(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = "Jour d'ouverture de l'exercice ouvert dans l'année civile"
    reference = [CONTRAT]
    documentation = """
    L'anniversaire de la signature qui tombe dans l'année civile, s'il précède la fin du
    contrat. Il s'ouvre au plus un exercice par année civile.
    """

    def formula(cpts, period):
        signature = cpts("date_signature_contrat", period)
        jour = anniversaire(signature, period.start.year)
        ouvert = (jour >= signature) & (jour < fin(cpts, period))
        return numpy.where(ouvert, jour, JAMAIS)


class exercice_cloture(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = "Jour de clôture de l'exercice ouvert dans l'année civile"
    reference = [CONTRAT]
    documentation = (
        "L'anniversaire suivant de la signature : le premier jour que l'exercice ne couvre plus."
    )

    def formula(cpts, period):
        suivant = anniversaire(cpts("date_signature_contrat", period), period.start.year + 1)
        return numpy.where(cpts("exercice_ouverture", period.this_year) == JAMAIS, JAMAIS, suivant)


class exercice_evaluation(Calcul):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = YEAR
    label = "Jour d'évaluation de l'exercice ouvert dans l'année civile"
    reference = [CONTRAT]
    documentation = """
    La clôture, augmentée du délai d'évaluation en vigueur ce jour-là : la part variable est
    versée dans le mois de ce jour.
    """

    def formula(cpts, period, parameters):
        cloture = cpts("exercice_cloture", period.this_year)
        clos = numpy.flatnonzero(cloture != JAMAIS)
        delai = parametre_au_jour(
            cpts, parameters, lambda loi: loi.aci.versements.delai_evaluation, cloture[clos]
        )
        jour = numpy.full(cpts.count, JAMAIS)
        jour[clos] = ajouter_mois(cloture[clos], delai.astype(int))
        return jour


class exercice_ouvert(Calcul):
    value_type = bool
    entity = Cpts
    definition_period = MONTH
    label = "Un exercice s'ouvre dans le mois"
    reference = [CONTRAT]
    documentation = "Vrai le mois de la signature et celui de chaque anniversaire qui précède la fin du contrat."

    def formula(cpts, period):
        return dans_les_mois(cpts("exercice_ouverture", period.this_year), period)


class etape(Calcul):
    value_type = Enum
    possible_values = Etape
    default_value = Etape.aucune
    entity = Cpts
    definition_period = MONTH
    label = "Étape de la communauté au dernier jour du mois"
    reference = [CONTRAT]
    documentation = """
    La plus avancée des étapes atteintes au dernier jour du mois. Une mission est démarrée à sa date
    de démarrage, même si le contrat qui la paie est signé plus tard.
    """

    def formula(cpts, period):
        verifier_ordre(cpts, period)
        jour = dernier_jour(period)
        signature = cpts("date_signature_contrat", period)
        demarree = numpy.zeros(cpts.count, dtype=bool)
        for mission in missions(cpts):
            demarree |= cpts(f"{mission.cle}_date_demarrage", period) <= jour
        terminee = (signature != JAMAIS) & (fin(cpts, period) <= jour)
        return numpy.select(
            [
                terminee,
                demarree,
                signature <= jour,
                cpts("date_validation_projet_sante", period) <= jour,
                cpts("date_lettre_intention", period) <= jour,
            ],
            [
                Etape.contrat_termine.index,
                Etape.missions_demarrees.index,
                Etape.contrat_signe.index,
                Etape.projet_valide.index,
                Etape.lettre_intention.index,
            ],
            Etape.aucune.index,
        )

"""What is paid for a mission in a month: contract model, article 6.2.

The four lines of the payment plan, in the order of the article, then their sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openfisca_cpts.base import ACI, CONTRAT_6_2, MONTH, Cpts, Versement
from openfisca_cpts.calcul import versements as calcul
from openfisca_cpts.calcul.periodes import somme
from openfisca_cpts.missions.fabrique import nommer

if TYPE_CHECKING:
    from openfisca_core.variables import Variable

    from openfisca_cpts.missions.declaration import Mission, Part

FIN = """
La fin du contrat à l'intérieur d'un exercice réduit chaque droit à la part des jours courus ; ce qui
en a été payé est déduit. Négative quand c'est une reprise.
"""
INTERROMPU = "Convention : un exercice interrompu ne rapporte pas de part variable.\n"
AVANCE, SOLDE, VERSEE, REGULARISATION = "avance", "solde", "versee", "regularisation"


def variables(mission: Mission) -> Iterator[type[Variable]]:
    """Make the lines of a mission, and their sum."""
    if mission.avancees:
        yield avance(mission)
        yield solde(mission)
    for part in mission.evaluees:
        yield part_versee(mission, part)
    if mission.avancees:
        yield regularisation(mission)
    yield versement(mission)


def lignes(mission: Mission) -> dict[str, str]:
    """Give the lines of a mission: the kind of each, by the name of its variable."""
    noms = {AVANCE: [AVANCE], SOLDE: [SOLDE], VERSEE: [], REGULARISATION: [REGULARISATION]}
    if not mission.avancees:
        noms = {VERSEE: []}
    noms[VERSEE] = [f"{part.cle}_{VERSEE}" for part in mission.evaluees]
    return {f"{mission.cle}_{nom}": genre for genre, ends in noms.items() for nom in ends}


def poste(mission: Mission) -> calcul.Poste:
    """Give what is paid in advance, then settled: the parts that wait for no evaluation."""
    return calcul.Poste(
        f"{mission.cle}_exercice_naissance_droits",
        tuple(f"{mission.cle}_exercice_{part.cle}" for part in mission.avancees),
    )


def avance(mission: Mission) -> type[Variable]:
    """Make what is paid in the month in which the right arises."""
    du_mois = poste(mission)

    class avance(Versement):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = MONTH
        label = f"Avance, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = f"""
        La part avancée (taux d'avance en vigueur le jour du droit) de ce que l'exercice rapporte sans
        attendre d'évaluation ({_enumeration(mission)}), dans le mois où le droit naît. « Dès la date de
        démarrage de chaque mission, une avance […] de l'enveloppe allouée aux moyens déployés pour la
        mission dite "enveloppe fixe", est versée » (contrat type, article 6.2).
        """

        def formula(cpts, period, parameters):
            return calcul.avance(cpts, period, parameters, du_mois)

    return nommer(avance, mission, AVANCE)


def solde(mission: Mission) -> type[Variable]:
    """Make the rest, paid in the month in which the exercice closes."""
    du_mois = poste(mission)

    class solde(Versement):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = MONTH
        label = f"Solde, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = f"""
        Le reste ({_enumeration(mission)}), dans le mois où l'exercice se clôt : « à chaque date
        anniversaire du contrat, le solde de la part fixe de l'année n-1 est versé » (Sénat, rapport
        d'information n° 32).
        """

        def formula(cpts, period, parameters):
            return calcul.solde(cpts, period, parameters, du_mois)

    return nommer(solde, mission, SOLDE)


def part_versee(mission: Mission, part: Part) -> type[Variable]:
    """Make what the indicators earned, paid when they are evaluated."""

    class part_versee(Versement):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = MONTH
        label = f"{part.titre} versée, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = f"""
        La {part.nom} multipliée par le taux d'atteinte donné pour l'année civile d'ouverture de
        l'exercice, dans le mois de l'évaluation. Elle est « calculée selon l'atteinte des objectifs
        fixés dans le contrat et de l'intensité des moyens déployés » (Sénat, rapport d'information
        n° 32).
        """

        def formula(cpts, period):
            return calcul.part_variable_versee(cpts, period, mission.cle, part=part.cle)

    return nommer(part_versee, mission, f"{part.cle}_{VERSEE}")


def regularisation(mission: Mission) -> type[Variable]:
    """Make what the end of a contract inside an exercice adds or takes back."""
    du_mois = poste(mission)

    class regularisation(Versement):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = MONTH
        label = f"Régularisation de fin de contrat, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = FIN + (INTERROMPU if mission.evaluees else "")

        def formula(cpts, period, parameters):
            return calcul.regularisation(cpts, period, parameters, du_mois)

    return nommer(regularisation, mission, REGULARISATION)


def versement(mission: Mission) -> type[Variable]:
    """Make the sum of the lines."""
    noms = tuple(lignes(mission))

    class versement(Versement):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = MONTH
        label = f"Versement du mois, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = """
        Somme des lignes du plan de versement de la mission pour le mois. Négative seulement le mois
        d'une fin de contrat.
        """

        def formula(cpts, period):
            return somme(cpts, period, noms)

    return nommer(versement, mission, "versement")


def textes(mission: Mission) -> list[str]:
    """Give the article that payments rest on, and the text of a mission that came later."""
    return [CONTRAT_6_2, *([] if mission.creation == ACI else [mission.creation])]


def _enumeration(mission: Mission) -> str:
    return " et ".join(part.nom for part in mission.avancees)

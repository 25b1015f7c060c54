"""What an exercice earns for a mission: ACI, article 9, and contract model, article 6.2.

The order is that of the article: the day from which the mission is paid, the share of the exercice
that is left, then each part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openfisca_cpts.base import (
    ACI,
    ACI_9,
    CONTRAT_6_2,
    MONTH,
    NEVER,
    YEAR,
    Calcul,
    Cpts,
    Montant,
    Versement,
    date,
)
from openfisca_cpts.calcul import droits as calcul
from openfisca_cpts.calcul.exercices import saisie_exercice
from openfisca_cpts.missions.fabrique import nommer

if TYPE_CHECKING:
    from openfisca_core.variables import Variable

    from openfisca_cpts.missions.declaration import Mission, Part

AVANT_EVALUATION = " avant évaluation"


def variables(mission: Mission) -> Iterator[type[Variable]]:
    """Make what each exercice earns, then the same in the month in which the right arises."""
    yield naissance(mission)
    if any(part.prorata for part in mission.parts):
        yield prorata(mission)
    for part in mission.parts:
        yield droit_de_l_exercice(mission, part)
    for part in mission.parts:
        yield droits_du_mois(mission, part)


def naissance(mission: Mission) -> type[Variable]:
    """Make the day on which the rights of an exercice arise."""

    class naissance(Calcul):
        value_type = date
        default_value = NEVER
        entity = Cpts
        definition_period = YEAR
        label = f"Jour où naissent les droits de l'exercice, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = """
        Pour l'exercice ouvert dans l'année civile : son ouverture si la mission a démarré ; sinon le
        jour où elle démarre, s'il est dans l'exercice et avant la fin du contrat ; sinon jamais. La
        mission démarre au plus tôt à la signature, et au plus tôt le jour où elle existe. « Dès la
        date de démarrage de chaque mission, une avance […] est versée pour chaque mission choisie »
        (contrat type, article 6.2).
        """

        def formula(cpts, period):
            return calcul.naissance(cpts, period.this_year, mission.cle)

    return nommer(naissance, mission, "exercice_naissance_droits")


def prorata(mission: Mission) -> type[Variable]:
    """Make the share of the exercice that is left when the mission starts."""

    class prorata(Calcul):
        value_type = float
        unit = "/1"
        entity = Cpts
        definition_period = YEAR
        label = f"Part de l'exercice qui ouvre droit, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = """
        Pour l'exercice ouvert dans l'année civile : les jours qui restent à partir de la naissance
        des droits, sur ceux de l'exercice (365 ou 366). Un si la mission a démarré à l'ouverture,
        zéro sans droit. Convention : le premier versement « est proratisé en fonction de la durée
        comprise entre la date de démarrage de chaque mission et la date » anniversaire (contrat type,
        article 6.2), sans que l'unité soit dite.
        """

        def formula(cpts, period):
            return calcul.prorata(cpts, period.this_year, mission.cle)

    return nommer(prorata, mission, "exercice_prorata")


def droit_de_l_exercice(mission: Mission, part: Part) -> type[Variable]:
    """Make what an exercice earns of a part."""
    annuel = f"{mission.cle}_{part.montant if part.comptee else part.cle}"
    saisie = part.saisie and f"{mission.cle}_{part.saisie.cle}"

    class droit_de_l_exercice(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = f"{part.titre} de l'exercice{_stade(part)}, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = _documentation(part)

        def formula(cpts, period):
            annee = period.this_year
            droit = calcul.montant_exercice(cpts, annee, mission.cle, annuel)
            if saisie:
                droit = droit * saisie_exercice(cpts, annee, saisie)
            if part.prorata:
                droit = droit * cpts(f"{mission.cle}_exercice_prorata", annee)
            return droit

    return nommer(droit_de_l_exercice, mission, f"exercice_{part.cle}")


def droits_du_mois(mission: Mission, part: Part) -> type[Variable]:
    """Make what is earned of a part in the month in which the right arises."""

    class droits_du_mois(Versement):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = MONTH
        label = f"Droits nés dans le mois, {part.nom}{_stade(part)}, mission « {mission.nom} »"
        reference = textes(mission)
        documentation = """
        Ce que rapporte l'exercice, dans le mois où le droit naît : à l'ouverture, ou au démarrage de
        la mission. Jamais corrigé ensuite.
        """

        def formula(cpts, period):
            return calcul.droits_du_mois(
                cpts,
                period,
                f"{mission.cle}_exercice_naissance_droits",
                f"{mission.cle}_exercice_{part.cle}",
            )

    return nommer(droits_du_mois, mission, f"droits_{part.cle}")


def textes(mission: Mission) -> list[str]:
    """Give the articles that the rights rest on, and the text of a mission that came later."""
    return [ACI_9, CONTRAT_6_2, *([] if mission.creation == ACI else [mission.creation])]


def _stade(part: Part) -> str:
    return AVANT_EVALUATION if part.evaluee else ""


def _documentation(part: Part) -> str:
    """Say what a right is made of, in the order in which it is computed."""
    phrases = [
        "Pour l'exercice ouvert dans l'année civile : le montant annuel en vigueur le jour où le droit naît"
    ]
    if part.saisie is not None:
        lien = "multiplié par" if part.comptee else "si la réponse est oui à"
        phrases[0] += f", {lien} « {part.saisie.libelle} » de cette année civile"
    if part.prorata:
        phrases[0] += (
            ", réduit aux jours de l'exercice qui restent quand la mission démarre en cours "
            "d'exercice (convention : en jours, sur 365 ou 366)"
        )
    else:
        phrases.append(
            "Convention : il n'est pas réduit quand la mission démarre en cours d'exercice"
        )
    if part.saisie is not None:
        phrases.append("Convention : il est payé comme la part fixe")
    if part.evaluee:
        phrases.append("Avant l'évaluation des indicateurs")
    return ". ".join(phrases) + "."

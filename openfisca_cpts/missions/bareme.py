"""The yearly amounts of a mission: the figures by size, and the parts that they split into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy

from openfisca_cpts.base import CONTRAT_6_2, YEAR, Cpts, Montant
from openfisca_cpts.calcul.tailles import montant_par_taille
from openfisca_cpts.missions.declaration import (
    dates,
    montants_par_taille,
    montants_uniques,
    noeud_de,
)
from openfisca_cpts.missions.fabrique import nommer

if TYPE_CHECKING:
    from openfisca_core.parameters import Parameter, ParameterNode
    from openfisca_core.variables import Variable

    from openfisca_cpts.missions.declaration import Mission, Part


def variables(mission: Mission, noeud: ParameterNode) -> Iterator[type[Variable]]:
    """Make the yearly amounts of a mission, each from the first day of the figures it reads."""
    for cle, table in montants_par_taille(noeud).items():
        yield bareme(mission, cle, table)
    for cle, montant in montants_uniques(noeud, mission).items():
        yield montant_unique(mission, cle, montant)
    for part in mission.parts:
        if part.cle == part.montant:
            continue  # the figures are the part
        lus = [cle for cle in (part.montant, part.quotite) if cle is not None]
        depuis = max(dates(noeud.children[cle])[0] for cle in lus)
        if part.comptee:
            yield part_par_unite(mission, part, depuis)
        elif part.quotite is not None:
            yield part_du_montant(mission, part, depuis)
        elif part.reste is not None:
            yield reste_du_montant(mission, part, depuis)
        else:
            yield montant_entier(mission, part, depuis)


def bareme(mission: Mission, cle: str, table: ParameterNode) -> type[Variable]:
    """Make an amount by size: what the table gives, whether its condition holds or not."""
    chemin, jours = table.name, dates(table)

    class bareme(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = table.description
        reference = _titres(mission, jours)
        documentation = _documentation(mission, table, jours)

        def formula(cpts, period, parameters):
            return montant_par_taille(cpts, period, noeud_de(parameters(period), chemin))

    return nommer(bareme, mission, cle, jours[0])


def montant_unique(mission: Mission, cle: str, montant: Parameter) -> type[Variable]:
    """Make an amount that is the same for all sizes."""
    chemin, jours = montant.name, dates(montant)

    class montant_unique(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = montant.description
        reference = _titres(mission, jours)
        documentation = _documentation(mission, montant, jours)

        def formula(cpts, period, parameters):
            return numpy.full(cpts.count, noeud_de(parameters(period), chemin), numpy.float64)

    return nommer(montant_unique, mission, cle, jours[0])


def part_du_montant(mission: Mission, part: Part, depuis: str) -> type[Variable]:
    """Make a share of an amount."""

    class part_du_montant(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = _libelle(mission, part)
        reference = [mission.creation, CONTRAT_6_2]
        documentation = (
            part.documentation
            or """
            Ce que la mission rapporte si tous ses indicateurs sont atteints, en plus de la part fixe :
            elle est « calculée selon l'atteinte des objectifs fixés dans le contrat et de l'intensité
            des moyens déployés » (Sénat, rapport d'information n° 32).
            """
        )

        def formula(cpts, period, parameters):
            quotite = noeud_de(parameters(period), f"{mission.noeud}.{part.quotite}")
            return cpts(f"{mission.cle}_{part.montant}", period) * quotite

    return nommer(part_du_montant, mission, part.cle, depuis)


def reste_du_montant(mission: Mission, part: Part, depuis: str) -> type[Variable]:
    """Make what is left of an amount when another part is taken from it."""

    class reste_du_montant(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = _libelle(mission, part)
        reference = [mission.creation, CONTRAT_6_2]
        documentation = (
            part.documentation
            or """
            Ce que la mission rapporte quel que soit le résultat des indicateurs : « l'enveloppe allouée
            aux moyens déployés pour la mission » (contrat type, article 6.2).
            """
        )

        def formula(cpts, period):
            montant = cpts(f"{mission.cle}_{part.montant}", period)
            return montant - cpts(f"{mission.cle}_{part.reste}", period)

    return nommer(reste_du_montant, mission, part.cle, depuis)


def montant_entier(mission: Mission, part: Part, depuis: str) -> type[Variable]:
    """Make a part that is the whole of an amount."""

    class montant_entier(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = _libelle(mission, part)
        reference = [mission.creation, CONTRAT_6_2]
        documentation = (
            part.documentation
            or "Tout le montant de la mission : elle n'a ni indicateurs ni part variable."
        )

        def formula(cpts, period):
            return cpts(f"{mission.cle}_{part.montant}", period)

    return nommer(montant_entier, mission, part.cle, depuis)


def part_par_unite(mission: Mission, part: Part, depuis: str) -> type[Variable]:
    """Make an amount for each of the things that an input counts."""
    assert part.saisie is not None  # it is what makes it counted
    nombre = f"{mission.cle}_{part.saisie.cle}"

    class part_par_unite(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = _libelle(mission, part)
        reference = [mission.creation, CONTRAT_6_2]
        documentation = (
            part.documentation
            or "Un même montant pour chaque unité de l'année civile où la période commence."
        )

        def formula(cpts, period):
            unites = cpts(nombre, period.this_year).astype(numpy.float64)
            return unites * cpts(f"{mission.cle}_{part.montant}", period)

    return nommer(part_par_unite, mission, part.cle, depuis)


def _libelle(mission: Mission, part: Part) -> str:
    return part.libelle or f"{part.titre} annuelle de la mission « {mission.nom} »"


def _titres(mission: Mission, jours: list[str]) -> list[str]:
    return [texte.titre for texte in mission.textes_de(jours)] or [mission.creation]


def _documentation(mission: Mission, noeud: ParameterNode | Parameter, jours: list[str]) -> str:
    """Say what the figure is, then in a sentence what each text changed."""
    apports = [texte.apport for texte in mission.textes_de(jours)]
    return "\n".join([(noeud.documentation or "").strip(), *apports])

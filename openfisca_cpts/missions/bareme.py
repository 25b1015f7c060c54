"""The yearly amounts of a mission: the figures by size, and the parts that they split into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy
from openfisca_core.parameters import Parameter

from openfisca_cpts.base import CONTRAT_6_2, YEAR, Cpts, Montant
from openfisca_cpts.calcul.tailles import montant_par_taille
from openfisca_cpts.missions.declaration import dates, montants, noeud_de
from openfisca_cpts.missions.fabrique import nommer

if TYPE_CHECKING:
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.variables import Variable

    from openfisca_cpts.missions.declaration import Mission, Part

EVALUEE = """
Ce que la mission rapporte si tous ses indicateurs sont atteints, en plus de la part fixe : elle est
« calculée selon l'atteinte des objectifs fixés dans le contrat et de l'intensité des moyens
déployés » (Sénat, rapport d'information n° 32).
"""
FIXE = """
Ce que la mission rapporte quel que soit le résultat des indicateurs : « l'enveloppe allouée aux
moyens déployés pour la mission » (contrat type, article 6.2). Convention : elle n'est pas revue au
dialogue de gestion, bien que le Sénat dise qu'elle peut l'être.
"""
ENTIERE = "Tout le montant de la mission : elle n'a ni indicateurs ni part variable."


def variables(mission: Mission, noeud: ParameterNode) -> Iterator[type[Variable]]:
    """Make the yearly amounts of a mission, each from the first day of the figures it reads."""
    for cle, figures in montants(mission, noeud).items():
        yield montant(mission, cle, figures)
    for part in mission.parts:
        if part.cle != part.montant:  # or else the figures are the part
            lus = [noeud.children[cle] for cle in (part.montant, part.quotite) if cle is not None]
            yield part_annuelle(mission, part, max(dates(figures)[0] for figures in lus))


def montant(mission: Mission, cle: str, figures: ParameterNode | Parameter) -> type[Variable]:
    """Make an amount as the law writes it, by size or the same for all."""
    chemin, jours = figures.name, dates(figures)
    textes = mission.textes_de(jours)
    # The figures may be a part: what the declaration says of it comes instead of what the file says.
    parts = {part.cle: part.documentation for part in mission.parts}

    class montant(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = figures.description
        reference = [texte.titre for texte in textes] or [mission.creation]
        # What the figure is, then in a sentence what each text changed.
        documentation = "\n".join(
            [
                (parts.get(cle) or figures.documentation or "").strip(),
                *(texte.apport for texte in textes),
            ]
        )

        def formula(cpts, period, parameters):
            lus = noeud_de(parameters(period), chemin)
            if isinstance(figures, Parameter):
                return numpy.full(cpts.count, lus, dtype=numpy.float64)
            return montant_par_taille(cpts, period, lus)

    return nommer(montant, mission, cle, jours[0])


def part_annuelle(mission: Mission, part: Part, depuis: str) -> type[Variable]:
    """Make a part of an amount: a share of it, what another part leaves of it, or all of it."""

    class part_annuelle(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = part.libelle or f"{part.titre} annuelle de la mission « {mission.nom} »"
        reference = [mission.creation, CONTRAT_6_2]
        documentation = part.documentation or (
            EVALUEE if part.quotite else FIXE if part.reste else ENTIERE
        )

        def formula(cpts, period, parameters):
            montant = cpts(f"{mission.cle}_{part.montant}", period)
            if part.quotite is not None:
                return montant * noeud_de(parameters(period), f"{mission.noeud}.{part.quotite}")
            if part.reste is not None:
                return montant - cpts(f"{mission.cle}_{part.reste}", period)
            if part.saisie is not None and part.comptee:
                nombre = cpts(f"{mission.cle}_{part.saisie.cle}", period.this_year)
                return nombre.astype(numpy.float64) * montant
            return montant

    return nommer(part_annuelle, mission, part.cle, depuis)

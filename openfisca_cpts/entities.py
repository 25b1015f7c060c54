"""The entities of the system: the community (`cpts`, the person entity) and the region.

Both refuse an unknown variable with the nearest known name and status 400, under a path of one
segment: openfisca-core builds a list as long as any numeric id that it finds in such a path.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.errors import SituationParsingError, VariableNotFoundError

if TYPE_CHECKING:
    from openfisca_core.entities import CoreEntity


def _refuser_inconnue(entite: CoreEntity, nom: str) -> SituationParsingError:
    """Make the refusal of a variable that does not exist.

    Args:
        entite: the entity under which the variable stands.
        nom: the name that was written.

    Returns:
        The error to raise, with the nearest known name where there is one.
    """
    connues = entite._tax_benefit_system.variables
    proches = difflib.get_close_matches(str(nom), connues, n=1)
    conseil = f" ; la plus proche est « {proches[0]} »" if proches else ""
    return SituationParsingError([entite.plural], f"La variable « {nom} » n'existe pas{conseil}.")


class EntiteCpts(Entity):
    """The community: one row of every vector."""

    def check_variable_defined_for_entity(self, variable_name: str) -> None:
        """Refuse a variable that does not exist, with the nearest name."""
        try:
            super().check_variable_defined_for_entity(variable_name)
        except VariableNotFoundError as erreur:
            raise _refuser_inconnue(self, variable_name) from erreur


class EntiteRegion(GroupEntity):
    """The communities of one ARS."""

    def check_variable_defined_for_entity(self, variable_name: str) -> None:
        """Refuse a variable that does not exist, with the nearest name."""
        try:
            super().check_variable_defined_for_entity(variable_name)
        except VariableNotFoundError as erreur:
            raise _refuser_inconnue(self, variable_name) from erreur


Cpts = EntiteCpts(
    key="cpts",
    plural="communautes",
    label="Communauté professionnelle territoriale de santé (CPTS)",
    doc="""
    Association de professionnels de santé d'un territoire, financée par un contrat tripartite avec
    l'agence régionale de santé et l'assurance maladie (code de la santé publique, L. 1434-12).
    """,
)

Region = EntiteRegion(
    key="region",
    plural="regions",
    label="Région : les communautés d'une même agence régionale de santé",
    doc="""
    Rassemble les communautés dont une agence régionale de santé suit le budget. L'appartenance à
    une région est un fait distinct de la donnée « region_ars » de chaque communauté.
    """,
    roles=[
        {
            "key": "membre",
            "plural": "membres",
            "label": "Communautés membres",
            "doc": "Les communautés que la région rassemble.",
        },
    ],
)

entities = [Cpts, Region]

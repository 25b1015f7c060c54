"""How many figures have each statut, and what each means."""

from __future__ import annotations

import collections

from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.site.matter import Matter


def meanings(matter: Matter) -> dict[str, str]:
    """Give what each statut that a figure has means, from the surest to the weakest."""
    found = counts(matter)
    return {key: meaning for key, meaning in words.STATUT_MEANINGS.items() if key in found}


def counts(matter: Matter) -> dict[str, int]:
    """Count the dated values of each statut."""
    found = collections.Counter(
        leaf.statut(date) or "" for leaf in matter.leaves for date in leaf.dates
    )
    return {key: found[key] for key in words.STATUTS if key in found}

"""What each statut means: the table of LISEZMOI.md, the one place where it is written."""

from __future__ import annotations

import collections
import re

from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.site.matter import Matter

READ_ME = "LISEZMOI.md"
LINE = re.compile(r"^\| `(?P<key>\w+)` \| (?P<meaning>.+?) \|$", re.MULTILINE)


def meanings(matter: Matter) -> dict[str, str]:
    """Give what each statut of a figure means.

    Args:
        matter: what the pages are made from.

    Returns:
        The sentence of each statut, from the surest to the weakest.

    Raises:
        KeyError: a statut that figures have has no line in the table.
    """
    lines = {found["key"]: found["meaning"] for found in LINE.finditer(matter.text(READ_ME))}
    return {key: lines[key] for key in words.STATUTS if key in lines or key in counts(matter)}


def counts(matter: Matter) -> dict[str, int]:
    """Count the dated values of each statut."""
    found = collections.Counter(
        leaf.statut(date) or "" for leaf in matter.leaves for date in leaf.dates
    )
    return {key: found[key] for key in words.STATUTS if key in found}

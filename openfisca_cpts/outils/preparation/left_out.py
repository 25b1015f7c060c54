"""Rows below the titles that are no community: totals, notes, and headings told again."""

from __future__ import annotations

import re
from collections.abc import Container

import polars

from openfisca_cpts.outils.preparation.headings import LEAST, Heading
from openfisca_cpts.outils.preparation.vocabulary import known_inputs
from openfisca_cpts.outils.simulation.strange_rows import SUSPECT, looks

NOTE = "ressemble à une note"
AGAIN = "répète les titres"
SUSPECTED = re.compile(SUSPECT)
MOST = 1
"""Cells that a note fills at most."""


def left_out(
    shown: polars.DataFrame, heading: Heading, unvalued: Container[tuple[int, int]] = ()
) -> dict[int, str]:
    """Find the rows that are no community.

    Args:
        shown: every cell of the grid as a text.
        heading: its titles.
        unvalued: places of the cells that hold an error, or a formula that was never computed.

    Returns:
        What each looks like, by the rank of its row; empty rows are not told.
    """
    known = known_inputs()
    ranks = list(heading.titles)
    found = {}
    for row, cells in enumerate(shown.rows()):
        if row <= heading.row:
            continue
        filled = {rank: cell for rank, cell in enumerate(cells) if cell}
        if not filled:
            continue
        words = next(iter(filled.values()))
        named = [filled[rank] for rank in ranks[:LEAST] if rank in filled]
        suspects = [cell for cell in named if SUSPECTED.search(cell)]
        look = next((said for said in (looks(cell, known) for cell in suspects) if said), None)
        if look is not None:
            found[row] = f"ressemble {look} (« {words} »)"
        elif any((row, rank) in unvalued for rank in ranks):
            continue
        elif len(filled) <= MOST and len(ranks) > MOST:
            found[row] = f"{NOTE} (« {words} »)"
        elif all(filled.get(rank) == title for rank, title in heading.titles.items()):
            found[row] = AGAIN
    return found

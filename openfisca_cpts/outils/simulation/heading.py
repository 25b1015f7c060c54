"""Which row of a file holds the titles, where a block of titles may stand above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars

from openfisca_cpts.outils.simulation.faults import EMPTY, Fault, TableError
from openfisca_cpts.outils.spelling import plain

ID = "id"
HEAD = 30
"""Rows that are searched for titles, from the first that holds something."""
NUMBERS = re.compile(r"[\s0-9.,%€/:+-]+")
"""Numbers, days and hours, which no title is."""
WIDER = 2
"""How many times more cells than the first row a row of titles has."""
UNNAMED = re.compile(r"Unnamed: [0-9]+")
"""The title that pandas gives to a column without one."""


def title_row(cells: polars.DataFrame, above: int = 0) -> int:
    """Find the row of the titles: the first that holds something.

    Args:
        cells: all cells of a file as texts, null where empty.
        above: rows of the file above them.

    Returns:
        Its rank.

    Raises:
        TableError: no cell holds anything, or the titles seem to stand further down.
    """
    filled = cells.select(polars.any_horizontal(polars.all().is_not_null())).to_series()
    rank = filled.arg_max() if filled.any() else None
    if rank is None:
        raise TableError([EMPTY])
    check_heading(cells[rank : rank + HEAD], above + rank)
    return rank


def check_heading(head: polars.DataFrame, above: int = 0) -> None:
    """Refuse a file whose titles stand below a block of other words.

    Args:
        head: the first rows that hold something, as texts.
        above: rows of the file above them.

    Raises:
        TableError: the titles seem to stand further down.
    """
    if not head.width or has_id(head.row(0)):
        return
    lower = _with_id(head) or _widest(head)
    if lower is None:
        return
    first = next(cell for cell in head.row(0) if cell is not None)
    titles = above + lower + 1
    raise TableError(
        [
            Fault(
                "les titres des colonnes en tête du tableau : les titres semblent être ligne "
                f"{titles} ; « openfisca-cpts prepare » lit un tel fichier, ou supprimer les "
                "lignes au-dessus et nommer les colonnes comme dans « openfisca-cpts template »",
                row=above + 1,
                value=first,
            )
        ]
    )


def has_id(titles: Sequence[str | None]) -> bool:
    """Say whether a row has the title of the identifiers, however it is written."""
    return any(plain(title) == ID for title in titles if title)


def _with_id(head: polars.DataFrame) -> int | None:
    return next((rank for rank, row in enumerate(head.rows()) if has_id(row)), None)


def _widest(head: polars.DataFrame) -> int | None:
    """Give the first of the widest rows that hold nothing but words, if it is much wider."""
    rows = [[cell for cell in row if cell and not UNNAMED.fullmatch(cell)] for row in head.rows()]
    widths = [0 if any(map(NUMBERS.fullmatch, row)) else len(row) for row in rows]
    widest = max(widths[1:], default=0)
    return widths.index(widest) if widest >= WIDER * max(len(rows[0]), 1) else None

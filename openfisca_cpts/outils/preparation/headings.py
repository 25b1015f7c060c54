"""Which row of a file holds the titles, and what the row above them spans."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import polars

from openfisca_cpts.outils.preparation.mapping import Meaning, known_count, meaning
from openfisca_cpts.outils.simulation.heading import HEAD

LEAST = 2
"""Titles that a row of titles has at least, of those that are known."""


@dataclasses.dataclass(frozen=True)
class Heading:
    """The titles of a grid.

    Attributes:
        row: rank of the row of the titles, from 0.
        titles: the titles, by the rank of their column.
        spans: what the row above says of each, where there is such a row.
        meanings: what each title stands for.
    """

    row: int
    titles: dict[int, str]
    spans: dict[int, str]
    meanings: dict[int, Meaning]

    @property
    def known(self) -> int:
        """Number of titles that stand for what a table needs."""
        return known_count(self.meanings.values())

    def whole(self, rank: int) -> str:
        """Give a title with what spans it."""
        span = self.spans.get(rank)
        return f"{span} – {self.titles[rank]}" if span else self.titles[rank]


def find_heading(shown: polars.DataFrame, given: Mapping[str, str]) -> Heading | None:
    """Find the row of the titles: the one with most titles that are known.

    Args:
        shown: the cells as texts.
        given: what the user says that some titles stand for.

    Returns:
        The titles, with what spans them; none where no row has two titles that are known.
    """
    rows = shown.head(HEAD).rows()
    counts = [
        known_count(meaning(cell) for cell in row if cell) if _of_titles(row) else 0 for row in rows
    ]
    best, row = max(((count, -rank) for rank, count in enumerate(counts)), default=(0, 0))
    row = -row
    if best < LEAST:
        return None
    titles = {rank: cell for rank, cell in enumerate(rows[row]) if cell}
    above = _spans(rows[row - 1], titles) if row else {}
    # A sentence above the table is no heading: what spans columns says something of several.
    spans = above if len(set(above.values())) >= LEAST else {}
    meanings = {rank: meaning(title, spans.get(rank, ""), given) for rank, title in titles.items()}
    return Heading(row, titles, spans, meanings)


def _of_titles(row: Sequence[str | None]) -> bool:
    """Say whether a row may hold titles: most of its cells are no numbers."""
    filled = [cell for cell in row if cell]
    numbers = [cell for cell in filled if cell.replace(",", ".").replace(".", "", 1).isdigit()]
    return bool(filled) and len(numbers) < len(filled) - len(numbers)


def _spans(row: Sequence[str | None], titles: Mapping[int, str]) -> dict[int, str]:
    """Carry each heading to the columns on its right that have none: a merged cell is its first."""
    found, last = {}, ""
    for rank, cell in enumerate(row):
        last = cell or last
        if last and rank in titles:
            found[rank] = last
    return found

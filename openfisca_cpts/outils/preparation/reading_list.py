"""The list of how each cell was read: what a person can hold against the file, cell by cell."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable

import polars

UNDERSTOOD, GUESSED, LEFT_OUT, NOT_GIVEN, REFUSED = (
    "compris",
    "deviné",
    "laissé de côté",
    "non donné",
    "refusé",
)
ORDER = (REFUSED, LEFT_OUT, GUESSED, NOT_GIVEN, UNDERSTOOD)
"""What a reader looks at first."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One cell, or one row, and what became of it.

    Attributes:
        place: where it stands: « D8 », « ligne 9 ».
        value: what it holds.
        status: one of `ORDER`.
        said: what was understood, in French.
        community: identifier of the community, where it is one's.
    """

    place: str
    value: str
    status: str
    said: str
    community: str = ""


def as_frame(entries: Iterable[Entry]) -> polars.DataFrame:
    """Give the entries as a table, what needs a look first."""
    rows = sorted(entries, key=lambda entry: ORDER.index(entry.status))
    return polars.DataFrame(
        {
            "cellule": [entry.place for entry in rows],
            "valeur": [entry.value for entry in rows],
            "lecture": [entry.status for entry in rows],
            "ce_qui_est_compris": [entry.said for entry in rows],
            "communaute": [entry.community for entry in rows],
        },
        dict.fromkeys(
            ("cellule", "valeur", "lecture", "ce_qui_est_compris", "communaute"), polars.String
        ),
    )


def counts(entries: Iterable[Entry]) -> Counter[str]:
    """Count the entries of each status."""
    return Counter(entry.status for entry in entries)

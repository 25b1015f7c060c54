"""Checks that look at more than one cell: identities, and dates that must follow each other."""

from __future__ import annotations

import numpy
import polars

from openfisca_cpts.calcul.dates import NEVER, desordres
from openfisca_cpts.outils.simulation.faults import Fault
from openfisca_cpts.outils.simulation.table import Column


def identity_faults(column: Column, rows: numpy.ndarray) -> list[Fault]:
    """Find missing and duplicate identifiers.

    Args:
        column: the column `id`.
        rows: int array, the row of the file that each community stands on.

    Returns:
        One fault per community without an identifier, or with that of an earlier one, or one that
        differs from it only by case, spaces or leading zeros (a spreadsheet eats those).
    """
    ids = column.words
    missing = ids.is_null().to_numpy()
    repeated = (~ids.is_first_distinct()).to_numpy() & ~missing
    faults = [
        Fault("un identifiant", row=int(rows[rank]), column=column.title)
        for rank in numpy.flatnonzero(missing)
    ]
    if repeated.any():
        firsts = dict(zip(ids[::-1], rows[::-1].tolist(), strict=True))
        faults += [
            Fault(
                f"un identifiant par communauté (celui-ci est aussi ligne {firsts[ids[rank]]})",
                row=int(rows[rank]),
                id=ids[rank],
                column=column.title,
                value=ids[rank],
            )
            for rank in numpy.flatnonzero(repeated).tolist()
        ]
    alike = ids.str.to_lowercase().str.replace_all(r"\s", "").str.replace("^0+(.)", "$1")
    nearly = (~alike.is_first_distinct()).to_numpy() & ~missing & ~repeated
    if nearly.any():
        first = dict(zip(alike[::-1], range(len(ids) - 1, -1, -1), strict=True))
        faults += [
            Fault(
                "un identifiant par communauté (celui-ci ne diffère de "
                f"« {ids[first[alike[rank]]]} », ligne {rows[first[alike[rank]]]}, que par la "
                "casse, les espaces ou des zéros en tête)",
                row=int(rows[rank]),
                id=ids[rank],
                column=column.title,
                value=ids[rank],
            )
            for rank in numpy.flatnonzero(nearly).tolist()
        ]
    return faults


def order_faults(
    days: dict[str, numpy.ndarray], ids: polars.Series, rows: numpy.ndarray
) -> list[Fault]:
    """Find the dates that stand after one they should come before.

    Args:
        days: datetime64[D] array of each date that the table gives, by its name.
        ids: identifier of each community.
        rows: int array, the row of the file that each community stands on.

    Returns:
        One fault per community and pair of dates.
    """
    never = numpy.full(len(rows), numpy.datetime64(NEVER))
    faults = []
    for first, second, mask in desordres(lambda name: days.get(name, never)):
        faults += [
            Fault(
                f"une date au plus tard le {days[second][rank].item():%d/%m/%Y}, celle de "
                f"« {second} »",
                row=int(rows[rank]),
                id=ids[rank],
                column=first,
                value=f"{days[first][rank].item():%d/%m/%Y}",
            )
            for rank in numpy.flatnonzero(mask).tolist()
        ]
    return faults

"""National sums that depend neither on the order of the communities nor on how they are cut.

Adding the same amounts in another order changes the last digits of a sum, and with them the bytes
of a file. `math.fsum` gives the nearest number to the exact sum, whatever the order.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.engine import apply_law

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.simulation.communities import Communities


def exact_sum(values: Iterable[polars.Series]) -> float:
    """Sum one column that comes in pieces.

    Args:
        values: series of numbers; a null counts as nothing.

    Returns:
        The sum, rounded once.
    """
    return math.fsum(
        itertools.chain.from_iterable(piece.drop_nulls().to_list() for piece in values)
    )


def national_totals(
    system: TaxBenefitSystem, communities: Communities, years: Sequence[int], variable: str
) -> dict[int, float]:
    """Sum one variable over all communities.

    Args:
        system: the law.
        communities: the communities.
        years: calendar years, in their order.
        variable: name of a number.

    Returns:
        The total of each year.
    """
    pieces: dict[int, list[polars.Series]] = {year: [] for year in years}
    frames = apply_law(system, communities, years, [variable])
    for rank, frame in enumerate(frames):
        pieces[years[rank % len(years)]].append(frame[variable])
    return {year: exact_sum(values) for year, values in pieces.items()}


def grouped_sums(
    frame: polars.DataFrame, groups: Sequence[str], columns: Sequence[str], count: str
) -> polars.DataFrame:
    """Sum numbers by group.

    Args:
        frame: the rows.
        groups: the columns that name a group.
        columns: the columns to sum; a null counts as nothing.
        count: name of the column that counts the rows.

    Returns:
        One row per group, in the order in which they come: the groups, `count` as Int64, and the
        sums, Float64 where the numbers are and Int64 where they are whole.
    """
    whole = [name for name in columns if frame.schema[name].is_integer()]
    grouped = frame.group_by(groups, maintain_order=True).agg(
        polars.len().cast(polars.Int64).alias(count),
        *(
            polars.col(name).cast(polars.Int64).sum() if name in whole else polars.col(name)
            for name in columns
        ),
    )
    return grouped.with_columns(
        polars.Series(name, map(_sum_of_list, grouped[name]), dtype=polars.Float64)
        for name in columns
        if name not in whole
    )


def _sum_of_list(values: polars.Series) -> float:
    return exact_sum([values])

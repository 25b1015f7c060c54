"""Counts communities by steps of an amount, where one mark for each would be too many."""

from __future__ import annotations

import math

import polars

NICE = (1, 2, 5, 10)
"""Widths of a step that a reader counts with, up to a power of ten."""
TEN = 10


def step(span: float, most: int) -> float:
    """Give the width of a step.

    Args:
        span: from the lowest to the highest value.
        most: number of steps that must not be exceeded by much.

    Returns:
        The narrowest of 1, 2 or 5 times a power of ten that is wide enough; 1 for no span.
    """
    if span <= 0:
        return 1
    least = span / most
    power = TEN ** math.floor(math.log10(least))
    return next(nice * power for nice in NICE if nice * power >= least)


def histogram(rows: polars.LazyFrame, column: str, most: int) -> polars.DataFrame:
    """Count the rows in each step of a column.

    Args:
        rows: the rows.
        column: a column of numbers.
        most: number of steps that must not be exceeded by much.

    Returns:
        `debut`, `fin` and `nombre` of each step that holds a row, in their order.
    """
    width = step(_span(rows, column), most)
    return (
        rows.group_by((polars.col(column) / width).floor().alias("debut") * width)
        .agg(polars.len().cast(polars.Int64).alias("nombre"))
        .select("debut", (polars.col("debut") + width).alias("fin"), "nombre")
        .sort("debut")
        .collect()
    )


def cells(
    rows: polars.LazyFrame, across: str, upward: str, most_across: int, most_upward: int
) -> polars.DataFrame:
    """Count the rows in each cell of two columns.

    Args:
        rows: the rows.
        across: column of numbers of the horizontal axis.
        upward: column of numbers of the vertical axis.
        most_across: number of steps across that must not be exceeded by much.
        most_upward: number of steps upward that must not be exceeded by much.

    Returns:
        The two columns (first value of each cell), the same with `_fin`, and `nombre`, sorted.
    """
    widths = {
        across: step(_span(rows, across), most_across),
        upward: step(_span(rows, upward), most_upward),
    }
    starts = [
        ((polars.col(name) / width).floor() * width).alias(name) for name, width in widths.items()
    ]
    return (
        rows.group_by(starts)
        .agg(polars.len().cast(polars.Int64).alias("nombre"))
        .with_columns(
            (polars.col(name) + width).alias(f"{name}_fin") for name, width in widths.items()
        )
        .sort(across, upward)
        .collect()
    )


def _span(rows: polars.LazyFrame, column: str) -> float:
    ends = rows.select(
        polars.col(column).min().alias("low"), polars.col(column).max().alias("high")
    ).collect()
    low, high = ends.row(0)
    return 0 if low is None else float(high - low)

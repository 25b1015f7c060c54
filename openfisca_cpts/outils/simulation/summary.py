"""The totals of a simulation, by year and size."""

from __future__ import annotations

import polars

COUNT = "nombre_communautes"
SUMS = ("population_retenue", "plafond_financement", "financement_annuel")
SUMMED_VARIABLES = ("taille", *SUMS)
"""The variables a result must hold to be summarised."""


def summarise(result: polars.DataFrame) -> polars.DataFrame:
    """Sum a result of `simulate` by scenario, year and size.

    Args:
        result: what `simulate` gave, with the variables of `SUMMED_VARIABLES`.

    Returns:
        One row per `scenario`, `annee` and `taille`, in the order of the result then of the
        sizes: `nombre_communautes`, then the sums of `population_retenue` (inhabitants),
        `plafond_financement` and `financement_annuel` (euros).
    """
    groups = ["scenario", "annee", "taille"]
    # The inhabitants of a country fit the 32 bits of one community; those of a large table do not.
    wide = result.with_columns(polars.col("population_retenue").cast(polars.Int64))
    return (
        wide.group_by(groups, maintain_order=True)
        .agg(polars.len().cast(polars.Int64).alias(COUNT), polars.col(*SUMS).sum())
        .sort("taille")
        .pipe(_in_order_of, result)
    )


def _in_order_of(totals: polars.DataFrame, result: polars.DataFrame) -> polars.DataFrame:
    blocks = result.select("scenario", "annee").unique(maintain_order=True)
    return blocks.join(totals, on=["scenario", "annee"], how="left", maintain_order="left_right")

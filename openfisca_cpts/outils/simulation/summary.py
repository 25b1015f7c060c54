"""The totals of a simulation, by year and size, and the contracts that run and end in it."""

from __future__ import annotations

import polars

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.outils.simulation.frames import either

COUNT = "nombre_communautes"
SUMS = ("population_retenue", "plafond_financement", "financement_annuel", "versement_annuel")
SUMMED_VARIABLES = ("taille", *SUMS)
"""The variables a result must hold to be summarised."""
CONTRACT_VARIABLES = ("date_signature_contrat", "date_fin_effective")
"""The variables a result must hold for its contracts to be counted."""


@either
def summarise(result: polars.DataFrame) -> polars.DataFrame:
    """Sum a result of `simulate` by scenario, year and size.

    Args:
        result: what `simulate` gave, with the variables of `SUMMED_VARIABLES`.

    Returns:
        One row per `scenario`, `annee` and `taille`, in the order of the result then of the
        sizes: `nombre_communautes`, then the sums of `population_retenue` (inhabitants),
        `plafond_financement`, `financement_annuel` and `versement_annuel` (euros).
    """
    groups = ["scenario", "annee", "taille"]
    # The inhabitants of a country fit the 32 bits of one community; those of a large table do not.
    wide = result.select(*groups, *SUMS).with_columns(
        polars.col("population_retenue").cast(polars.Int64)
    )
    return (
        wide.group_by(groups, maintain_order=True)
        .agg(polars.len().cast(polars.Int64).alias(COUNT), polars.col(*SUMS).sum())
        .sort("taille")
        .pipe(_in_order_of, result)
    )


def _in_order_of(totals: polars.DataFrame, result: polars.DataFrame) -> polars.DataFrame:
    blocks = result.select("scenario", "annee").unique(maintain_order=True)
    return blocks.join(totals, on=["scenario", "annee"], how="left", maintain_order="left_right")


@either
def contracts(result: polars.DataFrame) -> polars.DataFrame:
    """Count the contracts that run and that end in each year of a result.

    Args:
        result: what `simulate` gave, with the variables of `CONTRACT_VARIABLES`.

    Returns:
        One row per `scenario` and `annee`, in their order: `contrats_en_cours`, the contracts that
        cover at least one day of the year; `fins`, those that end in it; `premiere_fin` and
        `derniere_fin`, the first and the last of these days (null where there is none).
    """
    signature, end = map(polars.col, CONTRACT_VARIABLES)
    first = polars.date(polars.col("annee"), 1, 1)
    next_first = polars.date(polars.col("annee") + 1, 1, 1)
    signed = signature != NEVER
    runs = signed & (signature < end) & (signature < next_first) & (end > first)
    ends = signed & (end >= first) & (end < next_first)
    return result.group_by("scenario", "annee", maintain_order=True).agg(
        runs.sum().cast(polars.Int64).alias("contrats_en_cours"),
        ends.sum().cast(polars.Int64).alias("fins"),
        end.filter(ends).min().alias("premiere_fin"),
        end.filter(ends).max().alias("derniere_fin"),
    )

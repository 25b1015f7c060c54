"""Who changes size from one year to the next under one law, and who stands near a threshold."""

from __future__ import annotations

from collections.abc import Sequence

import polars

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.frames import either

SIZE, PEOPLE, EARNED = "taille", "population_retenue", "financement_annuel"
SIGNED = "date_signature_contrat"
UNKNOWN = "indeterminee"
NEAR = 0.05
"""Distance to a threshold, as a share of it, below which a community stands near it."""


@either
def size_changes_between_years(result: polars.DataFrame) -> polars.DataFrame:
    """Find the communities that change size from one year to the next, under each law.

    Args:
        result: rows of `simulate` for several years, with `taille`, `population_retenue` and
            `financement_annuel`; with `date_signature_contrat`, the day it takes effect is known.

    Returns:
        One row per change: `scenario`, `annee`, `id`, `nom`, `taille_avant`, `taille`,
        `population_retenue` (inhabitants), `anniversaire` (the day of the contract's year from
        which the new size counts, null without a contract) and `ecart_annee`, the financing of
        the year less that of the year before, in euros: all that changed is in it.

    Raises:
        RequestError: a column is missing.
    """
    missing = [name for name in (SIZE, PEOPLE, EARNED) if name not in result.columns]
    if missing:
        raise RequestError(
            f"Le résultat n'a pas « {missing[0]} » : la demander parmi les variables."
        )
    before = result.select(
        "scenario",
        (polars.col("annee") + 1).alias("annee"),
        "id",
        polars.col(SIZE).alias("taille_avant"),
        polars.col(EARNED).alias("avant"),
    )
    moved = result.join(before, on=["scenario", "annee", "id"], how="inner", maintain_order="left")
    size = polars.col(SIZE)
    anniversary = polars.lit(None, polars.Date)
    if SIGNED in result.columns:
        signed = polars.col(SIGNED)
        years = polars.format("{}y", polars.col("annee") - signed.dt.year())
        # A contract that is signed this year or later has no anniversary in it.
        running = (signed != NEVER) & (signed.dt.year() < polars.col("annee"))
        anniversary = polars.when(running).then(signed.dt.offset_by(years))
    return moved.filter(
        (size != polars.col("taille_avant"))
        & (size != UNKNOWN)
        & (polars.col("taille_avant") != UNKNOWN)
    ).select(
        *("scenario", "annee", "id", "nom", "taille_avant", SIZE, PEOPLE),
        anniversary.alias("anniversaire"),
        (polars.col(EARNED) - polars.col("avant")).alias("ecart_annee"),
    )


@either
def near_thresholds(
    result: polars.DataFrame, thresholds: Sequence[int], within: float = NEAR
) -> polars.DataFrame:
    """Find the communities whose population is near a threshold.

    Args:
        result: rows of `simulate`, with `taille` and `population_retenue`.
        thresholds: the thresholds, in inhabitants.
        within: distance to a threshold, as a share of it.

    Returns:
        One row per community and threshold: `scenario`, `annee`, `id`, `nom`, `taille`,
        `population_retenue`, `seuil`, `habitants` above it (below: less than zero) and `part`.
    """
    gap = polars.col(PEOPLE) - polars.col("seuil")
    crossed = result.filter(polars.col(PEOPLE) > 0).join(
        polars.DataFrame({"seuil": list(thresholds)}, {"seuil": polars.Int64}), how="cross"
    )
    return (
        crossed.with_columns(gap.alias("habitants"), (gap / polars.col("seuil")).alias("part"))
        .filter(polars.col("part").abs() <= within)
        .select(*("scenario", "annee", "id", "nom", SIZE, PEOPLE, "seuil", "habitants", "part"))
        .sort("annee", polars.col("part").abs(), maintain_order=True)
    )

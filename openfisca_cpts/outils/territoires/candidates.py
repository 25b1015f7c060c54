"""Candidate territories: all of France grouped by its intercommunal bodies, as a ready table.

The populations are real; the grouping is ours: no community has to follow it.
"""

from __future__ import annotations

import polars

from openfisca_cpts.outils.territoires.census import (
    CENSUS_AGE,
    censuses,
    column,
    communes,
    epcis,
)
from openfisca_cpts.outils.territoires.population import by_epci, count
from openfisca_cpts.outils.territoires.region_names import names_by_code


def candidates() -> polars.DataFrame:
    """Give one community per intercommunal body, as `simulate` takes a table.

    Returns:
        `id` (SIREN), `nom`, `region` (name of the region of most of its inhabitants), then
        `population_N`, in force in each year N that the package has a census for.
    """
    membership = by_epci()
    counted = count(membership).communities
    newest = column(censuses()[-1])
    regions = (
        membership.join(communes(), on="code", how="inner")
        .group_by("id", "region")
        .agg(polars.col(newest).sum())
        .sort("id", newest, "region", descending=[False, True, False])
        .group_by("id", maintain_order=True)
        .first()
    )
    return (
        counted.join(epcis(), left_on="id", right_on="siren", how="left", maintain_order="left")
        .join(regions.select("id", "region"), on="id", how="left", maintain_order="left")
        .select(
            "id",
            "nom",
            polars.col("region").replace_strict(names_by_code()),
            *(
                polars.col(column(census)).alias(f"population_{census + CENSUS_AGE}")
                for census in censuses()
            ),
        )
    )


def left_out() -> polars.DataFrame:
    """Give the communes that no intercommunal body has.

    Returns:
        `code`, `nom`, `habitants` of the last census, `agence`: whether their region has one.
    """
    whole = communes().filter(polars.col("ville").is_null() & polars.col("epci").is_null())
    newest = column(censuses()[-1])
    return whole.select(
        "code",
        "nom",
        polars.col(newest).alias("habitants"),
        polars.col("region").is_in(list(names_by_code())).fill_null(False).alias("agence"),
    )

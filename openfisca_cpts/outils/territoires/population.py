"""The inhabitants of communities, each a list of communes, at every census."""

from __future__ import annotations

import dataclasses

import polars

from openfisca_cpts.outils.territoires.census import censuses, column, communes

MISSING = "sans_chiffre_"
"""Prefix of the number of communes of a community that a census does not count."""


@dataclasses.dataclass(frozen=True)
class Counted:
    """The inhabitants of some communities.

    Attributes:
        communities: one row per community, in their order: `id`, `communes` (their number), the
            inhabitants of each census (null where no commune has a figure), and the number of
            communes without one, `sans_chiffre_…`.
        faults: what cannot be: sentences of French, by community.
        remarks: what was counted once, or in several communities.
    """

    communities: polars.DataFrame
    faults: list[str]
    remarks: list[str]


def count(membership: polars.DataFrame) -> Counted:
    """Sum the inhabitants of communities.

    Args:
        membership: one row per community and commune: `id`, and `code` of a commune of today.

    Returns:
        The sums, and what is wrong or was said twice. A commune that stands twice in a community
        counts once; one that stands in several counts in each, and is said.
    """
    once = membership.select("id", "code").unique(maintain_order=True)
    remarks = []
    twice = membership.height - once.height
    if twice:
        rows = membership.group_by("id", "code", maintain_order=True).len()
        names = _named(rows.filter(polars.col("len") > 1))
        remarks.append(f"Communes données plusieurs fois, comptées une seule : {names}.")
    shared = once.group_by("code", maintain_order=True).agg(polars.col("id"))
    for code, owners in shared.filter(polars.col("id").list.len() > 1).iter_rows():
        remarks.append(
            f"La commune {code} est dans plusieurs communautés ({', '.join(map(str, owners))}) : "
            "ses habitants y comptent chaque fois."
        )
    known = once.join(communes(), on="code", how="inner", maintain_order="left")
    faults = _cities(known)
    years = [column(census) for census in censuses()]
    sums = known.group_by("id", maintain_order=True).agg(
        polars.len().cast(polars.Int64).alias("communes"),
        *(
            polars.when(polars.col(name).count() > 0)
            .then(polars.col(name).cast(polars.Int64).sum())
            .alias(name)
            for name in years
        ),
        *(polars.col(name).null_count().cast(polars.Int64).alias(MISSING + name) for name in years),
    )
    return Counted(sums, faults, remarks)


def _cities(known: polars.DataFrame) -> list[str]:
    """Find the cities that stand beside one of their arrondissements."""
    parts = known.filter(polars.col("ville").is_not_null())
    both = parts.join(
        known.select("id", polars.col("code").alias("ville"), polars.col("nom").alias("nom_ville")),
        on=["id", "ville"],
        how="inner",
        maintain_order="left",
    )
    return [
        f"{row['code']} {row['nom']} est une partie de {row['ville']} {row['nom_ville']} : donner "
        "la ville, ou ses arrondissements."
        for row in both.iter_rows(named=True)
    ]


def _named(rows: polars.DataFrame) -> str:
    named = rows.join(communes(), on="code", how="inner", maintain_order="left")
    return ", ".join(f"{code} {name}" for code, name in named.select("code", "nom").rows())


def by_epci() -> polars.DataFrame:
    """Give the communes of every intercommunal body, and count those that have none.

    Returns:
        `id` (SIREN) and `code`, without arrondissements.
    """
    whole = communes().filter(polars.col("ville").is_null() & polars.col("epci").is_not_null())
    return whole.select(polars.col("epci").alias("id"), "code").sort("id", "code")

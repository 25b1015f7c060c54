"""What a reader looks at first in a study: totals against the law, gains, losses, contracts.

Every table is small and is computed from the rows where they are: a study of millions of rows is
never held in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT, size_changes, winners_losers
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.summary import (
    CONTRACT_VARIABLES,
    COUNT,
    SUMMED_VARIABLES,
    SUMS,
    contracts,
)
from openfisca_cpts.outils.simulation.variants import CONVENTIONS

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

GAP = "ecart_"
"""Prefix of a difference from the law in force."""
MEASURES = ("financement_annuel", "versement_annuel")
"""The amounts whose difference from the law in force is shown: earned, and paid."""
INHABITANTS = SUMS[0]
MILLIONTHS = 1_000_000
ORDINARY = "plafond_financement_courant"
"""The ceiling of a year without a crisis; that of `SUMS` counts one."""
AMOUNTS = (ORDINARY, *SUMS[1:])
"""The amounts that are added up."""
SHOWN_VARIABLES = (*SUMMED_VARIABLES, ORDINARY, *CONTRACT_VARIABLES, "region_ars")
"""What the tables of a study read, computed whether or not it is asked for."""


def totals(study: Study, by: Sequence[str] = ()) -> polars.DataFrame:
    """Sum the amounts of a study.

    Args:
        study: a study with the variables of `summary.SUMMED_VARIABLES`.
        by: columns to break the totals down by.

    Returns:
        One row per `annee`, `scenario` and value of `by`, in the order of the years, of the
        scenarios, then of the values: `nombre_communautes`, the inhabitants, the amounts in euros,
        and the difference `ecart_…` of each of `MEASURES` from the law in force. The values of
        `by` are those of the law in force: a community that a reform resizes stays in its group,
        and the difference is what the reform changes for the same communities.
    """
    groups = ["annee", "scenario", *by]
    sums = (
        _grouped_as_in_law(study.rows, by)
        .group_by(groups)
        .agg(polars.len().cast(polars.Int64).alias(COUNT), *map(total, (INHABITANTS, *AMOUNTS)))
        .collect()
    )
    law = sums.filter(polars.col("scenario") == BASELINE).select("annee", *by, *MEASURES)
    compared = sums.join(
        law, on=["annee", *by], how="left", nulls_equal=True, suffix="_du_droit"
    ).select(
        *groups,
        COUNT,
        INHABITANTS,
        *AMOUNTS,
        *(
            (polars.col(name) - polars.col(f"{name}_du_droit").fill_null(0)).alias(GAP + name)
            for name in MEASURES
        ),
    )
    return in_order(compared, study, by)


def _grouped_as_in_law(rows: polars.LazyFrame, by: Sequence[str]) -> polars.LazyFrame:
    if not by:
        return rows
    key = ["annee", "id"]
    law = rows.filter(polars.col("scenario") == BASELINE).select(*key, *by)
    return rows.drop(by).join(law, on=key, how="left")


def total(name: str) -> polars.Expr:
    """Sum a column exactly, so that no order of the rows changes the last digits of a total.

    Args:
        name: a column of inhabitants, or of euros.

    Returns:
        The sum; that of euros is computed on whole millionths.
    """
    column = polars.col(name)
    if name == INHABITANTS:
        # The inhabitants of a country fit the 32 bits of one community; those of a table do not.
        return column.cast(polars.Int64).sum()
    return ((column * MILLIONTHS).round().cast(polars.Int64).sum() / MILLIONTHS).alias(name)


def in_order(table: polars.DataFrame, study: Study, by: Sequence[str] = ()) -> polars.DataFrame:
    """Put a table in the order of the years, of the scenarios, then of some columns.

    Args:
        table: a table with the columns `annee` and `scenario`.
        study: the study that it comes from.
        by: the columns that come next.

    Returns:
        The same rows.
    """
    names = [scenario.name for scenario in study.scenarios]
    rank = polars.col("scenario").replace_strict(
        names, list(range(len(names))), return_dtype=polars.Int64
    )
    return table.sort(polars.col("annee"), rank, *by, nulls_last=True)


def movements(study: Study) -> polars.DataFrame:
    """Count who wins and who loses under each reform, for each of `MEASURES`.

    Args:
        study: the study.

    Returns:
        What `analysis.winners_losers` gives, with the column `variable` first; no row without a
        reform.
    """
    tables = [
        winners_losers(study.rows, name).select(polars.lit(name).alias("variable"), polars.all())
        for name in MEASURES
    ]
    return polars.concat(tables)


def resized(study: Study) -> polars.DataFrame:
    """Count the communities that a reform puts in another size.

    Args:
        study: the study.

    Returns:
        What `analysis.size_changes` gives for the scenarios and years in which at least one
        community changes; no row where none does.
    """
    table = size_changes(study.rows)
    moved = table.filter(polars.col("taille_droit_en_vigueur") != polars.col("taille_reforme"))
    return table.join(moved, on=["scenario", "annee"], how="semi", maintain_order="left")


def contracts_of_law(study: Study) -> polars.DataFrame:
    """Count the contracts that run and that end, under the law in force.

    Args:
        study: the study.

    Returns:
        What `summary.contracts` gives.
    """
    law = study.rows.filter(polars.col("scenario") == BASELINE)
    return contracts(law.select("scenario", "annee", *CONTRACT_VARIABLES).collect())


def moves(ranges: polars.DataFrame) -> bool:
    """Say whether a convention moves a total.

    Args:
        ranges: rows of the table of ranges, of one variable.

    Returns:
        Whether some total of one scenario and year moves by more than half a cent.
    """
    found = spans(ranges)
    return bool((found["haut"] - found["bas"] > HALF_A_CENT).any())


def still(title: str, nothing: bool, years: Sequence[int]) -> str:
    """Say that no convention moves a total, and why where there is nothing to move.

    Args:
        title: what the total is of, in French.
        nothing: whether it is zero under every convention.
        years: the years of the total, in their order.

    Returns:
        A sentence of French.
    """
    first, last = years[0], years[-1]
    when = f"en {first}" if first == last else f"de {first} à {last}"
    if nothing:
        return f"{title} : rien {when}, les autres conventions n'ont rien à déplacer."
    return f"{title} : aucune autre convention ne change le total {when}."


def spans(ranges: polars.DataFrame) -> polars.DataFrame:
    """Give the lowest and the highest of some totals, and what the kept conventions give.

    Args:
        ranges: rows of the table of ranges, of one variable.

    Returns:
        `scenario`, `annee`, `bas`, `haut`, `retenu` (euros), in the order of the rows.
    """
    total = polars.col("total")
    return ranges.group_by("scenario", "annee", maintain_order=True).agg(
        total.min().alias("bas"),
        total.max().alias("haut"),
        total.filter(polars.col("variante") == CONVENTIONS).first().alias("retenu"),
    )

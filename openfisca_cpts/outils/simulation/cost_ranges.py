"""Between what and what the cost of each reform moves when a convention is chosen otherwise.

The cost is the total of the reform less that of the law under the same convention: the range of the
totals says nothing of it, since both totals may move together, or apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars

from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.study_tables import MILLIONTHS
from openfisca_cpts.outils.simulation.variants import CONVENTIONS

LOW, KEPT, HIGH = "bas", "retenu", "haut"
KEY = ["scenario", "annee", "variable"]


def cost_ranges(ranges: polars.DataFrame) -> polars.DataFrame:
    """Give the lowest and the highest cost of each reform, and that of the kept conventions.

    Args:
        ranges: the table of ranges of a study.

    Returns:
        One row per reform, year and amount, in the order of the table: `scenario`, `annee`,
        `variable`, `bas`, `retenu`, `haut` (euros, less than zero where the reform saves), and
        the names of the conventions of the two ends, `convention_bas` and `convention_haut`.
    """
    law = ranges.filter(polars.col("scenario") == BASELINE).drop("scenario")
    same = ["annee", "variable", "variante"]
    cost = (polars.col("total") - polars.col("total_du_droit")) * MILLIONTHS
    costs = (
        ranges.filter(polars.col("scenario") != BASELINE)
        .join(law, on=same, how="left", suffix="_du_droit", maintain_order="left")
        # Two totals are exact; what their difference adds far below a cent is no order.
        .with_columns((cost.round() / MILLIONTHS).alias("cout"))
    )
    convention, amount = polars.col("variante"), polars.col("cout")
    return costs.group_by(KEY, maintain_order=True).agg(
        amount.min().alias(LOW),
        amount.filter(convention == CONVENTIONS).first().alias(KEPT),
        amount.max().alias(HIGH),
        convention.get(amount.arg_min()).alias(f"convention_{LOW}"),
        convention.get(amount.arg_max()).alias(f"convention_{HIGH}"),
    )


def moving(costs: polars.DataFrame) -> polars.DataFrame:
    """Keep the costs that a convention moves by a cent at least."""
    return costs.filter(polars.col(HIGH) - polars.col(LOW) > HALF_A_CENT)


def stored(ranges: polars.DataFrame, amounts: Sequence[str]) -> list[dict[str, Any]]:
    """Give the ranges of the totals and of the costs as the run record keeps them.

    Args:
        ranges: the table of ranges of a study.
        amounts: names of the amounts to keep.

    Returns:
        One table per scenario, year and amount: `total`, and for a reform `cout`, each with `bas`,
        `retenu` and `haut` in euros.
    """
    total = polars.col("total")
    totals = (
        ranges.filter(polars.col("variable").is_in(list(amounts)))
        .group_by(KEY, maintain_order=True)
        .agg(
            total.min().alias(LOW),
            total.filter(polars.col("variante") == CONVENTIONS).first().alias(KEPT),
            total.max().alias(HIGH),
        )
    )
    costs = {
        tuple(row[name] for name in KEY): row for row in cost_ranges(ranges).iter_rows(named=True)
    }
    found = []
    for row in totals.iter_rows(named=True):
        item = {name: row[name] for name in KEY} | {"total": _ends(row)}
        cost = costs.get(tuple(row[name] for name in KEY))
        found.append(item if cost is None else item | {"cout": _ends(cost)})
    return found


def _ends(row: dict[str, Any]) -> dict[str, float]:
    return {name: row[name] for name in (LOW, KEPT, HIGH)}

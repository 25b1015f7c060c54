"""The tables of payment plans put side by side: each month, what has come in so far, the range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.sums import exact_sum
from openfisca_cpts.outils.tables.described import Column, Table
from openfisca_cpts.outils.typography import share

if TYPE_CHECKING:
    from openfisca_cpts.outils.plan import Schedule

WHOLE = "ensemble"
RANGE = {
    "sur": "Bas (taux à 0 %)",
    "montant": "Avec les taux donnés",
    "plafond": "Haut (taux à 100 %)",
}
"""The amounts of a line, from the least that it could be."""


def range_names(plans: Sequence[Schedule]) -> dict[str, str]:
    """Name the amounts of a line, with the rate that is assumed where none is given."""
    names = dict(RANGE)
    rate = plans[0].taux_suppose
    if rate is not None:
        names["montant"] += f", sinon {share(rate)} (supposé)"
    return names


def labels(plans: Sequence[Schedule], short: bool = False) -> list[str]:
    """Name plans so that no two have the same name.

    Args:
        plans: the plans.
        short: whether a reform is named as a command takes it, rather than by its title.

    Returns:
        The name of each community, or its identifier, both where names are shared; with it, or
        alone where there is one community, the law where there are several.
    """
    ids = {plan.id: plan.nom or plan.id for plan in plans}
    shared = Counter(ids.values())
    names = [
        ids[plan.id] if shared[ids[plan.id]] == 1 else f"{ids[plan.id]} ({plan.id})"
        for plan in plans
    ]
    if len({plan.scenario for plan in plans}) == 1:
        return names
    laws = [
        plan.scenario if short and plan.scenario != BASELINE else plan.titre_scenario
        for plan in plans
    ]
    if len(ids) == 1:
        return laws
    return [f"{name} : {law[0].lower()}{law[1:]}" for name, law in zip(names, laws, strict=True)]


def references(plans: Sequence[Schedule]) -> list[int | None]:
    """Say what each plan is compared with.

    Args:
        plans: the plans, the law in force first for each community.

    Returns:
        For a plan under a reform, the rank of that of the same community under the law in force;
        where there is one law alone, that of the first plan; none for what is compared with.
    """
    first: dict[str, int] = {}
    found: list[int | None] = []
    several = len({plan.scenario for plan in plans}) > 1
    for rank, plan in enumerate(plans):
        base = first.setdefault(plan.id if several else "", rank)
        found.append(None if base == rank else base)
    return found


def monthly(plans: Sequence[Schedule], amount: str = "montant") -> polars.DataFrame:
    """Give what each month pays under each plan.

    Args:
        plans: the plans, over the same months.
        amount: which amount of a line: one of `RANGE`.

    Returns:
        One row per month, `mois` (AAAA-MM), then one column per plan, named by its rank.
    """
    grid = polars.DataFrame({"mois": plans[0].mois}, schema={"mois": polars.String})
    for rank, plan in enumerate(plans):
        paid = {
            str(month): exact_sum([lines[amount]])
            for (month,), lines in plan.versements.group_by("mois")
        }
        column = [paid.get(month, 0.0) for month in plans[0].mois]
        grid = grid.with_columns(polars.Series(str(rank), column, dtype=polars.Float64))
    return grid


def tables(plans: Sequence[Schedule]) -> list[Table]:
    """Describe plans side by side.

    Args:
        plans: at least one plan; all are over the same months.

    Returns:
        What each month pays, what has come in so far with the differences, and the range.
    """
    return [_monthly(plans), _cumulative(plans), _range(plans)]


def _monthly(plans: Sequence[Schedule]) -> Table:
    grid = monthly(plans)
    ranks = grid.columns[1:]
    moving = grid.filter(polars.any_horizontal(polars.col(rank) != 0 for rank in ranks))
    whole = {rank: exact_sum([grid[rank]]) for rank in ranks}
    rows = polars.concat(
        [
            moving.with_columns(polars.col("mois").map_elements(in_french, polars.String)),
            polars.DataFrame({"mois": [WHOLE]} | {rank: [sum_] for rank, sum_ in whole.items()}),
        ]
    )
    return Table(
        key="mois",
        title="Versé chaque mois",
        columns=_columns(plans),
        rows=rows,
        totals=frozenset([rows.height - 1]),
        remarks=["Les autres mois ne paient rien."] if moving.height < grid.height else [],
    )


def _cumulative(plans: Sequence[Schedule]) -> Table:
    grid = monthly(plans)
    ranks = grid.columns[1:]
    moves = polars.any_horizontal(polars.col(rank) != 0 for rank in ranks)
    running = grid.with_columns(polars.col(rank).cum_sum() for rank in ranks)
    columns = _columns(plans)
    for rank, base in enumerate(references(plans)):
        if base is not None:
            name = f"ecart_{rank}"
            running = running.with_columns(
                (polars.col(str(rank)) - polars.col(str(base))).alias(name)
            )
            label, short = (labels(plans, each)[rank] for each in (False, True))
            columns.append(Column(name, f"Écart, {label}", "ecart", f"Écart, {short}"))
    shown = running.filter(grid.select(moves.alias("moves"))["moves"])
    return Table(
        key="cumul",
        title="Cumul depuis le premier mois",
        columns=columns,
        rows=shown.with_columns(polars.col("mois").map_elements(in_french, polars.String)),
    )


def _range(plans: Sequence[Schedule]) -> Table:
    sums = {
        amount: [exact_sum([plan.versements[amount]]) for plan in plans]
        for amount in range_names(plans)
    }
    given = sums["montant"]
    gaps = [
        None if base is None else given[rank] - given[base]
        for rank, base in enumerate(references(plans))
    ]
    columns = [
        Column("plan", "Plan"),
        *(Column(amount, name, "euros") for amount, name in range_names(plans).items()),
    ]
    if len(plans) > 1:
        columns.append(Column("ecart", "Écart", "ecart"))
    return Table(
        key="fourchette",
        title="Sur l'ensemble des mois",
        columns=columns,
        rows=polars.DataFrame({"plan": labels(plans), **sums, "ecart": gaps}, strict=False),
    )


def _columns(plans: Sequence[Schedule]) -> list[Column]:
    named = enumerate(zip(labels(plans), labels(plans, short=True), strict=True))
    columns = [Column(str(rank), label, "euros", short) for rank, (label, short) in named]
    return [Column("mois", "Mois"), *columns]


def in_french(month: str) -> str:
    """Write a month as a French reader does: `12/2026`."""
    year, _, rank = month.partition("-")
    return f"{rank}/{year}"

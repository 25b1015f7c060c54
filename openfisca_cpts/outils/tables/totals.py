"""The totals of a study, by year and scenario, against the law in force."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation import study_tables
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.study_tables import (
    AMOUNTS,
    GAP,
    INHABITANTS,
    MEASURES,
    ORDINARY,
)
from openfisca_cpts.outils.simulation.summary import COUNT
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import Column, Table
from openfisca_cpts.outils.tables.groups import heading, titles

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

MEAN, SHARE = "moyenne_", "part_"
"""Prefixes of the mean of a community, and of a difference as a share of the law in force."""
WHOLE = "ensemble"


def totals(study: Study, by: Sequence[str] = (), whole: Table | None = None) -> Table:
    """Describe the totals.

    Args:
        study: the study.
        by: columns to break them down by; a community stays in its group under the law in force.
        whole: the totals that are not broken down, where each year ends with its own.

    Returns:
        The table: inhabitants, amounts in euros and, where there is a reform, their differences
        from the law in force.
    """
    found = study_tables.totals(study, by)
    reformed = len(study.scenarios) > 1
    columns = [amounts.YEAR, *(amounts.SCENARIO if reformed else ())]
    columns += [Column(name, heading(name)) for name in by]
    columns.append(Column(COUNT, "Communautés", "nombre", "CPTS"))
    columns.append(Column(INHABITANTS, "Habitants", "nombre", detail=reformed))
    shown = amounts.shown(study, found)
    for amount in (*shown, *(amount for amount in AMOUNTS if amount not in shown)):
        columns += _of_amount(study, amount, bool(by), reformed)
    rows = found.with_columns(
        *(titles(study, name, found[name]) for name in by),
        *((polars.col(amount) / polars.col(COUNT)).alias(MEAN + amount) for amount in AMOUNTS),
        *(_share(amount).alias(SHARE + amount) for amount in MEASURES),
        # The law has no difference from itself.
        *(_of_reform(polars.col(GAP + amount)).alias(GAP + amount) for amount in MEASURES),
    )
    rows = amounts.named(study, rows)
    ranks: list[int] = []
    if whole is not None:
        rows, ranks = _with_whole(rows, whole.rows, by)
    # What full coverage could cost is asked of groups under one law.
    grouped = AMOUNTS[: AMOUNTS.index(MEASURES[0])] if by and not reformed else ()
    ceilings = {amount: amounts.name(study, amount) for amount in grouped}
    return Table(
        key="totaux_detailles" if by else "totaux",
        title="Totaux détaillés" if by else "Totaux",
        columns=columns,
        rows=rows,
        totals=frozenset(ranks),
        amounts=ceilings | shown,
    )


def _with_whole(
    rows: polars.DataFrame, whole: polars.DataFrame, by: Sequence[str]
) -> tuple[polars.DataFrame, list[int]]:
    """Add the row of each whole year after its groups, and give the ranks of these rows."""
    first, *others = by
    named = whole.with_columns(
        polars.lit(WHOLE).alias(first), *(polars.lit("").alias(name) for name in others)
    )
    every = polars.concat([rows, named.select(rows.columns)]).sort(
        "annee", polars.col(first) == WHOLE, maintain_order=True
    )
    return every, [rank for rank, title in enumerate(every[first]) if title == WHOLE]


def _of_amount(study: Study, amount: str, grouped: bool, reformed: bool) -> list[Column]:
    name, short = amounts.name(study, amount), amounts.NAMES[amount][1]
    columns = [Column(amount, name, "euros", short, amount)]
    if grouped and amount in MEASURES:
        mean = Column(MEAN + amount, f"Moyenne, {name.lower()}", "euros", "Moyenne", amount, True)
        columns.append(mean)
    if reformed and amount in MEASURES:
        columns.append(Column(GAP + amount, f"Écart, {name.lower()}", "ecart", "Écart", amount))
        columns.append(Column(SHARE + amount, f"Écart, {name.lower()}, %", "part", "%", amount))
    return columns


def _share(amount: str) -> polars.Expr:
    gap = polars.col(GAP + amount)
    before = polars.col(amount) - gap
    return _of_reform(polars.when(before != 0).then(gap / before))


def _of_reform(value: polars.Expr) -> polars.Expr:
    return polars.when(polars.col("scenario") != BASELINE).then(value)


def by_size(study: Study, whole: Table) -> Table:
    """Describe the totals of each year by size, and those of the year: what a screen shows first.

    Args:
        study: a study of the law in force alone.
        whole: its totals that are not broken down.

    Returns:
        The table; the row of a whole year is one of its totals.
    """
    # Two ceilings find no room beside what is earned and paid.
    table = totals(study, ("taille",), whole).without(ORDINARY, detail=False)
    return dataclasses.replace(
        table, key="totaux_par_taille", title="Totaux par taille", amounts=None
    )

"""The last year of a study before, after, and the difference: by group, community by community."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation import study_tables
from openfisca_cpts.outils.simulation.columns import nearest
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.study_tables import INHABITANTS
from openfisca_cpts.outils.simulation.summary import COUNT
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import Column, Table
from openfisca_cpts.outils.tables.groups import REGION, SIZE, WORDS, heading, titles
from openfisca_cpts.outils.tables.totals import WHOLE

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

GAP, EACH = "ecart_", "par_habitant_"
"""Prefixes of a difference from the law in force, and of an amount per inhabitant."""
COMMUNITIES, CASES = "communautes", "cas"
"""Keys of the tables of all the communities, and of those that are named."""


def group_key(column: str) -> str:
    """Give the key of the table of the groups that a column makes."""
    return f"avant_apres_{column}"


def by_group(study: Study, column: str, whole: Table) -> Table:
    """Describe the last year by group.

    Args:
        study: the study.
        column: the column that makes the groups, which are those of the law in force.
        whole: its totals that are not broken down.

    Returns:
        One row per group, then that of the whole: communities, inhabitants; for each amount, the
        law in force, its euros per inhabitant, then each reform and its difference.
    """
    shown, last = whole.amounts or {}, study.years[-1]
    found = study_tables.totals(study, (column,)).filter(polars.col("annee") == last)
    counted = ["scenario", COUNT, INHABITANTS, *shown]
    own = polars.concat(
        [
            found.with_columns(titles(study, column, found[column])).select(column, *counted),
            whole.rows.filter(polars.col("annee") == last).select(
                polars.lit(WHOLE).alias(column), *counted
            ),
        ],
        how="vertical_relaxed",
    )
    people = polars.col(INHABITANTS)
    rows = _side_by_side(own, study, [column], [COUNT, INHABITANTS], list(shown)).with_columns(
        polars.when(people > 0).then(polars.col(f"{amount}_0") / people).alias(EACH + amount)
        for amount in shown
    )
    columns = [
        Column(column, heading(column)),
        Column(COUNT, "Communautés", "nombre", "CPTS"),
        Column(INHABITANTS, "Habitants", "nombre", detail=len(study.scenarios) > 1),
    ]
    for amount, name in shown.items():
        law, *others = _columns(study, amount, name)
        label = f"{name}, par habitant"
        each = Column(EACH + amount, label, "euros", "Par habitant", amount, detail=True)
        columns += [law, each, *others]
    return Table(
        key=group_key(column),
        title=f"Par {WORDS.get(column, column)} en {last}",
        columns=columns,
        rows=rows,
        amounts=shown,
        totals=frozenset([rows.height - 1]),
        files_only=True,
    )


def by_community(study: Study, whole: Table) -> Table:
    """Describe the last year community by community.

    Args:
        study: the study.
        whole: its totals that are not broken down.

    Returns:
        One row per community, the greatest difference under the first reform first, or else the
        greatest amount: its size and region under the law in force, then for each amount the law
        in force, each reform and its difference.
    """
    shown, last = whole.amounts or {}, study.years[-1]
    kept = [name for name in study.keep if name not in (SIZE, REGION)]
    told = ["nom", SIZE, REGION, *kept]
    own = (
        study.rows.filter(polars.col("annee") == last)
        .select("scenario", "id", *told, *shown)
        .collect()
    )
    rows = _side_by_side(own, study, ["id"], told, list(shown))
    rows = rows.with_columns(titles(study, name, rows[name]).alias(name) for name in (SIZE, REGION))
    first = next(iter(shown))
    key = f"{GAP}{first}_1" if len(study.scenarios) > 1 else f"{first}_0"
    columns = [
        Column("id", "Identifiant"),
        Column("nom", "Nom"),
        *(Column(name, heading(name)) for name in (SIZE, REGION)),
        *(Column(name, name) for name in kept),
    ]
    for amount, name in shown.items():
        columns += _columns(study, amount, name)
    return Table(
        key=COMMUNITIES,
        title=f"Communautés, {last}",
        columns=columns,
        rows=rows.sort([key, "id"], descending=[True, False], nulls_last=True),
        amounts=shown,
        files_only=True,
    )


def cases(study: Study, ids: Sequence[str], whole: Table) -> Table:
    """Describe some communities by name, each year, beside what all of them add up to.

    Args:
        study: the study.
        ids: their identifiers.
        whole: its totals that are not broken down.

    Returns:
        One row per year and community, in the order of the identifiers: its size under the law in
        force; for each amount the law in force, each reform and its difference.

    Raises:
        RequestError: no community of the table has one of the identifiers.
    """
    known = study.communities.identities["id"].to_list()
    for each in ids:
        if each not in known:
            near = nearest(each, known)
            advice = f" (le plus proche : « {near} »)" if near else ""
            raise RequestError(f"« --case {each} » : aucune communauté n'a cet « id »{advice}.")
    shown = whole.amounts or {}
    own = (
        study.rows.filter(polars.col("id").is_in(list(ids)))
        .select("scenario", "annee", "id", "nom", SIZE, *shown)
        .collect()
    )
    rows = _side_by_side(own, study, ["id", "annee"], ["nom", SIZE], list(shown))
    rank = polars.col("id").replace_strict(list(ids), list(range(len(ids))))
    rows = rows.with_columns(
        polars.coalesce("nom", "id").alias("nom"), titles(study, SIZE, rows[SIZE])
    ).sort("annee", rank)
    columns = [amounts.YEAR, Column("nom", "Communauté"), Column(SIZE, heading(SIZE))]
    for amount, name in shown.items():
        columns += _columns(study, amount, name)
    return Table(key=CASES, title="Cas", columns=columns, rows=rows, amounts=shown)


def _columns(study: Study, amount: str, name: str) -> list[Column]:
    """Describe the columns of an amount: the law in force, each reform and its difference."""
    law, *reforms = study.scenarios
    if not reforms:
        return [Column(f"{amount}_0", name, "euros", amounts.NAMES[amount][1], amount)]
    columns = [Column(f"{amount}_0", f"{name}, {law.title.lower()}", "euros", law.title, amount)]
    for rank, reform in enumerate(reforms, start=1):
        title = f"{reform.title[0].lower()}{reform.title[1:]}"
        columns.append(
            Column(f"{amount}_{rank}", f"{name}, {title}", "euros", reform.title, amount)
        )
        label = f"Écart, {name.lower()}, {title}"
        short = "Écart" if len(reforms) == 1 else f"Écart, {title}"
        columns.append(Column(f"{GAP}{amount}_{rank}", label, "ecart", short, amount))
    return columns


def _side_by_side(
    rows: polars.DataFrame, study: Study, key: list[str], told: list[str], shown: list[str]
) -> polars.DataFrame:
    """Put the amounts of each scenario beside those of the law in force."""
    names = [scenario.name for scenario in study.scenarios]
    wide = rows.filter(polars.col("scenario") == BASELINE).select(
        *key, *told, *(polars.col(amount).alias(f"{amount}_0") for amount in shown)
    )
    for rank, name in enumerate(names[1:], start=1):
        own = rows.filter(polars.col("scenario") == name).select(
            *key, *(polars.col(amount).alias(f"{amount}_{rank}") for amount in shown)
        )
        wide = wide.join(own, on=key, how="left", nulls_equal=True, maintain_order="left")
        wide = wide.with_columns(
            (polars.col(f"{amount}_{rank}") - polars.col(f"{amount}_0")).alias(
                f"{GAP}{amount}_{rank}"
            )
            for amount in shown
        )
    return wide

"""What a total rests on: what moves it, and how many of its euros are how sure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.explication.euros_by_statut import euros_by_statut
from openfisca_cpts.outils.loi.words import STATUT_MEANINGS, STATUTS
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.variants import CONVENTIONS, variant_title
from openfisca_cpts.outils.simulation.what_moves import FULL_RATE, NO_RATE, VINTAGE, what_moves
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import Column, Table
from openfisca_cpts.outils.typography import millions, rounded_share

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

KEPT = "Tel que le tableau est donné"
COST = "cout_"
"""Prefix of what a reform costs against the law in force under the same hypothesis."""
SURE, UNSURE = "certitude_euros", "ce_qui_compte"
"""Keys of the two tables."""


def what_counts(study: Study, whole: Table) -> Table:
    """Describe what the totals of the last year would be, one hypothesis changed at a time.

    Args:
        study: the study.
        whole: its totals that are not broken down.

    Returns:
        The table: one row per hypothesis, the table as it is given first; for each amount, the
        total under the law in force, then what each reform costs against it. A population or a
        convention that moves nothing has no row.
    """
    shown = whole.amounts or {}
    last = study.years[-1]
    given = whole.rows.filter(polars.col("annee") == last).select("scenario", *shown)
    given = given.unpivot(index="scenario", variable_name="variable", value_name="total")
    parts = [
        given.with_columns(polars.lit(KEPT).alias("hypothese")),
        what_moves(study, list(shown)),
    ]
    if study.ranges is not None:
        parts.append(_conventions(study, list(shown)))
    columns = ["hypothese", "scenario", "variable", "total"]
    rows = _wide(polars.concat([part.select(columns) for part in parts]), study)
    first = rows.row(0, named=True)
    always = (KEPT, NO_RATE, FULL_RATE)
    moving = [
        row
        for row in rows.iter_rows(named=True)
        if row["hypothese"] in always
        or any(abs(row[key] - first[key]) > HALF_A_CENT for key in first if key != "hypothese")
    ]
    described = [Column("hypothese", "Hypothèse")]
    several = len(study.scenarios[1:]) > 1
    for amount, name in shown.items():
        described.append(Column(amount, name, "euros", amounts.NAMES[amount][1], amount))
        for rank, scenario in enumerate(study.scenarios[1:], start=1):
            title = f"{scenario.title[0].lower()}{scenario.title[1:]}"
            short = f"Coût, {title}" if several else "Coût de la réforme"
            label = f"Coût, {name.lower()}, {title}"
            described.append(Column(f"{COST}{rank}_{amount}", label, "ecart", short, amount))
    return Table(
        key=UNSURE,
        title=f"Ce qui compte en {last}",
        columns=described,
        rows=polars.DataFrame(moving, rows.schema),
        amounts=shown,
        remarks=["Une communauté sans population d'une année garde celle qu'elle a."]
        if any(row["hypothese"].startswith(VINTAGE) for row in moving)
        else [],
        files_only=True,
    )


def _conventions(study: Study, shown: list[str]) -> polars.DataFrame:
    assert study.ranges is not None
    own = study.ranges.filter(
        polars.col("annee") == study.years[-1],
        polars.col("variable").is_in(shown),
        polars.col("variante") != CONVENTIONS,
    )
    words = {name: variant_title(name) for name in own["variante"].unique()}
    return own.with_columns(
        polars.format(
            "Convention : {}",
            polars.col("variante").replace_strict(words, return_dtype=polars.String),
        ).alias("hypothese")
    )


def _wide(rows: polars.DataFrame, study: Study) -> polars.DataFrame:
    """Give one row per hypothesis: totals of the law, then costs, amount by amount."""
    law = rows.filter(polars.col("scenario") == BASELINE).pivot(
        on="variable", index="hypothese", values="total", maintain_order=True
    )
    for rank, scenario in enumerate(study.scenarios[1:], start=1):
        own = rows.filter(polars.col("scenario") == scenario.name).pivot(
            on="variable", index="hypothese", values="total", maintain_order=True
        )
        names = own.columns[1:]
        own = own.rename({name: f"{COST}{rank}_{name}" for name in names})
        law = law.join(own, on="hypothese", how="left", maintain_order="left").with_columns(
            polars.col(f"{COST}{rank}_{name}") - polars.col(name) for name in names
        )
    return law


def in_euros(study: Study, whole: Table) -> Table:
    """Describe how many euros of the last year rest on figures of each certainty.

    Args:
        study: the study.
        whole: its totals that are not broken down.

    Returns:
        The table: one row per statut, from the surest, then the sum; for each amount and
        scenario, the euros.
    """
    shown = whole.amounts or {}
    last = study.years[-1]
    found: dict[str, dict[str, float]] = {statut: {} for statut in STATUT_MEANINGS}
    described = [Column("statut", "Certitude"), Column("sens", "Ce que cela veut dire")]
    for amount, name in shown.items():
        for rank, scenario in enumerate(study.scenarios):
            key = f"{amount}_{rank}"
            title = scenario.title if rank else amounts.LAW.capitalize()
            described.append(Column(key, f"{name}, {title.lower()}", "euros", title, amount))
    for rank, scenario in enumerate(study.scenarios):
        rows = euros_by_statut(scenario.system, study.communities, last, list(shown))
        for variable, statut, euros in rows.iter_rows():
            found[statut][f"{variable}_{rank}"] = euros
    keys = [column.key for column in described if column.amount]
    rows_of = [
        {"statut": STATUTS[statut], "sens": STATUT_MEANINGS[statut]}
        | {key: euros.get(key, 0.0) for key in keys}
        for statut, euros in found.items()
        if euros
    ]
    whole_row = {"statut": "ensemble", "sens": None}
    whole_row |= {key: sum(row[key] for row in rows_of) for key in keys}  # type: ignore[misc]
    schema = {"statut": polars.String, "sens": polars.String} | dict.fromkeys(keys, polars.Float64)
    return Table(
        key=SURE,
        title=f"Certitude en euros, {last}",
        columns=described,
        rows=polars.DataFrame([*rows_of, whole_row], schema),
        amounts=shown,
        totals=frozenset([len(rows_of)]),
        remarks=["Un montant n'est pas plus sûr que le moins sûr des chiffres dont il est fait."],
        files_only=True,
    )


def headlines(counts: Table, sure: Table, year: int) -> Iterator[str]:
    """Say in a line what the first total of a study rests on, under the law in force.

    Args:
        counts: what `what_counts` described.
        sure: what `in_euros` described.
        year: the year of both.

    Yields:
        The range over the rates of achievement, then the share of each certainty.
    """
    amount, name = next(iter((counts.amounts or {}).items()))
    totals = dict(counts.rows.select("hypothese", amount).iter_rows())
    low, given, high = (totals[words] for words in (NO_RATE, KEPT, FULL_RATE))
    if high - low > HALF_A_CENT:
        yield (
            f"{name} en {year} : {millions(low)} si aucun indicateur n'est atteint, "
            f"{millions(given)} avec les taux retenus, {millions(high)} à 100 %."
        )
    key = f"{amount}_0"
    *parts, whole = sure.rows.select("statut", key).iter_rows()
    if whole[1]:
        shares = [f"{rounded_share(euros / whole[1])} {statut}" for statut, euros in parts if euros]
        yield f"Certitude de ces euros : {', '.join(shares)}."

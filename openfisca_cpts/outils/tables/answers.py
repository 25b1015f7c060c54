"""What a study answers, in sentences that can be quoted: amounts rounded, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.study_tables import GAP, INHABITANTS
from openfisca_cpts.outils.simulation.summary import COUNT
from openfisca_cpts.outils.tables.described import written
from openfisca_cpts.outils.tables.movements import SENSES
from openfisca_cpts.outils.tables.panel import SURE, UNSURE, headlines
from openfisca_cpts.outils.tables.totals import SHARE
from openfisca_cpts.outils.typography import SPACE, count, millions, number, signed

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study
    from openfisca_cpts.outils.tables.described import Table


def answers(study: Study, tables: Mapping[str, Table]) -> Iterator[str]:
    """Say what the last year of a study gives.

    Args:
        study: the study.
        tables: what it shows, by the key of each table.

    Yields:
        The total under the law in force, what each reform changes and for whom, the range over
        the rates of achievement, the certainty of the euros.
    """
    last, whole = study.years[-1], tables["totaux"]
    amount, name = next(iter((whole.amounts or {}).items()))
    own = {
        row["scenario"]: row
        for row in whole.rows.filter(polars.col("annee") == last).iter_rows(named=True)
    }
    law = own[BASELINE]
    people = f" et {number(law[INHABITANTS])}{SPACE}habitants" if law[INHABITANTS] else ""
    yield (
        f"{name} en {last}, sous le droit en vigueur : {millions(law[amount])} pour "
        f"{count(law[COUNT], 'communauté')}{people}."
    )
    for scenario in study.scenarios[1:]:
        row = own[scenario.name]
        gap = row[GAP + amount]
        share = f" ({written(row[SHARE + amount], 'part')})" if law[amount] else ""
        yield (
            f"« {scenario.title} » : {signed(millions(gap))}{share} ; "
            f"{_movement(tables['gagnants'], scenario.name, amount, last)}."
        )
    yield from headlines(tables[UNSURE], tables[SURE], last)


def _movement(winners: Table, scenario: str, amount: str, year: int) -> str:
    (row,) = winners.rows.filter(
        polars.col("scenario") == scenario,
        polars.col("variable") == amount,
        polars.col("annee") == year,
    ).iter_rows(named=True)
    words = {key: word.lower().removesuffix("s") for key, word in SENSES.items()}
    return ", ".join(count(row[key], word) for key, word in words.items())

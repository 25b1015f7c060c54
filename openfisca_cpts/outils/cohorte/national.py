"""The national total of a cohort, year by year, beside what was published, with its range."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Iterable, Sequence

import polars

from openfisca_cpts.outils.cohorte.contracts import HIGH, LOW, contracts
from openfisca_cpts.outils.cohorte.published import assumptions, paid
from openfisca_cpts.outils.simulation.run import simulate
from openfisca_cpts.outils.simulation.studies import study

PAID = "versement_annuel"
YEARS = range(2020, 2026)
"""The years of the page: from the first whole year of the agreement to the last count."""
SEEDS = range(5)
"""Draws that are compared: another one must move the totals less than the assumptions do."""


@dataclasses.dataclass(frozen=True)
class National:
    """What a cohort is paid.

    Attributes:
        totals: one row per year: `annee`, `contrats` (that have been signed), `central` (euros),
            `publie` (null where nothing was published), `contrats_moyens` (between the first and
            the last day), `seules_bas` and `seules_haut` over the assumptions one at a time, `bas`
            and `haut` with all of them low or high too, `conventions_bas`, `conventions_haut`,
            `tirages_bas`, `tirages_haut`.
        moves: one row per assumption: `cle`, `titre`, and for each of the years what its low and
            its high value give, `bas_2024`, `haut_2024`…
    """

    totals: polars.DataFrame
    moves: polars.DataFrame


def national(years: Sequence[int] = YEARS, seeds: Iterable[int] = SEEDS) -> National:
    """Compute what a cohort is paid, and how far its assumptions move it.

    Args:
        years: calendar years.
        seeds: the draws to compare; the first is the central one.

    Returns:
        The totals and the moves.
    """
    tables = {seed: contracts(seed=seed) for seed in seeds}
    drawn = {seed: _totals(table, years) for seed, table in tables.items()}
    first, table = next(iter(tables.items()))
    single: dict[str, dict[str, list[float]]] = {}
    for key, each in assumptions().items():
        single[key] = {
            end: _totals(contracts({key: float(each[end])}, first), years) for end in (LOW, HIGH)
        }
    together = {
        end: _totals(
            contracts({key: float(each[end]) for key, each in assumptions().items()}, first), years
        )
        for end in (LOW, HIGH)
    }
    conventions = _conventions(table, years)
    published = paid()
    signed = table["date_signature_contrat"].dt.year()
    rows = []
    for rank, year in enumerate(years):
        alone = [values[rank] for ends in single.values() for values in ends.values()]
        alone.append(drawn[first][rank])
        every = alone + [values[rank] for values in together.values()]
        rows.append(
            {
                "annee": year,
                "contrats": int((signed <= year).sum()),
                "central": drawn[first][rank],
                "publie": published.get(year),
                "contrats_moyens": statistics.mean(
                    [int((signed < year).sum()), int((signed <= year).sum())]
                ),
                "seules_bas": min(alone),
                "seules_haut": max(alone),
                "bas": min(every),
                "haut": max(every),
                "conventions_bas": min(conventions[year]),
                "conventions_haut": max(conventions[year]),
                "tirages_bas": min(values[rank] for values in drawn.values()),
                "tirages_haut": max(values[rank] for values in drawn.values()),
            }
        )
    moves = [
        {
            "cle": key,
            "titre": assumptions()[key]["titre"],
            **{
                f"{end}_{year}": single[key][end][rank]
                for end in (LOW, HIGH)
                for rank, year in enumerate(years)
            },
        }
        for key in single
    ]
    return National(polars.DataFrame(rows), polars.DataFrame(moves))


def _totals(table: polars.DataFrame, years: Sequence[int]) -> list[float]:
    result = simulate(table, years, variables=[PAID])
    sums = dict(result.group_by("annee").agg(polars.col(PAID).sum()).iter_rows())
    return [float(sums[year]) for year in years]


def _conventions(table: polars.DataFrame, years: Sequence[int]) -> dict[int, list[float]]:
    """Give the totals of each year under every convention that no source settles."""
    with study(table, years, variables=[PAID], variantes=True) as done:
        assert done.ranges is not None
        rows = done.ranges.filter(polars.col("variable") == PAID)
    found: dict[int, list[float]] = {}
    for year, _, total in rows.select("annee", "variante", "total").iter_rows():
        found.setdefault(year, []).append(float(total))
    return found

"""`study`: what one run of the command computes, on disk until it is written or shown."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import polars

from openfisca_cpts.outils.simulation.balance import balance
from openfisca_cpts.outils.simulation.columns import ID, NAME
from openfisca_cpts.outils.simulation.communities import Communities, check_communities
from openfisca_cpts.outils.simulation.engine import apply_law
from openfisca_cpts.outils.simulation.hypotheses import Hypotheses, hypotheses
from openfisca_cpts.outils.simulation.rates import read_rate, with_rates
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.request import (
    check_kept,
    check_variables,
    check_years,
    default_variables,
)
from openfisca_cpts.outils.simulation.scenarios import Scenario, needed_inputs, resolve
from openfisca_cpts.outils.simulation.spool import Spool
from openfisca_cpts.outils.simulation.variants import ranges, under_variants

Progress = Callable[[int, int], None]
"""Told how many rows are computed, of how many."""


@dataclasses.dataclass
class Study:
    """The law in force and its reforms, over a table of communities.

    To be used in a `with` block, which removes what stands on disk.

    Attributes:
        scenarios: the law in force, then the reforms, with the coefficients that were found.
        years: the calendar years.
        variables: names of the variables.
        keep: titles of the kept columns.
        rows: one row per scenario, year and community, in this order: `scenario`, `annee`, `id`,
            `nom`, the kept columns, then the variables, as `simulate` gives them.
        height: number of rows.
        ranges: with `variantes`, what each total becomes when a convention is chosen otherwise:
            `scenario`, `annee`, `variable`, `variante`, `total` (euros); else none.
        coefficients: what closes each envelope: `scenario`, `annee`, `coefficient`,
            `total_avant`, `cible`, `total_apres` (euros); without rows if there is none.
        communities: what the table gives.
        default_rate: the rate of achievement assumed where the table gives none, if one is.
        sheet: name of the sheet that was read, of a workbook.
    """

    scenarios: list[Scenario]
    years: list[int]
    variables: tuple[str, ...]
    keep: tuple[str, ...]
    rows: polars.LazyFrame
    height: int
    ranges: polars.DataFrame | None
    coefficients: polars.DataFrame
    communities: Communities
    default_rate: float | None
    _spool: Spool
    sheet: str | None = None

    @functools.cached_property
    def hypotheses(self) -> Hypotheses:
        """What the table does not give, and what that does to the totals of the law in force."""
        law, *_ = self.scenarios
        return hypotheses(law.system, self.communities, self.years, self.default_rate)

    def close(self) -> None:
        """Remove what stands on disk; `rows` cannot be read any more."""
        self._spool.close()

    def __enter__(self) -> Study:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def study(
    communautes: Any,
    annees: int | Iterable[int],
    reformes: Iterable[Any] = (),
    variables: Sequence[str] | None = None,
    *,
    keep: Sequence[str] = (),
    sheet: str | None = None,
    settings: Sequence[str] = (),
    variantes: bool = False,
    default_rate: float | str | None = None,
    progress: Progress | None = None,
    accept: Callable[[int], None] | None = None,
) -> Study:
    """Apply the law in force, then each reform, to every community of a table.

    Args:
        communautes: path of a CSV, XLSX or Parquet file, or a polars or pandas frame; one row per
            community, inputs by their name, amounts in euros, rates from 0 to 1.
        annees: calendar years, or one of them.
        reformes: for each scenario, what `scenarios.resolve` takes.
        variables: names of the variables to give; `default_variables` if none are named. One that
            only a reform has is null in the other scenarios.
        keep: titles of other columns of the table to carry to the result; `*` stands for all that
            are read as nothing.
        sheet: name of the sheet of a workbook to read, where several could be meant.
        settings: `path=value@date`; alone they are a scenario, « reglages »; with reforms they
            are applied on top of each that has the path.
        variantes: whether every total is also computed under each of `reforms.VARIANTES`.
        default_rate: rate of achievement of every mission and year that the table gives none for
            (« 0,8 », « 80 % » and 0.8 are the same); without it, a missing rate is worth zero.
        progress: told from time to time how many rows are computed, of how many.
        accept: called with the number of rows to come before any is computed; may raise.

    Returns:
        The study.

    Raises:
        RequestError: a year, a variable, a reform, a setting, a rate or a kept column that cannot
            be; a budget that no coefficient meets; a file that does not exist.
        TableError: a fault in the table; all of them are listed.
    """
    wanted = default_variables() if variables is None else tuple(variables)
    scenarios = resolve(reformes, settings)
    systems = [scenario.system for scenario in scenarios]
    years = check_years(annees, systems[0])
    check_variables(wanted, systems)
    rate = None if default_rate is None else read_rate(default_rate, systems[0])
    variants = under_variants(scenarios) if variantes else {}
    table = read(communautes, sheet)
    communities = check_communities(table, systems, keep, needed_inputs(scenarios))
    # `*` stood for the columns of the table, which are known now.
    kept = tuple(name for name in communities.identities.columns if name not in (ID, NAME))
    check_kept(kept, wanted)
    if rate is not None:
        communities = with_rates(communities, rate)
    block = communities.identities.height * len(years)
    height = block * len(scenarios)
    if accept is not None:
        accept(height)
    counted = _counter(progress, height * (1 + len(variants)))
    balanced, coefficients = balance(scenarios, communities, years[-1])
    spool = Spool()
    try:
        rows = [
            spool.write(
                scenario.name,
                years,
                counted(apply_law(scenario.system, communities, years, wanted)),
            )
            for scenario in balanced
        ]
        moved = None
        if variantes:
            moved = ranges(scenarios, rows, variants, communities, years, wanted, counted)
    except BaseException:
        spool.close()
        raise
    return Study(
        scenarios=balanced,
        years=years,
        variables=wanted,
        keep=kept,
        rows=polars.concat(rows, how="vertical_relaxed"),
        height=height,
        ranges=moved,
        coefficients=coefficients,
        communities=communities,
        default_rate=rate,
        _spool=spool,
        sheet=table.sheet,
    )


def _counter(
    progress: Progress | None, total: int
) -> Callable[[Iterable[polars.DataFrame]], Iterator[polars.DataFrame]]:
    """Make what lets frames through and tells how far the computation is."""
    done = 0

    def counted(frames: Iterable[polars.DataFrame]) -> Iterator[polars.DataFrame]:
        nonlocal done
        for frame in frames:
            yield frame
            done += frame.height
            if progress is not None:
                progress(done, total)

    return counted

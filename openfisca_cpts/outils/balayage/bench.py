"""A table and a law, ready for any point of a sweep; what each point adds up to."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy
import polars

from openfisca_cpts import reforms
from openfisca_cpts.outils.balayage.asked import Request
from openfisca_cpts.outils.balayage.dials import Point
from openfisca_cpts.outils.balayage.turned import Amounts, Turned
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.simulation.engine import batches
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.loading import load
from openfisca_cpts.outils.simulation.scenarios import Scenario, resolve
from openfisca_cpts.outils.simulation.study_tables import GAP, MEASURES, MILLIONTHS

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.communities import Communities

COUNTS = ("gagnantes", "perdantes")
Row = dict[str, Any]


@dataclasses.dataclass
class Bench:
    """A table and a law, ready for any point.

    Attributes:
        request: what is asked for; its years may still be chosen once the law is known.
    """

    request: Request

    def __post_init__(self) -> None:
        asked = self.request
        scenarios = resolve(list(asked.reforms), asked.settings)
        if len(scenarios[1:]) > 1:
            raise RequestError(
                "Un balayage se fait dans un seul scénario : joindre les réformes par « + »."
            )
        self.law, self.base = scenarios[0], scenarios[-1]
        self.base.refuse_unbalanced()
        self.figures = [
            leaf.name for dial in asked.dials if dial.path for leaf in self.base.figures(dial.path)
        ]
        self.communities = load(asked.table, scenarios, asked.keep, asked.default_rate, asked.sheet)
        self._single: list[_Batch] = []

    def rows(self, chunk: Sequence[Point]) -> dict[int, list[Row]]:
        """Compute points.

        Args:
            chunk: the points.

        Returns:
            By the rank of each point, one row per year.
        """
        turned: dict[int, Scenario | str] = {point.rank: self._scenario(point) for point in chunk}
        sums: dict[int, numpy.ndarray] = {}
        first = next((one for one in turned.values() if not isinstance(one, str)), None)
        for batch in self._batches() if first is not None else ():
            for point in chunk:
                scenario = turned[point.rank]
                if isinstance(scenario, str):
                    continue
                try:
                    own = batch.counted(scenario, self._rate(point))
                except Exception as error:  # one point must not lose the others
                    turned[point.rank] = str(error)
                    continue
                sums[point.rank] = sums.get(point.rank, 0) + own
        return {
            point.rank: list(_rows(self.request.years, turned[point.rank], sums.get(point.rank)))
            for point in chunk
        }

    def totals_of_law(self) -> polars.DataFrame:
        """Give the totals of the law in force at the rates of the table."""
        years = self.request.years
        whole = sum(
            (batch.law_sums() for batch in self._batches()),
            start=numpy.zeros((len(years), len(MEASURES)), dtype=numpy.int64),
        )
        columns = {name: whole[:, rank] / MILLIONTHS for rank, name in enumerate(MEASURES)}
        return polars.DataFrame({"annee": polars.Series(years, dtype=polars.Int32)} | columns)

    def _batches(self) -> Iterator[_Batch]:
        """Give the batches of the table; a table of one keeps what it computed."""
        height = self.communities.identities.height
        parts = list(batches(height)) if height else []
        if len(parts) == 1:
            if not self._single:
                self._single = [_Batch(self, self.communities)]
            yield from self._single
            return
        for part in parts:
            yield _Batch(self, self.communities.take(part))

    def _scenario(self, point: Point) -> Scenario | str:
        settings = [
            dial.setting(value)
            for dial, value in zip(self.request.dials, point.values, strict=True)
            if dial.path
        ]
        if not settings:
            return self.base
        try:
            return self.base.with_reform(reforms.reglages(settings))
        except (RequestError, reforms.ReformeRefusee) as error:
            return str(error)

    def _rate(self, point: Point) -> float | None:
        pairs = zip(self.request.dials, point.values, strict=True)
        return next((value for dial, value in pairs if not dial.path), None)


class _Batch:
    """A part of the communities, under the law in force and under what is turned."""

    def __init__(self, bench: Bench, communities: Communities) -> None:
        self._years = bench.request.years
        made = (communities, self._years, MEASURES)
        self._figures = bench.figures
        self._turned: Turned | None = None
        self._law = Turned(bench.law.system, *made)
        self._law_system = bench.law.system
        self._made = made
        self._laws: dict[float | None, Amounts] = {None: self._law.first}

    def counted(self, scenario: Scenario, rate: float | None) -> numpy.ndarray:
        """Sum a point over the batch.

        Returns:
            Whole numbers by year, amount and what is counted: millionths of a euro of the total
            and of the difference from the law, communities that gain and that lose.
        """
        if self._turned is None:
            # All points change the law on the same days: what is kept is that of such a law.
            self._turned = Turned(scenario.system, *self._made)
        amounts = self._turned.turn(scenario.system, self._figures, rate)
        law = self._law_at(rate)
        found = numpy.zeros((len(self._years), len(MEASURES), len(FIGURES)), dtype=numpy.int64)
        for at, year in enumerate(self._years):
            for rank, name in enumerate(MEASURES):
                gap = amounts[year, name] - law[year, name]
                found[at, rank] = (
                    _millionths(amounts[year, name]),
                    _millionths(amounts[year, name]) - _millionths(law[year, name]),
                    int((gap > HALF_A_CENT).sum()),
                    int((gap < -HALF_A_CENT).sum()),
                )
        return found

    def law_sums(self) -> numpy.ndarray:
        """Sum the law in force over the batch, at the rates of the table."""
        law = self._law_at(None)
        return numpy.array(
            [[_millionths(law[year, name]) for name in MEASURES] for year in self._years]
        )

    def _law_at(self, rate: float | None) -> Amounts:
        if rate not in self._laws:
            self._laws[rate] = self._law.turn(self._law_system, (), rate)
        return self._laws[rate]


FIGURES = ("", GAP, *(f"{count}_" for count in COUNTS))
"""Prefixes of the columns of an amount."""


def _millionths(amounts: numpy.ndarray) -> int:
    """Sum euros so that neither the order nor the cut of a table moves the last digits."""
    return int(numpy.round(amounts * MILLIONTHS).astype(numpy.int64).sum())


def _rows(
    years: Sequence[int], turned: Scenario | str, sums: numpy.ndarray | None
) -> Iterator[Row]:
    for at, year in enumerate(years):
        row: Row = {"annee": year, "erreur": turned if isinstance(turned, str) else None}
        for rank, name in enumerate(MEASURES):
            for kind, prefix in enumerate(FIGURES):
                value = None
                if not isinstance(turned, str):
                    whole = 0 if sums is None else int(sums[at, rank, kind])
                    value = whole / MILLIONTHS if prefix in ("", GAP) else whole
                row[prefix + name] = value
        yield row

"""A simulation whose figures and rates are turned in place: what they do not reach is kept.

Most of what a reform of an amount computes is what the law computed already. The trace of a first
run says which values read a figure, directly or not; only those are computed again.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy
from openfisca_core.periods import Period, period

from openfisca_cpts.outils.simulation.columns import years_of_law
from openfisca_cpts.outils.simulation.engine import build
from openfisca_cpts.outils.simulation.rates import rates, with_rates

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.simulation.communities import Communities

Amounts = dict[tuple[int, str], numpy.ndarray]
"""Euros of each community, by year and variable."""
Key = tuple[str, Period]


class Turned:
    """Communities under one law, of which some figures, or the rates of achievement, change.

    Args:
        system: the law.
        communities: the communities, at least one.
        years: calendar years.
        variables: names of yearly amounts.
    """

    def __init__(
        self,
        system: TaxBenefitSystem,
        communities: Communities,
        years: Sequence[int],
        variables: Sequence[str],
    ) -> None:
        self._system, self._communities = system, communities
        self._years, self._variables = years, variables
        self._simulation = build(system, communities, years, trace=True)
        self.first = self._calculate()
        self._readers: dict[Key, set[Key]] = defaultdict(set)
        self._reads: dict[str, set[Key]] = defaultdict(set)
        for node in self._simulation.tracer.browse_trace():
            key = (node.name, node.period)
            self._reads[node.name].add(key)
            for parameter in node.parameters:
                self._reads[parameter.name].add(key)
            for child in node.children:
                self._readers[child.name, child.period].add(key)
        self._simulation.trace = False
        self._first = {
            name: {when: holder.get_array(when) for when in holder.get_known_periods()}
            for name, holder in self._simulation.persons._holders.items()
        }
        self._reached = functools.cache(self._find_reached)

    def turn(
        self, system: TaxBenefitSystem, figures: Iterable[str], rate: float | None = None
    ) -> Amounts:
        """Compute the amounts again.

        Args:
            system: the same law, with other values of some figures.
            figures: full names of the figures that may differ from those of the first law.
            rate: rate of achievement of every mission and year; what is given if none is.

        Returns:
            The amounts.
        """
        names = [] if rate is None else list(rates(self._system).values())
        self._forget(frozenset({*figures, *names}))
        if rate is not None:
            self._set_rates(names, rate)
        self._simulation.tax_benefit_system = system
        return self._calculate()

    def _forget(self, turned: frozenset[str]) -> None:
        """Keep of each variable what the first run gave it and what is turned does not reach.

        A value of a period that the first run did not ask for may rest on what was turned before:
        it goes too. openfisca-core deletes one period by comparing it with all of them; to delete
        all and put back those that stay is many times faster.
        """
        reached = self._reached(turned)
        for name, holder in self._simulation.persons._holders.items():
            own = reached.get(name, set())
            first = self._first.get(name, {})
            if not own and len(holder.get_known_periods()) == len(first):
                continue
            holder.delete_arrays()
            for when, values in first.items():
                if when not in own:
                    holder.put_in_cache(values, when)

    def _set_rates(self, names: Iterable[str], rate: float) -> None:
        filled = with_rates(self._communities, missing=rate, known=rate, names=names)
        years = years_of_law(self._system)
        for name in names:
            given = filled.inputs[name]
            for year in range(years[0], max(self._years) + 1 + 1):
                values = given.by_year.get(year, given.always)
                self._simulation.get_holder(name).put_in_cache(values, period(str(year)))

    def _calculate(self) -> Amounts:
        return {
            (year, name): self._simulation.calculate(name, str(year))
            for year in self._years
            for name in self._variables
        }

    def _find_reached(self, names: frozenset[str]) -> dict[str, set[Period]]:
        """Give the values that read a figure or an input, directly or through others."""
        found: set[Key] = set()
        left = {key for name in names for key in self._reads.get(name, ())}
        while left:
            found |= left
            left = {reader for key in left for reader in self._readers[key]} - found
        periods: dict[str, set[Period]] = defaultdict(set)
        for name, when in found:
            periods[name].add(when)
        return periods

"""What the sections of a page share: the scenarios, their colors, their totals."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.rapport.theme import legend, scenario_colors
from openfisca_cpts.outils.simulation.study_tables import GAP
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.typography import MILLION, SPACE, euros, signed

if TYPE_CHECKING:
    from openfisca_cpts.outils.rapport.pieces import Key
    from openfisca_cpts.outils.simulation.studies import Study
    from openfisca_cpts.outils.tables.described import Table


@dataclasses.dataclass(frozen=True)
class Outlook:
    """A study, as a page tells it.

    Attributes:
        study: the study.
        source: name of the file of the table, without its folder.
        tables: what it shows, by the key of each table.
    """

    study: Study
    source: str
    tables: Mapping[str, Table]

    @functools.cached_property
    def titles(self) -> dict[str, str]:
        """Title of each scenario, by its name."""
        return {scenario.name: scenario.title for scenario in self.study.scenarios}

    @functools.cached_property
    def colors(self) -> dict[str, str]:
        """Color of each scenario, by its name."""
        return scenario_colors(list(self.titles))

    @property
    def law(self) -> str:
        """Name of the law in force."""
        return next(iter(self.titles))

    @property
    def reforms(self) -> list[str]:
        """Names of the other scenarios."""
        return list(self.titles)[1:]

    @property
    def reform_colors(self) -> dict[str, str]:
        """Color of each reform."""
        return {name: self.colors[name] for name in self.reforms}

    @property
    def legend(self) -> list[Key]:
        """What the colors of all the scenarios stand for."""
        return legend(self.titles, self.colors)

    @property
    def reform_legend(self) -> list[Key]:
        """What the colors of the reforms stand for."""
        return legend({name: self.titles[name] for name in self.reforms}, self.colors)

    @property
    def last(self) -> int:
        """The last year, the one that is shown in detail."""
        return self.study.years[-1]

    @property
    def span(self) -> str:
        """The years in words: « 2026 », « 2024 à 2026 »."""
        first = self.study.years[0]
        return str(first) if first == self.last else f"{first} à {self.last}"

    @property
    def communities(self) -> int:
        """Number of communities of the table."""
        return self.study.height // (len(self.study.scenarios) * len(self.study.years))

    @property
    def totals(self) -> polars.DataFrame:
        """The totals by year and scenario."""
        return self.tables["totaux"].rows

    @property
    def measures(self) -> list[str]:
        """The amounts to show: those that a community has in some scenario, or else the first."""
        return list(self.tables["totaux"].amounts or ())

    def label(self, amount: str) -> str:
        """Name an amount; the name says what rate it rests on."""
        return amounts.name(self.study, amount)

    def total(self, scenario: str, measure: str, year: int | None = None) -> float:
        """Give one total, in euros.

        Args:
            scenario: name of the scenario.
            measure: name of an amount, or of its difference from the law in force.
            year: the year; the last one if none is given.

        Returns:
            The total.
        """
        chosen = (polars.col("scenario") == scenario) & (polars.col("annee") == (year or self.last))
        return self.totals.filter(chosen)[measure].item()

    def rate(self, scenario: str, measure: str, year: int | None = None) -> float | None:
        """Give the difference of a total from the law in force as a share of the latter."""
        before = self.total(self.law, measure, year)
        return self.total(scenario, GAP + measure, year) / before if before else None

    def titled(self, frame: polars.DataFrame, amount: str, gap: bool = False) -> polars.DataFrame:
        """Complete a frame with what a chart shows of an amount.

        Args:
            frame: a frame with the column `scenario`.
            amount: the column of euros.
            gap: the amount is a difference, whose sign is shown.

        Returns:
            The frame with `titre` of the scenario, `millions` (M€) and `montant` (text).
        """
        shown = [shown_euros(value, gap) for value in frame[amount]]
        return frame.with_columns(
            polars.col("scenario").replace_strict(self.titles).alias("titre"),
            (polars.col(amount) / MILLION).alias("millions"),
            polars.Series("montant", shown, dtype=polars.String),
        )


def shown_euros(value: float, gap: bool = False) -> str:
    """Write an amount with its sign of currency; a difference with its sign."""
    text = euros(value)
    return f"{signed(text) if gap else text}{SPACE}€"

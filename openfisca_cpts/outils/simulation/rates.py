"""Rates of achievement that a table does not give: zero in the law, filled only on demand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy
import polars

from openfisca_cpts.legislation import missions
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.simulation.cells import read_cells
from openfisca_cpts.outils.simulation.communities import Communities, Given
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.table import Column, no_numbers, texts

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem


def rate_name(mission: str) -> str:
    """Give the name of the input that is the rate of achievement of a mission."""
    return f"{mission}_taux_atteinte"


def rates(system: TaxBenefitSystem | None = None) -> dict[str, str]:
    """Give the name of the input of the rate of each mission that has indicators.

    Args:
        system: the law, or a reform that adds missions; the law in force if none is given.
    """
    declared = missions() if system is None else declarees(system)
    return {mission.cle: rate_name(mission.cle) for mission in declared if mission.evaluees}


def read_rate(value: float | str, system: TaxBenefitSystem) -> float:
    """Read a rate as a cell of a table would be: `0.8`, `0,8`, `80 %`.

    Args:
        value: the rate, as a number or as it is written.
        system: the law, whose inputs bound a rate.

    Returns:
        The rate, from 0 to 1.

    Raises:
        RequestError: it is none.
    """
    title = next(iter(rates().values()))
    words = texts(polars.Series([str(value)], dtype=polars.String))
    column = Column(title, words, no_numbers(1), words)
    cells = read_cells(column, system.variables[title], system)
    if isinstance(value, bool) or not cells.given[0]:
        raise RequestError(
            f"Le taux par défaut « {value} » est refusé : attendu, {cells.expected(str(value))} "
            "(0,8 ou 80 %)."
        )
    return float(cells.values[0])


def with_rates(
    communities: Communities,
    missing: float,
    known: float | None = None,
    names: Iterable[str] | None = None,
) -> Communities:
    """Give communities a rate of achievement for every mission and every year.

    Args:
        communities: the communities.
        missing: the rate where the table gives none.
        known: the rate where it gives one; what it gives if none is named.
        names: the inputs that are rates; those of the law in force if none are given.

    Returns:
        The same communities, which still know what the table gave (`Given.holds`).
    """
    height = communities.identities.height

    def filled(values: numpy.ndarray | None, held: numpy.ndarray) -> numpy.ndarray:
        kept = numpy.full(height, 0.0 if known is None else known)
        if known is None and values is not None:
            kept = values
        return numpy.where(held, kept, missing)

    inputs = dict(communities.inputs)
    for name in rates().values() if names is None else names:
        given = inputs.get(name, Given(None, {}))
        held = {year: given.holds(year, height) for year in given.by_year}
        always = given.holds(None, height)
        inputs[name] = Given(
            filled(given.always, always),
            {year: filled(values, held[year]) for year, values in given.by_year.items()},
            always,
            held,
        )
    return dataclasses.replace(communities, inputs=inputs)

"""The rates of achievement that a grid of indicators gives to one community of a table."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.outils.indicateurs.earned import Earned, earned, twelve_months
from openfisca_cpts.outils.simulation.communities import Communities, Given
from openfisca_cpts.outils.simulation.engine import build
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.rates import rates

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.indicateurs.grid import Indicator


def with_grid(
    community: Communities,
    indicators: Sequence[Indicator],
    system: TaxBenefitSystem,
    year: int,
) -> tuple[Communities, Earned]:
    """Give a community the rates of its grid, for the exercice that opens in a calendar year.

    Args:
        community: one community.
        indicators: what `read_grid` gave.
        system: the law.
        year: calendar year in which the exercice opens.

    Returns:
        The community with its rates, and what its grid has earned.

    Raises:
        RequestError: no exercice opens in that year; the table gives one of the rates already; or
            the amounts of the grid do not make the variable part of the community's size.
    """
    name = community.identities["id"][0]
    simulation = build(system, community, [year])
    opening = _day(simulation.calculate("exercice_ouverture", str(year)))
    if opening is None:
        raise RequestError(
            f"Aucun exercice de « {name} » ne s'ouvre en {year} : la grille ne s'y rapporte pas."
        )
    missions = list(dict.fromkeys(indicator.mission for indicator in indicators))
    rights = {
        mission: _day(simulation.calculate(f"{mission}_exercice_naissance_droits", str(year)))
        for mission in missions
    }
    days = {mission: day or opening for mission, day in rights.items()}
    taille = simulation.calculate("taille", twelve_months(opening)).decode()[0].name
    done = earned(indicators, system, year, taille, days)
    inputs = dict(community.inputs)
    for mission, rate in done.missions.select("mission", "taux").iter_rows():
        title = rates()[mission]
        given = inputs.get(title, Given(None, {}))
        if given.holds(year, 1)[0]:
            raise RequestError(
                f"« {name} » a déjà un taux d'atteinte de {mission} en {year} : donner la grille "
                f"ou « {title} », pas les deux."
            )
        inputs[title] = Given(
            given.always,
            {**given.by_year, year: numpy.array([rate])},
            given.held,
            {**given.held_by_year, year: numpy.array([True])},
        )
    return dataclasses.replace(community, inputs=inputs), done


def _day(values: numpy.ndarray) -> datetime.date | None:
    day = values[0].item()
    return None if day == NEVER else day

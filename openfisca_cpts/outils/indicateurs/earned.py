"""What a grid of indicators has earned, held against the variable part of the law."""

from __future__ import annotations

import dataclasses
import datetime
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy
import polars
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.simulation.balance import CENT
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.rates import rates
from openfisca_cpts.outils.typography import SPACE, euros

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.indicateurs.grid import Indicator


@dataclasses.dataclass(frozen=True)
class Earned:
    """What a grid has earned.

    Attributes:
        taille: key of the size whose variable part the amounts of the grid make.
        annee: calendar year in which the exercice opens.
        missions: one row per mission of the grid: `mission` (key), `libelle`, then in euros
            `acquis`, `palier_suivant` (what the next step of each indicator would add),
            `au_dela` (what the steps after it would), `non_renseigne` (what the indicators
            without a value could earn), `part_variable`; and `taux`, from 0 to 1.
        indicateurs: one row per indicator: `mission`, `indicateur`, `valeur`, `acquis`,
            `maximum`, `palier_suivant` (the threshold, as it is written), `gain` (what it adds).
    """

    taille: str
    annee: int
    missions: polars.DataFrame
    indicateurs: polars.DataFrame

    @property
    def rates(self) -> dict[str, float]:
        """The input of the rate of each mission of the grid, and its value, from 0 to 1."""
        names = rates()
        rows = self.missions.select("mission", "taux").iter_rows()
        return {f"{names[mission]}_{self.annee}": rate for mission, rate in rows}


def earned(
    indicators: Sequence[Indicator],
    system: TaxBenefitSystem,
    year: int,
    taille: str | None = None,
    days: Mapping[str, datetime.date] | None = None,
) -> Earned:
    """Say what the indicators of a contract have earned.

    An indicator without a value has earned nothing, and what it could is told apart.

    Args:
        indicators: what `read_grid` gave.
        system: the law.
        year: calendar year in which the exercice opens.
        taille: key of the size of the community; the only one whose variable parts the amounts
            make, if none is given.
        days: the day on which the right to each mission arises, whose figures hold; the first of
            the year, if none is given.

    Returns:
        What was earned, by mission and by indicator.

    Raises:
        RequestError: the amounts of a mission do not add up to its variable part: the mission,
            both amounts, and the size that they would fit.
    """
    totals: dict[str, float] = {}
    for indicator in indicators:
        totals[indicator.mission] = totals.get(indicator.mission, 0.0) + indicator.most
    start = datetime.date(year, 1, 1)
    days = {mission: (days or {}).get(mission, start) for mission in totals}
    parts = variable_parts(system, year, days)
    sizes = [size for size in parts if not _misses(totals, parts[size])]
    if taille is None:
        if len(sizes) != 1:
            raise RequestError(_no_size(totals, parts, year))
        taille = sizes[0]
    elif taille not in sizes:
        raise RequestError(_refusal(totals, parts[taille], taille, sizes, year))
    return Earned(
        taille,
        year,
        _by_mission(indicators, parts[taille], system),
        polars.DataFrame([_shown(each) for each in indicators]),
    )


def variable_parts(
    system: TaxBenefitSystem, year: int, days: Mapping[str, datetime.date]
) -> dict[str, dict[str, float]]:
    """Give the variable part of missions, by size.

    Args:
        system: the law.
        year: calendar year in which the exercice opens.
        days: the day whose figures hold for each mission, by its key.

    Returns:
        Euros by key of the mission, by key of the size.
    """
    choices = system.variables["taille_connue"].possible_values
    sizes = [
        choice for choice in choices if choice != system.variables["taille_connue"].default_value
    ]
    simulation = SimulationBuilder().build_default_simulation(system, count=len(sizes))
    ranks = numpy.array([size.index for size in sizes])
    for known in {year, *(day.year for day in days.values())}:
        simulation.set_input("taille_connue", str(known), ranks)
    amounts = {
        mission: simulation.calculate(f"{mission}_part_variable", twelve_months(day))
        for mission, day in days.items()
    }
    return {
        size.name: {mission: float(values[rank]) for mission, values in amounts.items()}
        for rank, size in enumerate(sizes)
    }


def twelve_months(start: datetime.date) -> Period:
    """Give the window of twelve months that starts on a day."""
    return Period((DateUnit.YEAR, Instant((start.year, start.month, start.day)), 1))


def _misses(totals: dict[str, float], parts: dict[str, float]) -> dict[str, float]:
    """Give how much the amounts of each mission exceed its variable part, where they do not fit."""
    gaps = {mission: total - parts[mission] for mission, total in totals.items()}
    return {mission: gap for mission, gap in gaps.items() if not math.isclose(gap, 0, abs_tol=CENT)}


def _refusal(
    totals: dict[str, float], parts: dict[str, float], taille: str, fit: Sequence[str], year: int
) -> str:
    said = [
        f"{mission} : les montants font {_money(totals[mission])}, la part variable est de "
        f"{_money(parts[mission])} ({_money(abs(gap))} de {'trop' if gap > 0 else 'moins'})"
        for mission, gap in _misses(totals, parts).items()
    ]
    other = f" Ils font la part variable de {' ou '.join(map(_size, fit))}." if fit else ""
    return (
        f"La grille ne fait pas la part variable d'une {_size(taille)} en {year} ; "
        f"{' ; '.join(said)}.{other}"
    )


def _no_size(totals: dict[str, float], parts: dict[str, dict[str, float]], year: int) -> str:
    fitting = [size for size in parts if not _misses(totals, parts[size])]
    if fitting:
        return (
            f"La grille fait la part variable de plusieurs tailles en {year} "
            f"({', '.join(map(_size, fitting))}) : dire celle de la communauté (--size)."
        )
    nearest = min(parts, key=lambda size: sum(map(abs, _misses(totals, parts[size]).values())))
    return _refusal(totals, parts[nearest], nearest, [], year)


def _by_mission(
    indicators: Sequence[Indicator], parts: dict[str, float], system: TaxBenefitSystem
) -> polars.DataFrame:
    names = {mission.cle: mission.nom for mission in declarees(system)}
    rows = []
    for mission in dict.fromkeys(indicator.mission for indicator in indicators):
        own = [indicator for indicator in indicators if indicator.mission == mission]
        known = [indicator for indicator in own if indicator.value is not None]
        got = math.fsum(indicator.euros for indicator in known)
        following = math.fsum(map(_gain, known))
        most = math.fsum(indicator.most for indicator in known)
        rows.append(
            {
                "mission": mission,
                "libelle": names[mission],
                "acquis": got,
                "palier_suivant": following,
                "au_dela": most - got - following,
                "non_renseigne": math.fsum(each.most for each in own if each.value is None),
                "part_variable": parts[mission],
                "taux": got / parts[mission],
            }
        )
    return polars.DataFrame(rows)


def _gain(indicator: Indicator) -> float:
    step = indicator.next_step
    return 0.0 if step is None else step.euros - indicator.euros


def _shown(indicator: Indicator) -> dict[str, str | float | None]:
    step = indicator.next_step
    return {
        "mission": indicator.mission,
        "indicateur": indicator.name,
        "valeur": None if indicator.value is None else indicator.value.text,
        "acquis": indicator.euros,
        "maximum": indicator.most,
        "palier_suivant": None if step is None else _written(indicator, step.threshold.text),
        "gain": _gain(indicator),
    }


def _written(indicator: Indicator, threshold: str) -> str:
    return threshold if indicator.steps[0].threshold.is_truth else f"{indicator.sense} {threshold}"


def _money(value: float) -> str:
    return f"{euros(value)}{SPACE}€"


def _size(key: str) -> str:
    return key.replace("_", " ")

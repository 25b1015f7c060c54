"""`solve`: the value of one figure of the law with which a national total meets a budget."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.simulation.dial import FACTOR, WHOLE, Dial, Point
from openfisca_cpts.outils.simulation.engine import is_money
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.loading import load
from openfisca_cpts.outils.simulation.request import check_variables, check_years
from openfisca_cpts.outils.simulation.scenarios import Scenario, resolve
from openfisca_cpts.outils.typography import decimal, euros, number

MOST_STEPS = 200
"""Steps of the search between two values, each of which computes the whole table."""


@dataclasses.dataclass(frozen=True)
class Solution:
    """What a figure must be for a total to meet a budget.

    Attributes:
        path: the figure; `*` stands for any one segment.
        value: its value from 1 January of the year on, or what multiplies those that differ, with
            no more decimals than the total needs; none where no value is near the budget.
        total: the total with this value; none as well.
        target: what the total should be.
        exact: whether the total is the target to the cent.
        sentence: all this in French.
        year: the calendar year of the total.
        variable: name of the variable that is summed.
        scenario: name of the scenario that the figure is changed in.
        lowest: the value with which the total is the lowest found, and that total.
        highest: the same for the highest.
        setting: `path=value@date`, which gives the total when it is typed; none as well.
        declaration: the same as a reform, as a file of one holds it; none as well.
    """

    path: str
    value: float | None
    total: float | None
    target: float
    exact: bool
    sentence: str
    year: int
    variable: str
    scenario: str
    lowest: Point
    highest: Point
    setting: str | None
    declaration: dict[str, Any] | None

    def as_record(self) -> dict[str, Any]:
        """Give what a run record keeps of it."""
        return {
            "chemin": self.path,
            "annee": self.year,
            "variable": self.variable,
            "scenario": self.scenario,
            "cible": self.target,
            "valeur": self.value,
            "total": self.total,
            "exact": self.exact,
            "reglage": self.setting,
        }


def solve(
    communautes: Any,
    path: str,
    target: float,
    year: int,
    *,
    reformes: Any = (),
    variable: str = "financement_annuel",
    equal: bool = False,
    settings: Sequence[str] = (),
    keep: Sequence[str] = (),
    default_rate: float | str | None = None,
    sheet: str | None = None,
) -> Solution:
    """Find the value of one figure of the law with which a total over a table meets a budget.

    Args:
        communautes: the table, as for `simulate`.
        path: path of the figure, where `*` stands for any one segment.
        target: what the total must be.
        year: calendar year of the total; the figure changes on its 1 January.
        reformes: one reform, or several joined by « + », that the figure is changed in.
        variable: name of the number that is summed over the communities.
        equal: whether figures that differ all get one value; without it, they are multiplied by
            one factor, and keep their proportions.
        settings: `path=value@date`, applied before.
        keep: titles of other columns of the table, which are not read.
        default_rate: rate of achievement where the table gives none, as for `simulate`.
        sheet: name of the sheet of a workbook to read, where several could be meant.

    Returns:
        The value, or why there is none.

    Raises:
        RequestError: a path, a year, a variable or a reform that cannot be, or more than one
            scenario.
        TableError: a fault in the table; all of them are listed.
    """
    scenarios = resolve(reformes, settings)
    law, *others = scenarios
    scenario = others[-1] if others else law
    if len(others) > 1:
        raise RequestError(
            "Un réglage se cherche dans un seul scénario : joindre les réformes par « + »."
        )
    check_years(year, law.system)
    if isinstance(target, bool) or not math.isfinite(target):
        raise RequestError(f"La cible « {target} » n'est pas un nombre.")
    check_variables([variable], [scenario.system])
    if scenario.system.variables[variable].value_type not in (int, float):
        raise RequestError(f"« {variable} » n'est pas un nombre : elle n'a pas de total.")
    communities = load(communautes, scenarios, keep, default_rate, sheet)
    dial = Dial(law, scenario, communities, path, year, variable, equal)
    found = _nearest(dial, target)
    return _describe(dial, scenario, None if found is None else _shortest(dial, found), target)


def _nearest(dial: Dial, target: float) -> Point | None:
    """Search between two values whose totals stand on each side of the target."""
    bracket = dial.bracket(target)
    if bracket is None:
        return None
    first, last = bracket

    def gap(value: float) -> float:
        difference = dial.total(value) - target
        return difference if abs(difference) > HALF_A_CENT else 0.0

    lows, highs = (first, gap(first)), (last, gap(last))
    for step in range(MOST_STEPS):
        middle = _between(lows, highs, whole=dial.unit in WHOLE, halved=step % 2 == 1)
        if not lows[1] or not highs[1] or middle in (lows[0], highs[0]):
            break
        found = (middle, gap(middle))
        if (found[1] > 0) == (lows[1] > 0):
            lows = found
        else:
            highs = found
    return min(dial.points(), key=lambda point: abs(point.total - target))


def _between(
    lows: tuple[float, float], highs: tuple[float, float], *, whole: bool, halved: bool
) -> float:
    """Give the next value to try, between two whose gaps have not the same sign.

    A straight line finds the target at once where the total moves in one; halving in between ends
    on a total that jumps over the target, or that bends.

    Args:
        lows: the lower value, and its gap to the target.
        highs: the higher value, and its gap.
        whole: whether only whole numbers are values.
        halved: whether to take the middle.

    Returns:
        A value from one to the other; one of them where there is none in between.
    """
    (first, before), (last, after) = lows, highs
    rounded = math.floor if whole else float
    half, value = rounded((first + last) / 2), first
    if not halved and before != after:
        value = rounded(first - before * (last - first) / (after - before))
    return value if first < value < last else half


def _shortest(dial: Dial, found: Point) -> Point:
    """Round the value of the dial as far as the total stays the same to the cent.

    Args:
        dial: the dial.
        found: a value, and its total.

    Returns:
        The value with the fewest decimals found that give this total, and the total it gives.
    """
    if dial.unit in WHOLE:
        return found
    text = repr(float(found.value))
    most = -int(Decimal(text).as_tuple().exponent)
    for places in range(_needed(dial), most):
        value = round(found.value, places)
        total = dial.total(value)
        if euros(total) == euros(found.total):
            return Point(value, total)
    return found


def _needed(dial: Dial) -> int:
    """Estimate how many decimals a cent of the total asks for, by how fast the total moves."""
    first, *_, last = dial.points()
    slope = abs(last.total - first.total) / (last.value - first.value)
    return max(0, math.floor(math.log10(slope / HALF_A_CENT))) if slope else 0


def _describe(dial: Dial, scenario: Scenario, found: Point | None, target: float) -> Solution:
    points = dial.points()
    lowest = min(points, key=lambda point: point.total)
    highest = max(points, key=lambda point: point.total)
    exact = found is not None and abs(found.total - target) <= HALF_A_CENT
    money = is_money(scenario.system.variables[dial.variable])

    def say(total: float) -> str:
        return f"{euros(total)}\N{NO-BREAK SPACE}€" if money else decimal(total)

    what = f"le total de « {dial.variable} » en {dial.year}"
    if found is None and highest.total - lowest.total <= HALF_A_CENT:
        sentence = (
            f"Changer « {dial.path} » à partir du 1er janvier {dial.year} ne change rien : {what} "
            f"reste de {say(lowest.total)}."
        )
    elif found is None:
        sentence = (
            f"Aucune valeur de « {dial.path} » n'amène {what} à {say(target)} : de "
            f"{_value(dial, points[0])} à {_value(dial, points[-1])}, il va de "
            f"{say(lowest.total)} (pour {_value(dial, lowest)}) à {say(highest.total)} "
            f"(pour {_value(dial, highest)})."
        )
    elif exact:
        sentence = (
            f"Avec « {dial.path} » à {_value(dial, found)} à partir du 1er janvier {dial.year}, "
            f"{what} est de {say(found.total)}. {_again(dial, found)}"
        )
    else:
        sentence = (
            f"Aucune valeur de « {dial.path} » n'amène exactement {what} à {say(target)}. La plus "
            f"proche trouvée, {_value(dial, found)} à partir du 1er janvier {dial.year}, donne "
            f"{say(found.total)}. {_again(dial, found)}"
        )
    return Solution(
        path=dial.path,
        value=None if found is None else found.value,
        total=None if found is None else found.total,
        target=target,
        exact=exact,
        sentence=sentence,
        year=dial.year,
        variable=dial.variable,
        scenario=scenario.name,
        lowest=lowest,
        highest=highest,
        setting=None if found is None else _setting(dial, found),
        declaration=None if found is None else dial.declaration(found.value),
    )


def _setting(dial: Dial, point: Point) -> str:
    """Write a value as `--set` takes it."""
    times = "*" if dial.unit == FACTOR else ""
    return f"{dial.path}={times}{_all_of(point.value):f}@{dial.year}-01-01"


def _all_of(value: float) -> Decimal:
    """Give every decimal that a value has, and no other."""
    return Decimal(str(value)).normalize()


def _again(dial: Dial, point: Point) -> str:
    return f"Pour retrouver ce total : --set {_setting(dial, point)}"


def _value(dial: Dial, point: Point) -> str:
    """Write a value of the dial with its unit."""
    if dial.unit in WHOLE:
        return f"{number(int(point.value))}\N{NO-BREAK SPACE}{WHOLE[dial.unit]}"
    text = decimal(_all_of(point.value), "f")
    if dial.unit == FACTOR:
        return f"{text} fois ses valeurs"
    if dial.unit == "currency-EUR":
        cents = euros(point.value)
        return f"{text if len(text) > len(cents) else cents}\N{NO-BREAK SPACE}€"
    return text

"""Closed envelopes: the coefficient that makes a national total meet a budget, year by year."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.scenarios import Scenario
from openfisca_cpts.outils.simulation.sums import national_totals
from openfisca_cpts.outils.typography import euros

if TYPE_CHECKING:
    from openfisca_core.parameters import ParameterNode

    from openfisca_cpts.outils.simulation.communities import Communities
    from openfisca_cpts.reforms import Equilibre

BALANCED = "financement_annuel"
"""The variable whose national total meets the budget."""
COEFFICIENTS = {
    "scenario": polars.String,
    "annee": polars.Int32,
    "coefficient": polars.Float64,
    "total_avant": polars.Float64,
    "cible": polars.Float64,
    "total_apres": polars.Float64,
}
"""Columns of the table of coefficients: totals and budget in euros, before with a coefficient of
one."""
CENT = 0.01


def balance(
    scenarios: Sequence[Scenario], communities: Communities, last: int
) -> tuple[list[Scenario], polars.DataFrame]:
    """Find the coefficients of the scenarios that have one.

    The total of a year is affine in the coefficient of the year: computed at 0 and at 1 over the
    whole table, it gives the coefficient that meets the budget, and a third computation proves it.
    The years before the first that is asked for count too: their rights are paid later.

    Args:
        scenarios: the law in force, then the others.
        communities: all the communities; the budget is theirs together.
        last: last calendar year that is asked for.

    Returns:
        The scenarios, with the coefficients of each year from the one the envelope starts in; and
        the table `COEFFICIENTS`, one row per scenario and year, without rows if there is none.

    Raises:
        RequestError: no coefficient meets the budget of a year, or a scenario has two of them.
    """
    done = [_balance_one(scenario, scenarios[0], communities, last) for scenario in scenarios]
    rows = [row for _, found in done for row in found]
    return (
        [scenario for scenario, _ in done],
        polars.DataFrame(rows, COEFFICIENTS, orient="row"),
    )


def _balance_one(
    scenario: Scenario, law: Scenario, communities: Communities, last: int
) -> tuple[Scenario, list[tuple]]:
    closed = [rule for _, rule in scenario.unbalanced()]
    if not closed:
        return scenario, []
    if len(closed) > 1:
        raise RequestError(
            f"« {scenario.name} » joint deux réformes qui équilibrent chacune le total national : "
            "une seule le peut."
        )
    (rule,) = closed
    first = _first_year(scenario.system.parameters, rule)
    # A right that an exercice earns in the year after is computed with those of its own year.
    years = list(range(first, max(first, last) + 1))
    if rule.cible is not None:
        budget = _leaf(scenario.system.parameters, rule.cible)
        years = [year for year in years if budget(_first_day(year)) is not None]

    def totals(coefficients: Mapping[int, float]) -> tuple[Scenario, dict[int, float]]:
        changed = scenario.with_reform(_setting(rule, coefficients))
        return changed, national_totals(changed.system, communities, years, BALANCED)

    _, none = totals({years[0]: 0})
    _, whole = totals({years[0]: 1})
    if rule.cible is None:
        budgets = national_totals(law.system, communities, years, BALANCED)
    else:
        budgets = {year: float(budget(_first_day(year))) for year in years}
    found = {
        year: _coefficient(scenario, rule, year, none[year], whole[year], budgets[year])
        for year in years
    }
    changed, after = totals(found)
    for year in years:
        expected = none[year] + found[year] * (whole[year] - none[year])
        if abs(after[year] - expected) > CENT:
            raise RequestError(
                f"« {scenario.name} », {year} : le total ({_euros(after[year])}) ne suit pas le "
                f"coefficient « {rule.coefficient} » en ligne droite ({_euros(expected)} attendus) "
                "; le coefficient ne se calcule pas."
            )
    rows = [
        (scenario.name, year, found[year], whole[year], budgets[year], after[year])
        for year in years
        if year <= last
    ]
    return changed, rows


def _coefficient(
    scenario: Scenario, rule: Equilibre, year: int, none: float, whole: float, budget: float
) -> float:
    """Give the coefficient of one year.

    Args:
        scenario: the scenario, named where it has none.
        rule: its rule.
        year: the year.
        none: national total with a coefficient of 0, in euros.
        whole: the same with a coefficient of 1.
        budget: what the total must be.

    Returns:
        The coefficient, 0 or more.
    """
    if abs(whole - budget) < CENT or (rule.plafonne and none <= whole <= budget):
        return 1.0
    coefficient = (budget - none) / (whole - none) if whole != none else -1
    if coefficient >= 0:
        return min(coefficient, 1.0) if rule.plafonne else coefficient
    raise RequestError(
        f"« {scenario.name} » : aucun coefficient ne ramène le total de {year} à "
        f"{_euros(budget)}. Il est de {_euros(none)} avec un coefficient nul et de "
        f"{_euros(whole)} avec un coefficient de 1."
    )


def _first_year(parameters: ParameterNode, rule: Equilibre) -> int:
    """Give the first year whose 1 January has a coefficient and a budget."""
    leaves = [_leaf(parameters, path) for path in (rule.coefficient, rule.cible) if path]
    starts = max(min(value.instant_str for value in leaf.values_list) for leaf in leaves)
    first = datetime.date.fromisoformat(starts)
    return first.year + (first > datetime.date(first.year, 1, 1))


def _first_day(year: int) -> str:
    return f"{year}-01-01"


def _leaf(parameters: ParameterNode, path: str):
    node = parameters
    for name in path.split("."):
        node = node.children[name]
    return node


def _setting(rule: Equilibre, coefficients: Mapping[int, float]) -> type[reforms.Reforme]:
    """Make the reform that writes the coefficient of each year, to hold until the next."""
    budget = rule.cible or "total du droit en vigueur"
    return reforms.declarer(
        {
            "nom": "coefficient",
            "titre": "Coefficient trouvé sur toutes les communautés du tableau",
            "source": {"title": f"Calculé pour que le total annuel du tableau tienne : {budget}"},
            "parametres": {
                rule.coefficient: [
                    {"a_partir_du": _first_day(year), "valeur": value}
                    for year, value in coefficients.items()
                ]
            },
        }
    )


def _euros(amount: float) -> str:
    return f"{euros(amount)}\N{NO-BREAK SPACE}€"

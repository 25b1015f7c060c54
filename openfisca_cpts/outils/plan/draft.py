"""One community under one law: what it is paid, line by line, and what stands behind each."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy
import polars

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.outils.plan.deadlines import deadlines
from openfisca_cpts.outils.plan.payment_lines import (
    ASSUMED,
    GIVEN,
    MISSING,
    Payment,
    payments,
)
from openfisca_cpts.outils.plan.reservations import (
    condition_notes,
    notes,
    rate_notes,
    size_notes,
)
from openfisca_cpts.outils.simulation.columns import ID, NAME, years_of_law
from openfisca_cpts.outils.simulation.communities import Communities, Given
from openfisca_cpts.outils.simulation.engine import build
from openfisca_cpts.outils.simulation.rates import rate_name, rates, with_rates
from openfisca_cpts.outils.simulation.scenarios import Scenario

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation

EVENTS = ("date_lettre_intention", "date_validation_projet_sante", "date_signature_contrat")
END = "date_fin_effective"
CASES = {"sur": 0.0, "plafond": 1.0}
"""The rates of achievement that two more copies of the community have, after the given ones."""
AMOUNTS = ("montant", *CASES)
"""What a line pays to each copy."""


@dataclasses.dataclass(frozen=True)
class Schedule:
    """The plan of one community under one law.

    Attributes:
        id: its identifier.
        nom: its name, where it is given.
        scenario: name of the law that it is paid under.
        titre_scenario: its title, in French.
        signature: day of the signature; none without a contract.
        fin: first day that the contract no longer covers; none without a contract.
        annees: the calendar years of the plan.
        mois: its months, as AAAA-MM: whole years, or those that were asked for.
        versements: one row per payment, in the order of time: `mois` (AAAA-MM), `exercice`,
            `libelle`, `montant`, `sur` and `plafond` (euros, unrounded: what is paid, and what
            would be if the rate of achievement were 0, or 1), `taux` (of a part variable:
            « donné », « supposé » or « non donné », which pays nothing), `article`, `statut`,
            `variable`.
        echeances: one row per core mission: `mission`, `echeance_demarrage`,
            `echeance_deploiement`, `date_demarrage`, `en_retard` (the variable of the law, true
            where no start is given), `constat` (in French; it says so where none is given);
            empty without a contract.
        totaux: one row per year, of its months in the plan: `annee`, then in euros `sur` (rates
            of achievement at 0), `donne` (those given), `plafond` (at 1).
        remarques: what the reader should know, in French; why there is nothing to pay, if so.
        taux_suppose: the rate of achievement assumed where none is given; none if none is.
    """

    id: str
    nom: str | None
    scenario: str
    titre_scenario: str
    signature: datetime.date | None
    fin: datetime.date | None
    annees: list[int]
    mois: list[str]
    versements: polars.DataFrame
    echeances: polars.DataFrame
    totaux: polars.DataFrame
    remarques: list[str]
    taux_suppose: float | None


@dataclasses.dataclass(frozen=True)
class Draft:
    """One community under one law, computed, of which the months are still to be chosen.

    Attributes:
        scenario: the law.
        communities: the community, alone.
        copies: the community with all its rates, and once for each of `CASES`.
        simulation: the traced simulation of the copies.
        rate: the rate assumed where none is given; none if none is.
    """

    scenario: Scenario
    communities: Communities
    copies: Communities
    simulation: Simulation
    rate: float | None

    @classmethod
    def of(cls, scenario: Scenario, communities: Communities, rate: float | None) -> Draft:
        """Compute one community under one law."""
        names = rates(scenario.system)
        copies = _with_cases(with_rates(communities, rate or 0.0, names=names.values()), names)
        known = years_of_law(scenario.system)
        simulation = build(scenario.system, copies, known, trace=True)
        return cls(scenario, communities, copies, simulation, rate)

    @functools.cached_property
    def life(self) -> range:
        """The calendar years from the first event to the last that can be paid for."""
        return _life(self.simulation)

    def plan(self, months: Sequence[str]) -> Schedule:
        """Give the plan over some months, as AAAA-MM."""
        years = sorted({int(month.partition("-")[0]) for month in months})
        state = _rate_state(self.communities, self.rate)
        simulation = self.simulation
        lines = [line for line in payments(simulation, years, state) if line.mois in months]
        signature, end = (_day(simulation, name) for name in ("date_signature_contrat", END))
        versements = _frame(lines)
        identity = self.communities.identities.row(0, named=True)
        return Schedule(
            id=identity[ID],
            nom=identity[NAME],
            scenario=self.scenario.name,
            titre_scenario=self.scenario.title,
            signature=signature,
            fin=end,
            annees=years,
            mois=list(months),
            versements=versements,
            echeances=deadlines(simulation, signature, end),
            totaux=_totals(lines, years),
            remarques=[
                *notes(simulation, bool((versements["montant"] != 0).any()), signature, end),
                *rate_notes(simulation.tax_benefit_system, versements, signature, self.rate),
                *condition_notes(simulation, self.communities, signature),
                *size_notes(simulation, self.copies, years, _span(signature, end)),
                *self.communities.remarks,
            ],
            taux_suppose=self.rate,
        )


def _with_cases(communities: Communities, names: Mapping[str, str]) -> Communities:
    """Copy one community that has all its rates, as it is and once for each of `CASES`."""
    reached = numpy.array(list(CASES.values()))
    copies = communities.take([0] * (1 + len(CASES)))
    for name in names.values():
        given = copies.inputs[name]
        for values in (given.always, *given.by_year.values()):
            if values is not None:
                values[1:] = reached
    return copies


def _rate_state(communities: Communities, rate: float | None) -> Callable[[str, int], str]:
    """Give what says whether a rate of one community is given, assumed, or neither."""

    def state(mission: str, year: int) -> str:
        given = communities.inputs.get(rate_name(mission), Given(None, {}))
        if given.holds(year, 1)[0]:
            return GIVEN
        return MISSING if rate is None else ASSUMED

    return state


def _day(simulation: Simulation, name: str) -> datetime.date | None:
    first_year = years_of_law(simulation.tax_benefit_system)[0]
    day = simulation.calculate(name, str(first_year))[0].item()
    return None if day == NEVER else day


def _life(simulation: Simulation) -> range:
    """Give the calendar years from the first event to the last that can be paid for."""
    known = years_of_law(simulation.tax_benefit_system)
    days = [_day(simulation, name) for name in (*EVENTS, END)]
    years = [min(max(day.year, known[0]), known[-1]) for day in days if day is not None]
    if not years:
        return range(known[0], known[0])
    evaluations = [
        simulation.calculate("exercice_evaluation", str(year))[0].item()
        for year in range(min(years), max(years) + 1)
    ]
    years += [min(day.year, known[-1]) for day in evaluations if day != NEVER]
    return range(min(years), max(years) + 1)


def _span(signature: datetime.date | None, end: datetime.date | None) -> range:
    """Give the calendar years in which a contract runs."""
    return range(0) if signature is None or end is None else range(signature.year, end.year + 1)


def _frame(lines: list[Payment]) -> polars.DataFrame:
    schema = {
        **dict.fromkeys(("mois", "exercice", "libelle"), polars.String),
        **dict.fromkeys(AMOUNTS, polars.Float64),
        **dict.fromkeys(("taux", "article", "statut", "variable"), polars.String),
    }
    rows = [(*line.place, *line.montants, line.taux, *line.source) for line in lines]
    return polars.DataFrame(rows, schema, orient="row")


def _totals(lines: list[Payment], years: list[int]) -> polars.DataFrame:
    sums = {year: numpy.zeros(1 + len(CASES)) for year in years}
    for line in lines:
        sums[line.annee] += line.montants
    given, *others = numpy.array(list(sums.values())).reshape(-1, 1 + len(CASES)).T
    cases = dict(zip(CASES, others, strict=True))
    return polars.DataFrame(
        {
            "annee": polars.Series(years, dtype=polars.Int32),
            "sur": cases["sur"],
            "donne": given,
            "plafond": cases["plafond"],
        }
    )

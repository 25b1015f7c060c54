"""`schedule`: the payment plan of one community, line by line, with what stands behind each."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy
import polars
from openfisca_core.periods import DateUnit, Instant, Period, period

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.indicateurs import read_grid, with_grid
from openfisca_cpts.outils.plan.payment_lines import (
    ASSUMED,
    GIVEN,
    MISSING,
    Payment,
    payments,
    short_label,
)
from openfisca_cpts.outils.plan.reservations import (
    condition_notes,
    notes,
    rate_notes,
    size_notes,
)
from openfisca_cpts.outils.simulation.columns import ID, NAME, nearest, years_of_law
from openfisca_cpts.outils.simulation.communities import Communities, Given, check_communities
from openfisca_cpts.outils.simulation.engine import build
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.rates import rates, read_rate, with_rates
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.request import check_years

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

EVENTS = ("date_lettre_intention", "date_validation_projet_sante", "date_signature_contrat")
END = "date_fin_effective"
NO_START, LATE, ON_TIME = "date de démarrage non donnée", "en retard", "à temps"
"""What is found of a deadline; nobody is late who did not say when they started."""
CASES = {"sur": 0.0, "plafond": 1.0}
"""The rates of achievement that two more copies of the community have, after the given ones."""


@dataclasses.dataclass(frozen=True)
class Schedule:
    """The plan of one community.

    Attributes:
        id: its identifier.
        nom: its name, where it is given.
        signature: day of the signature; none without a contract.
        fin: first day that the contract no longer covers; none without a contract.
        annees: the calendar years of the plan.
        versements: one row per payment, in the order of time: `mois` (AAAA-MM), `exercice`,
            `libelle`, `montant` and `plafond` (euros, unrounded: what is paid, and what would be
            if the rate of achievement were 1), `taux` (of a part variable: « donné », « supposé »
            or « non donné », which pays nothing), `article`, `statut`, `variable`.
        echeances: one row per core mission: `mission`, `echeance_demarrage`,
            `echeance_deploiement`, `date_demarrage`, `en_retard` (the variable of the law, true
            where no start is given), `constat` (in French; it says so where none is given);
            empty without a contract.
        totaux: one row per year: `annee`, then in euros `sur` (rates of achievement at 0),
            `donne` (those given), `plafond` (at 1).
        remarques: what the reader should know, in French; why there is nothing to pay, if so.
        taux_suppose: the rate of achievement assumed where none is given; none if none is.
    """

    id: str
    nom: str | None
    signature: datetime.date | None
    fin: datetime.date | None
    annees: list[int]
    versements: polars.DataFrame
    echeances: polars.DataFrame
    totaux: polars.DataFrame
    remarques: list[str]
    taux_suppose: float | None


def schedule(
    communautes: Any,
    identifiant: str | None = None,
    *,
    premiere: int | None = None,
    derniere: int | None = None,
    keep: Sequence[str] = (),
    default_rate: float | str | None = None,
    sheet: str | None = None,
    grille: Any = None,
    annee_grille: int | None = None,
) -> Schedule:
    """Give the payment plan of one community.

    Args:
        communautes: path of a CSV, XLSX or Parquet file, or a polars or pandas frame, as for
            `simulate`.
        identifiant: `id` of the community; may be left out where the table has only one.
        premiere: first calendar year; that of the first event if none is given.
        derniere: last calendar year; that of the last payment if none is given.
        keep: titles of other columns of the table, which are not read.
        default_rate: rate of achievement of every mission and year that the table gives none for;
            without it, a missing rate pays nothing.
        sheet: name of the sheet of a workbook to read, where several could be meant.
        grille: grid of the indicators of the contract, as `read_grid` reads it, in place of the
            rates of achievement of one exercice.
        annee_grille: calendar year in which that exercice opens.

    Returns:
        The plan.

    Raises:
        RequestError: a year or a rate that cannot be, a community that is not in the table, or a
            file that does not exist.
        TableError: a fault in the table, whichever the row; all of them are listed.
    """
    system = CountryTaxBenefitSystem()
    asked = [year for year in (premiere, derniere) if year is not None]
    if asked:
        check_years(asked, system)
        if asked[0] > asked[-1]:
            raise RequestError(
                f"La première année ({premiere}) est après la dernière ({derniere})."
            )
    rate = None if default_rate is None else read_rate(default_rate, system)
    table = read(communautes, sheet)
    communities = _choose(check_communities(table, [system], keep), identifiant)
    if grille is not None:
        if annee_grille is None:
            raise RequestError("Une grille d'indicateurs demande l'année où son exercice s'ouvre.")
        (year,) = check_years(annee_grille, system)
        communities, _ = with_grid(communities, read_grid(grille, system), system, year)
    identity = communities.identities.row(0, named=True)
    copies = _with_cases(with_rates(communities, rate or 0.0))
    simulation = build(system, copies, years_of_law(system), trace=True)
    life = _life(simulation)
    first = life.start if premiere is None else premiere
    last = life.stop - 1 if derniere is None else derniere
    years = list(range(first, last + 1))
    lines = payments(simulation, years, _rate_state(communities, rate))
    signature, end = (_day(simulation, name) for name in ("date_signature_contrat", END))
    versements = _frame(lines)
    return Schedule(
        id=identity[ID],
        nom=identity[NAME],
        signature=signature,
        fin=end,
        annees=years,
        versements=versements,
        echeances=_deadlines(simulation, signature, end),
        totaux=_totals(lines, years),
        remarques=[
            *notes(simulation, bool((versements["montant"] != 0).any()), signature, end),
            *rate_notes(versements, signature, rate),
            *condition_notes(simulation, communities, signature),
            *size_notes(simulation, copies, years, _span(signature, end)),
            *communities.remarks,
        ],
        taux_suppose=rate,
    )


def _choose(communities: Communities, identifier: str | None) -> Communities:
    ids = communities.identities[ID].to_list()
    if identifier is None:
        if len(ids) != 1:
            example = f" (par exemple « {ids[0]} »)" if ids else ""
            raise RequestError(f"Le tableau a {len(ids)} communautés : en nommer une{example}.")
        return communities
    if identifier not in ids:
        near = nearest(identifier, ids)
        advice = f" (le plus proche : « {near} »)" if near else ""
        raise RequestError(f"Aucune communauté n'a l'identifiant « {identifier} »{advice}.")
    return communities.take([ids.index(identifier)])


def _with_cases(communities: Communities) -> Communities:
    """Copy one community that has all its rates, as it is and once for each of `CASES`."""
    reached = numpy.array(list(CASES.values()))
    copies = communities.take([0] * (1 + len(CASES)))
    for name in rates().values():
        given = copies.inputs[name]
        for values in (given.always, *given.by_year.values()):
            if values is not None:
                values[1:] = reached
    return copies


def _rate_state(communities: Communities, rate: float | None) -> Callable[[str, int], str]:
    """Give what says whether a rate of one community is given, assumed, or neither."""

    def state(mission: str, year: int) -> str:
        given = communities.inputs.get(rates()[mission], Given(None, {}))
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
        **dict.fromkeys(("montant", "plafond"), polars.Float64),
        **dict.fromkeys(("taux", "article", "statut", "variable"), polars.String),
    }
    rows = [
        (*line.place, line.montants[0], line.montants[-1], line.taux, *line.source)
        for line in lines
    ]
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


def _deadlines(
    simulation: Simulation, signature: datetime.date | None, end: datetime.date | None
) -> polars.DataFrame:
    schema = {
        "mission": polars.String,
        **dict.fromkeys(
            ("echeance_demarrage", "echeance_deploiement", "date_demarrage"), polars.Date
        ),
        "en_retard": polars.Boolean,
        "constat": polars.String,
    }
    rows: list[tuple[Any, ...]] = []
    if signature is not None and end is not None:
        month = _last_month(simulation.tax_benefit_system, signature, end)
        system = simulation.tax_benefit_system
        for mission in declarees(system):
            if not mission.echeances:
                continue
            days = [
                simulation.calculate(f"{mission.cle}_{name}", month)[0].item()
                for name in ("echeance_demarrage", "echeance_deploiement", "date_demarrage")
            ]
            late = simulation.calculate(f"{mission.cle}_en_retard", month)[0].item()
            label = short_label(system, mission.cle)
            found = NO_START if days[-1] == NEVER else LATE if late else ON_TIME
            rows.append((label, *(None if day == NEVER else day for day in days), late, found))
    return polars.DataFrame(rows, schema, orient="row")


def _last_month(system: TaxBenefitSystem, signature: datetime.date, end: datetime.date) -> Period:
    """Give the last month that a contract covers, when every delay has been seen."""
    last = max(signature, end - datetime.timedelta(days=1))
    last_known = period(str(years_of_law(system)[-1])).stop.date
    last = min(last, last_known)
    return Period((DateUnit.MONTH, Instant((last.year, last.month, 1)), 1))

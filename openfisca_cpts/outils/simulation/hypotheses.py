"""What a table does not give, and what that does to the amounts: counted by year.

A missing input is worth nothing in the law, and a missing population is that of another year. What
is counted here stands beside every total, whichever the surface.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy
import polars
from openfisca_core.periods import DateUnit, period

from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.calcul.missions import comptee
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.missions.versements import VERSEE
from openfisca_cpts.outils.simulation.engine import batches, build
from openfisca_cpts.outils.simulation.rates import with_rates
from openfisca_cpts.outils.simulation.sums import exact_sum

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.simulation.communities import Communities

POPULATION = "population"
NO_POPULATION = "population_absente"
NO_SCALE = "annee_hors_champ"
SIZE_ALONE = "taille_sans_population"
CARRIED = "population_reportee"
NO_RATE = "taux_absent"
ASSUMED_RATE = "taux_suppose"
NO_CONTRACT = "contrat_absent"
LATER_CONTRACT = "contrat_a_venir"
ENDING = "contrat_qui_finit"
ENDED = "contrat_fini"
NO_START = "demarrage_absent"
NO_CONDITION = "condition_absente"
SCHEMA = {
    "annee": polars.Int32,
    "constat": polars.String,
    "communautes": polars.Int64,
    "missions": polars.Int64,
    "financement": polars.Float64,
    "versement": polars.Float64,
    "annee_reprise": polars.Int32,
    "premier_jour": polars.Date,
    "dernier_jour": polars.Date,
}
"""Columns of the counts."""


@dataclasses.dataclass(frozen=True)
class Hypotheses:
    """What was not given, carried over from another year, or assumed, under the law in force.

    Attributes:
        counts: one row per year and finding, in their order: `annee`, `constat`, `communautes`
            (how many), `missions` (how many of them together, where the finding is about
            missions), `financement` and `versement` (euros: what a rate of 1 would add to the two
            totals of the year where none is given; what rests on it where it is assumed),
            `annee_reprise` (year that the population is taken from), `premier_jour` and
            `dernier_jour` (days between which contracts end).
        default_rate: the rate of achievement assumed where none is given; none if none is.
        remarks: what a reader should know of how the table was read, in French.
    """

    counts: polars.DataFrame
    default_rate: float | None
    remarks: list[str]

    def of(self, key: str) -> polars.DataFrame:
        """Give the rows of one finding, by its key."""
        return self.counts.filter(polars.col("constat") == key)


@dataclasses.dataclass
class _Found:
    """One finding of one year, batch after batch."""

    communities: int = 0
    missions: int | None = None
    earned: list[polars.Series] = dataclasses.field(default_factory=list)
    paid: list[polars.Series] = dataclasses.field(default_factory=list)
    days: list[numpy.ndarray] = dataclasses.field(default_factory=list)

    def add(
        self,
        concerned: numpy.ndarray,
        missions: numpy.ndarray | None = None,
        earned: numpy.ndarray | None = None,
        paid: numpy.ndarray | None = None,
        days: numpy.ndarray | None = None,
    ) -> None:
        """Count what one batch has of it."""
        self.communities += int(concerned.sum())
        if missions is not None:
            self.missions = (self.missions or 0) + int(missions[concerned].sum())
        for amounts, kept in ((earned, self.earned), (paid, self.paid)):
            if amounts is not None:
                kept.append(polars.Series(amounts[concerned]))
        if days is not None:
            self.days.append(days[concerned])

    def row(self, year: int, key: str, origin: int | None) -> tuple:
        """Give the row of the table."""
        ends = numpy.concatenate([numpy.empty(0, "datetime64[D]"), *self.days])
        return (
            *(year, key, self.communities, self.missions),
            *(exact_sum(sums) if sums else None for sums in (self.earned, self.paid)),
            *(origin, *((min(ends).item(), max(ends).item()) if len(ends) else (None, None))),
        )


def hypotheses(
    law: TaxBenefitSystem,
    communities: Communities,
    years: Sequence[int],
    default_rate: float | None = None,
) -> Hypotheses:
    """Count what a table does not give.

    Args:
        law: the law in force.
        communities: the communities; whether their missing rates are filled makes no difference.
        years: calendar years, in their order.
        default_rate: the rate assumed where the table gives none, if one is.

    Returns:
        The counts of each year.
    """
    found: dict[tuple[int, str, int | None], _Found] = {}
    for rows in batches(communities.identities.height):
        batch = communities.take(rows)
        if not batch.identities.height:
            continue
        for year, key, origin, counted in _findings(law, batch, years, default_rate):
            if counted["concerned"].any():
                found.setdefault((year, key, origin), _Found()).add(**counted)
    counts = polars.DataFrame(
        [one.row(*place) for place, one in found.items()], SCHEMA, orient="row"
    ).sort("annee", polars.col("constat").cast(polars.Enum(ORDER)), "annee_reprise")
    return Hypotheses(counts, default_rate, communities.remarks)


ORDER = (
    *(NO_SCALE, NO_POPULATION, SIZE_ALONE, CARRIED),
    *(NO_RATE, ASSUMED_RATE, NO_CONDITION, NO_START),
    *(NO_CONTRACT, LATER_CONTRACT, ENDING, ENDED),
)
"""The findings, as a reader takes them: size, missions, contract."""

Finding = tuple[int, str, int | None, dict[str, numpy.ndarray]]
"""Year, key, year of origin, and what `_Found.add` takes."""


def _findings(
    law: TaxBenefitSystem, batch: Communities, years: Sequence[int], default_rate: float | None
) -> Iterator[Finding]:
    # The law itself says what a rate is worth: reached where it is missing, and nothing elsewhere.
    reached = build(law, with_rates(batch, missing=1, known=0), years)
    nothing = build(law, with_rates(batch, missing=0, known=0), years)
    for year in years:
        yield from of_the_size(reached, batch, year)
        yield from _of_the_rates(reached, nothing, batch, year, default_rate)
        yield from _of_the_conditions(reached, batch, year)
        yield from _of_the_contract(reached, year)
    for simulation in (reached, nothing):
        for name in law.variables:  # see `engine.apply_law`
            simulation.delete_arrays(name)


def of_the_size(simulation: Simulation, batch: Communities, year: int) -> Iterator[Finding]:
    """Find the communities without a size, or whose population is not that of the year.

    Args:
        simulation: a simulation of the communities.
        batch: the communities, with what was given.
        year: calendar year.

    Yields:
        The findings: `concerned` is a bool array, one per community.
    """
    height = batch.identities.height
    outside = _is(simulation, "motif_non_calculable", year, "hors_champ_temporel")
    people = simulation.calculate("population_retenue", str(year))
    unsized = _is(simulation, "taille", year, "indeterminee")
    yield year, NO_SCALE, None, {"concerned": outside}
    yield year, NO_POPULATION, None, {"concerned": ~outside & unsized}
    yield year, SIZE_ALONE, None, {"concerned": ~unsized & (people == 0)}
    missing = ~outside & (people > 0) & ~_has_people(batch, year)
    if not missing.any():
        return
    given = sorted(batch.inputs[POPULATION].by_year)
    nearest = [y for y in reversed(given) if y < year] + [y for y in given if y > year]
    origin = numpy.zeros(height, dtype=int)
    for other in nearest:
        origin[(origin == 0) & _has_people(batch, other)] = other
    for other in numpy.unique(origin[missing]).tolist():
        yield year, CARRIED, other, {"concerned": missing & (origin == other)}


def _is(simulation: Simulation, name: str, year: int, key: str) -> numpy.ndarray:
    """Say which communities have one choice of a variable."""
    choice = simulation.tax_benefit_system.variables[name].possible_values[key]
    return numpy.asarray(simulation.calculate(name, str(year))) == choice.index


def _has_people(batch: Communities, year: int) -> numpy.ndarray:
    """Say which communities have a population of a year; zero counts as not given."""
    given = batch.inputs.get(POPULATION)
    values = None if given is None else given.by_year.get(year, given.always)
    return numpy.zeros(batch.identities.height, bool) if values is None else values > 0


def _of_the_rates(
    reached: Simulation,
    nothing: Simulation,
    batch: Communities,
    year: int,
    default_rate: float | None,
) -> Iterator[Finding]:
    height = batch.identities.height
    window = period(str(year))
    earned = reached.calculate("financement_annuel", window)
    earned = earned - nothing.calculate("financement_annuel", window)
    paid = numpy.zeros(height)
    missions = numpy.zeros(height, dtype=int)
    for mission in declarees(reached.tax_benefit_system):
        if not mission.evaluees:
            continue
        rate = f"{mission.cle}_taux_atteinte"
        names = [f"{mission.cle}_{part.cle}" for part in mission.evaluees]
        part = sum(reached.calculate_add(f"{name}_{VERSEE}", window) for name in names)
        counts = (
            (earned > 0)
            & ~(batch.inputs[rate].holds(year, height) if rate in batch.inputs else False)
            & comptee(reached.persons, window, mission.cle)
            & (sum(reached.calculate(name, window) for name in names) > 0)
        )
        missions += counts | (part > 0)
        paid += part
    key = NO_RATE if default_rate is None else ASSUMED_RATE
    share = 1 if default_rate is None else default_rate
    yield (
        *(year, key, None),
        {
            "concerned": missions > 0,
            "missions": missions,
            "earned": share * earned,
            "paid": share * paid,
        },
    )


def _of_the_conditions(simulation: Simulation, batch: Communities, year: int) -> Iterator[Finding]:
    """Find the parts of missions that are due on a condition of which nothing is said."""
    height = batch.identities.height
    window = period(str(year))
    parts = numpy.zeros(height, dtype=int)
    earned = numpy.zeros(height)
    for mission in declarees(simulation.tax_benefit_system):
        for part in mission.parts:
            if not part.conditionnelle or part.saisie is None:
                continue
            given = batch.inputs.get(f"{mission.cle}_{part.saisie.cle}")
            unsaid = comptee(simulation.persons, window, mission.cle)
            if given is not None:
                unsaid = unsaid & ~given.holds(year, height)
            amount = simulation.calculate(f"{mission.cle}_{part.cle}", window)
            parts += unsaid & (amount > 0)
            earned += unsaid * amount
    yield year, NO_CONDITION, None, {"concerned": parts > 0, "missions": parts, "earned": earned}


def _of_the_contract(simulation: Simulation, year: int) -> Iterator[Finding]:
    first, last = numpy.datetime64(f"{year}-01-01"), numpy.datetime64(f"{year}-12-31")
    signature = _eternal(simulation, "date_signature_contrat")
    end = simulation.calculate("date_fin_effective", str(year)).astype("datetime64[D]")
    signed = signature != JAMAIS
    running = signed & (signature <= last) & (end > first) & (signature < end)
    yield year, NO_CONTRACT, None, {"concerned": ~signed}
    yield year, LATER_CONTRACT, None, {"concerned": signed & (signature > last)}
    ending = signed & (end >= first) & (end <= last)
    yield year, ENDING, None, {"concerned": ending, "days": end}
    yield year, ENDED, None, {"concerned": signed & (end < first)}
    yield from _of_the_starts(simulation, year, running)


def _of_the_starts(simulation: Simulation, year: int, running: numpy.ndarray) -> Iterator[Finding]:
    """Find the contracts that pay for no mission, or not for one that is counted or overdue."""
    none = numpy.ones(len(running), dtype=bool)
    lost = numpy.zeros(len(running), dtype=int)
    for mission in declarees(simulation.tax_benefit_system):
        undated = _eternal(simulation, f"{mission.cle}_date_demarrage") == JAMAIS
        awaited = simulation.calculate(f"{mission.cle}_retenue", str(year))
        late = f"{mission.cle}_en_retard"
        if late in simulation.tax_benefit_system.variables:
            awaited = awaited | simulation.calculate(late, f"{year}-12")
        lost += undated & awaited
        none &= undated
    concerned = running & (none | (lost > 0))
    yield year, NO_START, None, {"concerned": concerned, "missions": lost}


def _eternal(simulation: Simulation, name: str) -> numpy.ndarray:
    return simulation.calculate(name, DateUnit.ETERNITY.value).astype("datetime64[D]")

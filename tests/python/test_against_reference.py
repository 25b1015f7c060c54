"""The package agrees with the plain reference: each variable, month by month, to 1e-6 €."""

from datetime import date
from random import Random

import numpy
import pytest
from communities import DAY, YEARS, computed_names, label, months, random_community, simulation
from openfisca_core.periods import Instant, Period
from plain_reference import Contract
from plain_scale import EXISTS_FROM, MISSIONS, NEVER

COMMUNITIES = 1_000
EXACT = 1e-6
# With the yearly variables of an exercice, how the package gets there: no part of the contract.
STEPS = {"contrat_en_cours_annee", "date_fin_effective"}
WINDOWS = [
    *(date(year, 1, 1) for year in YEARS),
    date(2019, 8, 24),
    date(2019, 8, 25),
    date(2021, 9, 1),
    date(2022, 9, 2),
    date(2022, 9, 3),
    date(2023, 12, 31),
    date(2024, 2, 28),
]


@pytest.fixture(scope="module")
def communities():
    return [random_community(Random(seed)) for seed in range(COMMUNITIES)]


@pytest.fixture(scope="module")
def contracts(communities):
    return [Contract(community) for community in communities]


@pytest.fixture(scope="module")
def computed(system, communities):
    return simulation(system, communities)


def assert_same(compute, period, expected, communities):
    """Fail with each variable that differs, and one community for which it does."""
    faults = []
    for name in expected[0]:
        values = compute(name)
        if hasattr(values, "decode_to_str"):
            values = values.decode_to_str()
        wanted = numpy.array([one[name] for one in expected])
        if wanted.dtype.kind == "f":
            wrong = numpy.flatnonzero(~(abs(values - wanted) <= EXACT))
        else:
            wrong = numpy.flatnonzero(values != wanted.astype(values.dtype))
        if len(wrong):
            row = wrong[0]
            faults.append(
                f"{name}, {period}: {values[row]}, the reference says {wanted[row]}, for "
                f"{len(wrong)} communities as {communities[row]}"
            )
    if faults:
        pytest.fail("\n".join(faults))


def test_the_reference_gives_every_monthly_variable(system, contracts):
    assert set(contracts[0].monthly((2024, 1))) == set(computed_names(system, "month"))


def test_the_reference_gives_every_yearly_variable(system, contracts):
    ours = {name for name in computed_names(system, "year") if "exercice" not in name}
    assert set(contracts[0].yearly(date(2024, 1, 1))) == ours - STEPS


@pytest.mark.parametrize("year", YEARS)
def test_every_monthly_variable(computed, communities, contracts, year):
    for month in months(year, year):
        period = label(month)
        expected = [contract.monthly(month) for contract in contracts]
        assert_same(
            lambda name, p=period: computed.calculate(name, p), period, expected, communities
        )


@pytest.mark.parametrize("first_day", WINDOWS, ids=str)
def test_every_yearly_variable(computed, communities, contracts, first_day):
    period = Period(("year", Instant((first_day.year, first_day.month, first_day.day)), 1))
    expected = [contract.yearly(first_day) for contract in contracts]
    assert_same(lambda name: computed.calculate(name, period), period, expected, communities)


def test_every_variable_takes_several_values(contracts):
    for read, periods in ((Contract.monthly, months(2016, 2033)), (Contract.yearly, WINDOWS)):
        found: dict = {}
        for contract in contracts[:100]:
            for period in periods:
                for name, value in read(contract, period).items():
                    found.setdefault(name, set()).add(value)
        assert [name for name, values in found.items() if len(values) < 2] == []


def starts(contract):
    """The day each mission is started, with the first day of it and the exercices."""
    for mission in MISSIONS:
        day = contract.community.get(f"{mission}_date_demarrage", NEVER)
        yield day, EXISTS_FROM[mission], contract.exercices


CASES = {
    "signed on 29 February": lambda c: (c.signature.month, c.signature.day) == (2, 29),
    "signed on the first day": lambda c: c.signature == date(2019, 8, 25),
    "signed the day before amendment 2": lambda c: c.signature == date(2022, 9, 2),
    "signed the day of amendment 2": lambda c: c.signature == date(2022, 9, 3),
    "letter the day before the law": lambda c: (
        c.community.get("date_lettre_intention") == date(2016, 1, 27)
    ),
    "letter the day of the law": lambda c: (
        c.community.get("date_lettre_intention") == date(2016, 1, 28)
    ),
    "never signed": lambda c: c.signature == NEVER,
    "population never given": lambda c: not any(c.community["population"].values()),
    "size known without population": lambda c: (
        not any(c.community["population"].values()) and any(c.community["taille_connue"].values())
    ),
    "size known against the population": lambda c: (
        any(c.community["population"].values())
        and set(c.community["taille_connue"].values()) - {"indeterminee"}
    ),
    "letter in a region that pays by size": lambda c: (
        c.community["region_ars"] == "bretagne" and c.community["date_lettre_intention"] != NEVER
    ),
    "population given for several years": lambda c: (
        len(set(c.community["population"].values())) > 2
    ),
    "ended on the signature": lambda c: c.signature != NEVER and not c.exercices,
    "ended in the first exercice": lambda c: len(c.exercices) == 1 and c.exercices[0].cut_short,
    "ended inside a later exercice": lambda c: len(c.exercices) > 1 and c.exercices[-1].cut_short,
    "ended on an anniversary before the term": lambda c: (
        0 < len(c.exercices) < 5 and c.end == c.exercices[-1].closing
    ),
    "agreed end after five years": lambda c: len(c.exercices) > 5,
    "an exercice of 366 days": lambda c: any(
        (x.closing - x.opening).days == 366 for x in c.exercices
    ),
    "mission started before the signature": lambda c: any(
        day < c.signature != NEVER for day, _, _ in starts(c)
    ),
    "mission started before it existed": lambda c: any(
        day < exists for day, exists, _ in starts(c)
    ),
    "mission started on the opening day": lambda c: any(
        day == x.opening for day, _, found in starts(c) for x in found
    ),
    "mission started the day before": lambda c: any(
        day == x.opening - DAY for day, _, found in starts(c) for x in found[1:]
    ),
    "mission started in the month of the opening, before it": lambda c: any(
        day < x.opening and (day.year, day.month) == (x.opening.year, x.opening.month)
        for day, _, found in starts(c)
        for x in found[1:]
    ),
    "mission started on the last day": lambda c: any(
        found and day == c.end - DAY for day, _, found in starts(c)
    ),
    "mission started after the end": lambda c: any(c.end <= day < NEVER for day, _, _ in starts(c)),
}


@pytest.mark.parametrize("case", CASES)
def test_the_random_communities_hold_each_case(contracts, case):
    assert sum(bool(CASES[case](contract)) for contract in contracts) >= 3

"""Random communities for the reference and the properties: a dict each, or vectors of inputs.

The one builder takes a `random.Random`, or the one that Hypothesis drives and shrinks.
"""

import os
from calendar import isleap
from datetime import date, timedelta
from random import Random

import numpy
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from openfisca_core.simulations import SimulationBuilder
from plain_scale import ACI, AVENANT_2, CONDITIONAL, MISSIONS, NEVER, WITH_VARIABLE_PART

YEARS = range(2016, 2034)
ENOUGH = 500
ROUND = 6
LARGEST_TABLE = 50
POPULATIONS = (0, 1, 39_999, 40_000, 79_999, 80_000, 175_000, 175_001)
SIGNATURES = (
    date(2019, 8, 25),
    date(2019, 8, 26),
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2020, 2, 28),
    date(2020, 2, 29),
    date(2021, 2, 28),
    date(2022, 9, 2),
    date(2022, 9, 3),
    date(2022, 9, 4),
    date(2024, 2, 29),
)
LETTERS = (date(2015, 12, 31), date(2016, 1, 27), date(2016, 1, 28), date(2016, 1, 29))
REGIONS = ("inconnue", "ile_de_france", "bretagne", "bourgogne_franche_comte", "mayotte")
SIZES = ("indeterminee", "taille_1", "taille_2", "taille_3", "taille_4")
COSTS = ("constitution", "diagnostic", "projet_sante")
DAY = timedelta(days=1)


def any_day(random: Random, first: date, last: date) -> date:
    return first + random.randint(0, (last - first).days) * DAY


def near(random: Random, day: date, days: int) -> date:
    return day + random.randint(-days, days) * DAY


def years_after(day: date, years: int) -> date:
    clipped = day.day - ((day.month, day.day) == (2, 29) and not isleap(day.year + years))
    return date(day.year + years, day.month, clipped)


def mission_start(random: Random, signature: date) -> date:
    """A start placed against the signature, an anniversary, or the first day of amendment 2."""
    anniversary = years_after(signature, random.randint(0, 6))
    placed = random.randint(0, 9)
    if placed < 5:
        return (
            signature,
            anniversary,
            anniversary - DAY,
            anniversary + DAY,
            anniversary.replace(day=1),
        )[placed]
    if placed == 5:
        return near(random, anniversary, 31)
    if placed == 6:
        return near(random, AVENANT_2, 2)
    if placed == 7:
        return any_day(random, signature - 400 * DAY, signature + 2500 * DAY)
    return any_day(random, signature, years_after(signature, 1))


def end(random: Random, signature: date) -> date:
    """An end on the signature, near an anniversary or anywhere in seven years."""
    placed = random.randint(0, 4)
    if placed == 0:
        return signature
    if placed == 1:
        return any_day(random, signature, years_after(signature, 7))
    anniversary = years_after(signature, random.randint(0, 6))
    return max(signature, near(random, anniversary, (0, 1, 31)[placed - 2]))


def yearly_rates(random: Random) -> dict:
    """No rate, or one for each year from some year on: 0, 1 and others, to two decimals."""
    first = random.randint(0, len(YEARS))
    start, step = random.randint(0, 100), random.randint(0, 100)
    return {year: (start + step * year) % 101 / 100 for year in YEARS[first:]}


def conditions(random: Random) -> dict:
    """Years in which a condition holds."""
    held = random.randint(0, 2 ** len(YEARS) - 1)
    return {year: True for rank, year in enumerate(YEARS) if held >> rank & 1}


def population(random: Random) -> dict:
    """The inhabitants of no, one, some or many years."""
    number = random.choice([0, 1, 1, 2, 4, 9])
    return {
        random.randint(2015, 2030): random.choice([*POPULATIONS, 8_500, 60_000, 99_999, 300_000])
        for _ in range(number)
    }


def known_sizes(random: Random) -> dict:
    """The size that the contract states: mostly in no year, else in one or some."""
    number = random.choice([0, 0, 0, 0, 1, 3])
    return {random.randint(2015, 2030): random.choice(SIZES) for _ in range(number)}


def cents(random: Random, most: int) -> float:
    return random.randint(0, most * 100) / 100


def random_community(random: Random) -> dict:
    """One community: often with a contract, its dates placed where the law turns."""
    signature = random.choice([*SIGNATURES, *[None] * len(SIGNATURES)])
    signature = signature or any_day(random, ACI, date(2025, 12, 31))
    community: dict = {"population": population(random)}
    community["region_ars"] = random.choice(REGIONS)
    letter = random.choice([NEVER, NEVER, NEVER, *LETTERS, signature, None, None])
    community["date_lettre_intention"] = letter or any_day(random, LETTERS[0], signature)
    for cost in COSTS:
        community[f"depenses_amorcage_{cost}"] = cents(random, 30_000)
    community["taille_connue"] = known_sizes(random)
    if random.randint(0, 1):
        community["date_validation_projet_sante"] = near(random, signature, 400)
    if random.randint(0, 9):
        community["date_signature_contrat"] = signature
    if random.randint(0, 2) == 0:
        community["date_fin_convenue"] = end(random, signature)
    if random.randint(0, 2) == 0:
        community["date_resiliation"] = end(random, signature)
    for mission in MISSIONS:
        if random.randint(0, 4):
            community[f"{mission}_date_demarrage"] = mission_start(random, signature)
        if random.randint(0, 3) == 0:
            community[f"{mission}_retenue"] = conditions(random)
    for mission in WITH_VARIABLE_PART:
        community[f"{mission}_taux_atteinte"] = yearly_rates(random)
    for _, _, condition in CONDITIONAL.values():
        community[condition] = conditions(random)
    paid = {random.randint(2021, 2028): cents(random, 100_000)}
    return {**community, "indemnite_membre_maximale": paid}


def to_vectors(communities: list[dict]) -> dict:
    """The inputs as the package takes them: {variable: {period: one value per community}}."""
    vectors: dict = {"population": {"2024": numpy.zeros(len(communities), int)}}
    for row, community in enumerate(communities):
        for name, value in community.items():
            for period, item in (value if isinstance(value, dict) else {"ETERNITY": value}).items():
                blank = NEVER if isinstance(item, date) else type(item)()
                blank = {"region_ars": "inconnue", "taille_connue": SIZES[0]}.get(name, blank)
                column = vectors.setdefault(name, {})
                column.setdefault(str(period), [blank] * len(communities))[row] = item
    return vectors


def computed_names(system, definition_period: str) -> list[str]:
    """The variables of a community that the package computes."""
    return [
        name
        for name, variable in system.variables.items()
        if variable.entity.key == "cpts"
        and variable.definition_period == definition_period
        and not variable.is_input_variable()
    ]


def simulation(system, communities: list[dict]):
    return SimulationBuilder().build_from_variables(system, to_vectors(communities))


def label(month: tuple[int, int]) -> str:
    return f"{month[0]}-{month[1]:02}"


def months(first: int, last: int) -> list[tuple[int, int]]:
    return [(year, month) for year in range(first, last + 1) for month in range(1, 13)]


@st.composite
def tables(draw):
    """A table of 1 to 50 random communities."""
    random = draw(st.randoms(use_true_random=False))
    size = max(draw(st.integers(1, LARGEST_TABLE)), draw(st.integers(1, LARGEST_TABLE)))
    return [random_community(random) for _ in range(size)]


def over_tables(check):
    """Make a test of a property: check it on random tables, and with a random of its own.

    Rounds of a few tables go on until 500 communities were seen. In continuous integration the
    seeds are fixed; by hand each run sees others, and takes minutes to shrink a failing table.
    """
    in_ci = bool(os.environ.get("CI"))
    phases = [Phase.generate] if in_ci else [Phase.generate, Phase.shrink]

    def test(system):
        sizes = []

        def each(communities, random):
            sizes.append(len(communities))
            check(system, communities, random)

        number = 0 if in_ci else Random().randrange(2**32)
        while sum(sizes) < ENOUGH:
            number += 1
            run = given(communities=tables(), random=st.randoms(use_true_random=False))(each)
            run = settings(max_examples=ROUND, deadline=None, database=None, phases=phases)(run)
            seed(number)(run)()

    return test

"""What holds of the law for all communities, whatever their dates, populations and results."""

import numpy
from communities import (
    DAY,
    YEARS,
    computed_names,
    label,
    months,
    over_tables,
    simulation,
)
from openfisca_core.periods import Instant, Period
from openfisca_core.simulations import SimulationBuilder
from plain_reference import DROITS, LINES, PAYEES, Contract, months_after
from plain_scale import AVENANT_2, EXISTS_FROM, MISSIONS, NEVER, WITH_VARIABLE_PART

LIFE = months(2019, 2033)
EXACT = 1e-6
SUMS = ("versement_missions", "versement_amorcage", "versement_total")


def cash(computed, name, over=LIFE):
    """A monthly amount: one row per month, one column per community."""
    return numpy.array([computed.calculate(name, label(month)) for month in over])


def droits(payee):
    return [name for name in DROITS if name.startswith(f"{payee}_")]


def is_variable(name):
    return name.endswith("part_variable")


def busy_months(communities, random, most):
    """Some of the months in which these communities earn or are paid."""
    found = {month for one in communities for _, month in Contract(one).book}
    busy = sorted(month for month in found if month in LIFE) or LIFE[:1]
    return random.sample(busy, min(most, len(busy)))


def same_rate_each_year(one, random):
    """The community with one rate per mission, whatever the year."""
    rates = {f"{mission}_taux_atteinte": random.randint(0, 100) for mission in WITH_VARIABLE_PART}
    return {**one, **{name: dict.fromkeys(YEARS, rate / 100) for name, rate in rates.items()}}


def ended_at_an_opening(one):
    """The community without the exercice that an end cuts short."""
    exercices = Contract(one).exercices
    if exercices and exercices[-1].cut_short:
        return {**one, "date_resiliation": exercices[-1].opening}
    return one


@over_tables
def test_a_contract_pays_what_it_earns(system, communities, random):
    whole = [ended_at_an_opening(same_rate_each_year(one, random)) for one in communities]
    computed = simulation(system, whole)
    for payee in PAYEES:
        earned = 0
        for name in droits(payee):
            rates = 1
            if is_variable(name):
                rates = computed.calculate(f"{payee}_taux_atteinte", "2024")
            earned = earned + cash(computed, name).sum(axis=0) * rates
        paid = cash(computed, f"{payee}_versement").sum(axis=0)
        assert abs(paid - earned).max() <= EXACT, payee


def ended_somewhere(one, random):
    """The community with an end on any day of its first five years and some."""
    agreed = one["date_signature_contrat"] + random.randint(1, 1900) * DAY
    return {**one, "date_fin_convenue": agreed, "date_resiliation": NEVER}


@over_tables
def test_an_exercice_cut_short_pays_the_share_of_days_run(system, communities, random):
    signed = [
        ended_somewhere(one, random) for one in communities if "date_signature_contrat" in one
    ]
    without = [ended_at_an_opening(one) for one in signed]
    exercices = [Contract(one).exercices[-1] for one in signed]
    computed = simulation(system, [*signed, *without])

    def of_the_exercice(name):
        with_it, without_it = numpy.split(cash(computed, name).sum(axis=0), [len(signed)])
        return with_it - without_it

    for payee in PAYEES if signed else ():
        run = numpy.ones(len(signed))
        for row, (one, (_, opening, closing, end)) in enumerate(
            zip(signed, exercices, strict=True)
        ):
            start = one.get(f"{payee}_date_demarrage", NEVER)
            arises = opening
            if payee in MISSIONS:
                arises = max(opening, start, EXISTS_FROM[payee])
            if arises < end < closing:
                run[row] = (end - arises) / (closing - arises)
        earned = sum(of_the_exercice(name) for name in droits(payee) if not is_variable(name))
        paid = of_the_exercice(f"{payee}_versement")
        cut = numpy.array([exercice.cut_short for exercice in exercices])
        assert abs(paid - run * earned)[cut].max(initial=0) <= EXACT, payee


@over_tables
def test_a_versement_is_the_sum_of_its_lines(system, communities, random):
    computed = simulation(system, communities)
    over = busy_months(communities, random, 36)
    paid = {payee: cash(computed, f"{payee}_versement", over) for payee in PAYEES}
    for payee in PAYEES:
        lines = sum(cash(computed, line, over) for line in LINES[payee])
        assert abs(paid[payee] - lines).max() <= EXACT, payee
    missions, seed, total = (cash(computed, name, over) for name in SUMS)
    assert abs(missions - sum(paid[mission] for mission in MISSIONS)).max() <= EXACT
    assert abs(total - missions - seed - paid["fonctionnement"]).max() <= EXACT


@over_tables
def test_nothing_is_below_zero_but_the_versement_of_the_month_of_an_end(
    system, communities, random
):
    computed = simulation(system, communities)
    over = busy_months(communities, random, 60)
    ends = [Contract(one).end for one in communities]
    ending = numpy.array([[(end.year, end.month) == month for end in ends] for month in over])
    for name in DROITS:
        assert cash(computed, name, over).min() >= 0, name
    for name in [*(f"{payee}_versement" for payee in PAYEES), *SUMS]:
        assert cash(computed, name, over)[~ending].min(initial=0) >= 0, name


@over_tables
def test_a_community_alone_gets_what_it_gets_in_a_table(system, communities, random):
    names = computed_names(system, "month")
    computed = simulation(system, communities)
    for row, one in enumerate(communities):
        alone = simulation(system, [one])
        (month,) = busy_months([one], random, 1)
        for name in names:
            values = computed.calculate(name, label(month)).view(numpy.ndarray)
            expected = alone.calculate(name, label(month)).view(numpy.ndarray)
            assert values[row] == expected[0], name


@over_tables
def test_the_order_of_a_table_does_not_matter(system, communities, random):
    order = random.sample(range(len(communities)), len(communities))
    computed = simulation(system, communities)
    moved = simulation(system, [communities[row] for row in order])
    periods = [label(month) for month in busy_months(communities, random, 6)]
    asked = [(name, period) for name in computed_names(system, "month") for period in periods]
    asked += [(name, "2024") for name in computed_names(system, "year")]
    for name, period in asked:
        values = computed.calculate(name, period).view(numpy.ndarray)
        expected = moved.calculate(name, period).view(numpy.ndarray)
        assert values[order].tolist() == expected.tolist(), (name, period)


def test_an_empty_table_works(system):
    inputs = [name for name, one in system.variables.items() if one.is_input_variable()]
    assert "date_signature_contrat" in inputs
    given = {
        name: {"ETERNITY" if system.variables[name].definition_period == "eternity" else "2024": []}
        for name in inputs
    }
    computed = SimulationBuilder().build_from_variables(system, given)
    for name in computed_names(system, "month"):
        for month in LIFE:
            assert computed.calculate(name, label(month)).shape == (0,), name
    for name in computed_names(system, "year"):
        for year in YEARS:
            assert computed.calculate(name, str(year)).shape == (0,), name


def more_people(one, random):
    """The community with as many inhabitants or more, each year that gives some."""
    given = one["population"].items()
    larger = {year: n and n + random.choice([0, 1, 40_000, 100_000]) for year, n in given}
    return {**one, "population": larger}


@over_tables
def test_a_larger_population_never_lowers_a_yearly_amount(system, communities, random):
    smaller = [ended_at_an_opening(one) for one in communities]
    larger = [more_people(one, random) for one in smaller]
    before, after = simulation(system, smaller), simulation(system, larger)
    amounts = [
        name
        for name in computed_names(system, "year")
        if system.variables[name].unit == "currency-EUR"
    ]
    assert "versement_annuel" in amounts
    assert "fonctionnement_annuel" in amounts
    for year in random.sample(YEARS, 3):
        for name in amounts:
            lowered = before.calculate(name, str(year)) - after.calculate(name, str(year))
            assert lowered.max() <= EXACT, (name, year)


def better_rates(one, random):
    """The community with rates as good or better."""
    better = {}
    for mission in WITH_VARIABLE_PART:
        rates = one[f"{mission}_taux_atteinte"]
        more = random.randint(0, 100) / 100
        better[f"{mission}_taux_atteinte"] = {
            year: min(1.0, rates.get(year, 0) + more) for year in YEARS
        }
    return {**one, **better}


@over_tables
def test_a_higher_rate_never_lowers_a_payment(system, communities, random):
    better = [better_rates(one, random) for one in communities]
    before, after = simulation(system, communities), simulation(system, better)
    over = busy_months(better, random, 36)
    for name in [*(f"{payee}_versement" for payee in PAYEES), "versement_total"]:
        assert (cash(before, name, over) - cash(after, name, over)).max() <= EXACT, name
    for year in YEARS:
        lowered = before.calculate("financement_annuel", year) - after.calculate(
            "financement_annuel", year
        )
        assert lowered.max() <= EXACT, year


def started_a_day_later(one):
    """The community with each mission put off one day, where exercice and scale stay the same."""
    later = {}
    for mission in MISSIONS:
        start = one.get(f"{mission}_date_demarrage", NEVER)
        for exercice in Contract(one).exercices:
            same_exercice = exercice.opening <= start < exercice.closing - DAY
            if same_exercice and start + DAY != AVENANT_2:
                later[f"{mission}_date_demarrage"] = start + DAY
    return {**one, **later}


@over_tables
def test_starting_a_day_later_never_raises_the_rights(system, communities, random):
    one_size = [
        {**one, "population": {2024: random.randint(1, 200_000)}, "taille_connue": {}}
        for one in communities
    ]
    later = [started_a_day_later(one) for one in one_size]
    before, after = simulation(system, one_size), simulation(system, later)
    for mission in MISSIONS:
        for name in droits(mission):
            raised = cash(after, name).sum(axis=0) - cash(before, name).sum(axis=0)
            assert raised.max() <= EXACT, name


@over_tables
def test_twelve_months_sum_to_the_year_that_starts_anywhere(system, communities, random):
    computed = simulation(system, communities)
    for _ in range(3):
        month = random.choice(LIFE[:-12])
        first_day = Instant((*month, random.randint(1, 28)))
        year = computed.calculate("versement_annuel", Period(("year", first_day, 1)))
        twelve = [months_after(month, later) for later in range(12)]
        assert abs(year - cash(computed, "versement_total", twelve).sum(axis=0)).max() <= EXACT

"""The years that are given, and only those, decide what the others take."""

import copy
from random import Random

import numpy
import pytest
from communities import POPULATIONS, SIZES
from openfisca_core.simulations import SimulationBuilder
from plain_scale import population_retenue, taille_connue_retenue

from openfisca_cpts.calcul import annees

YEARS = range(2010, 2040)


def build(system, inputs):
    return SimulationBuilder().build_from_variables(system, inputs)


def some_years(random, values):
    return {y: random.choice(values) for y in random.sample(YEARS, random.randint(0, 12))}


@pytest.mark.parametrize("seed", range(5))
def test_any_pattern_of_given_years(system, seed):
    random = Random(seed)
    communities = [
        {"population": some_years(random, POPULATIONS), "taille_connue": some_years(random, SIZES)}
        for _ in range(200)
    ]
    vectors = {
        name: {
            str(year): [community[name].get(year, blank) for community in communities]
            for year in YEARS
        }
        for name, blank in (("population", 0), ("taille_connue", "indeterminee"))
    }
    simulation = build(system, vectors)
    asked = list(range(2005, 2045))
    random.shuffle(asked)
    for year in asked:
        people = simulation.calculate("population_retenue", str(year))
        assert people.tolist() == [population_retenue(one, year) for one in communities]
        sizes = simulation.calculate("taille_connue_retenue", f"year:{year}-09")
        assert sizes.decode_to_str().tolist() == [
            taille_connue_retenue(one, year) for one in communities
        ]


def test_each_given_year_is_looked_at_once_however_many_are_asked(system, monkeypatch):
    searches = []
    search = annees._chercher
    monkeypatch.setattr(annees, "_chercher", lambda holder: searches.append(1) or search(holder))
    simulation = build(system, {"population": {"2020": [95_000, 0], "2024": [0, 30_000]}})
    for year in range(1900, 2100):
        simulation.calculate("plafond_financement", str(year))
    # Once for the population, once for the size that nobody gives.
    assert len(searches) == 2
    assert {period.start.year for period in simulation.get_known_periods("population")} == {
        *(2020, 2024)
    }


def test_an_input_given_or_taken_back_later_counts(system):
    simulation = build(system, {"population": {"2020": [95_000]}})
    assert simulation.calculate("population_retenue", "2024").tolist() == [95_000]
    simulation.set_input("population", "2023", [30_000])
    assert simulation.calculate("population_retenue", "2025").tolist() == [30_000]
    simulation.delete_arrays("population", "2023")
    assert simulation.calculate("population_retenue", "2026").tolist() == [95_000]
    simulation.delete_arrays("population")
    assert simulation.calculate("population_retenue", "2027").tolist() == [0]


def test_one_year_taken_back_counts_though_another_stays(system):
    given = {"population": {"2020": [95_000, 50_000], "2022": [0, 60_000]}}
    simulation = build(system, given)
    assert simulation.calculate("population_retenue", "2024").tolist() == [95_000, 60_000]
    simulation.delete_arrays("population", "2022")
    assert simulation.calculate("population_retenue", "2025").tolist() == [95_000, 50_000]


def test_a_clone_has_given_years_of_its_own(system):
    simulation = build(system, {"population": {"2020": [95_000]}})
    assert simulation.calculate("population_retenue", "2024").tolist() == [95_000]
    other = simulation.clone()
    other.set_input("population", "2022", [30_000])
    assert other.calculate("population_retenue", "2025").tolist() == [30_000]


def test_the_trace_shows_the_year_that_was_taken(system):
    simulation = build(system, {"population": {"2020": [95_000]}})
    simulation.trace = True
    simulation.calculate("population_retenue", "2024")
    (step,) = simulation.tracer.trees
    assert [(child.name, str(child.period)) for child in step.children] == [("population", "2020")]


def test_several_communities_of_a_request(system):
    situation = {
        "communautes": {
            "a": {"population": {"2020": 95_000}, "taille": {"2024": None}},
            "b": {"taille_connue": {"2021": "taille_1"}, "taille": {"2024": None}},
            "c": {"taille": {"2024": None}},
        }
    }
    simulation = SimulationBuilder().build_from_entities(system, copy.deepcopy(situation))
    sizes = simulation.calculate("taille", "2024").decode_to_str()
    assert sizes.tolist() == ["taille_3", "taille_1", "indeterminee"]


def test_a_computed_size_is_still_refused_and_a_known_one_checked(system):
    with pytest.raises(Exception, match="taille_2"):
        build(system, {"taille_connue": {"2024": ["taille_12"]}})
    with pytest.raises(Exception, match="année civile"):
        build(system, {"taille_connue": {"year:2024-09": ["taille_1"]}})


def test_no_community_at_all(system):
    simulation = SimulationBuilder().build_default_simulation(system, 0)
    assert simulation.calculate("population_retenue", "2024").tolist() == []
    assert simulation.calculate("taille", "2024").view(numpy.ndarray).tolist() == []

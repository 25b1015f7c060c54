"""Which year an input is given for, and which years and variables can be asked for."""

import re

import polars
import pytest

from openfisca_cpts.outils.simulation import RequestError, simulate


def column(table, annees, variable):
    return simulate(table, annees, variables=[variable])[variable].to_list()


def test_a_title_with_a_year_gives_that_year_and_without_one_every_year():
    table = polars.DataFrame({"id": ["a"], "parcours_taux_atteinte_2024": [0.5]})
    assert column(table, [2023, 2024, 2025], "parcours_taux_atteinte") == [0, 0.5, 0]
    table = polars.DataFrame({"id": ["a"], "parcours_taux_atteinte": [0.5]})
    assert column(table, [2016, 2024, 2090], "parcours_taux_atteinte") == [0.5, 0.5, 0.5]


def test_the_cell_of_a_year_wins_where_it_is_filled():
    table = polars.DataFrame(
        {
            "id": ["a", "b", "c"],
            "qualite_retenue_2024": [False, None, None],
            "qualite_retenue": [True, True, None],
            "population": [50_000] * 3,
        }
    )
    assert column(table, [2023, 2024], "qualite_retenue") == [
        *(True, True, False),
        *(False, True, False),
    ]


def test_a_population_of_any_year_serves_the_others():
    table = polars.DataFrame(
        {"id": ["a", "b"], "population_2022": [30_000, None], "population_2030": [None, 90_000]}
    )
    assert column(table, [2021, 2026], "population_retenue") == [30_000, 90_000, 30_000, 90_000]


def test_a_simulation_of_one_year_takes_a_number():
    table = polars.DataFrame({"id": ["a"]})
    assert simulate(table, 2024).equals(simulate(table, [2024]))


@pytest.mark.parametrize("years", [range(2026, 2024), [2015], [20_240], ["2024"], [2024.0]])
def test_years_that_cannot_be_are_refused(years):
    with pytest.raises(RequestError, match=r"[Aa]nnée"):
        simulate(polars.DataFrame({"id": ["a"]}), years)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        (["taile"], "« taile » n'existe pas (la plus proche : « taille »)"),
        (["zzz"], "« zzz » n'existe pas."),
        (["taille", "taille"], "demandée deux fois"),
    ],
)
def test_variables_that_cannot_be_are_refused(variables, said):
    with pytest.raises(RequestError, match=re.escape(said)):
        simulate(polars.DataFrame({"id": ["a"]}), 2024, variables=variables)

"""The totals by year and size, computed by hand."""

import polars
import pytest

from openfisca_cpts.outils.simulation import simulate, summarise


def test_the_totals_of_a_small_table():
    table = polars.DataFrame(
        {
            "id": list("abcd"),
            "population_2024": [100_000, 60_000, 79_999, None],
            "parcours_retenue_2025": [False, True, True, True],
        }
    )
    totals = summarise(simulate(table, [2024, 2025]))
    assert totals.rows() == [
        ("droit_en_vigueur", 2024, "indeterminee", 1, 0, 0.0, 0.0),
        ("droit_en_vigueur", 2024, "taille_2", 2, 139_999, 2 * 379_500.0, 2 * 60_000.0),
        ("droit_en_vigueur", 2024, "taille_3", 1, 100_000, 487_500.0, 75_000.0),
        ("droit_en_vigueur", 2025, "indeterminee", 1, 0, 0.0, 0.0),
        ("droit_en_vigueur", 2025, "taille_2", 2, 139_999, 2 * 379_500.0, 2 * 95_000.0),
        ("droit_en_vigueur", 2025, "taille_3", 1, 100_000, 487_500.0, 75_000.0),
    ]
    assert totals.columns == [
        *("scenario", "annee", "taille", "nombre_communautes"),
        *("population_retenue", "plafond_financement", "financement_annuel"),
    ]


def test_more_inhabitants_than_32_bits_hold():
    table = polars.DataFrame({"id": list("ab"), "population": [2_000_000_000] * 2})
    assert summarise(simulate(table, 2024))["population_retenue"].to_list() == [4_000_000_000]


@pytest.mark.parametrize("years", [[2024], [2024, 2025]])
def test_an_empty_table_has_no_totals(years):
    assert summarise(simulate(polars.DataFrame({"id": []}), years)).height == 0

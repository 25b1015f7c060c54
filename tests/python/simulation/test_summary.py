"""The totals by year and size, computed by hand."""

import datetime

import polars
import pytest

from openfisca_cpts.outils.simulation import contracts, simulate, summarise
from openfisca_cpts.outils.simulation.summary import CONTRACT_VARIABLES


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
        ("droit_en_vigueur", 2024, "indeterminee", 1, 0, 0.0, 0.0, 0.0),
        ("droit_en_vigueur", 2024, "taille_2", 2, 139_999, 2 * 379_500.0, 2 * 60_000.0, 0.0),
        ("droit_en_vigueur", 2024, "taille_3", 1, 100_000, 487_500.0, 75_000.0, 0.0),
        ("droit_en_vigueur", 2025, "indeterminee", 1, 0, 0.0, 0.0, 0.0),
        ("droit_en_vigueur", 2025, "taille_2", 2, 139_999, 2 * 379_500.0, 2 * 95_000.0, 0.0),
        ("droit_en_vigueur", 2025, "taille_3", 1, 100_000, 487_500.0, 75_000.0, 0.0),
    ]
    assert totals.columns == [
        *("scenario", "annee", "taille", "nombre_communautes"),
        *("population_retenue", "plafond_financement", "financement_annuel", "versement_annuel"),
    ]


def test_more_inhabitants_than_32_bits_hold():
    table = polars.DataFrame({"id": list("ab"), "population": [2_000_000_000] * 2})
    assert summarise(simulate(table, 2024))["population_retenue"].to_list() == [4_000_000_000]


@pytest.mark.parametrize("years", [[2024], [2024, 2025]])
def test_an_empty_table_has_no_totals(years):
    assert summarise(simulate(polars.DataFrame({"id": []}), years)).height == 0


def test_the_contracts_that_run_and_end():
    table = polars.DataFrame(
        {
            "id": list("abcde"),
            "date_signature_contrat": [
                "2020-03-15",
                "2023-12-31",
                "2021-01-01",
                None,
                "2024-05-05",
            ],
            "date_resiliation": [None, None, "2024-01-01", "2024-06-01", "2024-05-05"],
        }
    )
    result = simulate(table, range(2022, 2026), variables=CONTRACT_VARIABLES)
    first, last = datetime.date(2024, 1, 1), datetime.date(2024, 5, 5)
    end = datetime.date(2025, 3, 15)
    # b is signed on the last day of 2023; c ends before the first day of 2024, e on its own day.
    assert contracts(result).drop("scenario").rows() == [
        (2022, 2, 0, None, None),
        (2023, 3, 0, None, None),
        (2024, 2, 2, first, last),
        (2025, 2, 1, end, end),
    ]


def test_versements_are_summed():
    table = polars.DataFrame(
        {"id": list("ab"), "population": 50_000, "date_signature_contrat": "2023-06-01"}
    )
    assert summarise(simulate(table, [2022, 2023]))["versement_annuel"].to_list() == [0, 120_000]

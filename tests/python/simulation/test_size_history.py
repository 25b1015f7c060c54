"""Who changes size from one year to the next, and who stands near a threshold: the real region."""

import datetime
from pathlib import Path

import polars
import pytest

from openfisca_cpts.outils.simulation import (
    RequestError,
    near_thresholds,
    simulate,
    size_changes_between_years,
)

PACA = Path(__file__).parents[3] / "examples" / "cpts_paca.csv"
VARIABLES = ["taille", "population_retenue", "financement_annuel", "date_signature_contrat"]


@pytest.fixture(scope="module")
def region():
    return simulate(PACA, range(2021, 2027), variables=VARIABLES)


def test_two_communities_of_the_region_change_size_in_2024(region):
    moved = size_changes_between_years(region)
    assert moved.select("annee", "nom", "taille_avant", "taille").rows() == [
        (2024, "CPTS Cœur du Var", "taille_1", "taille_2"),
        (2024, "CPTS du Plateau (Marseille 6)", "taille_2", "taille_1"),
    ]
    first, second = moved["ecart_annee"]
    assert (first, second) == (67_300, -67_300)
    assert moved["anniversaire"].null_count() == 2


def test_six_communities_stand_within_five_percent_of_a_threshold(region):
    last = region.filter(polars.col("annee") == 2026)
    near = near_thresholds(last, [40_000, 80_000, 175_000])
    assert near.height == 6
    assert near["part"].abs().max() <= 0.05
    closest = near.row(0, named=True)
    assert (closest["nom"], closest["habitants"]) == (
        "CPTS Cerebellum - Pays des Sorgues et Luberon",
        1_461,
    )
    assert near_thresholds(last, [40_000, 80_000, 175_000], within=0.001).height == 0


def test_the_new_size_counts_from_the_anniversary():
    table = polars.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "population_2023": [39_999] * 4,
            "population_2024": [40_000] * 3 + [39_999],
            "date_signature_contrat": ["2021-03-15", "2020-02-29", None, "2021-03-15"],
        }
    )
    moved = size_changes_between_years(simulate(table, [2023, 2024], variables=VARIABLES))
    assert moved.select("id", "anniversaire").rows() == [
        ("a", datetime.date(2024, 3, 15)),
        ("b", datetime.date(2024, 2, 29)),
        ("c", None),
    ]


def test_an_unknown_size_is_no_change_and_a_missing_column_is_refused():
    table = polars.DataFrame({"id": ["a"], "population_2024": [50_000]})
    rows = simulate(table, [2018, 2019, 2020], variables=VARIABLES)
    assert not size_changes_between_years(rows).height
    with pytest.raises(RequestError, match="population_retenue"):
        size_changes_between_years(rows.drop("population_retenue"))

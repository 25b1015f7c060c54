"""A table that gives the size that the contract states, as people write it."""

import polars
import pytest

from openfisca_cpts.outils.simulation import simulate

VARIABLES = ["taille", "motif_non_calculable", "plafond_financement"]
EXPECTED = ("taille_2", "aucun", 379_500.0)


def row(cell, column="taille_connue_2024"):
    table = polars.DataFrame({"id": ["a"], column: [cell]}, strict=False)
    return simulate(table, 2024, variables=VARIABLES).select(VARIABLES).row(0)


@pytest.mark.parametrize("cell", ["taille_2", "Taille 2", "taille 2", "TAILLE 2", "2", 2, 2.0])
def test_a_size_is_read_as_people_write_it(cell):
    assert row(cell) == EXPECTED


def test_a_size_without_a_year_holds_for_all():
    assert row("taille 2", "taille_connue") == EXPECTED


@pytest.mark.parametrize("cell", ["5", "T", "2,5", "taille_5", 0])
def test_another_size_is_refused_with_the_choices(cell):
    with pytest.raises(ValueError, match=r"taille_1") as refusal:
        row(cell)
    assert "taille_connue_2024" in str(refusal.value)


def test_an_empty_cell_leaves_the_population_to_decide():
    table = polars.DataFrame(
        {"id": ["a", "b"], "population_2024": [30_000, None], "taille_connue_2024": [None, "4"]}
    )
    result = simulate(table, 2024, variables=["taille", "population_retenue"])
    assert result["taille"].to_list() == ["taille_1", "taille_4"]
    assert result["population_retenue"].to_list() == [30_000, 0]

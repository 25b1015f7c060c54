"""The real example: rebuilt byte for byte, with the facts that its README states."""

import runpy
from pathlib import Path

import polars
import pytest

from openfisca_cpts.outils.simulation import simulate, summarise

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def result():
    return simulate(EXAMPLES / "cpts_paca.csv", range(2020, 2027))


def sizes(result, words):
    rows = result.filter(polars.col("nom").str.contains(words, literal=True))
    assert rows["id"].n_unique() == 1
    return dict(zip(rows["annee"], rows["taille"], strict=True))


def test_the_script_rebuilds_the_committed_file(tmp_path):
    build = runpy.run_path(str(EXAMPLES / "build_cpts_paca.py"))["build"]
    build().write_csv(tmp_path / "rebuilt.csv")
    assert (tmp_path / "rebuilt.csv").read_bytes() == (EXAMPLES / "cpts_paca.csv").read_bytes()


def test_the_sizes_of_2026(result):
    totals = summarise(result).filter(annee=2026)
    assert dict(zip(totals["taille"], totals["nombre_communautes"], strict=True)) == {
        "taille_1": 23,
        "taille_2": 17,
        "taille_3": 24,
        "taille_4": 4,
    }
    assert totals["population_retenue"].sum() == 5_152_693


def test_three_communities_change_size(result):
    coeur, plateau, toulon = (
        sizes(result, words) for words in ("Cœur du Var", "Marseille 6)", "Toulon Littoral")
    )
    assert (coeur[2023], coeur[2024]) == ("taille_1", "taille_2")
    assert (plateau[2023], plateau[2024]) == ("taille_2", "taille_1")
    assert (toulon[2020], toulon[2021]) == ("taille_3", "taille_4")
    changed = result.group_by("id").agg(polars.col("taille").n_unique()).filter(taille=2)
    assert changed.height == 3


def test_the_share_of_the_ceiling_that_the_hypothesis_gives(result):
    row = result.filter(annee=2024).select(polars.selectors.float().sum()).row(0, named=True)
    assert round(row["financement_annuel"] / row["plafond_financement"], 2) == 0.77
    assert round(row["financement_annuel"] / row["plafond_financement_courant"], 2) == 0.94
    assert set(result["motif_non_calculable"]) == {"aucun"}


def test_nothing_in_the_example_names_another_place():
    for path in EXAMPLES.rglob("*"):
        if path.suffix in {".md", ".py", ".csv"}:
            text = path.read_text(encoding="utf-8")
            assert "/work/" not in text
            assert "shared/" not in text

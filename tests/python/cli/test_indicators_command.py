"""The command `indicators`, and `schedule --grid`, as a coordinator types them."""

import json
from pathlib import Path

import polars
import pytest
from typer.testing import CliRunner

from openfisca_cpts.outils.cli.application import application

EXAMPLE = Path(__file__).parents[3] / "examples" / "indicateurs_taille_3.csv"


def run(*words):
    """Run the command; its output has plain spaces."""
    done = CliRunner(env={"COLUMNS": "80"}).invoke(application, [str(word) for word in words])
    return done.exit_code, done.output.replace("\u00a0", " ")


def test_what_is_earned_and_what_the_next_step_brings():
    code, said = run("indicators", EXAMPLE, "--year", 2026)
    assert code == 0
    assert "Exercice ouvert en 2026, taille 3" in said
    assert "122 500" in said  # the variable part of size 3, as two real contracts print it
    assert "accompagnement" in said
    assert "3 indicateurs sans valeur" in said
    assert "au moins 75 %" in said


def test_all_is_written_with_the_rates(tmp_path):
    path = tmp_path / "acquis.json"
    code, _ = run("indicators", EXAMPLE, "--year", 2026, "--output", path)
    assert code == 0
    done = json.loads(path.read_text("utf-8"))
    earned = {row["mission"]: row["acquis"] for row in done["missions"]}
    assert done["taux"]["parcours_taux_atteinte_2026"] == earned["parcours"] / 45_000


def test_the_indicators_are_written_as_a_table(tmp_path):
    path = tmp_path / "acquis.xlsx"
    assert run("indicators", EXAMPLE, "--year", 2026, "--output", path)[0] == 0
    assert polars.read_excel(path).height == 41


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--year", 2026, "--size", "2"), "Ils font la part variable de taille 3."),
        (("--year", 2026, "--size", "taile_3"), "« taille_3 » ?"),
        (("--year", 2026, "--output", "acquis.txt"), "attendu, un fichier"),
        ((), "--year"),
    ],
)
def test_a_wrong_request_is_refused(words, expected):
    code, said = run("indicators", EXAMPLE, *words)
    assert code == 2
    assert expected in said


def test_a_plan_asks_for_the_year_of_its_grid():
    words = ("--set", "population=95000", "--set", "date_signature_contrat=15/09/2025")
    code, said = run("schedule", *words, "--grid", EXAMPLE)
    assert code == 2
    assert "demande l'année" in said
    code, said = run("schedule", *words, "--grid", EXAMPLE, "--grid-year", 2025)
    assert code == 0

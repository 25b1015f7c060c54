"""`openfisca-cpts simulate` with reforms: what it shows, writes, and writes again to the byte."""

import json
from pathlib import Path

import polars
import pytest
from study_words import YEARS, lines_of, plain

from openfisca_cpts.outils import simulation

EXAMPLES = Path(__file__).parents[3] / "examples"
PACA = EXAMPLES / "cpts_paca.csv"


def test_totals_winners_and_losers_against_the_law(command, table):
    words = ("--keep", "groupe", "--reform", "part_variable_60")
    answer = command("simulate", table, *YEARS, *words)
    assert answer.code == 0, answer.err
    # parcours, size 1: 50 000, half of it variable, reached at 0.5: 37 500. At 60 %, 20 000 fixed
    # and 30 000 × 0.5: 35 000. The community that reaches everything, and the one without the
    # mission, change nothing. Functioning: 50 000 + 60 000 + 75 000; parcours of size 2: 70 000.
    law = 50_000 + 60_000 + 75_000 + 37_500 + 70_000
    assert law == 292_500
    found = lines_of(answer.out)
    assert ["2025", "part_variable_60", "3", "292500,00", "0,00", "0,0%"] in found
    assert ["2026", "droit", "en", "vigueur", "3", "292500,00"] in found
    assert ["2026", "part_variable_60", "3", "290000,00", "−2500,00", "−0,9%"] in found
    assert ["2025", "part_variable_60", "0", "0", "3", "0,00"] in found
    assert ["2026", "part_variable_60", "0", "1", "2", "−2500,00"] in found
    assert "aci.missions.parcours.part_variable : 50 % → 60 %, à partir du 01/01/2026" in plain(
        answer.out
    )
    assert "Changements de taille" not in answer.out
    assert "conventions" not in answer.out


def test_a_setting_and_changes_of_size(command, table):
    words = ("--keep", "groupe", "--set", "tailles.seuil_taille_2=39999@2026-01-01")
    answer = command("simulate", table, *YEARS, *words)
    assert answer.code == 0, answer.err
    found = lines_of(answer.out)
    # The community of 39 999 becomes of size 2: 10 000 more to run it; its mission, of 70 000
    # instead of 50 000, earns three quarters of the difference.
    assert ["2026", "reglages", "taille", "1", "taille", "2", "1", "+25000,00"] in found
    assert ["2026", "reglages", "1", "0", "2", "+25000,00"] in found
    assert "39 999 habitants, à partir du 01/01/2026" in plain(answer.out)


def test_totals_broken_down_by_size_region_or_a_kept_column(command, table):
    words = ("--keep", "groupe", "--reform", "part_variable_60")
    answer = command("simulate", table, *YEARS, *words, "--by", "region")
    found = lines_of(answer.out)
    region = ["Provence-Alpes-Côte", "d'Azur"]
    assert ["2026", "part_variable_60", *region, "2", "215000,00", "−2500,00", "−1,1%"] in found
    assert ["2026", "part_variable_60", "Île-de-France", "1", "75000,00", "0,00", "0,0%"] in found
    answer = command("simulate", table, *YEARS, *words, "--by", "groupe, taille")
    assert ["2026", "part_variable_60", "sud", "taille", "2", "1", "130000,00", "0,00", "0,0%"] in (
        lines_of(answer.out)
    )
    alone = command("simulate", table, *YEARS, "--keep", "groupe", "--by", "groupe")
    assert ["2026", "sud", "2", "179999", "205000,00"] in lines_of(alone.out)


def test_the_range_over_the_conventions(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id;population\nseuil;80000\nautre;80001\n")
    answer = command("simulate", path, "--from", "2026", "--to", "2026", "--variantes")
    # Exactly 80 000 is of size 3 here, of size 2 by the other reading: 75 000 or 60 000.
    assert ["2026", "droit", "en", "vigueur", "135000,00", "150000,00", "150000,00"] in (
        lines_of(answer.out)
    )
    path.write_text("id;population\nautre;80001\n")
    answer = command("simulate", path, "--from", "2026", "--to", "2026", "--variantes")
    still = "Financement en année pleine : aucune autre convention ne change le total en 2026."
    assert still in plain(answer.out)


def test_the_range_of_the_cost_is_that_of_one_convention_at_a_time(command, tmp_path):
    path, report = tmp_path / "t.csv", tmp_path / "r.html"
    path.write_text("id;population\nseuil;80000\nautre;60000\n")
    words = ("--from", "2026", "--to", "2026", "--variantes", "--report", report)
    moved = ("--set", "aci.fonctionnement.taille_2=70000@2026-01-01")
    answer = command("simulate", path, *words, *moved)
    assert answer.code == 0, answer.err
    said = plain(answer.out)
    assert "Coût selon les conventions : financement en année pleine" in said
    costs = answer.out.partition("Coût selon les conventions")[2]
    assert ["2026", "reglages", "+10000,00", "+10000,00", "+20000,00"] in lines_of(costs)
    assert "moins celui du droit en vigueur, sous la même convention." in said
    stored = json.loads((tmp_path / "r.execution.json").read_text())["conventions"]
    law, reform = (item for item in stored if item["variable"] == "financement_annuel")
    assert "cout" not in law
    assert reform["cout"] == {"bas": 10_000.0, "retenu": 10_000.0, "haut": 20_000.0}
    page = plain(report.read_text(encoding="utf-8"))
    assert "coût de 2026, de +10 000,00 € (Conventions retenues) à +20 000,00 € (80 000" in page
    other = ("--set", "aci.fonctionnement.taille_4=1@2026-01-01")
    assert "mais le coût d'aucune réforme." in plain(command("simulate", path, *words, *other).out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reform", "part_variabl_60"], "la plus proche : « part_variable_60 »"),
        (["--reform", "absente.yaml"], "absente.yaml » n'existe pas"),
        (["--set", "aci.fonctionnement.taille1=1@2026-01-01"], "aci.fonctionnement.taille_1"),
        (["--set", "aci.fonctionnement.taille_1"], "attendu : chemin=nombre@AAAA-MM-JJ"),
        (["--by", "tailles"], "la plus proche : « taille »"),
        (["--by", "groupe2"], "attendu, taille, region ou une colonne gardée (--keep)"),
        (["--report", "r.pdf"], "attendu, un fichier .html"),
        (["--report", "{table}/r.html"], "n'est pas un dossier"),
        (["--reform", "condition_sas"], "que demande la réforme « condition_sas »"),
    ],
)
def test_bad_reforms_and_options_are_refused_and_nothing_is_written(
    command, table, tmp_path, words, said
):
    output = tmp_path / "r.csv"
    words = [word.format(table=table) for word in words]
    answer = command("simulate", table, *YEARS, "--keep", "groupe", "--output", output, *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in plain(answer.err)
    assert [path.name for path in tmp_path.iterdir()] == ["entree"]


def test_a_record_never_replaces_the_table(command, tmp_path):
    path = tmp_path / "r.execution.json"
    path.write_text("id;population\na;1\n")
    answer = command("simulate", path, *YEARS, "--output", tmp_path / "r.csv")
    assert answer.code == 2
    assert "il ne sera pas remplacé" in answer.err


def test_the_library_and_the_command_give_the_same_rows(command, table, tmp_path):
    output = tmp_path / "r.parquet"
    words = ("--keep", "groupe", "--reform", "part_variable_60", "--output", output)
    assert command("simulate", table, *YEARS, *words).code == 0
    expected = simulation.simulate(table, [2025, 2026], ["part_variable_60"], keep=["groupe"])
    assert polars.read_parquet(output).equals(expected)


def test_a_narrow_terminal_shows_the_reform_on_the_real_region(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    words = ("--reform", "part_variable_60", "--reform", "nouveaux_seuils", "--variantes")
    answer = command("simulate", PACA, "--from", "2024", "--to", "2026", *words)
    assert answer.code == 0
    assert "+1\u00a0786\u00a0200,00" in answer.out
    assert "…" not in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80

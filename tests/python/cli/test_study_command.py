"""`openfisca-cpts simulate` with reforms: what it shows, writes, and writes again to the byte."""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import openpyxl
import polars
import pytest

from openfisca_cpts.outils import simulation
from openfisca_cpts.outils.cli import study_files

EXAMPLES = Path(__file__).parents[3] / "examples"
PACA = EXAMPLES / "cpts_paca.csv"
# Three communities of 39 999, 79 999 and 100 000 inhabitants: sizes 1, 2 and 3.
TABLE = """id;nom;region;groupe;population;parcours_retenue;parcours_taux_atteinte
a;Alpha;93;nord;39999;oui;0,5
b;Bêta;93;sud;79999;oui;1
c;Gamma;11;sud;100000;;
"""
YEARS = ("--from", "2025", "--to", "2026")


def plain(text):
    """Give a text as it reads: spaces of any kind, and line ends, are one space."""
    return " ".join(text.split())


def lines_of(text):
    """Give the cells of each line of a table; thousands stand together."""
    return [line.replace("\u00a0", "").split() for line in text.splitlines()]


@pytest.fixture
def table(tmp_path):
    folder = tmp_path / "entree"
    folder.mkdir()
    path = folder / "communautes.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


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


def test_a_dial_that_meets_a_budget(command, table):
    words = ("--keep", "groupe", "--solve", "aci.fonctionnement.taille_3", "--year", "2026")
    answer = command("simulate", table, *YEARS, *words, "--target", "302 500")
    assert answer.code == 0, answer.err
    assert "« aci.fonctionnement.taille_3 » à 85 000,00 €" in plain(answer.out)
    none = command("simulate", table, *YEARS, *words, "--target", "1")
    assert none.code == 1
    assert "Aucune valeur de « aci.fonctionnement.taille_3 »" in plain(none.out)
    alone = command("simulate", table, *YEARS, "--solve", "aci.fonctionnement.taille_3")
    assert alone.code == 2
    assert "--solve (un chemin) et --target (un montant) se donnent ensemble." in alone.err
    wrong = command("simulate", table, *YEARS, *words, "--target", "beaucoup")
    assert "« beaucoup » n'est pas un montant" in plain(wrong.err)


def test_named_cases_stand_beside_the_totals(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id;nom;population\na;Alpha;50000\nb;;90000\nc;Gamma;20000\n")
    words = ("--reform", "part_variable_60", "--set", "aci.fonctionnement.taille_2=1@2026-01-01")
    files = ("--output", tmp_path / "r.xlsx", "--report", tmp_path / "r.html")
    asked = ("simulate", path, "--from", "2025", "--to", "2026", *words)
    answer = command(*asked, *files, "--case", "b,a")
    assert answer.code == 0, answer.err
    rows = [line.split() for line in answer.out.replace("\u00a0", "").splitlines()]
    first = next(rank for rank, row in enumerate(rows) if row and row[0].startswith("Cas"))
    years = (["2025"], ["2026"])
    shown = [row for row in rows[first + 1 :] if row[:1] in years][:4]
    assert [row[:2] for row in shown] == [
        ["2025", "b"],
        ["2025", "Alpha"],
        ["2026", "b"],
        ["2026", "Alpha"],
    ]
    assert shown[-1][-3:] == ["60000,00", "1,00", "−59999,00"]
    cells = openpyxl.load_workbook(tmp_path / "r.xlsx")["Synthèse et hypothèses"]
    assert [2026, "Alpha", "taille 2", 60_000, 1, -59_999] in [
        list(row[:6]) for row in cells.iter_rows(values_only=True)
    ]
    assert "Cas : financement en année pleine" in plain((tmp_path / "r.html").read_text("utf-8"))
    wrong = command(*asked, "--case", "alpha")
    assert (wrong.code, wrong.out) == (2, "")
    assert "« --case alpha » : aucune communauté n'a cet « id »" in plain(wrong.err)


def test_a_star_keeps_every_column_and_totals_are_broken_down_by_any(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id;population;bassin\na;50000;nord\nb;90000;sud\n")
    answer = command("simulate", path, *YEARS, "--keep", "*", "--by", "bassin")
    assert answer.code == 0, answer.err
    assert "2026 nord 1" in plain(answer.out)
    wrong = command("simulate", path, *YEARS, "--keep", "*", "--by", "basin")
    assert (wrong.code, wrong.out) == (2, "")
    assert "« --by basin » (la plus proche : « bassin »)" in plain(wrong.err)


def test_what_was_found_is_in_the_files_and_runs_again(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "id;population;date_signature_contrat\na;50000;2024-03-01\nb;90000;2024-03-01\n"
    )
    words = ("--solve", "aci.fonctionnement.*", "--paid", "--target", "150 000", "--year", "2026")
    output = tmp_path / "r.xlsx"
    answer = command("simulate", path, *YEARS, *words, "--output", output)
    assert answer.code == 0, answer.err
    said = "le total de « versement_annuel » en 2026 est de 150 000,00 €"
    assert said in plain(answer.out)
    found = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert found["reglage_cherche"]["total"] == pytest.approx(150_000, abs=0.005)
    assert found["reglage_cherche"]["variable"] == "versement_annuel"
    cells = openpyxl.load_workbook(output)["Synthèse et hypothèses"].iter_rows(values_only=True)
    assert any(said in plain(row[0]) for row in cells if isinstance(row[0], str))
    reform = tmp_path / "r.reglage.yaml"
    again = plain(command("simulate", path, *YEARS, "--reform", reform).out)
    assert "2026 reglage_cherche 2 150 000,00" in again


FILES = {
    "csv": ["r.csv", "r.execution.json", "r.html"],
    "parquet": ["r.execution.json", "r.html", "r.parquet"],
    "xlsx": ["r.execution.json", "r.html", "r.xlsx"],
}


@pytest.mark.parametrize("suffix", FILES)
def test_the_same_run_elsewhere_gives_the_same_bytes(command, tmp_path, suffix):
    """Same files, versions and options: same bytes, whatever the folder and the batches."""
    written = []
    for name in ("un", "deux"):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(EXAMPLES / "cpts_fictives.csv", folder)
        words = ("--reform", "seuils_lisses_neutres", "--variantes", "--by", "region")
        output = ("--output", folder / f"r.{suffix}", "--report", folder / "r.html")
        answer = command("simulate", folder / "cpts_fictives.csv", *YEARS, *words, *output)
        assert answer.code == 0, answer.err
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        files.pop("cpts_fictives.csv")
        assert not any(str(tmp_path).encode() in content for content in files.values())
        written.append(files)
    assert list(written[0]) == FILES[suffix]
    assert written[0] == written[1]
    record = json.loads(written[0]["r.execution.json"])
    hashes = {item["fichier"]: item["sha256"] for item in record["sorties"]}
    for name in ("r.html", f"r.{suffix}"):
        assert hashes[name] == hashlib.sha256(written[0][name]).hexdigest()


def test_the_record_says_what_was_read(command, tmp_path, table):
    reform = tmp_path / "ma_reforme.json"
    reform.write_text('{"aci.fonctionnement.taille_1": {"2026-01-01": 55000}}')
    output = tmp_path / "r.csv"
    words = ("--keep", "groupe", "--reform", reform, "--reform", "avance_50", "--output", output)
    assert command("simulate", table, *YEARS, *words).code == 0
    first = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert first["commande"] == (
        "openfisca-cpts simulate communautes.csv --from 2025 --to 2026 --reform ma_reforme.json "
        "--reform avance_50 --keep groupe --output r.csv"
    )
    content = hashlib.sha256(table.read_bytes()).hexdigest()
    assert first["entree"] == {"fichier": "communautes.csv", "sha256": content}
    assert first["annees"] == [2025, 2026]
    assert [scenario["nom"] for scenario in first["scenarios"]] == [
        "droit_en_vigueur",
        "ma_reforme",
        "avance_50",
    ]
    assert set(first["versions"]) == {
        "openfisca-cpts",
        "openfisca-core",
        "numpy",
        "polars",
        "python",
    }
    # The keys of a JSON file may come in any order; a figure that changes is another reform.
    reform.write_text('{ "aci.fonctionnement.taille_1" : {"2026-01-01": 55000} }')
    assert command("simulate", table, *YEARS, *words).code == 0
    again = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert again == first
    reform.write_text('{"aci.fonctionnement.taille_1": {"2026-01-01": 55001}}')
    assert command("simulate", table, *YEARS, *words).code == 0
    other = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert other["scenarios"][1] != first["scenarios"][1]
    assert other["scenarios"][2] == first["scenarios"][2]


def test_rows_of_all_scenarios_are_written_unrounded(command, tmp_path, table):
    output = tmp_path / "r.csv"
    words = ("--keep", "groupe", "--reform", "seuils_lisses", "--variables", "financement_annuel")
    assert command("simulate", table, *YEARS, *words, "--output", output).code == 0
    written = polars.read_csv(output)
    assert written.columns == ["scenario", "annee", "id", "nom", "groupe", "financement_annuel"]
    assert written["scenario"].to_list() == ["droit_en_vigueur"] * 6 + ["seuils_lisses"] * 6
    assert written["annee"].to_list() == [2025, 2025, 2025, 2026, 2026, 2026] * 2
    assert written["id"].to_list() == ["a", "b", "c"] * 4
    amounts = written.filter(polars.col("scenario") == "seuils_lisses")["financement_annuel"]
    assert any(amount != round(amount, 2) for amount in amounts)


def test_too_many_rows_for_a_sheet_are_refused_before_computing(
    command, table, tmp_path, monkeypatch
):
    monkeypatch.setattr(study_files, "SHEET_ROWS", 12)

    def computed(*_):
        raise AssertionError("computed")

    output = tmp_path / "r.xlsx"
    words = ("--keep", "groupe", "--reform", "part_variable_60", "--output", output)
    with monkeypatch.context() as patched:
        patched.setattr(sys.modules[simulation.Study.__module__], "apply_law", computed)
        answer = command("simulate", table, *YEARS, *words)
    assert (answer.code, answer.out) == (2, "")
    assert (
        "Une feuille Excel ne tient pas 12 lignes : choisir .csv (CSV) ou .parquet (Parquet)."
        in (plain(answer.err))
    )
    assert not output.exists()
    monkeypatch.setattr(study_files, "SHEET_ROWS", 13)
    assert command("simulate", table, *YEARS, *words).code == 0


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_leaves_what_was_there_and_nothing_else(
    command, table, tmp_path, monkeypatch, failing
):
    """Whichever of the three files cannot take its place, all places hold what they held."""
    folder = tmp_path / "sorties"
    folder.mkdir()
    (folder / "r.csv").write_bytes(b"ancien")
    (folder / "r.execution.json").write_bytes(b"ancien")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    moved = []
    move = os.replace

    def fail(source, target):
        if ".neuf." in Path(source).name:
            moved.append(target)
            if len(moved) == failing:
                raise OSError(28, "No space left on device")
        move(source, target)

    monkeypatch.setattr(os, "replace", fail)
    output = ("--output", folder / "r.csv", "--report", folder / "r.html")
    answer = command("simulate", table, *YEARS, "--keep", "groupe", *output)
    assert (answer.code, answer.out) == (2, "")
    assert "ne s'écrit pas (No space left on device)" in answer.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


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


TITLES = (
    *("id", "population_2023", "date_signature_contrat", "parcours_date_demarrage"),
    "parcours_taux_atteinte_2026",
)
HOLES = f"{';'.join(TITLES)};region\nA;62300;15/03/2023;15/03/2023;0,8;\nB;;;;;Corse\n"


@pytest.fixture
def holes(tmp_path):
    path = tmp_path / "trous.csv"
    path.write_text(HOLES, encoding="utf-8")
    return path


@pytest.mark.parametrize("words", [(), ("--by", "taille"), ("--reform", "avance_50")])
def test_what_is_not_given_stands_beside_the_totals(command, holes, words):
    answer = command("simulate", holes, *YEARS, *words)
    assert answer.code == 0, answer.err
    out = plain(answer.out)
    assert "Ce que le tableau ne donne pas, et ce que cela change" in out
    assert "population non donnée (montants nuls) : 1 communauté de 2025 à 2026." in out
    assert "de 2023 (recensement de 2020), 1 communauté de 2025 à 2026." in out
    assert "Date de signature non donnée" in out
    assert (
        "à 100 %, au plus 35 000,00 € de financement en année pleine, et 70 000,00 € versés" in out
    )
    assert ["2026", "1", "1", "0,00", "35000,00"] in lines_of(answer.out)
    assert "supposé" not in out


def test_an_assumed_rate_is_printed_with_each_total(command, holes, tmp_path):
    output = tmp_path / "r.xlsx"
    words = ("--default-rate", "80 %", "--output", output, "--report", tmp_path / "r.html")
    answer = command("simulate", holes, *YEARS, *words)
    assert answer.code == 0, answer.err
    assert "taux supposé à 80 % : 2 missions-années" in plain(answer.out)
    assert ["2025", "ensemble", "2", "62300", "123000,00", "123000,00", "379500,00"] in (
        lines_of(answer.out)
    )
    reformed = plain(command("simulate", holes, *YEARS, "--reform", "avance_50", *words).out)
    amounts = ("Totaux : financement en année pleine", "Totaux : versé")
    for title in (*amounts, "Gagnants et perdants : versé"):
        assert f"{title}" in reformed
    assert reformed.count("(taux supposé à 80 % : 2 missions-années)") == 4
    record = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert record["options"]["--default-rate"] == "80 %"
    assert record["hypotheses"]["taux_suppose"] == 0.8
    assert record["hypotheses"]["constats"][-1] == {
        "annee": 2026,
        "constat": "contrat_absent",
        "communautes": 1,
    }
    book = openpyxl.load_workbook(output)
    titles = [cell.value.replace("\u00a0", " ") for cell in book["Totaux"][1]]
    assert "Financement en année pleine (taux supposé à 80 % : 2 missions-années)" in titles
    rows = list(book["Hypothèses"].iter_rows(values_only=True))
    assert rows[0][:4] == ("Année", "Constat", "Précision", "Communautés")
    assert (2025, "montant qui en dépend", 1, 1, 28_000, 28_000) in [
        (row[0], *row[2:]) for row in rows
    ]


@pytest.mark.parametrize("rate", ["1,2", "beaucoup", "80"])
def test_an_assumed_rate_that_cannot_be_is_refused(command, holes, tmp_path, rate):
    words = ("--default-rate", rate, "--output", tmp_path / "r.csv")
    answer = command("simulate", holes, *YEARS, *words)
    assert (answer.code, answer.out) == (2, "")
    assert f"Le taux par défaut « {rate} » est refusé : attendu, un nombre entre 0 et 1" in (
        plain(answer.err)
    )
    assert list(tmp_path.iterdir()) == [holes]


def test_the_statement_fits_a_narrow_terminal(command, monkeypatch, holes):
    monkeypatch.setenv("COLUMNS", "80")
    for words in ((), ("--default-rate", "0,8")):
        answer = command("simulate", holes, "--from", "2020", "--to", "2030", *words)
        assert max(map(len, answer.out.splitlines())) <= 80
        assert "…" not in answer.out

"""`openfisca-cpts schedule`: one community's plan on the terminal, in CSV and in JSON."""

import json
from pathlib import Path

import polars
import pytest

FICTIONAL = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
OPTIONS = (
    *("--set", "population=42000", "--set", "date_signature_contrat=15/09/2021"),
    *("--set", "parcours_date_demarrage=2021-09-15", "--set", "parcours_taux_atteinte_2022=0,8"),
)


def read_csv(text):
    return polars.read_csv(text.encode(), separator=";", decimal_comma=True)


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_plan_of_options_on_the_terminal(command):
    answer = command("schedule", *OPTIONS)
    assert (answer.code, answer.err) == (0, "")
    out = words(answer.out)
    assert "Contrat signé le 15/09/2021, qui prend fin le 15/09/2026" in out
    assert "09/2021 avance 100 %, fonctionnement, exercice 1 60 000,00 (1) doc. public" in out
    assert "11/2023 part variable à 80 %, parcours, exercice 2 28 000,00 (2) hypothèse" in out
    assert "(2) Contrat tripartite type, annexe de l'ACI du 20 juin 2019, article 6.2" in out
    assert "Parcours 15/09/2022 15/09/2023 15/09/2021 à temps" in out
    assert "Prévention 15/09/2022 15/09/2023 – date de démarrage non donnée" in out
    assert "2023 95 000,00 123 000,00 130 000,00" in out
    assert "ensemble 475 000,00 503 000,00 650 000,00" in out
    assert "en retard" not in out


def test_a_rate_that_is_not_given_has_its_line_and_its_most(command):
    asked = ("schedule", *OPTIONS)
    out = words(command(*asked).out)
    line = "part variable, taux non donné, parcours, exercice 3 : au plus 35 000,00 € 0,00"
    # 28 000 is given for 2022 alone; the four other exercices could add 35 000 each.
    assert "taux non donné, parcours, exercice 3 : 0,00 (2)" in out or line in out
    assert "non donné pour 4 parts variables (« parcours_taux_atteinte_2021 »…)" in out
    assert "zéro est compté, au plus 140 000,00 € à 100 %" in out
    table = read_csv(command(*asked, "--format", "csv").out)
    lines = json.loads(command(*asked, "--format", "json").out)["versements"]
    for rows in (table.to_dicts(), lines):
        missing = [row for row in rows if row["taux"] == "non donné"]
        assert [row["mois"][:4] for row in missing] == ["2022", "2024", "2025", "2026"]
        assert {(row["montant"], row["plafond"]) for row in missing} == {(0, 35_000)}
        assert sum(row["montant"] for row in rows) == 503_000
        assert sum(row["plafond"] for row in rows) == 650_000


def test_a_rate_that_is_given_as_zero_is_no_missing_one(command):
    asked = ("schedule", *OPTIONS[:6], "--set", "parcours_taux_atteinte=0")
    out = words(command(*asked).out)
    assert "part variable à 0 %, parcours, exercice 3 0,00" in out
    assert "non donné pour" not in out


def test_an_assumed_rate_is_said_with_the_totals(command):
    out = words(command("schedule", *OPTIONS, "--default-rate", "60 %").out)
    assert "part variable à 60 % (taux supposé), parcours, exercice 3 21 000,00" in out
    assert "part variable à 80 %, parcours, exercice 2 28 000,00" in out
    assert "sinon 60 % (supposé)" in out
    assert "Taux d'atteinte supposé à 60 % pour 4 parts variables : 84 000,00 €" in out
    assert "ensemble 475 000,00 587 000,00 650 000,00" in out
    refused = command("schedule", *OPTIONS, "--default-rate", "60")
    assert (refused.code, refused.out) == (2, "")
    assert "Le taux par défaut « 60 » est refusé : attendu, un nombre entre 0 et 1" in (
        words(refused.err)
    )


def test_the_year_a_population_comes_from_is_said(command):
    asked = ("--set", "population_2023=42000", "--set", "date_signature_contrat=15/09/2021")
    out = words(command("schedule", *asked).out)
    said = "Population de 2023 (recensement de 2020) reprise de 2021 à 2022, de 2024 à 2026"
    assert said in out
    assert "Population de" not in words(command("schedule", *OPTIONS).out)


@pytest.mark.parametrize("identifier", ["fictive-03", "fictive-07"])
def test_a_hundred_columns_hold_every_figure(command, monkeypatch, identifier):
    monkeypatch.setenv("COLUMNS", "100")
    answer = command("schedule", FICTIONAL, "--id", identifier)
    assert answer.code == 0
    assert "…" not in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_a_row_of_a_file_in_each_format(command, tmp_path):
    asked = ("schedule", FICTIONAL, "--id", "fictive-04")
    table = read_csv(command(*asked, "--format", "csv").out)
    assert table.columns == [
        *("id", "nom", "mois", "exercice", "libelle", "montant", "sur", "plafond"),
        *("taux", "article", "statut", "variable"),
    ]
    plan = json.loads(command(*asked, "--format", "json").out)
    assert list(plan) == [
        *("id", "nom", "scenario", "titre_scenario", "signature", "fin", "annees", "mois"),
        *("versements", "echeances", "totaux", "remarques", "taux_suppose"),
    ]
    assert plan["signature"] == "2023-01-10"
    amounts = [line["montant"] for line in plan["versements"]]
    assert amounts == table["montant"].to_list()
    assert any(round(amount, 2) != amount for amount in amounts)
    assert sum(amounts) == pytest.approx(sum(year["donne"] for year in plan["totaux"]))


@pytest.mark.parametrize("suffix", ["txt", "csv", "json"])
def test_a_file_holds_what_the_terminal_shows(command, monkeypatch, tmp_path, suffix):
    monkeypatch.setenv("COLUMNS", "100")
    asked = ("schedule", FICTIONAL, "--id", "fictive-01")
    output = tmp_path / f"plan.{suffix}"
    answer = command(*asked, "--output", output)
    assert answer.code == 0
    assert f"Écrit : {output} (" in answer.out
    shown = command(*asked, "--format", {"txt": "terminal"}.get(suffix, suffix)).out
    # The mark tells a French Excel that a CSV file is in UTF-8.
    assert output.read_text(encoding="utf-8").removeprefix("\ufeff") == shown
    assert output.read_bytes().startswith(b"\xef\xbb\xbf") is (suffix == "csv")
    assert list(tmp_path.iterdir()) == [output]


def test_the_years_that_are_asked_for(command):
    answer = command("schedule", *OPTIONS, "--from", "2023", "--to", "2023", "--format", "json")
    plan = json.loads(answer.out)
    assert [year["annee"] for year in plan["totaux"]] == [2023]
    assert {line["mois"] for line in plan["versements"]} == {"2023-09", "2023-11"}


def test_a_plan_without_an_event_says_why_there_is_nothing(command):
    answer = command("schedule", "--set", "nom=Vallée", "--set", "population=42000")
    assert answer.code == 0
    assert "Plan de versement : Vallée" in words(answer.out)
    assert "Rien à verser : ni lettre d'intention acceptée" in words(answer.out)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "Il manque une communauté"),
        ((FICTIONAL,), "Le tableau a 13 communautés"),
        ((FICTIONAL, "--id", "fictive-99"), "Aucune communauté n'a l'identifiant « fictive-99 »"),
        ((FICTIONAL, "--set", "population=1"), "ne se donnent pas ensemble"),
        (("--set", "population"), "attendu, COLONNE=VALEUR"),
        (("--set", "population=1", "--set", "population=2"), "donné deux fois"),
        (("--set", "populaton=1"), "« population »"),
        (("--set", "population=-1"), "un nombre entier entre 0"),
        (("--set", "date_signature_contrat=31/02/2022"), "une date JJ/MM/AAAA"),
        ((*OPTIONS, "--format", "xml"), "« xml » n'est pas l'un de : terminal, csv, json."),
        ((*OPTIONS, "--from", "2025", "--to", "2024"), "après la dernière"),
        ((*OPTIONS, "--output", "plan.pdf"), "attendu, un fichier .xlsx, .ics, .txt, .csv, .json"),
        ((*OPTIONS, "--output", FICTIONAL / "plan.csv"), "n'est pas un dossier"),
    ],
)
def test_what_cannot_be_is_refused(command, asked, said):
    answer = command("schedule", *asked)
    assert (answer.code, answer.out) == (2, "")
    assert said in words(answer.err)


def test_a_fault_in_an_option_has_no_row(command):
    answer = command("schedule", "--set", "population=-1", "--set", "date_resiliation=x")
    assert answer.code == 2
    faults = [line.split()[:2] for line in answer.err.splitlines() if "communauté" in line]
    assert faults == [["communauté", "population"], ["communauté", "date_resiliation"]]


def test_another_column_of_the_table_is_admitted_where_it_is_named(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id;departement\na;06\n")
    assert command("schedule", path).code == 2
    assert command("schedule", path, "--keep", "departement").code == 0

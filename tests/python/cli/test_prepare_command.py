"""`openfisca-cpts prepare`: from what people hold to a plan and to totals, in two commands."""

import json
from pathlib import Path

import openpyxl
import polars

AGENCY = Path(__file__).parents[3] / "examples" / "suivi_d_agence.xlsx"


def plain(text):
    return " ".join(text.split())


def test_a_raw_workbook_is_refused_by_simulate_which_leads_to_prepare(command):
    answer = command("simulate", AGENCY, "--from", "2026", "--to", "2026")
    assert answer.code == 2
    said = plain(answer.err)
    assert "les titres semblent être ligne 5" in said
    assert "openfisca-cpts prepare" in said


def test_two_commands_from_a_raw_workbook_to_a_plan(command, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    output = tmp_path / "table.xlsx"
    answer = command("prepare", AGENCY, "--output", output)
    assert answer.code == 0, answer.err
    lines = [line for line in answer.out.splitlines() if not line.startswith("Écrit")]
    assert max(map(len, lines)) <= 80
    assert "2 communautés dans le tableau" in plain(answer.out)
    plan = command("schedule", output, "--id", "990000022")
    assert plan.code == 0, plan.err
    assert "Contrat signé le 01/06/2021" in plain(plan.out)
    totals = command("simulate", output, "--from", "2025", "--to", "2026")
    assert totals.code == 0, totals.err
    book = openpyxl.load_workbook(output)
    assert book.sheetnames == ["Communautés", "Lecture"]
    read = {row[0]: row for row in book["Lecture"].iter_rows(min_row=2, values_only=True)}
    assert read["D8"][1:3] == ("environ 120 000", "laissé de côté")
    assert read["ligne 9"][1:3] == ("TOTAL", "laissé de côté")
    assert read["J7"][2] == "non donné"


def test_a_map_that_was_written_reads_the_next_file_without_hands(command, tmp_path):
    first, second, titles = (tmp_path / name for name in ("a.csv", "b.csv", "titres.yaml"))
    words = ("--map", "Population INSEE 2023=population_2023", "--write-map", titles)
    assert command("prepare", AGENCY, "--output", first, *words).code == 0
    assert "Population INSEE 2023: population_2023" in titles.read_text(encoding="utf-8")
    assert command("prepare", AGENCY, "--output", second, "--map-file", titles).code == 0
    assert first.read_bytes() == second.read_bytes()
    assert "population_2023" in polars.read_csv(first).columns
    listed = polars.read_csv(tmp_path / "a_lecture.csv")
    assert "D8" in listed["cellule"].to_list()


def test_what_is_assumed_is_written_and_told(command, tmp_path):
    table, output = tmp_path / "t.csv", tmp_path / "r.csv"
    table.write_text("id;population_2024;Parcours retenu\na;1000;oui\n", encoding="utf-8")
    words = ("--missions", "socles", "--default-rate", "80 %", "--output", output)
    answer = command("prepare", table, *words, "--map", "Parcours retenu=parcours_retenue")
    assert answer.code == 0, answer.err
    row = polars.read_csv(output).row(0, named=True)
    assert row["acces_soins_retenue"] == row["parcours_retenue"] == "oui"
    assert "qualite_retenue" not in row
    assert row["acces_soins_taux_atteinte"] == row["parcours_taux_atteinte"] == 0.8
    assert "supposée retenue" in plain(answer.out)
    assert "taux d'atteinte supposé à 80 %" in plain(answer.out)


def test_communes_give_a_table_that_simulates(command, tmp_path):
    table, output = tmp_path / "t.json", tmp_path / "r.xlsx"
    table.write_text(json.dumps({"cptsMap": {"25056": "A", "Besançon": "A"}}), encoding="utf-8")
    assert command("prepare", table, "--output", output).code == 0
    answer = command("simulate", output, "--from", "2024", "--to", "2024")
    assert answer.code == 0, answer.err
    assert "119 198" in answer.out.replace("\u00a0", " ")


def test_what_cannot_be_is_refused_and_nothing_is_written(command, tmp_path):
    table, departments, titles = (tmp_path / name for name in ("t.csv", "d.csv", "m.yaml"))
    table.write_text("id;Pop\na;1000\n", encoding="utf-8")
    departments.write_text("id;region;population\na;13;1000\n", encoding="utf-8")
    titles.write_text("- a\n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    output = tmp_path / "r.xlsx"
    for words, said in (
        ((tmp_path / "absent.csv", "--output", output), "n'existe pas"),
        ((table, "--output", tmp_path / "r.parquet"), "attendu, un fichier .csv, .xlsx"),
        ((table, "--output", table), "il ne sera pas remplacé"),
        ((table, "--output", output, "--map", "Pop"), "attendu, TITRE=DONNÉE"),
        ((table, "--output", output, "--map", "Popp=population"), "aucun titre « Popp »"),
        ((table, "--output", output, "--map-file", titles), "une ligne « titre: donnée »"),
        ((table, "--output", output, "--default-rate", "80"), "Le taux par défaut"),
        ((departments, "--output", output), "le département 13 est en région"),
    ):
        answer = command("prepare", *words)
        assert (answer.code, answer.out) == (2, ""), words
        assert said in plain(answer.err), (words, answer.err)
    assert sorted(tmp_path.iterdir()) == before

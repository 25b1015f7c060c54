"""`simulate --solve`, `--case`, `--keep "*"`: what is found, named, carried."""

import json

import openpyxl
import pytest
from study_words import YEARS, plain


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

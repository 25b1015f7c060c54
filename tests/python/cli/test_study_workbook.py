"""The workbook of `simulate`, read by another library: numbers, words, sheets, widths."""

import datetime
import itertools
import json
from pathlib import Path

import openpyxl
import pytest

EXAMPLES = Path(__file__).parents[3] / "examples"
YEARS = ("--from", "2025", "--to", "2026")
TABLE = """id;nom;population;lien;jour;parcours_retenue;parcours_taux_atteinte
a;=1+1;39999;https://exemple.fr;=A1;oui;0,5
b;"Été, « nom »";79999;;12;non;
"""
EUROS = '#,##0.00\\ "€"'


@pytest.fixture
def workbook(command, tmp_path):
    """Simulate with some words; open the workbook."""
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")

    def run(*words, table=path):
        output = tmp_path / "r.xlsx"
        answer = command("simulate", table, *YEARS, *words, "--output", output)
        assert answer.code == 0, answer.err
        return openpyxl.load_workbook(output)

    return run


def table_of(sheet):
    """Give the rows of a sheet as dictionaries by title; remarks stand below an empty row."""
    titles, *rows = itertools.takewhile(any, sheet.iter_rows(values_only=True))
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_the_sheets_of_a_reform(workbook):
    book = workbook("--keep", "lien,jour", "--reform", "part_variable_60")
    assert book.sheetnames == [
        "Synthèse et hypothèses",
        "Totaux",
        "Hypothèses",
        "Proches d'un seuil",
        "Gagnants et perdants",
        "Paramètres modifiés",
        "Communautés, 2026",
        "Non modélisé",
        "Dictionnaire",
        "Exécution",
        "Résultats",
    ]
    assert book.properties.created == datetime.datetime(2000, 1, 1)
    first, *others = book
    assert [len(first._charts), first.page_setup.orientation] == [1, "landscape"]
    for sheet in others:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title
        assert sheet.auto_filter.ref.partition(":")[2][0] == sheet.dimensions.partition(":")[2][0]
        for letter, column in sheet.column_dimensions.items():
            assert 5 <= column.width <= 121, (sheet.title, letter)


def test_without_a_reform_the_sheets_that_make_sense(workbook):
    book = workbook("--keep", "lien,jour")
    assert book.sheetnames == [
        "Synthèse et hypothèses",
        "Totaux",
        "Totaux par taille",
        "Hypothèses",
        "Proches d'un seuil",
        "Communautés, 2026",
        "Non modélisé",
        "Dictionnaire",
        "Exécution",
        "Résultats",
    ]
    assert not any("Écart" in cell.value for cell in book["Totaux"][1])


def test_results_are_numbers_with_a_euro_format_and_texts_stay_texts(workbook):
    book = workbook("--keep", "lien,jour", "--reform", "part_variable_60")
    sheet = book["Résultats"]
    titles = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 1 + 2 * 2 * 2
    rows = [dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    first, last = rows[0], rows[-2]
    assert (first["scenario"].value, last["scenario"].value) == (
        "droit_en_vigueur",
        "part_variable_60",
    )
    assert (first["annee"].value, first["annee"].number_format) == (2025, "0")
    for name in ("nom", "lien", "jour"):
        assert first[name].data_type == "s", name
        assert not first[name].hyperlink, name
    assert first["nom"].value == "=1+1"
    assert first["jour"].value == "=A1"
    assert (first["population_retenue"].value, first["population_retenue"].number_format) == (
        39_999,
        "#,##0",
    )
    # 50 000 to run it; parcours, 25 000 fixed and half of 25 000, then 20 000 and half of 30 000.
    assert (first["financement_annuel"].value, last["financement_annuel"].value) == (87_500, 85_000)
    assert first["financement_annuel"].number_format == EUROS


def test_totals_winners_and_changes(workbook):
    book = workbook("--keep", "lien,jour", "--reform", "part_variable_60")
    total = table_of(book["Totaux"])[-1]
    assert (total["Année"], total["Scénario"]) == (2026, "part_variable_60")
    assert total["Financement en année pleine"] == 85_000 + 60_000
    assert total["Écart, financement en année pleine"] == -2_500
    assert total["Écart, financement en année pleine, %"] == pytest.approx(-2_500 / 147_500)
    movement = next(row for row in table_of(book["Gagnants et perdants"]) if row["Année"] == 2026)
    assert movement["Montant"] == "Financement en année pleine"
    assert [movement[title] for title in ("Gagnantes", "Perdantes", "Inchangées")] == [0, 1, 1]
    assert movement["Solde"] == -2_500
    changes = table_of(book["Paramètres modifiés"])
    change = next(row for row in changes if row["Chemin"] == "aci.missions.parcours.part_variable")
    assert (change["Avant"], change["Après"]) == (0.5, 0.6)
    assert change["Du"] == datetime.datetime(2026, 1, 1)
    assert change["Adresse"] == "https://www.senat.fr/rap/r25-032/r25-0322.html"


def test_the_dictionary_says_what_each_column_is(workbook, tmp_path):
    book = workbook("--keep", "lien,jour", "--variables", "financement_annuel,etape,taille")
    words = {row["Colonne"]: row for row in table_of(book["Dictionnaire"])}
    assert list(words) == [cell.value for cell in book["Résultats"][1]]
    assert words["financement_annuel"]["Libellé"].startswith("Financement annuel")
    assert words["financement_annuel"]["Unité"] == "euro"
    assert words["financement_annuel"]["Période"] == "année"
    assert (
        "Fonctionnement et, pour chaque mission comptée"
        in (words["financement_annuel"]["Documentation"])
    )
    assert words["etape"]["Période"] == "mois de décembre"
    assert words["lien"]["Libellé"] == "Colonne du tableau, gardée"


def test_the_record_stands_in_the_workbook(workbook, tmp_path):
    book = workbook("--keep", "lien,jour", "--reform", "part_variable_60")
    said = {row["Élément"]: row["Valeur"] for row in table_of(book["Exécution"])}
    record = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert said["commande"] == record["commande"]
    assert said["entree.sha256"] == record["entree"]["sha256"]
    assert said["scenarios.2.reformes.1.sha256"] == record["scenarios"][1]["reformes"][0]["sha256"]


def test_an_envelope_and_the_conventions_have_their_sheets(workbook):
    table = EXAMPLES / "cpts_fictives.csv"
    words = ("--reform", "seuils_lisses_neutres", "--variantes", "--by", "region")
    book = workbook(*words, table=table)
    assert {"Coefficients", "Conventions", "Totaux détaillés"} <= set(book.sheetnames)
    (row,) = table_of(book["Coefficients"])
    assert row["Total après"] == pytest.approx(row["Cible"], abs=0.01)
    assert {row["Convention"] for row in table_of(book["Conventions"])} >= {
        "Conventions retenues",
        "80 000 habitants exactement : taille 2",
    }
    costs = table_of(book["Coût selon les conventions"])
    assert {row["Scénario"] for row in costs} == {"seuils_lisses_neutres"}
    for row in costs:
        assert row["Coût au plus bas"] <= row["Coût retenu"] <= row["Coût au plus haut"]


def test_a_change_of_value_kept_as_a_day_or_an_instant_is_written(workbook, tmp_path):
    import polars

    path = tmp_path / "t.parquet"
    instant = datetime.datetime(2024, 1, 1, 12, tzinfo=datetime.UTC)
    polars.DataFrame(
        {
            "id": ["a"],
            "population": [50_000],
            "jour": [datetime.date(2024, 2, 3)],
            "instant": [instant],
            "rapport": [float("nan")],
            "liste": [[1, 2]],
        }
    ).write_parquet(path)
    book = workbook("--keep", "jour,instant,rapport,liste", table=path)
    row = table_of(book["Résultats"])[0]
    assert row["jour"] == datetime.datetime(2024, 2, 3)
    assert row["instant"] == datetime.datetime(2024, 1, 1, 12)


def test_what_is_not_modelled_stands_beside_the_results(workbook):
    topics = {
        row["Sujet"]: row for row in table_of(workbook("--keep", "lien,jour")["Non modélisé"])
    }
    coordination = next(row for subject, row in topics.items() if "coordination (DAC)" in subject)
    assert coordination["Nature"] == "Hors du champ du modèle"
    assert coordination["Conséquence"].startswith("Aucun résultat ne contient")

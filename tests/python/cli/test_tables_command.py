"""What the commands say of a table: why it is refused, which sheet was read, what is doubtful."""

import json

import pytest
import xlsxwriter

YEARS = ("--from", "2026", "--to", "2026")
TOTALS = (
    *("id;population_2026;parcours_retenue", "TOTAL;1 248 500;", "A;48 500;oui"),
    "Source : ARS;;",
)


def plain(text):
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def write(tmp_path):
    def csv(*lines):
        path = tmp_path / "t.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return csv


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, population in (("Bretagne", 48_500), ("Normandie", 95_000), ("Vieux", 1_000)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["ID", "Population 2026", "date_signature_contrat"])
            sheet.write_row(1, 0, [name, population, "15/03/2023"])
        sheet.hide()
    return path


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")


@pytest.mark.parametrize(
    "words",
    [
        ("simulate", *YEARS),
        ("schedule", "--id", "A"),
        ("explain", "--id", "A", "--variable", "taille", "--period", "2026"),
    ],
)
def test_totals_and_notes_are_refused_by_every_command(command, write, tmp_path, words):
    output = tmp_path / "sorties" / ("r.csv" if words[0] == "simulate" else "r.txt")
    answer = command(words[0], write(*TOTALS), *words[1:], "--output", output)
    assert (answer.code, answer.out) == (2, "")
    assert "ressemble à un total (id « TOTAL »)" in plain(answer.err)
    assert "ressemble à une note (id « Source : ARS », aucune donnée)" in plain(answer.err)
    assert "supprimer celle-ci" in plain(answer.err)
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_a_block_of_titles_is_one_fault(command, write):
    lines = ("Agence;;", "Suivi au 1er octobre;;", ";;", "N° FINESS;Nom;Habitants", "9;B;48 500")
    answer = command("simulate", write(*lines), *YEARS)
    assert answer.code == 2
    assert "1 faute" in plain(answer.err)
    assert "les titres semblent être ligne 4" in plain(answer.err)


def test_the_sheet_is_asked_for_then_said_and_recorded(command, workbook, tmp_path):
    refused = command("simulate", workbook, *YEARS)
    assert (refused.code, refused.out) == (2, "")
    assert "« Bretagne », « Normandie »" in refused.err
    output = tmp_path / "sorties" / "2026" / "r.csv"
    answer = command("simulate", workbook, *YEARS, "--sheet", "Normandie", "--output", output)
    assert answer.code == 0
    said = "Feuille lue : « Normandie » ; non lues : « Bretagne » ; masquées, non lues : « Vieux »."
    assert said in plain(answer.out)
    record = json.loads(output.with_suffix(".execution.json").read_text(encoding="utf-8"))
    assert record["entree"]["feuille"] == "Normandie"
    assert record["hypotheses"]["remarques"] == [said]
    assert "--sheet Normandie" in record["commande"]
    wrong = command("simulate", workbook, *YEARS, "--sheet", "normandy")
    assert wrong.code == 2
    assert "la plus proche : « Normandie »" in wrong.err


@pytest.mark.parametrize(
    "words",
    [("schedule",), ("explain", "--variable", "population_retenue", "--period", "2026")],
)
def test_the_other_commands_take_a_sheet_as_well(command, workbook, words):
    name, *options = words
    assert "--sheet" in command(name, workbook, *options).err
    answer = command(name, workbook, *options, "--sheet", "Normandie")
    assert answer.code == 0
    assert "Normandie" in answer.out


def test_doubts_are_shown_under_the_totals_and_in_a_plan(command, write):
    titles = "id,region,population_2023,population_2024,date_signature_contrat"
    table = write(titles, "a,75,95,000,15/03/2023")
    answer = command("simulate", table, *YEARS)
    assert answer.code == 0
    assert "codes lus comme des régions INSEE (75 : Nouvelle-Aquitaine)" in plain(answer.out)
    assert "milliers coupés en deux cellules ?" in plain(answer.out)
    plan = command("schedule", table)
    assert "codes lus comme des régions INSEE (75 : Nouvelle-Aquitaine)" in plain(plan.out)

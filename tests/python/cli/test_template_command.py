"""`openfisca-cpts template`: a blank workbook, written once."""

import openpyxl
import pytest


def test_a_template_is_written_then_read(command, tmp_path):
    path = tmp_path / "modele.xlsx"
    answer = command("template", path, "--years", "2024-2025")
    assert (answer.code, answer.err) == (0, "")
    assert f"Écrit : {path}." in answer.out
    answer = command("simulate", path, "--from", "2024", "--to", "2024")
    assert answer.code == 2
    assert "tableau vide" in answer.err
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["A2"] = "a"
    workbook.worksheets[0]["D2"] = 52_000
    workbook.save(path)
    answer = command("simulate", path, "--from", "2024", "--to", "2024")
    assert answer.code == 0
    assert "52\u00a0000" in answer.out


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("2024-2023", "la première année est après la dernière"),
        ("24 à 26", "n'est pas une année"),
        ("2024-2015", "la première année est après la dernière"),
        ("2015", "L'année 2015 est demandée"),
    ],
)
def test_years_that_cannot_be_are_refused(command, tmp_path, years, said):
    answer = command("template", tmp_path / "m.xlsx", "--years", years)
    assert answer.code == 2
    assert said in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_not_replaced(command, tmp_path):
    path = tmp_path / "m.xlsx"
    path.write_text("rempli")
    answer = command("template", path)
    assert (answer.code, path.read_text()) == (2, "rempli")
    assert "existe déjà" in answer.err


def test_the_example_passes_from_template_to_schedule_to_simulate(command, tmp_path):
    path = tmp_path / "m.xlsx"
    assert command("template", path, "--years", "2024-2026", "--example").code == 0
    plan = command("schedule", path, "--id", "ma-cpts")
    assert (plan.code, plan.err) == (0, "")
    answer = command("simulate", path, "--from", "2024", "--to", "2026")
    assert (answer.code, answer.err) == (0, "")
    assert "95\u00a0000" in answer.out

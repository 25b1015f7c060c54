"""What a table does not give, beside the totals of `simulate`."""

import json

import openpyxl
import pytest
from study_words import YEARS, lines_of, plain

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

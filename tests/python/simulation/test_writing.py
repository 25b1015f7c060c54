"""Files that are written: all of them or nothing, always the same bytes, ready for a reader."""

import csv
import datetime
import io
import os
import re

import openpyxl
import polars
import pytest

from openfisca_cpts.outils.simulation import RequestError, simulate, writing
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.writing import write, write_rows

SUFFIXES = ["csv", "parquet", "xlsx"]


@pytest.fixture
def result():
    table = polars.DataFrame(
        {
            "id": ["a", "b"],
            "nom": ["=1+1", "Été, « nom »"],
            "population": [52_000, 100_000],
            "parcours_retenue": [True, True],
            "parcours_taux_atteinte": [1 / 3, 0],
            "date_signature_contrat": [datetime.date(2021, 3, 15), None],
        }
    )
    names = ["population", "taille", "financement_annuel", "date_signature_contrat"]
    return simulate(table, 2024, variables=names)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_result_twice_gives_the_same_bytes(tmp_path, result, suffix):
    for name in ("un", "deux"):
        write(result, tmp_path / f"{name}.{suffix}")
    first, second = sorted(tmp_path.iterdir())
    assert first.read_bytes() == second.read_bytes()


def test_amounts_are_unrounded_in_parquet_and_csv(tmp_path, result):
    exact = 60_000 + (35_000 + 35_000 * (1 / 3))
    write(result, tmp_path / "r.parquet")
    assert polars.read_parquet(tmp_path / "r.parquet").equals(result)
    write(result, tmp_path / "r.csv")
    read = polars.read_csv(tmp_path / "r.csv", try_parse_dates=True)
    assert read["financement_annuel"].to_list() == [exact, 120_000]
    assert read["nom"].to_list() == ["'=1+1", "Été, « nom »"]
    assert (tmp_path / "r.csv").read_bytes().startswith(b"scenario,annee,id,nom,population,")


FORMULAS = [
    *("=1+1", "+1+1", "@SUM(1)", "-1+1", "  =1", "\t=1", "\r=1", "x;=1+1", "x\t@y", "'=1", "''-a"),
    *("=cmd|' /C calc'!A0", "-a", "a\n=1"),
]
PLAIN = ["-12,5", "+33 1 23", "-", "a=b", "l'=", "x; y", "1-1", "-5 %", "«=»"]


def test_a_text_of_a_csv_file_is_never_a_formula(tmp_path):
    cells = [*FORMULAS, *PLAIN]
    ids = [f"={rank}" for rank in range(len(cells))]
    table = polars.DataFrame({"id": ids, "=titre": cells, "choix": cells}).with_columns(
        polars.col("choix").cast(polars.Categorical), population=50_000
    )
    result = simulate(table, 2024, variables=[], keep=["=titre", "choix"])
    write(result, tmp_path / "r.csv")
    write_rows(result.lazy(), tmp_path / "flot.csv")
    assert (tmp_path / "r.csv").read_bytes() == (tmp_path / "flot.csv").read_bytes()
    text = (tmp_path / "r.csv").read_bytes().decode()
    titles, *rows = csv.reader(io.StringIO(text, newline=""))
    assert titles == ["scenario", "annee", "id", "nom", "'=titre", "choix"]
    for row, cell in zip(rows, cells, strict=True):
        assert row[4] == row[5]
        assert (row[4] == cell) == (cell in PLAIN)
        assert row[2].startswith("'=")
        for piece in re.split("[;\t\r\n]", row[4]):
            assert cell in PLAIN or not piece.lstrip().startswith(("=", "+", "-", "@"))


def test_a_csv_file_that_is_read_again_gives_the_texts_that_were_written(tmp_path):
    cells = [cell.strip() for cell in [*FORMULAS, *PLAIN]]
    numbers = [*map(str, range(len(cells)))]
    table = polars.DataFrame({"id": numbers, "nom": cells, "=a": cells})
    write(simulate(table, 2024, variables=[], keep=["=a"]), tmp_path / "r.csv")
    again = {column.title: column.kept for column in read(tmp_path / "r.csv").columns}
    assert again["nom"].to_list() == cells
    assert again["=a"].to_list() == cells


def test_a_workbook_holds_numbers_dates_and_texts_that_stay_texts(tmp_path, result):
    write(result, tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert workbook.properties.created == datetime.datetime(2000, 1, 1)  # the same in every file
    titles, first, _ = workbook["resultats"].iter_rows()
    cells = {title.value: cell for title, cell in zip(titles, first, strict=True)}
    assert cells["annee"].value == 2024
    assert cells["annee"].number_format == "0"
    assert (cells["nom"].value, cells["nom"].data_type) == ("=1+1", "s")
    assert (cells["population"].value, cells["population"].number_format) == (52_000, "#,##0")
    assert cells["financement_annuel"].value == pytest.approx(95_000 + 35_000 / 3, abs=1e-9)
    assert cells["financement_annuel"].number_format == '#,##0.00\\ "€"'
    assert cells["date_signature_contrat"].value == datetime.datetime(2021, 3, 15)


def test_what_a_kept_column_may_hold_does_not_stop_a_workbook(tmp_path):
    kept = {
        "rapport": [float("nan")],
        "lien": ["https://exemple.fr"],
        "instant": [datetime.datetime(2024, 1, 1, 12, tzinfo=datetime.UTC)],
    }
    result = simulate(polars.DataFrame({"id": ["a"]} | kept), 2024, keep=list(kept), variables=[])
    write(result, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["resultats"]
    cells = [cell.value for cell in list(sheet.rows)[1]]
    assert cells[-2:] == ["https://exemple.fr", datetime.datetime(2024, 1, 1, 12)]
    assert not sheet["F2"].hyperlink


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_result_is_written(tmp_path, result, suffix):
    write(result.clear(), tmp_path / f"r.{suffix}")
    assert (tmp_path / f"r.{suffix}").stat().st_size > 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_failure_while_writing_leaves_the_old_file_and_no_other(
    tmp_path, result, suffix, monkeypatch
):
    path = tmp_path / f"r.{suffix}"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(RequestError, match=r"ne s'écrit pas \(No space left on device\)"):
        write(result, path)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(path.name, b"old")]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("r.xls", "attendu, un fichier .csv, .parquet, .xlsx"),
        ("file.txt/r.csv", "file.txt » n'est pas un dossier"),
        ("file.txt/a/b/r.csv", "file.txt » n'est pas un dossier"),
        ("folder.csv", "est un dossier"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_refused(tmp_path, result, name, said):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file.txt").touch()
    with pytest.raises(RequestError) as refusal:
        write(result, tmp_path / name)
    assert said in str(refusal.value)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_missing_folders_are_made(tmp_path, result, suffix):
    write(result, tmp_path / "sorties" / "2024" / f"r.{suffix}")
    assert [path.name for path in (tmp_path / "sorties" / "2024").iterdir()] == [f"r.{suffix}"]


def test_a_failure_leaves_no_folder_behind(tmp_path, result, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    (tmp_path / "là").mkdir()
    for folder in ("a/b", "là/c"):
        with pytest.raises(RequestError, match="ne s'écrit pas"):
            write(result, tmp_path / folder / "r.csv")
    assert [path.name for path in tmp_path.rglob("*")] == ["là"]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, result, monkeypatch):
    monkeypatch.setattr(writing, "SHEET_ROWS", 2)
    with pytest.raises(RequestError, match=r"choisir \.csv ou \.parquet"):
        write(result, tmp_path / "r.xlsx")
    assert not list(tmp_path.iterdir())
    write(result.head(1), tmp_path / "r.xlsx")


def test_a_sheet_of_this_library_holds_what_excel_holds():
    assert writing.SHEET_ROWS == 2**20

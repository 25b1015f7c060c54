"""Files that are written: all of them or nothing, always the same bytes, ready for a reader."""

import datetime
import os

import openpyxl
import polars
import pytest

from openfisca_cpts.outils.simulation import RequestError, simulate, writing
from openfisca_cpts.outils.simulation.writing import write

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
    assert read["nom"].to_list() == ["=1+1", "Été, « nom »"]
    assert (tmp_path / "r.csv").read_bytes().startswith(b"scenario,annee,id,nom,population,")


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
        ("absent/r.csv", "n'existe pas"),
        ("folder.csv", "est un dossier"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_refused(tmp_path, result, name, said):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(RequestError) as refusal:
        write(result, tmp_path / name)
    assert said in str(refusal.value)


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, result, monkeypatch):
    monkeypatch.setattr(writing, "SHEET_ROWS", 2)
    with pytest.raises(RequestError, match=r"choisir \.csv ou \.parquet"):
        write(result, tmp_path / "r.xlsx")
    assert not list(tmp_path.iterdir())
    write(result.head(1), tmp_path / "r.xlsx")


def test_a_sheet_of_this_library_holds_what_excel_holds():
    assert writing.SHEET_ROWS == 2**20

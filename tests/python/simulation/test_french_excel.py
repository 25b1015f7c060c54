"""What a French Excel writes: one table as semicolon CSV, as XLSX and as Parquet."""

import datetime

import openpyxl
import polars
import pytest

from openfisca_cpts.outils.simulation import simulate

TITLES = [
    "id",
    "nom",
    "region",
    "population_2024",
    "population_2025",
    "parcours_taux_atteinte",
    "parcours_retenue",
    "qualite_retenue_2024",
    "date_signature_contrat",
    "depenses_amorcage_diagnostic",
]
SIGNED = datetime.date(2021, 3, 15)
# Each row four times: as a French Excel writes it in CSV, as a workbook holds it (real dates,
# numbers and booleans, and texts where someone typed them), and as a program's types.
# ruff: noqa: E501
CSV = [
    ["1", "CPTS du Cœur d'Armor", "53", "52 000", "", "0,8", "oui", "non", "15/03/2021", "1 234,50 €"],
    ["2", "Vallée ; été", "Île-de-France", "180000", "180\u00a0500", "80 %", "NON", "", "2021-03-15", ""],
    ["b-3", "", "1", "39 999,0", "40\u00a0000", "", "VRAI", "1", "", "12,5"],
    ["", "", "", "", "", "", "", "", "", ""],
    ["4", "L’Étoile", "provence_alpes_cote_d_azur", "", "", "1", "faux", "Oui", "1/9/2019", "0"],
]  # fmt: skip
XLSX = [
    [1, "CPTS du Cœur d'Armor", 53, 52_000, None, 0.8, True, False, SIGNED, 1234.5],
    ["2", "Vallée ; été", "Île-de-France", "180 000", 180_500, "0,8", "non", None, "15/03/2021", None],
    ["b-3", None, 1, 39_999.0, "40\u00a0000", None, True, 1, None, "12,5"],
    [None] * 10,
    [4, "L’Étoile", "Provence-Alpes-Côte d'Azur", None, " ", 1, False, "oui",
     datetime.datetime(2019, 9, 1), 0],
]  # fmt: skip
PARQUET = {
    "id": ["1", "2", "b-3", "4"],
    "nom": ["CPTS du Cœur d'Armor", "Vallée ; été", None, "L’Étoile"],
    "region": ["bretagne", "11", "01", "93"],
    "population_2024": [52_000, 180_000, 39_999, None],
    "population_2025": [None, 180_500.0, 40_000.0, None],
    "parcours_taux_atteinte": [0.8, 0.8, None, 1.0],
    "parcours_retenue": [True, False, True, False],
    "qualite_retenue_2024": [False, None, True, True],
    "date_signature_contrat": [SIGNED, SIGNED, None, datetime.date(2019, 9, 1)],
    "depenses_amorcage_diagnostic": [1234.5, None, 12.5, 0.0],
}
VARIABLES = [
    *("population", "population_retenue", "taille", "region_ars", "financement_annuel"),
    *("parcours_taux_atteinte", "parcours_retenue", "qualite_retenue"),
    *("date_signature_contrat", "depenses_amorcage_diagnostic"),
]


def result(source):
    return simulate(source, [2024, 2025], variables=VARIABLES)


def csv_text(separator=";"):
    rows = [[f'"{cell}"' if separator in cell else cell for cell in row] for row in CSV]
    return "\r\n".join(separator.join(row) for row in [TITLES, *rows])


@pytest.fixture
def from_parquet(tmp_path):
    path = tmp_path / "communautes.parquet"
    polars.DataFrame(PARQUET).write_parquet(path)
    return result(path)


def test_the_parquet_file_says_what_is_meant(from_parquet):
    rows = from_parquet.filter(annee=2024)
    assert rows["population"].to_list() == [52_000, 180_000, 39_999, 0]
    assert rows["taille"].to_list() == ["taille_2", "taille_4", "taille_1", "indeterminee"]
    assert rows["region_ars"].to_list() == [
        *("bretagne", "ile_de_france", "guadeloupe", "provence_alpes_cote_d_azur"),
    ]
    assert rows["financement_annuel"].to_list() == [
        60_000 + 63_000,
        90_000,
        50_000 + 25_000 + 7_500,
        0,
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_csv_file_gives_the_same(tmp_path, from_parquet, encoding, separator):
    path = tmp_path / "communautes.csv"
    path.write_bytes(csv_text(separator).encode(encoding))
    assert result(path).equals(from_parquet)


def test_a_csv_file_with_narrow_spaces_and_commas_gives_the_same(tmp_path, from_parquet):
    path = tmp_path / "communautes.csv"
    path.write_text(csv_text(",").replace("\u00a0", "\u202f"), encoding="utf-8")
    assert "\u202f" in path.read_text(encoding="utf-8")
    assert result(path).equals(from_parquet)


@pytest.mark.parametrize("above", [0, 3])
def test_a_workbook_gives_the_same(tmp_path, from_parquet, above):
    """Empty rows above the titles, as some files have, change nothing."""
    workbook = openpyxl.Workbook()
    for rank, row in enumerate([TITLES, *XLSX], start=above + 1):
        for column, cell in enumerate(row, start=1):
            workbook.active.cell(rank, column, cell)
    path = tmp_path / "communautes.xlsx"
    workbook.save(path)
    assert result(path).equals(from_parquet)


def test_a_number_of_a_workbook_keeps_all_its_digits(tmp_path):
    workbook = openpyxl.Workbook()
    third = 1 / 3
    for row in (["id", "parcours_taux_atteinte"], ["a", third], ["b", "0,5"]):
        workbook.active.append(row)
    path = tmp_path / "communautes.xlsx"
    workbook.save(path)
    read = simulate(path, 2024, variables=["parcours_taux_atteinte"])
    assert read["parcours_taux_atteinte"].to_list() == [third, 0.5]


def test_the_rates_of_a_spreadsheet_are_those_of_a_program(write_csv):
    percents = [f"c{rank};{rank} %" for rank in range(101)]
    read = simulate(
        write_csv("id;parcours_taux_atteinte", *percents),
        2024,
        variables=["parcours_taux_atteinte"],
    )
    assert read["parcours_taux_atteinte"].to_list() == [rank / 100 for rank in range(101)]

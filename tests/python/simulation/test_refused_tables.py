"""Titles, identifiers and files that are refused."""

import zipfile
from pathlib import Path

import openpyxl
import pandas
import polars
import pytest
import xlsxwriter

from openfisca_cpts.outils.simulation import Fault, RequestError, simulate

EMPTY = Fault("une ligne de titres, puis une communauté par ligne", value="tableau vide")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("populaton_2024", "« population_2024 »"),
        ("Populaton 2024", "« population_2024 »"),
        ("Régions", "« region »"),
        ("parcours_taux_ateinte", "« parcours_taux_atteinte »"),
        ("zzz", "une colonne connue, ou citée par --keep"),
        ("population_2021-09", "« population_2021 », car une donnée se donne par année civile"),
        (
            "population_year:2021-09",
            "« population_2021 », car une donnée se donne par année civile",
        ),
        ("population_1024", "une année de 2016 à 2116"),
        ("date_signature_contrat_2024", "« date_signature_contrat », qui ne dépend pas de l'année"),
        ("region_2024", "« region », qui ne dépend pas de l'année"),
        ("plafond_financement", "une donnée : cette variable se calcule et ne se donne pas"),
        ("taille_2024", "une donnée : cette variable se calcule et ne se donne pas"),
        ("", "un titre au-dessus de chaque colonne remplie"),
    ],
)
def test_an_unknown_title_is_named_with_what_it_should_be(write_csv, faults, title, expected):
    path = write_csv(f"id;nom;{title}", "a;A;1")
    assert faults(path) == [Fault(expected, 1, None, title)]


def test_a_title_is_given_once(write_csv, faults):
    listed = faults(write_csv("id;id;region;region_ars", "a;a;93;93"))
    assert [(fault.row, fault.column) for fault in listed] == [(1, "id"), (1, "region_ars")]


def test_identifiers_are_required_and_unique(write_csv, faults):
    assert faults(write_csv("nom;population", "a;1")) == [
        Fault("une colonne « id », qui identifie chaque communauté", 1)
    ]
    listed = faults(write_csv("id;nom", "a;x", ";x", ";x", "b;x", "a;x", "a;x"))
    assert [(fault.row, fault.value) for fault in listed] == [
        *((3, None), (4, None)),
        *((6, "a"), (7, "a")),
    ]
    assert "aussi ligne 2" in listed[-1].expected


def test_a_numeric_identifier_is_the_same_as_its_text():
    typed = simulate(polars.DataFrame({"id": [7, 8]}), 2024)
    assert typed["id"].to_list() == ["7", "8"]
    assert simulate(polars.DataFrame({"id": [7.0, 8.0]}), 2024).equals(typed)


def test_other_columns_are_kept_when_asked(write_csv):
    path = write_csv("id;departement;note;region", "a;06;x;93", "b;;;inconnue")
    result = simulate(path, 2024, variables=["region_ars"], keep=["note", "departement", "region"])
    assert result.drop("scenario", "annee", "nom").to_dicts() == [
        {
            "id": "a",
            "note": "x",
            "departement": "06",
            "region": "93",
            "region_ars": "provence_alpes_cote_d_azur",
        },
        {
            "id": "b",
            "note": None,
            "departement": None,
            "region": "inconnue",
            "region_ars": "inconnue",
        },
    ]


def test_a_column_kept_from_a_workbook_stays_what_it_is(tmp_path):
    workbook = openpyxl.Workbook()
    for row in (["id", "code", "surface", "rang"], ["a", "06", 1.5, 1], ["b", 83, 2, None]):
        workbook.active.append(row)
    workbook.save(tmp_path / "t.xlsx")
    kept = simulate(tmp_path / "t.xlsx", 2024, keep=["code", "surface", "rang"])
    assert kept["code"].to_list() == ["06", "83"]
    assert kept["surface"].to_list() == [1.5, 2.0]
    assert kept["rang"].to_list() == [1, None]


def test_a_kept_column_must_exist_and_not_stand_in_for_a_result(write_csv, faults):
    path = write_csv("id;note;taille", "a;x;grande")
    assert faults(path, keep=["nota", "taille"], variables=["population"]) == [
        Fault("une colonne du tableau, « note »", 1, None, "nota"),
        Fault("une colonne connue, ou citée par --keep", 1, None, "note"),
    ]
    with pytest.raises(RequestError, match="« taille » ne peut pas être gardée"):
        simulate(path, 2024, keep=["note", "taille"])


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b";;;\n;;\n", b"id;nom\n", b"id;nom\n;\n"])
def test_an_empty_file_is_refused(tmp_path, faults, content):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    assert faults(path) == [EMPTY]


def test_an_empty_workbook_is_refused(tmp_path, faults):
    workbook = openpyxl.Workbook()
    workbook.save(tmp_path / "t.xlsx")
    assert faults(tmp_path / "t.xlsx") == [EMPTY]
    workbook.active.append(["id", "population"])
    workbook.save(tmp_path / "t.xlsx")
    assert faults(tmp_path / "t.xlsx") == [EMPTY]


def test_an_empty_frame_gives_an_empty_result():
    result = simulate(polars.DataFrame({"id": []}), [2024, 2025])
    assert result.height == 0
    assert result.schema == simulate(polars.DataFrame({"id": ["a"]}), 2024).schema


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b"id;nom\na;\x81\x8d\n"),
        ("t.csv", b"PK\x03\x04\x00\x00id"),
        ("t.xlsx", b"id;nom\na;A\n"),
        ("t.xlsx", b"PK\x03\x04"),
        ("t.parquet", b"id;nom\na;A\n"),
        ("t.parquet", b""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, faults, name, content):
    (tmp_path / name).write_bytes(content)
    (fault,) = faults(tmp_path / name)
    assert "illisible" in fault.value


def test_quotes_and_rows_that_do_not_fit_are_named(write_csv, faults):
    assert faults(write_csv("id;nom", "a;A", 'b;"B', "c;C"))[0].row == 3
    listed = faults(write_csv("id;nom", 'a;"A"', "b;B;2;3", "c;C;", "d"))
    assert [(fault.row, fault.value) for fault in listed] == [(3, "4 cellules")]


def test_a_row_without_quotes_may_be_short_but_not_long(write_csv, faults):
    path = write_csv("id;population;nom", "a;1", "b;1;B;;", "c;1;C")
    assert simulate(path, 2024)["nom"].to_list() == [None, "B", "C"]
    listed = faults(write_csv("id;nom", "a;A", "b;B;1", "c;C;;2"))
    assert [(fault.row, fault.value) for fault in listed] == [(3, "3 cellules"), (4, "4 cellules")]


def test_a_frame_without_columns_lacks_its_identifiers(faults):
    assert [fault.column for fault in faults(polars.DataFrame())] == [None]


def test_a_file_that_may_not_be_read_is_refused(write_csv, monkeypatch):
    def forbidden(_):
        raise PermissionError(13, "Permission denied")

    path = write_csv("id", "a")
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(RequestError, match="ne se lit pas"):
        simulate(path, 2024)


def test_a_quote_inside_a_cell_is_a_character(write_csv):
    path = write_csv("id;nom", 'a;5"6', 'b;7"8', 'c;"l""autre ; nom"')
    assert simulate(path, 2024)["nom"].to_list() == ['5"6', '7"8', 'l"autre ; nom']


def test_a_cell_that_a_workbook_could_not_compute_is_not_an_empty_one(tmp_path, faults):
    workbook = openpyxl.Workbook()
    for row in (["id", "population"], ["a", "=1+1"], ["b", "#N/A"], ["c", -1]):
        workbook.active.append(row)
    workbook.save(tmp_path / "t.xlsx")
    listed = [(fault.row, fault.column, fault.value) for fault in faults(tmp_path / "t.xlsx")]
    assert listed == [(2, "B", "=1+1"), (3, "B", "#N/A"), (4, "population", "-1")]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "written.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["id", "population", "nom"])
        sheet.write_row(1, 0, ["a"])
        sheet.write_formula(1, 1, '=IF(1,"","")', None, "VIDE")
        sheet.write_formula(1, 2, '="A"&"B"', None, "AB")
    # Excel stores the empty text as an empty value of a cell of text; no library writes that.
    with (
        zipfile.ZipFile(tmp_path / "written.xlsx") as written,
        zipfile.ZipFile(tmp_path / "t.xlsx", "w") as excel,
    ):
        for name in written.namelist():
            excel.writestr(name, written.read(name).replace(b"<v>VIDE</v>", b"<v></v>"))
    result = simulate(tmp_path / "t.xlsx", 2024, variables=["motif_non_calculable"])
    assert result.row(0)[-2:] == ("AB", "population_inconnue")


def test_a_file_that_is_none_or_of_another_kind_is_refused(tmp_path):
    with pytest.raises(RequestError, match="n'existe pas"):
        simulate(tmp_path / "absent.csv", 2024)
    (tmp_path / "t.pdf").write_bytes(b"%PDF")
    with pytest.raises(RequestError, match=r"attendu, un fichier \.csv, \.xlsx ou \.parquet"):
        simulate(tmp_path / "t.pdf", 2024)


WIDE = ["id", *(f"colonne_{rank}" for rank in range(9_999))]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_ten_thousand_columns_are_refused_at_once(tmp_path, faults, suffix):
    path = tmp_path / f"t{suffix}"
    if suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write_row(0, 0, WIDE)
            sheet.write_row(1, 0, ["a"] + [1] * 9_999)
    else:
        frame = polars.DataFrame({title: ["1"] for title in WIDE})
        frame.write_csv(path) if suffix == ".csv" else frame.write_parquet(path)
    expected = "au plus 5\xa0000 colonnes, une par donnée et par année"
    assert faults(path) == [Fault(expected, 1, value="10\xa0000 colonnes")]


def test_ten_thousand_columns_of_a_frame_are_refused_at_once(faults):
    table = pandas.DataFrame([["1"] * 10_000], columns=WIDE)
    for frame in (table, polars.DataFrame({title: ["1"] for title in WIDE})):
        assert [fault.value for fault in faults(frame)] == ["10\xa0000 colonnes"]


def test_a_thousand_unknown_columns_are_all_named(faults):
    table = polars.DataFrame({"id": ["a"]} | {f"colonne_{rank}": [1] for rank in range(1_000)})
    assert len(faults(table)) == 1_000

"""Blocks of titles that stand above the titles of the columns."""

import openpyxl
import pandas
import pytest
import xlsxwriter

from openfisca_cpts.outils.simulation import RequestError, TableError, simulate

BLOCK = [
    ["Agence régionale de santé"],
    ["Suivi des contrats, état au 1er octobre 2026"],
    [],
    ["Identification", None, "Contrat", None, "Missions"],
]
FOREIGN = ["N° FINESS", "Nom de la CPTS", "Population INSEE 2023", "Date de signature", "Parcours"]
OURS = ["ID", "Nom", "Population 2023", "date_signature_contrat", "parcours_retenue"]
ROWS = [["990000011", "CPTS du Val", 62_300, "15/03/2023", "oui"], ["990000022", "B", "n.c."]]


def lines(rows, separator):
    return [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]


def workbook_of(path, rows):
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for rank, row in enumerate(rows):
            sheet.write_row(rank, 0, row)
    return path


@pytest.mark.parametrize("titles", [FOREIGN, OURS])
@pytest.mark.parametrize("above", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", [";", ",", "padded", "xlsx"])
def test_the_row_of_the_titles_is_told_once(tmp_path, write_csv, faults, titles, above, kind):
    rows = [*BLOCK[:above], titles, *ROWS]
    if kind == "xlsx":
        source = workbook_of(tmp_path / "t.xlsx", rows)
    elif kind == "padded":
        source = write_csv(*lines([row + [None] * (5 - len(row)) for row in rows], ";"))
    else:
        cells = [[str(cell).replace(",", "") if cell else cell for cell in row] for row in rows]
        source = write_csv(*lines(cells, kind))
    (fault,) = faults(source)
    assert fault.row == 1
    assert fault.value == "Agence régionale de santé"
    assert (
        f"les titres semblent être ligne {above + 1} ; « openfisca-cpts prepare »" in fault.expected
    )
    assert f"les titres semblent être ligne {above + 1}" in str(fault)


def test_rows_are_those_of_the_file_below_empty_ones(tmp_path, write_csv, faults):
    rows = [[], [], *BLOCK, FOREIGN, *ROWS]
    for source in (workbook_of(tmp_path / "t.xlsx", rows), write_csv(*lines(rows, ";"))):
        (fault,) = faults(source)
        assert fault.row == 3
        assert "semblent être ligne 7" in fault.expected


def test_merged_headings_above_our_titles_are_no_titles(tmp_path, faults):
    workbook = openpyxl.Workbook()
    for row in (BLOCK[3], OURS, ROWS[0]):
        workbook.active.append(row)
    workbook.active.merge_cells("A1:B1")
    workbook.save(tmp_path / "t.xlsx")
    assert "semblent être ligne 2" in faults(tmp_path / "t.xlsx")[0].expected


def test_a_block_that_pandas_read_as_titles_is_told_as_well(tmp_path, faults):
    path = workbook_of(tmp_path / "t.xlsx", [*BLOCK, OURS, *ROWS])
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active]
    titles = [cell or f"Unnamed: {rank}" for rank, cell in enumerate(rows[0])]
    (fault,) = faults(pandas.DataFrame(rows[1:], columns=titles))
    assert "semblent être ligne 5" in fault.expected


@pytest.mark.parametrize(
    "rows",
    [
        ["nom;population", "A;1"],
        ["code;nom;population", "a;A;1", "b;B;2"],
        ["code", "a", "b"],
        ["code;nom", "a;A", "b;"],
    ],
)
def test_a_table_without_identifiers_is_not_taken_for_one_with_a_block(write_csv, faults, rows):
    listed = faults(write_csv(*rows))
    assert "une colonne « id », qui identifie chaque communauté" in [f.expected for f in listed]
    assert not any("semblent" in fault.expected for fault in listed)


def test_faults_of_titles_stand_on_their_row(tmp_path, faults):
    path = workbook_of(tmp_path / "t.xlsx", [[], [], ["id", "populaton"], ["a", 1]])
    assert [(fault.row, fault.column) for fault in faults(path)] == [(3, "populaton")]


def test_a_separator_is_that_of_the_titles_whatever_stands_in_the_cells(write_csv):
    path = write_csv("id;nom;population_2024", "a;Est, Ouest, Nord, Sud;1000")
    assert simulate(path, 2024)["nom"].to_list() == ["Est, Ouest, Nord, Sud"]


def test_the_refusal_is_an_error_of_the_table(write_csv):
    with pytest.raises(TableError) as refusal:
        simulate(write_csv("Titre", "id;population", "a;1"), 2024)
    assert not isinstance(refusal.value, RequestError)

"""Workbooks: which sheet is read, and cells that hold an error, however the XML writes them."""

import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from openfisca_cpts.outils.plan import schedule
from openfisca_cpts.outils.simulation import RequestError, simulate, solve, study

TABLE = [["id", "population_2024"], ["a", 95_000], ["b", 40_000]]


@pytest.fixture
def book(tmp_path):
    """Write a workbook from sheets; one whose name ends with a minus is hidden."""

    def write(**sheets):
        path = tmp_path / "t.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            shown = [name for name in sheets if not name.endswith("_")]
            for name, rows in sheets.items():
                sheet = workbook.add_worksheet(name.strip("_"))
                for rank, row in enumerate(rows):
                    sheet.write_row(rank, 0, row)
                if name.endswith("_"):
                    sheet.hide()
                elif name == shown[0]:
                    sheet.activate()
                    sheet.set_first_sheet()
        return path

    return write


def remarks(path, **options):
    with study(path, 2024, **options) as done:
        return done.sheet, done.communities.remarks


def test_the_only_sheet_is_read_and_named(book):
    assert remarks(book(Suivi=TABLE)) == ("Suivi", ["Feuille lue : « Suivi »."])


@pytest.mark.parametrize("first", [True, False])
def test_a_hidden_sheet_is_skipped_and_said(book, first):
    old = [["id", "population_2024"], ["vieille", 1_000]]
    sheets = {"Brouillon_": old, "Suivi": TABLE} if first else {"Suivi": TABLE, "Brouillon_": old}
    path = book(**sheets)
    expected = "Feuille lue : « Suivi » ; masquées, non lues : « Brouillon »."
    assert remarks(path) == ("Suivi", [expected])
    assert simulate(path, 2024)["id"].to_list() == ["a", "b"]
    named = simulate(path, 2024, sheet="Brouillon")
    assert named["id"].to_list() == ["vieille"]
    assert remarks(path, sheet="Brouillon")[1][0].startswith(
        "Feuille lue : « Brouillon » (masquée)"
    )


def test_the_sheet_with_identifiers_is_read_wherever_it_stands(book):
    path = book(Lisez=[["Ce classeur…"]], Vide=[], Suivi=[["ID", "Population 2024"], ["a", 95_000]])
    said = "Feuille lue : « Suivi » ; non lues : « Lisez », « Vide »."
    assert remarks(path) == ("Suivi", [said])


def test_several_sheets_with_identifiers_are_refused_until_one_is_named(book):
    other = [["Id", "population_2024"], ["z", 10_000]]
    path = book(Bretagne=TABLE, Normandie=other)
    for run in (
        lambda **options: simulate(path, 2024, **options),
        lambda **options: schedule(path, "z", **options),
        lambda **options: solve(path, "aci.fonctionnement.taille_1", 60_000, 2024, **options),
    ):
        with pytest.raises(RequestError) as refusal:
            run()
        assert "plusieurs feuilles avec une colonne « id » : « Bretagne », « Normandie »" in str(
            refusal.value
        )
        assert "--sheet" in str(refusal.value)
        run(sheet="Normandie")


def test_a_sheet_that_is_not_there_is_refused_with_the_nearest(book):
    with pytest.raises(RequestError, match=r"plus proche : « Suivi ».*il a « Suivi », « Notes »"):
        simulate(book(Suivi=TABLE, Notes=[["rien"]]), 2024, sheet="suivis")


def test_only_a_workbook_has_sheets(write_csv):
    with pytest.raises(RequestError, match="ne se choisit que dans un classeur"):
        simulate(write_csv("id;population", "a;1"), 2024, sheet="Suivi")


def test_a_workbook_whose_sheets_are_all_hidden_is_refused(book, tmp_path):
    path = book(Suivi=TABLE, Notes=[["rien"]])
    hidden = tmp_path / "cachee.xlsx"
    edit(
        path,
        hidden,
        "xl/workbook.xml",
        lambda text: text.replace("<sheet ", '<sheet state="hidden" '),
    )
    with pytest.raises(RequestError, match="masquées : « Suivi », « Notes »"):
        simulate(hidden, 2024)


def edit(path, other, name, change):
    """Copy a workbook, one of its parts changed."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            if part == name:
                changed = change(text.decode())
                text = changed if isinstance(changed, bytes) else changed.encode()
            target.writestr(part, text)


def prefixed(text):
    """Write every element of the main namespace with a prefix, as some programs do."""
    text = text.replace('<worksheet xmlns="', '<worksheet xmlns:x="')
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text)


SHAPES = {
    "as a library writes it": lambda text: text,
    "with a prefix": prefixed,
    "with single quotes": lambda text: re.sub(r't="(\w+)"', r"t='\1'", text),
    "with spaces": lambda text: text.replace('t="e"', 't = "e"\n'),
    "without positions": lambda text: re.sub(r' r="[A-Z]*\d+"', "", text),
    "type first": lambda text: re.sub(r'<c (r="\w+") t="e"', r'<c t="e" \1', text),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!"])
def test_an_error_is_named_whatever_the_xml_looks_like(tmp_path, faults, shape, error):
    workbook = openpyxl.Workbook()
    for row in (["id", "population_2024"], ["a", 95_000], ["b", error]):
        workbook.active.append(row)
    workbook.save(tmp_path / "written.xlsx")
    other = tmp_path / "t.xlsx"
    edit(tmp_path / "written.xlsx", other, "xl/worksheets/sheet1.xml", SHAPES[shape])
    listed = [(fault.row, fault.column, fault.value) for fault in faults(other)]
    assert listed == [(3, "B", error)]


@pytest.mark.parametrize("shape", ["as a library writes it", "with a prefix", "without positions"])
def test_an_uncomputed_formula_is_named_as_well(tmp_path, faults, shape):
    workbook = openpyxl.Workbook()
    for row in (["id", "population_2024"], ["a", '=SUM(1,2)&"é<"'], ["b", 1]):
        workbook.active.append(row)
    workbook.save(tmp_path / "written.xlsx")
    other = tmp_path / "t.xlsx"
    edit(tmp_path / "written.xlsx", other, "xl/worksheets/sheet1.xml", SHAPES[shape])
    listed = [(fault.row, fault.column, fault.value) for fault in faults(other)]
    assert listed == [(2, "B", '=SUM(1,2)&"é<"')]


def test_errors_of_other_sheets_are_not_those_of_the_table(book, tmp_path):
    path = book(Suivi=TABLE, Notes=[["rien"]])
    workbook = openpyxl.load_workbook(path)
    workbook["Notes"]["B2"] = "#N/A"
    workbook.save(path)
    assert simulate(path, 2024).height == 2


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda text: text.replace("</row>", "<f>", 1)),
        (
            "xl/worksheets/sheet1.xml",
            lambda text: text.replace('"UTF-8"', '"UTF-16"').encode("utf-16"),
        ),
        ("xl/workbook.xml", lambda text: text.replace("<sheets>", "<sheets")),
        ("xl/workbook.xml", lambda text: re.sub("<sheet .*?/>", "", text)),
        (
            "xl/workbook.xml",
            lambda text: text.replace("<workbook", '<!DOCTYPE a [<!ENTITY b "c">]><workbook', 1),
        ),
    ],
)
def test_xml_that_is_none_is_refused(book, tmp_path, faults, part, change):
    other = tmp_path / "other.xlsx"
    edit(book(Suivi=TABLE), other, part, change)
    (fault,) = faults(other)
    assert fault.value == "contenu illisible"

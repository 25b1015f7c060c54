"""Rows that are no community: totals, averages and notes, told from names that only look alike."""

import openpyxl
import pandas
import polars
import pytest

from openfisca_cpts.outils.simulation import simulate

TITLES = "id;nom;population_2026;date_signature_contrat"
TWO = ("a;CPTS du Val;48 500;15/03/2023", "b;CPTS de la Rive;62 300;01/06/2021")


def looks(faults):
    return [(fault.row, fault.looks) for fault in faults]


@pytest.mark.parametrize(
    "word",
    [
        *("TOTAL", "Total", "total :", "TOTAL GÉNÉRAL", "Total general", "Totaux", "Grand total"),
        *("Sous-total", "sous total Bretagne", "Ss-total", "Ensemble"),
        *("ensemble de la région", "Ensemble des CPTS", "Ensemble Île-de-France", "L'ensemble"),
        *("Somme", "SOMME DES POPULATIONS", "Cumul", "Cumul 2026", "Total 3 CPTS", "Total France"),
    ],
)
@pytest.mark.parametrize("title", ["id", "nom"])
def test_a_row_named_as_a_total_is_refused(write_csv, faults, word, title):
    row = f"{word};;48 500;" if title == "id" else f"9;{word};48 500;"
    listed = faults(write_csv(TITLES, row, *TWO))
    assert looks(listed) == [(2, f"ressemble à un total ({title} « {word} »)")]
    assert str(listed[0]).startswith(f"ligne 2 : ressemble à un total ({title} « {word} »), ")
    assert "supprimer" in listed[0].expected


@pytest.mark.parametrize("word", ["Moyenne", "MOYENNES", "moyenne régionale", "Médiane"])
def test_a_row_named_as_an_average_is_refused(write_csv, faults, word):
    listed = faults(write_csv(TITLES, *TWO, f"{word};;55 400;"))
    assert looks(listed) == [(4, f"ressemble à une moyenne (id « {word} »)")]


@pytest.mark.parametrize(
    "name",
    [
        *("CPTS Ensemble pour la santé", "Ensemble pour la santé", "Total Santé", "Santé totale"),
        *("CPTS de la Somme", "Baie de Somme", "CPTS Moyenne Vallée", "Moyenne Garonne"),
        *("Sommet du Val", "Cumulus", "CPTS Ensemble", "Totalement santé"),
    ],
)
def test_a_community_whose_name_holds_such_a_word_is_read(write_csv, name):
    path = write_csv(TITLES, *TWO, f"c;{name};31 000;")
    assert simulate(path, 2026)["nom"].to_list()[-1] == name


def test_a_subtotal_is_told_by_its_word_and_by_what_stands_above(write_csv, faults):
    rows = [*TWO, "t;Total Vaucluse;110 800;", "c;CPTS du Mont;20 000;"]
    assert looks(faults(write_csv(TITLES, *rows))) == [
        (4, "ressemble à un total (nom « Total Vaucluse »)")
    ]
    rows[2] = "t;Total Vaucluse;110 801;"
    assert simulate(write_csv(TITLES, *rows), 2026).height == 4


@pytest.mark.parametrize(
    "note",
    ["Source : ARS", "n.c. : non communiqué.", "(1) population estimée", "* données provisoires"],
)
def test_a_row_without_any_input_is_refused(write_csv, faults, note):
    expected = f"ressemble à une note (id « {note} », aucune donnée)"
    assert looks(faults(write_csv(TITLES, *TWO, "", note))) == [(5, expected)]


def test_a_name_and_kept_columns_are_no_input(write_csv, faults):
    path = write_csv(f"{TITLES};secteur", f"{TWO[0]};x", "b;CPTS sans données;;;y")
    (fault,) = faults(path, keep=["secteur"])
    assert (fault.row, fault.looks) == (3, "ressemble à une note (id « b », aucune donnée)")
    assert "une donnée (sa région, par exemple)" in fault.expected


def test_a_table_that_gives_no_input_at_all_is_a_list_of_communities():
    assert simulate(polars.DataFrame({"id": ["a", "b"]}), 2026).height == 2


def test_a_row_with_a_faulty_cell_is_named_for_the_cell(write_csv, faults):
    listed = faults(write_csv(TITLES, *TWO, "c;;environ 20 000;"))
    assert [(fault.row, fault.value, fault.looks) for fault in listed] == [
        (4, "environ 20 000", None)
    ]


def test_a_row_that_is_no_community_has_no_other_fault(write_csv, faults):
    rows = ["TOTAL;;=SOMME(C2:C3);hier", "TOTAL;;x;", ";Moyenne;y;"]
    assert [row for row, _ in looks(faults(write_csv(TITLES, *TWO, *rows)))] == [4, 5, 6]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 0, 1, 2), (0, 3, 1, 2)])
def test_a_population_that_is_the_sum_of_the_others_is_refused(faults, order):
    populations = [48_500, 62_300, 20_000, 130_800]
    frame = polars.DataFrame({"id": list("abcd"), "population_2026": populations})
    (fault,) = faults(frame[list(order)])
    assert fault.row == 2 + order.index(3)
    assert fault.looks == "ressemble à un total (sa population est la somme des autres)"


def test_a_sum_is_one_in_every_column_where_the_row_stands(faults):
    table = {
        "id": list("abct"),
        "population_2025": [48_500, 62_300, 20_000, 130_800],
        "population_2026": [48_600, 62_300, 20_000, 130_900],
    }
    assert [fault.row for fault in faults(polars.DataFrame(table))] == [5]
    table["population_2026"][3] += 1
    assert simulate(polars.DataFrame(table), 2026).height == 4


@pytest.mark.parametrize(
    "table",
    [
        {"id": ["a", "b"], "population": [50_000, 50_000]},
        {"id": ["a", "b", "c"], "population": [50_000, 50_000, None], "region": [11, 11, 53]},
        {"id": ["a", "b", "c"], "population": [50_000, 50_000, 0]},
        {"id": ["a", "b", "c"], "population": [10_000, 20_000, 30_001]},
        {
            "id": ["a", "b", "c"],
            "population": [10_000, 20_000, 30_000],
            "date_resiliation": [None, None, "01/01/2025"],
        },
        {
            "id": ["a", "b", "c"],
            "population": [10_000, 20_000, 30_000],
            "parcours_retenue": [None, None, True],
        },
    ],
)
def test_a_population_that_is_no_sum_or_has_a_life_of_its_own_is_read(table):
    assert simulate(polars.DataFrame(table, strict=False), 2026).height == len(table["id"])


def test_totals_do_not_hide_one_another(faults):
    table = {"id": ["a", "b", "Sous-total", "x"], "population": [10_000, 20_000, 30_000, 30_000]}
    assert [row for row, _ in looks(faults(polars.DataFrame(table)))] == [4, 5]


def test_every_kind_of_table_is_looked_at_alike(tmp_path, faults, write_csv):
    rows = [["id", "population_2026"], ["a", 48_500], ["b", 62_300], ["TOTAL", 110_800]]
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(tmp_path / "t.xlsx")
    columns = dict(zip(rows[0], map(list, zip(*rows[1:], strict=True)), strict=True))
    polars.DataFrame(columns).write_parquet(tmp_path / "t.parquet")
    sources = [
        *(tmp_path / "t.xlsx", tmp_path / "t.parquet"),
        write_csv(*(";".join(map(str, row)) for row in rows)),
        polars.DataFrame(columns),
        pandas.DataFrame(columns),
    ]
    for source in sources:
        assert looks(faults(source)) == [(4, "ressemble à un total (id « TOTAL »)")]

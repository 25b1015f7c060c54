"""Cells that are refused, in every kind of table, and how they are named."""

import datetime
import math

import openpyxl
import polars
import pytest

from openfisca_cpts.outils.simulation import Fault, simulate

WHOLE = "un nombre entier entre 0 et 2\u00a0147\u00a0483\u00a0647"
RATE = "un nombre entre 0 et 1"
DAY = "une date JJ/MM/AAAA ou AAAA-MM-JJ"
SIGNED = f"{DAY}, à partir du 25/08/2019"


@pytest.mark.parametrize(
    ("title", "cell", "expected"),
    [
        ("population_2024", "-1", WHOLE),
        ("population_2024", "abc", WHOLE),
        ("population_2024", "1e12", WHOLE),
        ("population_2024", "NaN", WHOLE),
        ("population_2024", "inf", WHOLE),
        ("population_2024", "true", WHOLE),
        ("population_2024", "50000.7", WHOLE),
        ("population_2024", "5 2000", WHOLE),
        ("population_2024", "80 %", WHOLE),
        ("population_2024", "#N/A", WHOLE),
        ("population", "15/03/2021", WHOLE),
        ("parcours_taux_atteinte", "1,2", RATE),
        ("parcours_taux_atteinte", "-0,1", RATE),
        ("parcours_taux_atteinte", "120 %", RATE),
        ("parcours_taux_atteinte_2024", "nan", RATE),
        ("parcours_taux_atteinte", "oui", RATE),
        ("depenses_amorcage_diagnostic", "-5 €", "un nombre d'au moins 0"),
        ("indemnite_membre_maximale_2024", "-1", "un nombre d'au moins 0"),
        ("parcours_retenue", "peut-être", "oui ou non"),
        ("parcours_retenue_2024", "2", "oui ou non"),
        ("date_validation_projet_sante", "31/02/2022", DAY),
        ("date_validation_projet_sante", "15/03/21", DAY),
        ("date_validation_projet_sante", "2021", DAY),
        ("date_signature_contrat", "24/08/2019", SIGNED),
        ("date_signature_contrat", "44270", SIGNED),
        ("region", "Bretange", "une région, par son nom ou son code INSEE (« bretagne » ?)"),
        ("region", "99", "une région, par son nom ou son code INSEE"),
    ],
)
def test_a_bad_cell_is_named_with_its_place_and_what_it_should_be(
    write_csv, faults, title, cell, expected
):
    path = write_csv(f"id;{title};date_resiliation", "bonne;;01/09/2024", f"Vallée;{cell};")
    assert faults(path) == [Fault(expected, 3, "Vallée", title, cell)]


@pytest.mark.parametrize("cell", ["52.000", "52,000", "1,500"])
@pytest.mark.parametrize("title", ["population", "depenses_amorcage_diagnostic"])
def test_thousands_with_a_dot_or_a_comma_are_not_guessed(write_csv, faults, title, cell):
    (fault,) = faults(write_csv(f"id;{title}", f"a;{cell}"))
    assert "séparés par une espace" in fault.expected


@pytest.mark.parametrize(
    ("title", "cell", "shown"),
    [
        ("population", -1, "-1"),
        ("population", 1e12, "1000000000000"),
        ("population", 50000.7, "50000.7"),
        ("population", True, "true"),
        ("population", datetime.date(2021, 3, 15), "2021-03-15"),
        ("parcours_taux_atteinte", 1.2, "1.2"),
        ("parcours_taux_atteinte", False, "false"),
        ("parcours_retenue", 2, "2"),
        ("date_resiliation", 44270, "44270"),
        ("date_resiliation", datetime.datetime(2021, 3, 15, 12, 30), "2021-03-15 12:30:00"),
        ("region", 99, "99"),
    ],
)
def test_a_typed_cell_is_refused_alike_in_a_workbook_and_in_parquet(
    tmp_path, faults, title, cell, shown
):
    workbook = openpyxl.Workbook()
    workbook.active.append(["id", title])
    workbook.active.append(["a", cell])
    workbook.save(tmp_path / "t.xlsx")
    polars.DataFrame({"id": ["a"], title: [cell]}).write_parquet(tmp_path / "t.parquet")
    (of_workbook,) = faults(tmp_path / "t.xlsx")
    (of_parquet,) = faults(tmp_path / "t.parquet")
    assert of_workbook == of_parquet
    assert (of_workbook.row, of_workbook.id, of_workbook.value) == (2, "a", shown)


def test_nan_is_refused_in_parquet_and_in_polars(tmp_path, faults):
    frame = polars.DataFrame({"id": ["a", "b"], "population": [math.nan, 1.0]})
    frame.write_parquet(tmp_path / "t.parquet")
    assert (
        faults(frame)
        == faults(tmp_path / "t.parquet")
        == [Fault(WHOLE, 2, "a", "population", "nan")]
    )


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("date_lettre_intention", "date_signature_contrat"),
        ("date_signature_contrat", "date_fin_convenue"),
        ("date_signature_contrat", "date_resiliation"),
    ],
)
def test_dates_must_follow_each_other(write_csv, faults, earlier, later):
    path = write_csv(
        f"id;{later};{earlier}",
        "bonne;02/03/2021;02/03/2021",
        "seule;;02/03/2021",
        "mauvaise;01/03/2021;02/03/2021",
    )
    expected = f"une date au plus tard le 01/03/2021, celle de « {later} »"
    assert faults(path) == [Fault(expected, 4, "mauvaise", earlier, "02/03/2021")]


def test_a_date_that_cannot_be_read_is_named_once(write_csv, faults):
    path = write_csv("id;date_signature_contrat;date_resiliation", "a;hier;01/01/2020")
    assert [fault.value for fault in faults(path)] == ["hier"]


def test_all_faults_are_listed_in_the_order_of_the_rows(write_csv, faults):
    path = write_csv(
        "id;populaton;population_2024;population_2025;region",
        "a;1;-1;abc;93",
        "a;1;1;1;xx",
        ";1;1;NaN;",
    )
    listed = [(fault.row, fault.column, fault.value) for fault in faults(path)]
    assert listed == [
        (1, "populaton", None),
        (2, "population_2024", "-1"),
        (2, "population_2025", "abc"),
        (3, "id", "a"),
        (3, "region", "xx"),
        (4, "id", None),
        (4, "population_2025", "NaN"),
    ]


def test_rows_are_those_of_the_file_whatever_is_empty_above(write_csv, faults):
    path = write_csv("id;nom;population", "", ";;", 'a;"deux\nlignes";1', "b;;-1")
    (fault,) = faults(path)
    assert (fault.row, fault.id) == (5, "b")


def test_a_good_neighbour_of_each_bound_is_accepted(write_csv):
    path = write_csv(
        "id;population;parcours_taux_atteinte;date_signature_contrat",
        "a;0;0;25/08/2019",
        "b;2147483647;1;31/12/9999",
    )
    assert simulate(path, 2024, variables=["population"])["population"].to_list() == [0, 2**31 - 1]

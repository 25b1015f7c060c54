"""What agencies write for a title, a yes or no, or a region, and what it is read as."""

import polars
import pytest

from openfisca_cpts.outils.simulation import Fault, simulate, study


@pytest.mark.parametrize(
    ("title", "cell", "variable", "expected"),
    [
        ("Population 2024", 52_000, "population", 52_000),
        ("POPULATION-2024", 52_000, "population", 52_000),
        ("  population   2024 ", 52_000, "population", 52_000),
        ("Région", "93", "region_ars", "provence_alpes_cote_d_azur"),
        ("REGION", "93", "region_ars", "provence_alpes_cote_d_azur"),
        ("Parcours retenue", "oui", "parcours_retenue", True),
        ("Parcours taux atteinte 2024", 0.5, "parcours_taux_atteinte", 0.5),
        ("Dépenses amorçage diagnostic", 12.5, "depenses_amorcage_diagnostic", 12.5),
    ],
)
def test_titles_are_read_whatever_their_case_accents_and_spaces(title, cell, variable, expected):
    table = polars.DataFrame({"ID": ["a"], "Nom": ["A"], title: [cell]})
    result = simulate(table, 2024, variables=[variable])
    assert result.row(0)[2:] == ("a", "A", expected)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("Population 2024", "population_2024", "une seule colonne pour « population »"),
        ("Population-2024", "population 2024", "une seule colonne pour « population »"),
        ("region", "Région", "une seule colonne pour « region_ars »"),
        ("nom", "NOM", "une seule colonne « nom »"),
    ],
)
def test_two_titles_of_one_meaning_are_refused(faults, first, second, said):
    table = polars.DataFrame({"id": ["a"], first: ["1"], second: ["1"]})
    assert Fault(said, 1, column=second) in faults(table)


def test_a_kept_column_stays_what_it_is_beside_the_title_it_looks_like():
    table = polars.DataFrame({"id": ["a"], "ID": ["x"], "nom": ["A"], "Nom": ["B"]})
    result = simulate(table, 2024, variables=[], keep=["Nom", "ID"])
    assert result.row(0)[2:] == ("a", "A", "B", "x")
    alone = simulate(table.select("id", "Nom"), 2024, variables=[], keep=["Nom"])
    assert alone.row(0)[2:] == ("a", "B", "B")


YES = ["oui", "OUI", "O", "o", "X", "x", "✓", "✔", "vrai", "1"]
NO = ["non", "Non", "N", "n", "faux", "0"]


def test_marks_are_read_as_yes_and_letters_as_yes_or_no():
    table = polars.DataFrame({"id": [*map(str, range(16))], "parcours_retenue": [*YES, *NO]})
    read = simulate(table, 2024, variables=["parcours_retenue"])["parcours_retenue"].to_list()
    assert read == [True] * len(YES) + [False] * len(NO)


@pytest.mark.parametrize("mark", ["XX", "?", "—", "on", "Z"])
def test_other_marks_are_refused(faults, mark):
    table = polars.DataFrame({"id": ["a"], "parcours_retenue": [mark]})
    assert faults(table) == [Fault("oui ou non", 2, "a", "parcours_retenue", mark)]


REGIONS = {
    "IDF": "ile_de_france",
    "PACA": "provence_alpes_cote_d_azur",
    "paca": "provence_alpes_cote_d_azur",
    "ARA": "auvergne_rhone_alpes",
    "BFC": "bourgogne_franche_comte",
    "CVL": "centre_val_de_loire",
    "HDF": "hauts_de_france",
    "NAQ": "nouvelle_aquitaine",
    "PDL": "pays_de_la_loire",
    "Réunion": "la_reunion",
    "La Réunion": "la_reunion",
    "Provence-Alpes-Côte d’Azur": "provence_alpes_cote_d_azur",
    "Provence-Alpes-Côte d'Azur": "provence_alpes_cote_d_azur",
    "PROVENCE ALPES COTE D AZUR": "provence_alpes_cote_d_azur",
    "Auvergne–Rhône–Alpes": "auvergne_rhone_alpes",
    "I\u0302le-de-France": "ile_de_france",
}


def test_regions_are_read_by_their_short_names_and_with_the_marks_that_word_types():
    table = polars.DataFrame({"id": [*map(str, range(len(REGIONS)))], "region": [*REGIONS]})
    with study(table, 2024, variables=["region_ars"]) as done:
        assert done.rows.collect()["region_ars"].to_list() == list(REGIONS.values())
        assert done.communities.remarks == []


@pytest.mark.parametrize("codes", [["75", "93", "84"], [75, 93, 84], ["84", None, "01"]])
def test_codes_that_are_all_regions_are_read_as_such_and_said(codes):
    table = polars.DataFrame({"id": ["a", "b", "c"], "region": codes, "population": [1_000] * 3})
    with study(table, 2024, variables=["region_ars"]) as done:
        read = done.rows.collect()["region_ars"].to_list()
        (said,) = done.communities.remarks
    assert "nouvelle_aquitaine" in read or "guadeloupe" in read
    assert said.startswith("Colonne « region » : codes lus comme des régions INSEE (")
    assert "84 : Auvergne-Rhône-Alpes" in said
    assert "numéros de département" in said


@pytest.mark.parametrize("number", ["13", "2A", "2b", "971", "69", 38])
def test_a_column_with_a_number_that_is_only_a_department_is_refused(faults, number):
    table = polars.DataFrame({"id": ["a", "b"], "region": ["75", str(number)]})
    (fault,) = faults(table)
    assert (fault.row, fault.id, fault.value) == (3, "b", str(number))
    assert fault.expected.endswith("numéros de département ?")


def test_the_rows_of_the_departments_are_named_once(faults):
    numbers = ["13", "75", "06", "69", "xx", "38", *["33"] * 20]
    table = polars.DataFrame({"id": [*map(str, range(26))], "region": numbers})
    listed = faults(table)
    assert [fault.value for fault in listed] == ["13", "xx"]
    assert "aussi lignes 5, 7, 8, 9," in listed[0].expected
    assert listed[0].expected.endswith("et 12\N{NO-BREAK SPACE}autres")


@pytest.mark.parametrize(
    ("ids", "like"),
    [
        (["012", "12"], "012"),
        (["12", "012"], "12"),
        (["CPTS-A", "cpts-a"], "CPTS-A"),
        (["99 000 0011", "990000011"], "99 000 0011"),
        (["0", "00"], "0"),
    ],
)
def test_identifiers_that_a_spreadsheet_makes_of_one_are_refused(write_csv, faults, ids, like):
    (fault,) = faults(write_csv("id;population", *(f"{one};1000" for one in ids)))
    assert (fault.row, fault.id) == (3, ids[1])
    assert f"ne diffère de « {like} », ligne 2, que par la casse" in fault.expected


def test_identifiers_that_differ_otherwise_are_read():
    ids = ["a", "à", "a-1", "a1", "10", "100", "1", "001x"]
    assert simulate(polars.DataFrame({"id": ids}), 2024)["id"].to_list() == ids

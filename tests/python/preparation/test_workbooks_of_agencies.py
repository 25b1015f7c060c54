"""Workbooks as agencies keep them: blocks of titles, merged headings, formulas, several sheets."""

import datetime
from pathlib import Path

import pytest
from prepared_tables import rows, said

from openfisca_cpts.outils.plan import schedule
from openfisca_cpts.outils.preparation.prepared import prepare

AGENCY = Path(__file__).parents[3] / "examples" / "suivi_d_agence.xlsx"


def test_the_workbook_of_an_agency_cell_by_cell():
    done = prepare(AGENCY)
    assert (done.sheet, done.titles_row) == ("Suivi CPTS", 5)
    assert rows(done, "id", "population_2026", "date_signature_contrat") == [
        ("990000011", 62_300, datetime.date(2023, 3, 15)),
        ("990000022", 38_013, datetime.date(2021, 6, 1)),
    ]
    assert rows(done, "acces_soins_taux_atteinte_2025", "parcours_taux_atteinte_2025") == [
        (0.82, 0.75),
        (0.8, None),
    ]
    assert rows(done, "parcours_date_demarrage")[1] == (datetime.date(2021, 12, 1),)
    assert [status for status, _ in said(done, "ligne 9")] == ["laissé de côté"]
    assert "ressemble à un total" in said(done, "ligne 9")[0][1]
    assert "ressemble à une note" in said(done, "ligne 11")[0][1]
    assert said(done, "D8") == [("laissé de côté", "nombre approché, gardé hors du tableau")]
    assert said(done, "J7") == [("non donné", "non donné")]
    assert "ni sa population ni sa taille" in said(done, "ligne 8")[0][1]
    ((status, reading),) = said(done, "D5")
    assert status == "deviné"
    assert "recensement de 2023, en vigueur en 2026" in reading
    assert 'Population INSEE 2023=population_2023"' in reading


def test_what_is_prepared_has_a_payment_plan():
    done = prepare(AGENCY)
    plan = schedule(done.table, "990000011")
    assert plan is not None


def test_a_title_is_what_its_user_says():
    told = {"Population INSEE 2023": "population_2023", "Nom de la CPTS": "laissée de côté"}
    done = prepare(AGENCY, given=told)
    assert done.table["population_2023"].to_list() == [62_300, 38_013]
    assert done.table["nom"].null_count() == 2


def test_a_map_of_no_title_or_of_no_input_is_refused(refused):
    book = [["id", "Pop"], ["a", 1000]]
    assert "aucun titre « Popp »" in refused(book, given={"Popp": "population_2024"})
    assert "ni une donnée" in refused(book, given={"Pop": "populace"})


def test_an_error_and_a_formula_without_value_are_told(prepared):
    book = [["id", "population_2024"], ["a", 1000], ["b", "=1+1"], ["c", 2000]]
    done = prepared(book)
    assert done.table["id"].to_list() == ["a", "c"]
    assert said(done, "B3")[0][0] == "refusé"
    assert "pas calculée" in said(done, "B3")[0][1]


def test_the_sheet_with_most_known_titles_is_read_and_the_others_are_told(prepared):
    done = prepared(
        {
            "Notice": [["Lire d'abord"], ["Contact", "ARS"]],
            "Données": [["id", "population_2024"], ["a", 1000]],
        },
        name="t.xlsx",
    )
    assert (done.sheet, done.table.height) == ("Données", 1)
    assert ("laissé de côté", "feuille non lue") in said(done, "feuille Notice")


def test_a_sheet_is_chosen_by_its_name(prepared, refused):
    book = {"Un": [["id", "population_2024"], ["a", 1]], "Deux": [["id", "Pop 2024"], ["b", 2]]}
    assert prepared(book, name="t.xlsx", sheet="Deux").table["id"].to_list() == ["b"]
    assert "la plus proche : « Deux »" in refused(book, name="t.xlsx", sheet="Deu")


def test_identifiers_keep_their_zeros(prepared):
    done = prepared([["N° FINESS", "Population 2024"], ["060000011", 1000]])
    assert done.table["id"].to_list() == ["060000011"]


def test_a_name_alone_makes_an_identifier_and_is_told(prepared):
    done = prepared([["Nom de la CPTS", "Population 2024"], ["CPTS Étoile-Mer", 1000]])
    assert done.table["id"].to_list() == ["cpts-etoile-mer"]
    assert any("identifiant fait du nom" in entry.said for entry in done.entries)


@pytest.mark.parametrize(
    ("span", "title", "column"),
    [
        ("Taux d'atteinte 2025", "Prévention", "prevention_taux_atteinte_2025"),
        ("Missions retenues", "Qualité", "qualite_retenue"),
        ("Démarrage", "Crise sanitaire", "crise_sanitaire_date_demarrage"),
        ("Missions", "Date de démarrage parcours", "parcours_date_demarrage"),
    ],
)
def test_two_rows_of_headings_are_joined(prepared, span, title, column):
    values = {"taux": 0.5, "retenue": "oui", "date": datetime.date(2022, 3, 15)}
    value = next(value for word, value in values.items() if f"_{word}" in column)
    book = [["Identification", None, span, None], ["id", "Population 2024", title, "Observations"]]
    done = prepared([*book, ["a", 1000, value, None]])
    assert column in done.table.columns

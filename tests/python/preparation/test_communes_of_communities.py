"""Communities told by their communes: workbooks of four columns, lists in a cell, JSON shapes."""

import json

import pytest
from prepared_tables import said

BESANCON, MONTBELIARD = 119_198, 25_573
"""Census of 2021, in force in 2024."""
FOUR = ["Dpt", "Code INSEE", "Commune", "CPTS"]
LINES = [
    ["25", "25056", "Besançon", "CPTS Doubs"],
    ["25", "25388", "Montbéliard", "CPTS Doubs"],
    ["01", 1001, "L'Abergement-Clémenciat", "CPTS Ain"],
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_a_workbook_of_four_columns_in_any_order(prepared, order):
    book = [[row[rank] for rank in order] for row in [FOUR, *LINES]]
    done = prepared(book)
    assert done.table.select("id", "nom", "population_2024").rows() == [
        ("cpts-doubs", "CPTS Doubs", BESANCON + MONTBELIARD),
        ("cpts-ain", "CPTS Ain", 832),
    ]
    assert {"population_2019", "population_2021", "population_2026"} <= set(done.table.columns)
    assert any("« 1001 » lu comme 01001" in entry.said for entry in done.entries)


def test_a_list_of_communes_in_a_cell(prepared):
    done = prepared("id;nom;Communes\na;Alpha;25056, 25388\nb;Bêta;Pontarlier\n")
    assert done.table["population_2024"].to_list()[0] == BESANCON + MONTBELIARD
    assert done.table["nom"].to_list() == ["Alpha", "Bêta"]


def test_a_code_that_is_unknown_is_told_with_its_cell(prepared):
    done = prepared("code insee;cpts\n25056;A\n99999;A\n;A\n")
    assert said(done, "A3") == [("refusé", "aucune commune n'a le code 99999")]
    assert done.table["population_2024"].to_list() == [BESANCON]


def test_a_city_with_one_of_its_arrondissements_is_refused(refused):
    assert "75115 Paris 15e Arrondissement est une partie de 75056 Paris" in refused(
        "code insee;cpts\n75056;A\n75115;A\n"
    )


def test_a_commune_in_two_communities_is_told(prepared):
    done = prepared("code insee;cpts\n25056;A\n25056;B\n")
    assert done.table["population_2024"].to_list() == [BESANCON, BESANCON]
    assert any("dans plusieurs communautés" in entry.said for entry in done.entries)


def test_each_commune_under_three_keys_counts_once(prepared):
    table = dict.fromkeys(("25056", "Besançon", "besancon", "25388", "Montbéliard"), "CPTS Doubs")
    done = prepared(json.dumps({"cptsMap": table, "cptsByDpt": {}}), name="t.json")
    assert done.table["population_2024"].to_list() == [BESANCON + MONTBELIARD]
    assert any("3 clés" in entry.said for entry in done.entries)


FEATURES = [
    {"insee_com": "25056", "nom_cpts": "CPTS Doubs", "etat_avanc": "ACI signé"},
    {"insee_com": "25388", "nom_cpts": "CPTS Doubs", "etat_avanc": "ACI signé"},
    {"insee_com": "01001", "nom_cpts": "CPTS Ain", "etat_avanc": "En cours de rédaction"},
]


@pytest.mark.parametrize("key", ["properties", "attributes"])
def test_geojson_and_arcgis_with_cut_names_and_states_by_whole_words(prepared, key):
    content = {"features": [{key: record} for record in FEATURES]}
    done = prepared(json.dumps(content), name="t.geojson")
    # « aci » stands inside « rédaction »: the community of Ain has no contract.
    assert done.table["nom"].to_list() == ["CPTS Doubs"]
    assert done.table["population_2024"].to_list() == [BESANCON + MONTBELIARD]
    told = " ".join(entry.said for entry in done.entries)
    assert "« insee_com » (commune), « nom_cpts » (communauté)" in told
    assert "« etat_avanc » : 1 lignes sans contrat" in told


def test_a_shape_that_is_not_known_names_its_fields(refused):
    content = {"features": [{"properties": {"gid": 1, "toto": "x"}}]}
    assert "champs : gid, toto" in refused(json.dumps(content), name="t.geojson")
    assert "autre forme" in refused("[1, 2]", name="t.json")
    assert "contenu illisible" in refused("{", name="t.json")

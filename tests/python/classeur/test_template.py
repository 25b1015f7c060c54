"""The blank workbook: every input has its column, and what is filled in is read back."""

import copy
import datetime

import openpyxl
import polars
import pytest
from openfisca_core.periods import instant

from openfisca_cpts.outils.classeur.template import default_years, write_template
from openfisca_cpts.outils.indicateurs import earned, read_grid
from openfisca_cpts.outils.plan import schedule
from openfisca_cpts.outils.simulation import (
    Fault,
    RequestError,
    TableError,
    simulate,
)
from openfisca_cpts.outils.simulation.columns import inputs, recognise

FILLED = {
    "id": "a",
    "nom": "Vallée",
    "region": "Île-de-France (code INSEE 11)",
    "population_2024": 50_000,
    "date_lettre_intention": datetime.date(2024, 1, 15),
    "depenses_amorcage_diagnostic": 40_000.5,
    "date_signature_contrat": datetime.date(2024, 3, 1),
    "parcours_date_demarrage": datetime.datetime(2024, 3, 1),
    "parcours_taux_atteinte_2024": 0.8,
    "acces_soins_date_demarrage": datetime.date(2024, 3, 1),
    "acces_soins_organisation_snp_2024": "oui",
    "crise_sanitaire_declaree_2025": "non",
}


@pytest.fixture
def path(tmp_path):
    write_template(tmp_path / "modele.xlsx", range(2024, 2027))
    return tmp_path / "modele.xlsx"


@pytest.fixture
def rules(path):
    """The validation of each column, by its title."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    titles = {cell.column_letter: cell.value for cell in sheet[1]}
    return {
        titles[str(rule.sqref).split("2:")[0]]: rule
        for rule in sheet.data_validations.dataValidation
    }


def test_there_is_one_column_per_input_and_year(path, system):
    titles = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]]
    assert titles[:4] == ["id", "nom", "region", "population_2024"]
    found = recognise(titles, [system], ())
    assert found.faults == []
    assert set(found.inputs) == {
        (name, year)
        for name, variable in inputs(system).items()
        for year in ((2024, 2025, 2026) if variable.definition_period == "year" else (None,))
    }


def test_an_unfilled_template_is_an_empty_table(path):
    with pytest.raises(TableError) as refusal:
        simulate(path, 2024)
    expected = "une ligne de titres, puis une communauté par ligne"
    assert refusal.value.faults == [Fault(expected, value="tableau vide")]


def fill(path, cells):
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for title, value in cells.items():
        sheet.cell(row=2, column=columns[title], value=value)
    workbook.save(path)


def test_a_filled_template_is_simulated(path):
    fill(path, FILLED)
    wanted = [
        "region_ars",
        "versement_annuel",
        "versement_amorcage",
        "parcours_part_variable_versee",
    ]
    result = simulate(path, [2024, 2025], variables=wanted)
    start_up, functioning = 30_000, 60_000
    fixed = 35_000 + 26_000 + 45_000
    assert result.drop("scenario", "nom").rows() == [
        (2024, "a", "ile_de_france", start_up + functioning + 0.75 * fixed, start_up, 0),
        (2025, "a", "ile_de_france", 45_000 + 0.25 * fixed + 0.75 * 61_000 + 28_000, 0, 28_000),
    ]
    assert schedule(path).nom == "Vallée"


def test_a_wrong_cell_is_refused_at_its_place(path):
    fill(path, FILLED | {"parcours_taux_atteinte_2025": 80})
    with pytest.raises(TableError) as refusal:
        simulate(path, 2024)
    expected = Fault("un nombre entre 0 et 1", 2, "a", "parcours_taux_atteinte_2025", "80")
    assert refusal.value.faults == [expected]


@pytest.mark.parametrize(
    ("title", "kind", "operator", "first", "second"),
    [
        ("population_2025", "whole", None, "0", "2147483647"),
        ("parcours_taux_atteinte_2024", "decimal", None, "0", "1"),
        ("depenses_amorcage_constitution", "decimal", "greaterThanOrEqual", "0", None),
        ("acces_soins_organisation_snp_2026", "list", None, '"oui,non"', None),
        ("date_signature_contrat", "date", "greaterThanOrEqual", "43702", None),
        ("date_resiliation", "date", "greaterThanOrEqual", "1", None),
        ("region", "list", None, "Listes!$A$1:$A$19", None),
    ],
)
def test_a_cell_admits_what_the_reader_admits(rules, title, kind, operator, first, second):
    rule = rules[title]
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        *(kind, operator, first, second),
    )


def test_each_choice_of_the_list_is_read(path, rules):
    lists = openpyxl.load_workbook(path)["Listes"]
    choices = [cell.value for cell in lists["A"]]
    table = polars.DataFrame({"id": list(map(str, range(19))), "region": choices})
    assert simulate(table, 2024, variables=["region_ars"])["region_ars"].n_unique() == 19


def test_each_column_says_what_it_expects(rules, system):
    assert len(rules) == sum(
        3 if variable.definition_period == "year" else 1 for variable in inputs(system).values()
    )
    for title, rule in rules.items():
        assert "Attendu : " in rule.prompt, title
        assert len(rule.prompt) <= 255
    assert "(habitants)" in rules["population_2024"].prompt


def test_the_dictionary_explains_every_column(path, system):
    workbook = openpyxl.load_workbook(path)
    titles = [cell.value for cell in workbook.worksheets[0][1]]
    headings, *rows = workbook["Dictionnaire"].iter_rows(values_only=True)
    assert headings == (
        *("Colonne", "Libellé", "Explication", "Unité", "Valeurs admises", "Période"),
    )
    assert [row[0] for row in rows] == titles
    assert all(row[1] and row[2] and row[4] for row in rows)
    by_title = {row[0]: row for row in rows}
    assert by_title["parcours_taux_atteinte_2025"][3:] == (
        *("parts", "un nombre entre 0 et 1", "une valeur par année civile : 2025"),
    )
    assert by_title["date_signature_contrat"][1] == "Date de signature du contrat tripartite"


def test_the_grid_of_indicators_has_its_sheet_and_is_read_once_filled(path, system):
    book = openpyxl.load_workbook(path)
    sheet = book["indicateurs"]
    assert [cell.value for cell in sheet[1]] == [
        *("mission", "indicateur", "sens", "seuil", "euros", "valeur"),
    ]
    (missions, senses) = sorted(
        (rule.formula1 for rule in sheet.data_validations.dataValidation), key=len, reverse=True
    )
    assert "parcours" in missions
    assert "crise_sanitaire" not in missions
    assert senses == '"au moins,au plus"'
    # Size 1: the variable part of the mission is half of 50 000.
    sheet.append(["parcours", "Délai", "au plus", 10, 25_000, 8])
    book.save(path)
    done = earned(read_grid(path, system), system, 2024, "taille_1")
    assert set(done.rates.values()) == {1}


def test_the_same_years_give_the_same_bytes(path, tmp_path):
    write_template(tmp_path / "autre.xlsx", [2024, 2025, 2026])
    assert (tmp_path / "autre.xlsx").read_bytes() == path.read_bytes()


def test_the_default_years_follow_the_last_value_of_the_law(tmp_path):
    write_template(tmp_path / "m.xlsx")
    titles = [cell.value for cell in openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[0][1]]
    years = [title[-4:] for title in titles if title.startswith("population_")]
    assert years == ["2026", "2027", "2028"]


def test_the_default_years_do_not_follow_a_value_of_a_year_to_come(system):
    law = copy.deepcopy(system.parameters)
    law.aci.duree_contrat.update(start=instant("2031-01-01"), value=6)
    future = system.clone()
    future.parameters = law
    assert default_years(future) == default_years(system)


def test_a_file_that_may_be_filled_is_not_replaced(path):
    before = path.read_bytes()
    with pytest.raises(RequestError, match="existe déjà"):
        write_template(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "years", "said"),
    [("m.csv", None, "xlsx"), ("m.xlsx", [2015], "2015")],
)
def test_a_template_that_cannot_be_is_refused(tmp_path, name, years, said):
    with pytest.raises(RequestError, match=said):
        write_template(tmp_path / name, years)
    assert list(tmp_path.iterdir()) == []


def test_missing_folders_are_made_for_a_template(tmp_path):
    write_template(tmp_path / "a" / "b" / "m.xlsx", [2024])
    assert (tmp_path / "a" / "b" / "m.xlsx").is_file()

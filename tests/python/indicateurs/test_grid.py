"""A grid of indicators: steps as real contracts write them, amounts that make the variable part."""

import datetime
from pathlib import Path

import polars
import pytest
import xlsxwriter

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.indicateurs import earned, read_grid
from openfisca_cpts.outils.indicateurs.grid import COLUMNS, SHEET
from openfisca_cpts.outils.plan import schedule
from openfisca_cpts.outils.simulation import RequestError, TableError

SYSTEM = CountryTaxBenefitSystem()
EXAMPLES = Path(__file__).parents[3] / "examples"
SIZES = ("taille_1", "taille_2", "taille_3", "taille_4")
MISSIONS = [mission.cle for mission in declarees(SYSTEM) if mission.evaluees]

# ruff: noqa: E501 (a table of cases is read across)
# The steps of two real contracts of size 3 (2025-2027), each paid for the best step reached.
PATIENTS = [
    ("au moins", "69,70 %", 1000),
    ("au moins", "72,40 %", 2500),
    ("au moins", "75 %", 3500),
]
REFUSALS = [("au plus", 50, 9000), ("au plus", 100, 6000), ("au plus", 219, 3000)]


def grid(*rows):
    """Make a grid of rows given in the order of its columns."""
    cells = [[None if cell is None else str(cell) for cell in row] for row in rows]
    return polars.DataFrame(cells, dict.fromkeys(COLUMNS, polars.String), orient="row")


def one(steps, value):
    """Read a grid of one indicator."""
    rows = [("parcours", "Un indicateur", *step, value) for step in steps]
    (indicator,) = read_grid(grid(*rows), SYSTEM)
    return indicator


@pytest.mark.parametrize(
    ("steps", "value", "euros", "following"),
    [
        (PATIENTS, "69,69 %", 0, "69,7 %"),
        (PATIENTS, "69,70 %", 1000, "72,4 %"),
        (PATIENTS, "72,39 %", 1000, "72,4 %"),
        (PATIENTS, "72,40 %", 2500, "75 %"),
        (PATIENTS, "74,99 %", 2500, "75 %"),
        (PATIENTS, "75 %", 3500, None),
        (PATIENTS, "90 %", 3500, None),
        (PATIENTS, None, 0, "69,7 %"),
        (REFUSALS, "220", 0, "219"),
        (REFUSALS, "219", 3000, "100"),
        (REFUSALS, "101", 3000, "100"),
        (REFUSALS, "100", 6000, "50"),
        (REFUSALS, "51", 6000, "50"),
        (REFUSALS, "50", 9000, None),
        (REFUSALS, "0", 9000, None),
        ([(None, "oui", 500)], "oui", 500, None),
        ([(None, "oui", 500)], "Non", 0, "oui"),
    ],
)
def test_the_best_step_that_is_reached_is_paid(steps, value, euros, following):
    indicator = one(steps, value)
    assert indicator.euros == euros
    step = indicator.next_step
    assert (step and step.threshold.text.replace("\u00a0", " ")) == following


def test_the_order_of_the_rows_does_not_count():
    assert one(PATIENTS[::-1], "73 %").euros == one(PATIENTS, "73 %").euros == 2500


@pytest.mark.parametrize("taille", SIZES)
def test_the_example_of_each_size_makes_its_variable_part(taille):
    indicators = read_grid(EXAMPLES / f"indicateurs_{taille}.csv", SYSTEM)
    done = earned(indicators, SYSTEM, 2026)
    assert len(indicators) == 41
    assert done.taille == taille
    assert done.missions["mission"].to_list() == MISSIONS
    for row in done.missions.iter_rows(named=True):
        told = row["acquis"] + row["palier_suivant"] + row["au_dela"] + row["non_renseigne"]
        assert told == row["part_variable"]
        assert row["taux"] == row["acquis"] / row["part_variable"]


def test_an_indicator_without_a_value_is_told_apart():
    rows = [("qualite", "Réunions", *step, 60) for step in REFUSALS] + [
        ("qualite", "Bilan", None, "oui", 6000, None)
    ]
    done = earned(read_grid(grid(*rows), SYSTEM), SYSTEM, 2026, "taille_3")
    row = done.missions.row(0, named=True)
    assert (row["acquis"], row["palier_suivant"]) == (6000, 3000)
    assert (row["au_dela"], row["non_renseigne"]) == (0, 6000)
    assert done.rates == {"qualite_taux_atteinte_2026": 6000 / 15000}


def test_what_the_steps_after_the_next_one_would_bring():
    rows = [("qualite", "Réunions", *step, 300) for step in REFUSALS]
    rows.append(("qualite", "Bilan", None, "oui", 6000, "non"))
    row = earned(read_grid(grid(*rows), SYSTEM), SYSTEM, 2026).missions.row(0, named=True)
    assert (row["acquis"], row["palier_suivant"], row["au_dela"]) == (0, 9000, 6000)


def test_a_grid_that_does_not_add_up_is_refused_by_name():
    rows = [("qualite", "Réunions", *step, 60) for step in REFUSALS]
    rows.append(("parcours", "Bilan", None, "oui", 45000, "oui"))
    with pytest.raises(RequestError) as refused:
        earned(read_grid(grid(*rows), SYSTEM), SYSTEM, 2026, "taille_3")
    said = str(refused.value).replace("\u00a0", " ")
    assert "qualite : les montants font 9 000,00 €, la part variable est de 15 000,00 €" in said
    assert "6 000,00 € de moins" in said
    assert "parcours" not in said


def test_the_size_that_a_refused_grid_would_fit_is_named():
    indicators = read_grid(EXAMPLES / "indicateurs_taille_3.csv", SYSTEM)
    with pytest.raises(RequestError, match="Ils font la part variable de taille 3"):
        earned(indicators, SYSTEM, 2026, "taille_2")


def test_the_figures_are_those_of_the_day_of_the_right():
    indicators = read_grid(EXAMPLES / "indicateurs_taille_3.csv", SYSTEM)
    with pytest.raises(RequestError, match="acces_soins"):
        earned(indicators, SYSTEM, 2022)  # the first of January: before the second amendment
    days = dict.fromkeys(MISSIONS, datetime.date(2022, 10, 1))
    assert earned(indicators, SYSTEM, 2022, days=days).taille == "taille_3"


REFUSED = {
    "an unknown mission": (("parcour", "A", None, "oui", 500, None), "mission", "« parcours » ?"),
    "the crisis mission": (("crise_sanitaire", "A", None, "oui", 500, None), "mission", "l'une de"),
    "no name": (("parcours", None, None, "oui", 500, None), "indicateur", "le nom"),
    "no threshold": (("parcours", "A", "au moins", None, 500, 3), "seuil", "un nombre"),
    "no sense": (("parcours", "A", None, 10, 500, 3), "sens", "« au moins » ou « au plus »"),
    "another sense": (("parcours", "A", "environ", 10, 500, 3), "sens", "« au moins »"),
    "no amount": (("parcours", "A", None, "oui", None, None), "euros", "un montant"),
    "an amount of nothing": (("parcours", "A", None, "oui", 0, None), "euros", "un montant"),
    "an amount below": (("parcours", "A", None, "oui", -5, None), "euros", "un montant"),
    "words for a value": (("parcours", "A", "au moins", 10, 500, "n.c."), "valeur", "ou rien"),
    "a number for a share": (("parcours", "A", "au moins", "75 %", 500, 73), "valeur", "un pourcentage, comme le seuil"),
    "a yes for a number": (("parcours", "A", "au moins", 10, 500, "oui"), "valeur", "un nombre, comme le seuil"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "column", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_refused_cell_is_named(row, column, expected):
    with pytest.raises(TableError) as refused:
        read_grid(grid(row), SYSTEM)
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (2, column)
    assert expected in fault.expected


@pytest.mark.parametrize(
    ("steps", "values", "expected"),
    [
        ([("au moins", 1, 10), ("au plus", 2, 20)], (None, None), "« au moins », comme ligne 2"),
        ([("au moins", 1, 10), ("au moins", 1, 20)], (None, None), "un palier par seuil"),
        ([("au moins", 1, 20), ("au moins", 2, 10)], (None, None), "plus que le palier"),
        ([("au moins", 1, 10), ("au moins", 2, 20)], (3, 4), "une seule valeur par indicateur"),
    ],
)
def test_rows_of_an_indicator_that_do_not_agree_are_refused(steps, values, expected):
    rows = [("parcours", "A", *step, value) for step, value in zip(steps, values, strict=True)]
    with pytest.raises(TableError, match=expected):
        read_grid(grid(*rows), SYSTEM)


@pytest.mark.parametrize("title", ["seuils", "montant"])
def test_an_unknown_title_is_refused(title):
    frame = grid(("parcours", "A", None, "oui", 500, None)).rename({"seuil": title})
    with pytest.raises(TableError, match="seuil"):
        read_grid(frame, SYSTEM)


def test_a_workbook_is_read_at_its_own_sheet(tmp_path):
    path = tmp_path / "cpts.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("communautes").write_row(0, 0, ["id", "population"])
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, ["Mission", "Indicateur", "Sens", "Seuil", "Euros", "Valeur"])
        sheet.write_row(1, 0, ["Parcours", "Réunions", "≥", 10, 25000, 12])
    (indicator,) = read_grid(path, SYSTEM)
    assert (indicator.mission, indicator.euros) == ("parcours", 25000)


COMMUNITY = {
    "id": ["a"],
    "population": ["95000"],
    "date_signature_contrat": ["15/09/2025"],
    **{f"{mission}_date_demarrage": ["15/09/2025"] for mission in MISSIONS},
}


def test_a_plan_takes_a_grid_in_place_of_rates():
    path = EXAMPLES / "indicateurs_taille_3.csv"
    rates = earned(read_grid(path, SYSTEM), SYSTEM, 2025).rates
    table = polars.DataFrame(COMMUNITY)
    typed = table.with_columns(polars.lit(rate).alias(name) for name, rate in rates.items())
    plan = schedule(table, grille=path, annee_grille=2025)
    expected = schedule(typed)
    assert plan.versements.equals(expected.versements)
    variable = plan.versements.filter(polars.col("taux") == "donné")["montant"].sum()
    assert variable == pytest.approx(sum(each.euros for each in read_grid(path, SYSTEM)), abs=0.001)


@pytest.mark.parametrize(
    ("changed", "year", "expected"),
    [
        ({}, 2024, "Aucun exercice de « a » ne s'ouvre en 2024"),
        ({"population": ["30000"]}, 2025, "Ils font la part variable de taille 3"),
        ({"qualite_taux_atteinte_2025": ["0,5"]}, 2025, "pas les deux"),
    ],
)
def test_a_plan_refuses_a_grid_that_is_not_of_its_community(changed, year, expected):
    table = polars.DataFrame(COMMUNITY | changed)
    path = EXAMPLES / "indicateurs_taille_3.csv"
    with pytest.raises(RequestError, match=expected):
        schedule(table, grille=path, annee_grille=year)

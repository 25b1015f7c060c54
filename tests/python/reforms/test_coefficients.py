"""Reforms whose coefficient the tool finds: what another coefficient than one gives, by hand."""

import pytest
from openfisca_core.errors import SituationParsingError
from openfisca_core.simulations import SimulationBuilder
from openfisca_web_api.app import create_app

from openfisca_cpts import reforms

CONTRACT = {
    "population": {"2024": [120_000]},
    "date_signature_contrat": {"ETERNITY": ["2024-03-10"]},
    "parcours_date_demarrage": {"ETERNITY": ["2024-03-10"]},
    "crise_sanitaire_date_demarrage": {"ETERNITY": ["2024-03-10"]},
    "parcours_taux_atteinte": {year: [0.8] for year in ("2025", "2026", "2027")},
}


@pytest.fixture
def compute(system):
    def run(name, settings, variable, period, given=CONTRACT):
        reform = reforms.trouver(name)
        path = reform.equilibre.coefficient
        under = reforms.reglages([f"{path}={value}@{day}" for day, value in settings.items()])
        simulation = SimulationBuilder().build_from_variables(under(reform(system)), given)
        return simulation.calculate(variable, period)[0]

    return run


HALF = {"2026-01-01": 0.5, "2027-01-01": 0.8}


@pytest.mark.parametrize(
    ("name", "variable", "period", "value"),
    [
        # Taille 3: functioning 75 000, pathways 90 000, plan kept up to date 22 500.
        ("enveloppe_fermee", "fonctionnement_annuel", "2025", 75_000),
        ("enveloppe_fermee", "fonctionnement_annuel", "2026", 0.5 * 75_000),
        ("enveloppe_fermee", "fonctionnement_annuel", "2027", 0.8 * 75_000),
        ("enveloppe_fermee", "plafond_financement", "2026", 0.5 * 487_500),
        (
            "enveloppe_fermee",
            "financement_annuel",
            "2026",
            0.5 * (75_000 + 45_000 + 0.8 * 45_000 + 22_500),
        ),
        ("enveloppe_fermee", "parcours_avance", "2026-03", 0.75 * 0.5 * 45_000),
        (
            "enveloppe_fermee",
            "fonctionnement_versement",
            "2027-03",
            0.25 * 0.5 * 75_000 + 0.75 * 0.8 * 75_000,
        ),
        ("enveloppe_fermee", "parcours_part_variable_versee", "2027-05", 0.8 * 0.5 * 45_000),
        # Only the part variable is scaled, and the amount loses what it loses.
        ("enveloppe_fermee_part_variable", "fonctionnement_annuel", "2026", 75_000),
        ("enveloppe_fermee_part_variable", "parcours_part_fixe", "2026", 45_000),
        ("enveloppe_fermee_part_variable", "parcours_part_variable", "2026", 0.5 * 45_000),
        ("enveloppe_fermee_part_variable", "parcours_montant", "2026", 45_000 + 0.5 * 45_000),
        (
            "enveloppe_fermee_part_variable",
            "plafond_financement",
            "2026",
            487_500 - 0.5 * (35_000 + 45_000 + 17_500 + 15_000 + 10_000),
        ),
        ("enveloppe_fermee_part_variable", "parcours_avance", "2026-03", 0.75 * 45_000),
        (
            "enveloppe_fermee_part_variable",
            "parcours_part_variable_versee",
            "2027-05",
            0.8 * 0.5 * 45_000,
        ),
        # 120 000 inhabitants: 60 000 + 15 000 × 60 000/67 500 in functioning.
        (
            "seuils_lisses_neutres",
            "fonctionnement_annuel",
            "2026",
            0.5 * (60_000 + 15_000 * 60_000 / 67_500),
        ),
        (
            "seuils_lisses_neutres",
            "parcours_avance",
            "2026-03",
            0.75 * 0.5 * 0.5 * (70_000 + 20_000 * 60_000 / 67_500),
        ),
        ("dotation_par_habitant", "plafond_financement", "2027", 0.8 * 120_000),
        (
            "dotation_par_habitant",
            "parcours_avance",
            "2026-03",
            0.75 * 0.5 * 120_000 * 45_000 / 487_500,
        ),
    ],
)
def test_a_coefficient_by_hand(compute, name, variable, period, value):
    assert compute(name, HALF, variable, period) == pytest.approx(value, abs=1e-6)


BALANCED = [name for name in reforms.SCENARIOS if reforms.trouver(name).equilibre]


@pytest.mark.parametrize("name", BALANCED)
def test_the_year_is_affine_in_the_coefficient_of_the_year(compute, name):
    def year(coefficient):
        settings = {"2026-01-01": coefficient, "2027-01-01": 1}
        return compute(name, settings, "financement_annuel", "2026")

    none, whole = year(0), year(1)
    assert whole > none
    assert year(0.3) == pytest.approx(none + 0.3 * (whole - none), abs=1e-6)


def test_the_balanced_reforms_are_those_of_the_issue():
    assert BALANCED == [
        "dotation_par_habitant",
        "enveloppe_fermee",
        "enveloppe_fermee_part_variable",
        "seuils_lisses_neutres",
    ]


@pytest.mark.parametrize("name", BALANCED)
def test_without_its_coefficient_a_reform_refuses_to_compute(system, name):
    reformed = reforms.trouver(name)(system)
    simulation = SimulationBuilder().build_from_variables(reformed, CONTRACT)
    before = SimulationBuilder().build_from_variables(system, CONTRACT)
    for variable in ("plafond_financement", "financement_annuel"):
        expected = before.calculate(variable, "2025")
        assert simulation.calculate(variable, "2025") == expected, "before it takes effect"
        with pytest.raises(SituationParsingError, match=f"« {name} » n'a pas de coefficient"):
            simulation.calculate(variable, "2026")


@pytest.mark.parametrize("name", BALANCED)
def test_the_web_api_refuses_with_what_to_do(system, name):
    client = create_app(reforms.trouver(name)(system)).test_client()
    body = {
        "communautes": {
            "a": {"population": {"2026": 95_000}, "plafond_financement": {"2026": None}}
        }
    }
    answer = client.post("/calculate", json=body)
    assert answer.status_code == 400
    assert f"{name}=0,9" in answer.get_data(as_text=True).encode().decode("unicode_escape")


@pytest.mark.parametrize("name", BALANCED)
def test_a_coefficient_is_given_with_the_name(system, compute, name):
    given = getattr(reforms, f"{name}=0,5")
    assert given.nom == f"{name}=0,5"
    assert given.titre.endswith("(coefficient donné\xa0: 0,5)")
    simulation = SimulationBuilder().build_from_variables(given(system), CONTRACT)
    for period in ("2026", "2027"):
        value = simulation.calculate("plafond_financement", period)[0]
        assert value == compute(name, {"2026-01-01": 0.5}, "plafond_financement", period)
    law = SimulationBuilder().build_from_variables(system, CONTRACT)
    assert law.calculate("plafond_financement", "2026")[0] == 487_500


def test_a_class_may_give_the_coefficient(system):
    class five_euros(reforms.dotation_par_habitant):
        coefficient = 5

    simulation = SimulationBuilder().build_from_variables(five_euros(system), CONTRACT)
    assert simulation.calculate("plafond_financement", "2026")[0] == pytest.approx(600_000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("avance_50=0,5", "n'a pas de coefficient"),
        ("enveloppe_fermee=-1", "pas négatif"),
        ("enveloppe_fermee=inf", "pas négatif"),
        ("enveloppe_fermee=nan", "pas négatif"),
        ("enveloppe_fermee=beaucoup", "un nombre comme 0,9"),
        ("enveloppe_fermee=", "un nombre comme 0,9"),
    ],
)
def test_what_is_no_coefficient_is_refused(text, message):
    with pytest.raises(reforms.ReformeRefusee, match=message):
        reforms.trouver(text)

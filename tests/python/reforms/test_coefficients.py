"""Reforms whose coefficient the tool finds: what another coefficient than one gives, by hand."""

import pytest
from openfisca_core.simulations import SimulationBuilder

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

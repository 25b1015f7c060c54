"""Cents: money is float64, which the YAML runner (float32) cannot show."""

import numpy
import pytest
from openfisca_core.simulations import SimulationBuilder

SIZES = [30_000, 60_000, 120_000, 300_000]


def test_every_amount_is_float64(system):
    simulation = SimulationBuilder().build_from_variables(system, {"population": {"2023": SIZES}})
    amounts = [
        name
        for name, variable in system.variables.items()
        if variable.unit == "currency-EUR" and str(variable.definition_period) == "year"
    ]
    assert len(amounts) > 20
    for name in amounts:
        assert simulation.calculate(name, "2023").dtype == numpy.float64, name


def test_cents_of_a_rate(simulate):
    simulation = simulate(
        {
            "population": {"2024": [200_000]},
            "parcours_retenue": {"2024": [True]},
            "parcours_taux_atteinte": {"2024": [0.123457]},
        }
    )
    # 90 000 + 50 000 + 50 000 × 0.123457: float32 has no cents left at this size.
    assert simulation.calculate("financement_annuel", "2024") == pytest.approx(
        [146_172.85], abs=1e-9
    )


def test_cents_of_a_payment_to_a_member(simulate):
    simulation = simulate({"indemnite_membre_maximale": {"2024": [146_368.01]}})
    excess = simulation.calculate("indemnites_membre_depassement", "2024")
    assert excess == pytest.approx([100_000.01], abs=1e-9)


def test_a_national_total_is_exact(simulate):
    count = 100_000
    simulation = simulate(
        {
            "population": {"2024": numpy.full(count, 200_000)},
            "qualite_retenue": {"2024": numpy.full(count, True)},
            "qualite_taux_atteinte": {"2024": numpy.full(count, 0.5)},
        }
    )
    total = simulation.calculate("financement_annuel", "2024").sum()
    assert total == count * (90_000 + 20_000 + 10_000)

"""No window of twelve months, wherever it starts, raises or gives anything but a finite amount."""

import numpy
import pytest

MONTHS = [f"{year}-{month:02}" for year in range(2016, 2029) for month in range(1, 13)]
POPULATIONS = [0, 1, 39_999, 40_000, 79_999, 80_000, 175_000, 175_001, 2_000_000_000]


@pytest.mark.parametrize("year", range(2016, 2029))
def test_yearly_variables_over_every_month(system, simulate, year):
    simulation = simulate({"population": {"2022": POPULATIONS}})
    for month in MONTHS:
        if not month.startswith(str(year)):
            continue
        for name, variable in system.variables.items():
            if variable.definition_period != "year" or variable.is_input_variable():
                continue
            if variable.entity.key != "cpts":
                continue
            values = simulation.calculate(name, f"year:{month}")
            assert len(values) == len(POPULATIONS)
            if variable.value_type is float:
                assert numpy.isfinite(values).all(), (name, month)
                assert (values >= 0).all(), (name, month)


def test_a_larger_population_never_lowers_a_yearly_amount(system, simulate):
    simulation = simulate({"population": {"2023": numpy.arange(1, 300_000, 7)}})
    for name, variable in system.variables.items():
        yearly = variable.definition_period == "year" and variable.entity.key == "cpts"
        if yearly and variable.unit == "currency-EUR" and not variable.is_input_variable():
            assert (numpy.diff(simulation.calculate(name, "2023")) >= 0).all(), name


def test_an_empty_table_works(simulate):
    simulation = simulate({"population": {"2023": numpy.array([], dtype=int)}})
    assert simulation.calculate("plafond_financement", "2023").shape == (0,)
    assert simulation.calculate("financement_annuel", "2023").shape == (0,)
    assert simulation.calculate("motif_non_calculable", "2023").shape == (0,)

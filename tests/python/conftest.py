"""What the Python tests share: one system, and simulations of a few communities."""

import pytest
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import CountryTaxBenefitSystem


@pytest.fixture(scope="session")
def system():
    return CountryTaxBenefitSystem()


@pytest.fixture
def simulate(system):
    """Build a simulation from vectors: {variable: {period: values}}."""

    def build(inputs):
        return SimulationBuilder().build_from_variables(system, inputs)

    return build

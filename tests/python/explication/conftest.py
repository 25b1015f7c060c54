"""What the tests of the explanations share: the example, each community computed once."""

import functools

import pytest
from explained import EXAMPLE
from openfisca_core.periods import DateUnit, period

from openfisca_cpts.outils.explication.steps import Tree
from openfisca_cpts.outils.explication.subject import choose
from openfisca_cpts.outils.simulation.scenarios import resolve

PERIODS = {DateUnit.YEAR: "2023", DateUnit.MONTH: "2023-03", DateUnit.ETERNITY: "ETERNITY"}


@pytest.fixture(scope="session")
def root():
    """Give the first step of a variable of a community; everything is asked of it at once."""
    law = resolve()

    @functools.cache
    def tree(identifier, depth=None):
        subject = choose(EXAMPLE, identifier, law, 2024, ())
        system = subject.simulation.tax_benefit_system
        for name, variable in system.variables.items():
            for asked in {PERIODS[variable.definition_period], "2024"}:
                when = period(asked)
                if when.unit == variable.definition_period:
                    subject.simulation.calculate(name, when)
        return Tree(subject.simulation, subject.origin, depth)

    @functools.cache
    def give(identifier, name, asked=None):
        variable = law[0].system.get_variable(name)
        return tree(identifier).root(name, period(asked or PERIODS[variable.definition_period]))

    return give

"""A region's ceiling of seed money: one value or four, whenever they begin, without Python."""

import pytest
from openfisca_core.parameters import Parameter, ParameterNode
from openfisca_core.reforms import Reform
from openfisca_core.simulations import SimulationBuilder

SIZES = {
    f"taille_{rank}": {"values": {"2020-07-01": {"value": rank * 11_000}}} for rank in range(1, 5)
}
ONE = {"values": {"2020-07-01": {"value": 12_345}}}
GIVEN = {
    "region_ars": {"ETERNITY": ["corse"] * 4},
    "population": {"2020": [0, 30_000, 60_000, 200_000]},
}


def with_region(system, child):
    class une_region_de_plus(Reform):
        def apply(self):
            def add(parameters):
                parameters.amorcage.fir.plafond.add_child("corse", child)
                return parameters

            self.modify_parameters(add)

    return SimulationBuilder().build_from_variables(une_region_de_plus(system), GIVEN)


@pytest.mark.parametrize(
    ("child", "in_force"),
    [
        (ParameterNode("corse", data=SIZES), [11_000, 11_000, 22_000, 44_000]),
        (Parameter("corse", ONE), [12_345] * 4),
    ],
    ids=["four values", "one value"],
)
def test_a_region_is_added_by_its_file_alone(system, child, in_force):
    simulation = with_region(system, child)
    assert simulation.calculate("amorcage_fir_plafond", "2020-07").tolist() == in_force
    # Before its first day, a region has the default.
    assert simulation.calculate("amorcage_fir_plafond", "2020-06").tolist() == [25_000] * 4


def test_the_trace_shows_the_figures_of_the_region(system):
    inputs = {"region_ars": {"ETERNITY": ["bretagne"]}, "population": {"2023": [52_000]}}
    simulation = SimulationBuilder().build_from_variables(system, inputs)
    simulation.trace = True
    assert simulation.calculate("amorcage_fir_plafond", "2023-01").tolist() == [45_000]
    (step,) = simulation.tracer.trees
    read = {parameter.name: parameter.value for parameter in step.parameters}
    assert read["amorcage.fir.plafond.bretagne.taille_2"] == 45_000
    # No figure of another region, whose certainty is not that of this amount.
    assert {name.split(".")[3] for name in read if "plafond." in name} == {"bretagne"}

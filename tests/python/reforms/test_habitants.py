"""A reform that pays by inhabitant never takes a size for a number of people."""

import numpy
import pytest
from contracts import SOUGHT
from openfisca_core.errors import SituationParsingError
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import reforms
from openfisca_cpts.reforms import Reforme
from openfisca_cpts.reforms.baremes import transformer
from openfisca_cpts.variables.territoire import Taille

BY_PEOPLE = [
    f"dotation_par_habitant={SOUGHT}",
    "petit_territoire",
    "petit_territoire_prorata",
    "seuils_lisses",
    f"seuils_lisses_neutres={SOUGHT}",
]


class size_known(Reforme):
    """Stands for a law in which a size may be given without a population."""

    nom = "size_known"

    def changer_formules(self):
        transformer(self, "taille", known)


def known(size, cpts, period, parameters):
    return EnumArray(numpy.array([0, 1, 1], dtype=size.dtype), Taille)


@pytest.mark.parametrize("name", BY_PEOPLE)
def test_a_size_without_people_is_refused_by_name(system, name):
    reformed = reforms.trouver(name)(size_known(system))
    inputs = {"population": {"2026": [0, 0, 30_000]}}
    simulation = SimulationBuilder().build_from_variables(reformed, inputs)
    simulation.persons.ids = ["rien", "sans", "avec"]
    assert simulation.calculate("fonctionnement_annuel", "2025")[1] > 0
    with pytest.raises(
        SituationParsingError, match=r"population_2026\) ; communautés : « sans »\."
    ):
        simulation.calculate("fonctionnement_annuel", "2026")

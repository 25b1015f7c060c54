"""The size that a contract states, for whoever writes a reform."""

import pytest
from openfisca_core.errors import SituationParsingError
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import period
from openfisca_core.reforms import Reform
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.calcul.tailles import imposer_taille_connue
from openfisca_cpts.reforms.baremes import de_la_loi

YEAR = period("2026")


class une_taille_de_plus(Reform):
    """Communities of more than a million inhabitants get a fifth size."""

    def apply(self):
        law = self.get_variable("taille")
        sizes = Enum("Taille", {**{s.name: s.value for s in law.possible_values}, "taille_5": "5"})

        def formula_2019_08_25(cpts, period, parameters):
            ranks = de_la_loi(law, cpts, period, parameters).copy().astype("uint8")
            ranks[cpts("population_retenue", period) > 1_000_000] = sizes["taille_5"].index
            return imposer_taille_connue(cpts, period, ranks, sizes)

        attributes = {"possible_values": sizes, "default_value": sizes["indeterminee"]}
        for name in ("taille_connue", "taille_connue_retenue"):
            bases = type(self.get_variable(name)).__bases__
            self.update_variable(type(name, bases, dict(attributes)))
        attributes["formula_2019_08_25"] = formula_2019_08_25
        self.update_variable(type("taille", type(law).__bases__, attributes))


def build(system, inputs):
    return SimulationBuilder().build_from_variables(system, inputs)


def test_a_size_that_a_reform_adds_can_be_given(system):
    given = {
        "taille_connue": {"2026": ["taille_5", "taille_1", "indeterminee", "indeterminee"]},
        "population": {"2026": [0, 2_000_000, 2_000_000, 95_000]},
        "region_ars": {"ETERNITY": ["bretagne"] * 4},
    }
    reformed = build(une_taille_de_plus(system), given)
    assert reformed.calculate("taille", YEAR).decode_to_str().tolist() == [
        *("taille_5", "taille_1", "taille_5", "taille_3")
    ]
    # Neither the scale nor the region's file holds the new size: nothing, and the lowest ceiling.
    assert reformed.calculate("plafond_financement", YEAR).tolist() == [0, 287_500, 0, 487_500]
    assert reformed.calculate("amorcage_fir_plafond", "2026-03").tolist() == [
        *(40_000, 40_000, 40_000, 50_000)
    ]
    with pytest.raises(SituationParsingError, match="taille_5"):
        build(system, given)

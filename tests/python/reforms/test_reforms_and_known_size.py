"""Reforms and a size that is known: none moves it, and none pays nothing for want of people."""

import pytest
from openfisca_core.errors import SituationParsingError
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import reforms

COUNTING_PEOPLE = (
    "dotation_par_habitant",
    "petit_territoire_prorata",
    "seuils_lisses",
    "seuils_lisses_neutres",
)
GIVEN = {"taille_connue": {"2026": ["taille_3"]}, "parcours_retenue": {"2026": [True]}}


def under(system, name, inputs):
    reform = reforms.trouver(name)
    if reform.equilibre is not None:  # it refuses to compute without its coefficient
        reform = reforms.trouver(f"{name}=1")
    return SimulationBuilder().build_from_variables(reform(system), inputs)


@pytest.mark.parametrize("name", reforms.SCENARIOS)
def test_a_size_without_people_is_paid_or_refused(system, name):
    law = SimulationBuilder().build_from_variables(system, GIVEN)
    reformed = under(system, name, GIVEN)
    if name in COUNTING_PEOPLE:
        with pytest.raises(SituationParsingError, match="paie selon le nombre d'habitants"):
            reformed.calculate("plafond_financement", "2026")
        return
    assert reformed.calculate("taille", "2026").decode_to_str().tolist() == ["taille_3"]
    amount = reformed.calculate("plafond_financement", "2026")[0]
    assert amount >= 0.5 * law.calculate("plafond_financement", "2026")[0]


@pytest.mark.parametrize("name", reforms.SCENARIOS)
def test_without_size_nor_people_there_is_no_amount(system, name):
    reformed = under(system, name, {"region_ars": {"ETERNITY": ["corse"]}})
    assert reformed.calculate("plafond_financement", "2026")[0] == 0


def test_a_size_that_a_reform_adds_can_be_given(system):
    given = {
        "taille_connue": {"2026": ["petit_territoire", "taille_1", "indeterminee"]},
        "population": {"2026": [0, 10, 10]},
        "region_ars": {"ETERNITY": ["bretagne"] * 3},
    }
    reformed = under(system, "petit_territoire", given)
    sizes = reformed.calculate("taille", "2026").decode_to_str().tolist()
    assert sizes == ["petit_territoire", "taille_1", "petit_territoire"]
    small, first, other = reformed.calculate("plafond_financement", "2026")
    assert 0 < small == other < first
    # The region's file does not hold the new size, which takes the lowest of its amounts.
    assert reformed.calculate("amorcage_fir_plafond", "2026-03").tolist() == [40_000] * 3
    with pytest.raises(SituationParsingError, match="petit_territoire"):
        SimulationBuilder().build_from_variables(system, given)

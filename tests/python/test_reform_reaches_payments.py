"""Rights call the yearly variables, never the parameters: a reformed formula reaches the cash."""

import numpy
import pytest
from openfisca_core.reforms import Reform
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.base import Montant

CONTRACT = {
    "population": {"2021": [30_000, 120_000]},
    "date_signature_contrat": {"ETERNITY": ["2021-09-15", "2022-02-28"]},
    "date_resiliation": {"ETERNITY": ["9999-12-31", "2024-06-30"]},
    "parcours_date_demarrage": {"ETERNITY": ["2021-11-02", "2022-02-28"]},
    "parcours_taux_atteinte": {"2021": [0.5, 0.5], "2022": [0.5, 0.5], "2023": [1, 0.25]},
}
MONTHS = [f"{year}-{month:02}" for year in range(2021, 2028) for month in range(1, 13)]


def doubling(name):
    def modify(reform):
        baseline = reform.baseline.get_variable(name)

        def formula_2019_08_25(cpts, period, parameters):
            formula = baseline.get_formula(period)
            arguments = (cpts, period, parameters)[: formula.__code__.co_argcount]
            return 2 * formula(*arguments)

        reform.update_variable(type(name, (Montant,), {"formula_2019_08_25": formula_2019_08_25}))

    return type(f"Double_{name}", (Reform,), {"apply": modify})


def payments(system, name):
    simulation = SimulationBuilder().build_from_variables(system, CONTRACT)
    return numpy.array([simulation.calculate(name, month) for month in MONTHS])


@pytest.mark.parametrize(
    ("yearly", "line"),
    [
        ("fonctionnement_annuel", "fonctionnement_versement"),
        ("fonctionnement_annuel", "fonctionnement_droits"),
        ("parcours_part_fixe", "parcours_avance"),
        ("parcours_part_fixe", "parcours_regularisation"),
        ("parcours_part_variable", "parcours_part_variable_versee"),
    ],
)
def test_a_doubled_formula_doubles_the_payment(system, yearly, line):
    before = payments(system, line)
    after = payments(doubling(yearly)(system), line)
    assert numpy.abs(before).sum() > 0
    assert after == pytest.approx(2 * before, abs=1e-9)
    assert payments(system, line) == pytest.approx(before, abs=0)


def test_a_change_of_the_law_inside_an_exercice_waits_for_the_next_right(system):
    class DoubleFrom2024(Reform):
        def apply(self):
            def double(parameters):
                for size in parameters.aci.fonctionnement.children.values():
                    value = size.get_at_instant("2023-12-31")
                    size.update(start="2024-01-01", value=2 * value)
                return parameters

            self.modify_parameters(double)

    before = payments(system, "fonctionnement_droits")
    after = payments(DoubleFrom2024(system), "fonctionnement_droits")
    changed = [month for month, a, b in zip(MONTHS, before, after, strict=True) if (a != b).any()]
    assert changed == ["2024-02", "2024-09", "2025-09"]

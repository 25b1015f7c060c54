"""A period that does not fit a variable is refused with what to ask, status 400 on the Web API."""

import pytest
from openfisca_core.errors import SituationParsingError
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_web_api.app import create_app

from openfisca_cpts import reforms

UNFIT = {DateUnit.MONTH: ("2024", "month:2024-01:3"), DateUnit.YEAR: ("2024-03", "year:2023:2")}


@pytest.fixture(scope="module", params=[None, "part_variable_60", "france_sante"])
def law(request, system):
    return system if request.param is None else reforms.trouver(request.param)(system)


def test_every_variable_refuses_what_is_not_its_period(law):
    simulation = SimulationBuilder().build_default_simulation(law, count=2)
    for name, variable in law.variables.items():
        for period in UNFIT.get(variable.definition_period, ()):
            with pytest.raises(SituationParsingError, match=f"« {name} » est demandée pour"):
                simulation.calculate(name, period)
            with pytest.raises(SituationParsingError, match=name):
                simulation.clone().calculate(name, period)


@pytest.mark.parametrize(
    ("name", "period", "said"),
    [
        ("versement_total", "2024", "versement_annuel"),
        ("parcours_avance", "2024", "versement_annuel"),
        ("contrat_en_cours", "2024", "mois par mois, par exemple « 2024-01 »"),
        ("financement_annuel", "2024-03", "par année, par exemple « 2024 »"),
        ("financement_annuel", "9999", "les années vont de"),
    ],
)
def test_a_numeric_id_gets_one_short_message(law, name, period, said):
    situation = {"population": {"2024": 95000}, name: {period: None}}
    client = create_app(law).test_client()
    for route in ("/calculate", "/trace"):
        answer = client.post(route, json={"communautes": {"750012345": situation}})
        assert answer.status_code == 400
        assert said in answer.json["communautes"]
        assert len(answer.data) < 1000


def test_a_period_of_its_own_and_the_sum_of_months_are_still_computed(law):
    given = {
        "population": {"2024": [95000]},
        "date_signature_contrat": {"ETERNITY": ["2024-05-01"]},
    }
    simulation = SimulationBuilder().build_from_variables(law, given)
    months = [
        simulation.calculate("versement_total", f"2024-{month:02}")[0] for month in range(1, 13)
    ]
    assert simulation.calculate_add("versement_total", "2024")[0] == sum(months) == 75_000
    assert simulation.calculate("region_ars", "2024").decode_to_str().tolist() == ["inconnue"]

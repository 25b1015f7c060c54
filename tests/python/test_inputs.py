"""Given values are checked when they are given, read or not, one by one and against each other."""

import copy
import datetime
import re

import numpy
import pytest
from openfisca_core.errors import SituationParsingError
from openfisca_core.simulations import SimulationBuilder
from openfisca_web_api.handlers import calculate

from openfisca_cpts.base import NEVER, Entree
from openfisca_cpts.legislation import missions


def refused(system, community, *expected):
    """Send one community, as the Web API does; check that it is refused and what is said of it."""
    with pytest.raises(SituationParsingError) as refusal:
        calculate(system, {"communautes": {"Vallée": copy.deepcopy(community)}})
    message = str(refusal.value)
    for words in expected:
        assert words in message
    assert list(refusal.value.error) == ["communautes"]
    assert isinstance(refusal.value.error["communautes"], str)
    assert refusal.value.code in (None, 400)
    return message


def test_every_input_has_a_check(system):
    inputs = [v for v in system.variables.values() if v.is_input_variable()]
    assert len(inputs) > 25
    for variable in inputs:
        assert isinstance(variable, Entree), variable.name
        assert variable.set_input is not None, variable.name


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-1, "-1"),
        (1e12, "1000000000000"),
        (10**400, "inf"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (50_000.7, "50000.7"),
    ],
)
def test_population_out_of_bounds_names_everything(system, value, shown):
    refused(
        system,
        {"population": {"2024": value}},
        "Vallée",
        "population",
        "2024",
        f"« {shown} »",
        "un nombre entier entre 0 et",
    )


@pytest.mark.parametrize("value", ["abc", "52000", True, [1], {}, {"a": 1}])
def test_population_of_another_type(system, value):
    refused(system, {"population": {"2024": value}}, "population", "un nombre entier")


@pytest.mark.parametrize("period", ["year:2021-09", "2021-09", "2021-09-01", "year:2021:2"])
def test_an_input_is_given_for_a_calendar_year(system, period):
    refused(system, {"population": {period: 1}}, "population", "année civile", "« 2021 »")
    refused(system, {"parcours_taux_atteinte": {period: 1}}, "parcours_taux_atteinte")
    refused(system, {"acces_soins_organisation_snp": {period: True}}, "année civile")


@pytest.mark.parametrize("value", [1.2, -0.1, float("nan"), float("inf")])
@pytest.mark.parametrize("mission", [mission.cle for mission in missions() if mission.evaluees])
def test_a_rate_stays_between_0_and_1(system, mission, value):
    refused(system, {f"{mission}_taux_atteinte": {"2024": value}}, "Vallée", "2024", "entre 0 et 1")


@pytest.mark.parametrize(
    "name",
    [
        "depenses_amorcage_constitution",
        "depenses_amorcage_diagnostic",
        "depenses_amorcage_projet_sante",
        "indemnite_membre_maximale",
    ],
)
def test_a_cost_is_not_negative(system, name):
    period = "2024" if name.startswith("indemnite") else "ETERNITY"
    refused(system, {name: {period: -0.01}}, "Vallée", name, "au moins 0")
    refused(system, {name: {period: float("nan")}}, "Vallée", name)


@pytest.mark.parametrize("value", ["non", "true", 1, 0.0, []])
def test_a_condition_is_true_or_false(system, value):
    refused(system, {"acces_soins_organisation_snp": {"2024": value}}, "vrai ou faux")


def test_a_region_is_one_of_the_keys_and_the_nearest_is_named(system):
    refused(system, {"region_ars": {"ETERNITY": "mayote"}}, "mayote", "« mayotte »")
    refused(system, {"region_ars": {"ETERNITY": "xyz"}}, "xyz", "provence_alpes_cote_d_azur")
    refused(system, {"region_ars": {"ETERNITY": 3}}, "3", "mayotte")


@pytest.mark.parametrize(
    "value", ["2021-02-31", "2021", "2021-09", "15/03/2021", "NaT", "", "now", "today", 5, 2021]
)
def test_a_date_is_an_iso_day(system, value):
    for name in [n for n, v in system.variables.items() if v.value_type is datetime.date]:
        if system.variables[name].is_input_variable():
            refused(system, {name: {"ETERNITY": value}}, name, "une date AAAA-MM-JJ")


def test_a_signature_before_the_agreement(system):
    refused(
        system,
        {"date_signature_contrat": {"ETERNITY": "2019-08-24"}},
        "Vallée",
        "date_signature_contrat",
        "2019-08-24",
        "à partir du 2019-08-25",
    )
    calculate(
        system, {"communautes": {"a": {"date_signature_contrat": {"ETERNITY": "2019-08-25"}}}}
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("date_lettre_intention", "date_signature_contrat"),
        ("date_signature_contrat", "date_fin_convenue"),
        ("date_signature_contrat", "date_resiliation"),
    ],
)
def test_dates_stand_in_order(system, first, second):
    community = {
        "population": {"2024": 30_000},
        first: {"ETERNITY": "2021-03-02"},
        second: {"ETERNITY": "2021-03-01"},
        "financement_annuel": {"2024": None},
    }
    refused(system, community, "Vallée", first, second, "2021-03-02", "2021-03-01")
    same_day = {**community, second: {"ETERNITY": "2021-03-02"}}
    calculate(system, {"communautes": {"a": copy.deepcopy(same_day)}})
    only_one = {**community, second: {"ETERNITY": "9999-12-31"}}
    calculate(system, {"communautes": {"a": copy.deepcopy(only_one)}})


def test_every_pair_of_dates_in_disorder_is_said(system):
    community = {
        "date_lettre_intention": {"ETERNITY": "2021-03-02"},
        "date_signature_contrat": {"ETERNITY": "2021-03-01"},
        "date_resiliation": {"ETERNITY": "2021-02-28"},
        "financement_annuel": {"2024": None},
    }
    refused(system, community, "date_lettre_intention", "date_resiliation", "2021-02-28")


def test_one_community_in_disorder_is_enough(system):
    wrong, right = (
        {
            "date_signature_contrat": {"ETERNITY": "2021-03-02"},
            "date_resiliation": {"ETERNITY": end},
            "financement_annuel": {"2024": None},
        }
        for end in ("2021-03-01", "2023-03-01")
    )
    with pytest.raises(SituationParsingError, match="Vallée"):
        calculate(system, {"communautes": {"Plaine": right, "Vallée": wrong}})


def test_an_unknown_variable_gets_the_nearest_name(system):
    refused(system, {"populatoin": {"2024": 5}}, "populatoin", "« population »")


def test_numeric_ids_do_not_become_lists_of_nulls(system):
    for community in (
        {"population": {"2024": -1}},
        {"population": {"2024": "abc"}},
        {"population": {"year:2021-09": 1}},
        {"inconnue": {"2024": 1}},
    ):
        with pytest.raises(SituationParsingError) as refusal:
            calculate(system, {"communautes": {"750000001": community}})
        assert len(str(refusal.value)) < 500


def test_every_bad_community_is_named_up_to_ten(system):
    communities = {f"c{rank}": {"population": {"2024": -rank}} for rank in range(1, 15)}
    with pytest.raises(SituationParsingError) as refusal:
        calculate(system, {"communautes": communities})
    message = str(refusal.value)
    assert len(re.findall("communauté « c", message)) == 10
    assert "et 4 autres fautes" in message


def test_an_eternal_input_given_twice_is_refused_not_overwritten(system):
    twice = {"ETERNITY": "mayotte", "2024": "corse"}
    refused(system, {"region_ars": twice}, "region_ars", "ETERNITY")


@pytest.mark.parametrize(
    ("name", "period", "values"),
    [
        ("population", "2024", [30_000, -1]),
        ("population", "2024", ["30000", "x"]),
        ("population", "2024", [True, False]),
        ("population", "2024", [None, 5]),
        ("parcours_taux_atteinte", "2024", [0.5, numpy.nan]),
        ("acces_soins_organisation_snp", "2024", [True, 2]),
        ("acces_soins_organisation_snp", "2024", ["oui", "non"]),
        ("region_ars", "ETERNITY", ["corse", "atlantide"]),
        ("region_ars", "ETERNITY", [3, 99]),
        ("date_signature_contrat", "ETERNITY", ["2021-03-01", "2018-03-01"]),
        ("date_resiliation", "ETERNITY", ["2021-03-01", "hier"]),
    ],
)
def test_vectors_are_checked_too(system, name, period, values):
    with pytest.raises(SituationParsingError):
        SimulationBuilder().build_from_variables(system, {name: {period: values}})


def test_vectors_of_the_right_type_are_kept(system):
    inputs = {
        "population": {"2024": numpy.array([30_000, 50_000], dtype=numpy.int64)},
        "region_ars": {"ETERNITY": ["corse", "mayotte"]},
        "date_signature_contrat": {"ETERNITY": [datetime.date(2021, 3, 1), NEVER]},
        "date_resiliation": {"ETERNITY": numpy.array(["2024-01-01", "2025-01-01"], "datetime64")},
        "acces_soins_organisation_snp": {"2024": [True, False]},
        "qualite_taux_atteinte": {"2024": [1, 0]},
    }
    simulation = SimulationBuilder().build_from_variables(system, inputs)
    assert simulation.calculate("population", "2024").tolist() == [30_000, 50_000]
    assert simulation.calculate("region_ars", None).decode_to_str().tolist() == ["corse", "mayotte"]
    assert simulation.calculate("date_signature_contrat", None).tolist() == [
        datetime.date(2021, 3, 1),
        NEVER,
    ]
    assert simulation.calculate("acces_soins_organisation_snp", "2024").tolist() == [True, False]


def test_a_computed_variable_is_not_given(system):
    computed = [v for v in system.variables.values() if not v.is_input_variable()]
    assert len(computed) > 25
    for variable in computed:
        with pytest.raises(SituationParsingError, match=f"« {variable.name} » se calcule"):
            SimulationBuilder().build_from_variables(system, {variable.name: {"2024": [1]}})
    refused(system, {"fonctionnement_annuel": {"2024": 60_000}}, "se calcule", "60000")
    refused(system, {"taille": {"2024": "taille_1"}}, "taille", "se calcule")


@pytest.mark.parametrize(
    ("year", "month"),
    [
        ("9999", "9999-12"),
        ("year:9999-02", "9999-01"),
        ("year:9998-02", "9998-12"),
        ("9998", "9998-12"),
        ("0001", "0001-01"),
        ("1000", "1000-01"),
        ("1010", "1010-01"),
    ],
)
def test_the_edges_of_the_calendar_are_refused_or_computed(system, year, month):
    periods = {"year": year, "month": month}
    refusals = []
    for name, variable in system.variables.items():
        inputs = {
            "population": {"2024": [95_000]},
            "date_signature_contrat": {"ETERNITY": ["2024-01-01"]},
        }
        simulation = SimulationBuilder().build_from_variables(system, inputs)
        if variable.is_input_variable():
            continue
        try:
            simulation.calculate(name, periods[variable.definition_period])
        except SituationParsingError as refusal:
            refusals.append(str(refusal))
    assert all("les années vont de 1000 à 9998" in refusal for refusal in refusals)
    assert bool(refusals) == (year not in {"9998", "1010"})

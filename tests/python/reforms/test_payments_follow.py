"""Every shipped reform: the payments follow the yearly amounts, and the law stays as it was."""

import copy
import subprocess
import sys

import numpy
import pytest
from contracts import (
    ALWAYS,
    MONTHS,
    NAMES,
    YEARS,
    apply,
    cash,
    leaves,
    simulate,
    written,
    yearly_amounts,
)
from openfisca_web_api.app import create_app

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.base import Montant, Versement

ONLY_PAYMENTS = {
    "avance_50",
    "credit_lettre_intention",
    "credit_lettre_intention_bas",
    "evaluation_1_mois",
    "evaluation_3_mois",
    "plan_crise_proratise",
    "prorata_douziemes",
    "snp_non_avance",
}
"""They change when, or what one month is paid; no amount of a year."""
LONGER = {"reconduction"}
"""They pay more years, whatever a year is worth."""
LINES = ("fonctionnement_versement", "versement_missions", "versement_amorcage", "versement_total")


@pytest.fixture(scope="module")
def before(system):
    simulation = simulate(system)
    return {name: cash(simulation, name) for name in LINES}, {
        (name, year): simulation.calculate(name, str(year))
        for name in yearly_amounts(system)
        for year in YEARS
    }


@pytest.fixture(scope="module")
def systems(system):
    return {name: apply(name, system) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_reform_that_changes_a_year_changes_the_payments(system, systems, before, name):
    paid, amounts = before
    simulation = simulate(systems[name])
    changed_years = {
        year
        for (amount, year), values in amounts.items()
        if (simulation.calculate(amount, str(year)) != values).any()
    }
    changed = (cash(simulation) != paid["versement_total"]).any(axis=1)
    if name not in LONGER:
        assert bool(changed_years) == (name not in ONLY_PAYMENTS), "the communities do not reach it"
    assert changed.any(), "the yearly amounts change, the payments do not"
    # A convention without a figure holds from the beginning; a reform, from its first date.
    start = min((date for _, date in written(system, systems[name])), default="")[:7]
    assert not changed[numpy.array(MONTHS) < start].any()


@pytest.mark.parametrize("name", NAMES)
def test_a_community_alone_gets_what_it_gets_in_a_table(systems, name):
    asked = [
        ("financement_annuel", "2026"),
        ("versement_annuel", "2022"),
        ("versement_annuel", "2026"),
    ]
    table = simulate(systems[name])
    for row in range(len(ALWAYS["region_ars"])):
        alone = simulate(systems[name], slice(row, row + 1))
        for variable, year in asked:
            assert alone.calculate(variable, year)[0] == table.calculate(variable, year)[row]


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_table_works(systems, name):
    assert simulate(systems[name], slice(0)).calculate("versement_annuel", "2026").shape == (0,)


def describe(system):
    return {
        path: (
            [(value.instant_str, value.value, value.metadata) for value in leaf.values_list],
            leaf.metadata,
            leaf.description,
        )
        for path, leaf in leaves(system).items()
    }


def test_the_law_is_untouched_by_all_of_them(before):
    law = CountryTaxBenefitSystem()
    parameters, variables = copy.deepcopy(describe(law)), dict(law.variables)
    formulas = {name: dict(variable.formulas) for name, variable in variables.items()}
    for name in NAMES:
        reformed = apply(name, law)
        simulate(reformed).calculate("versement_annuel", "2026")
    for system in (law, CountryTaxBenefitSystem()):
        assert describe(system) == parameters
        assert system.variables == variables
        assert {name: dict(v.formulas) for name, v in system.variables.items()} == formulas
    simulation = simulate(law)
    for name, values in before[0].items():
        assert cash(simulation, name).tobytes() == values.tobytes()
    for (name, year), values in before[1].items():
        assert simulation.calculate(name, str(year)).tobytes() == values.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_every_value_that_a_reform_writes_has_its_source(system, name):
    reformed = reforms.trouver(name)(system)
    values = written(system, reformed)
    for path, date in values:
        metadata = leaves(reformed)[path].metadata
        assert metadata["reference"][date][0]["title"], (path, date)
        assert metadata["statut"][date], (path, date)
    without = {"plan_crise_proratise", "prorata_douziemes", "reconduction", "snp_non_avance"}
    assert values or name in without


@pytest.mark.parametrize("name", NAMES)
def test_a_reform_says_what_it_is_and_is_found_by_its_path(system, name):
    reform = getattr(reforms, name)
    assert reform is not None
    assert reform.nom == reform.__name__ == name
    assert reform.titre
    assert reform.description
    assert reform.auteur
    assert reform.source["title"]
    by_path = CountryTaxBenefitSystem().apply_reform(f"openfisca_cpts.reforms.{name}")
    assert describe(by_path) == describe(reform(system))
    assert set(by_path.variables) == set(reform(system).variables)
    assert set(reform.donnees) <= set(by_path.variables) - set(system.variables)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_replaced_says_what_the_law_says(system, systems, name):
    dates = {
        value.instant_str for leaf in leaves(systems[name]).values() for value in leaf.values_list
    }
    for key, variable in systems[name].variables.items():
        law = system.variables.get(key)
        if law is variable:
            continue
        if law is not None:
            said = ("label", "reference", "documentation", "unit", "entity", "definition_period")
            for attribute in (*said, "value_type", "dtype"):
                assert getattr(variable, attribute) == getattr(law, attribute), (key, attribute)
            # What a reform pays is written for a month: it is not computed twelve at a time.
            bases = [Montant if base is Versement else base for base in type(law).__bases__]
            assert [*type(variable).__bases__] in (bases, [*type(law).__bases__])
            first, of_law = (min(each.formulas, default=None) for each in (variable, law))
            assert first == of_law, "a variable begins with the law's"
            dates |= set(law.formulas)
        assert set(variable.formulas) <= dates | {"0001-01-01"}, key


@pytest.mark.parametrize("name", ["france_sante", "petit_territoire", "enveloppe_fermee"])
def test_the_web_api_serves_a_reform(system, name):
    reformed = reforms.trouver(name)(system)
    client = create_app(reformed).test_client()
    for variable in reformed.variables:
        assert client.get(f"/variable/{variable}").status_code == 200, variable
    assert f"reformes.{name}" in str(client.get("/parameters").get_json())


TOOLS = ("altair", "fastexcel", "pandas", "polars", "pydantic", "rich", "typer")
PROGRAM = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {TOOLS!r}:
            raise ImportError(name + " is a tool of the extra")

sys.meta_path.insert(0, Absent())
from openfisca_core.simulations import SimulationBuilder
from openfisca_cpts import CountryTaxBenefitSystem, reforms

law = CountryTaxBenefitSystem()
for name in reforms.SCENARIOS + reforms.VARIANTES:
    simulation = SimulationBuilder().build_from_variables(
        getattr(reforms, name)(law), {{"population": {{"2026": [120_000]}}}}
    )
    print(name, simulation.calculate("plafond_financement", "2025")[0])
"""


def test_reforms_need_no_tool():
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [f"{name} 487500.0" for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_a_traced_computation_gives_the_same(systems, name):
    plain, traced = simulate(systems[name]), simulate(systems[name])
    traced.trace = True
    for year in ("2022", "2026"):
        for variable in ("versement_annuel", "financement_annuel"):
            expected = plain.calculate(variable, year)
            assert (traced.calculate(variable, year) == expected).all()
    read = {
        parameter.name
        for root in traced.tracer.trees
        for node in flatten(root)
        for parameter in node.parameters
    }
    own = [path for path in leaves(systems[name]) if path.startswith(f"reformes.{name}.")]
    unread = [path for path in own if path not in read and not path.endswith(".enveloppe")]
    assert not unread


def flatten(node):
    yield node
    for child in node.children:
        yield from flatten(child)

"""The shipped package is at 100 %, and the command says so."""

import dataclasses
import functools

import pytest

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.cli import check as command
from openfisca_cpts.outils.controle.check import check
from openfisca_cpts.outils.fichiers.findings import Coverage, Fault, Line, Report


@pytest.fixture(scope="module")
def shipped():
    return check()


@pytest.fixture
def run(run_command):
    return functools.partial(run_command, command.check)


def test_the_shipped_package_has_no_fault(shipped):
    assert shipped.faults == []


@pytest.mark.parametrize("line", Line)
def test_the_shipped_package_is_covered(shipped, line):
    coverage = {seen.label: seen for seen in shipped.coverage}[line.value]
    assert coverage.complete, f"{line.value} : {coverage.done} / {coverage.total}"


@pytest.fixture(scope="module")
def systems():
    law = CountryTaxBenefitSystem()
    names = (*reforms.SCENARIOS, *reforms.VARIANTES)
    return law, [reforms.trouver(name)(law) for name in names]


def test_every_date_of_value_of_the_system_and_of_the_reforms_is_seen(shipped, systems):
    law, reformed = systems
    nodes = [law.parameters, *(system.parameters.children.get("reformes") for system in reformed)]
    parameters = [leaf for node in nodes if node is not None for leaf in node.get_descendants()]
    dates = sum(len(getattr(parameter, "values_list", [])) for parameter in parameters)
    seen = {coverage.label: coverage.total for coverage in shipped.coverage}
    assert seen[Line.REFERENCE.value] == dates


def test_every_variable_of_the_system_and_of_the_reforms_is_seen(shipped, systems):
    law, reformed = systems
    added = sum(len(system.variables) - len(law.variables) for system in reformed)
    assert added > 20
    seen = {coverage.label: coverage.total for coverage in shipped.coverage}
    assert seen[Line.VARIABLE_LABEL.value] == len(law.variables) + added


def test_a_line_that_sees_nothing_is_not_complete():
    assert not Coverage("rien", 0, 0).complete
    assert not Report([], [Coverage("rien", 0, 0)]).complete


def test_a_fault_outside_the_coverage_is_not_complete(shipped):
    fault = Fault("parameters/x.yaml", 1, "", "une faute")
    assert not dataclasses.replace(shipped, faults=[fault]).complete


def test_the_command_prints_every_line_and_succeeds(run):
    result = run()
    assert result.exit_code == 0, result.output
    assert all(line.value in result.output for line in Line)
    assert "Aucune faute." in result.output
    assert "Plafond de 2023, une communauté de chaque taille" in result.output
    assert "1\u00a0734\u00a0500\u00a0€" in result.output


def test_the_command_names_the_place_and_fails(run, package):
    path = package / "parameters/aci/duree_contrat.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 5", "value: 4"), "utf-8")
    result = run(package)
    assert result.exit_code == 1
    line = path.read_text("utf-8").splitlines().index("  2019-08-25:") + 1
    assert f"parameters/aci/duree_contrat.yaml:{line} values.2019-08-25" in result.output
    assert "4 ne se lit dans aucune de ses notes" in result.output


def test_the_command_fails_under_full_coverage_even_without_a_fault(run, monkeypatch):
    report = Report([], [Coverage("Feuilles avec une unité", 1, 2)])
    monkeypatch.setattr(command.legal, "check", lambda root, tests: report)
    result = run()
    assert result.exit_code == 1
    assert "50,0" in result.output


def test_the_command_refuses_a_folder_that_is_not_a_package(run, tmp_path):
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "parameters" in result.output

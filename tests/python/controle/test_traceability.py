"""Each figure is followed from its document to the tests that assert it, and nothing is assumed."""

import csv
import datetime
from pathlib import Path

import pytest

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.cli.check import check as check_command
from openfisca_cpts.outils.cli.traceability import traceability as command
from openfisca_cpts.outils.controle.check import check
from openfisca_cpts.outils.controle.traceability import COLUMNS, table, trace_law
from openfisca_cpts.outils.fichiers.findings import Line

YAML_TESTS = Path(__file__).parents[2] / "yaml"
UNREAD = "aucune variable ne lit cette valeur dans une épreuve"
UNASSERTED = "aucune épreuve n'affirme ce que calcule cette variable"
SIZES_1_AND_3 = """
- name: tailles 1 et 3
  period: 2021
  input: {population: {2021: [30000, 90000]}}
  output: {acces_soins_montant: {"year:2022-09-02": [40000, 65000]}}
- name: la somme seule
  period: 2023
  input: {population: {2023: [50000]}, qualite_retenue: {2023: [true]}}
  output: {plafond_missions_complementaires: [35000]}
"""
REGIONS = """
- name: une région sans chiffre à elle
  period: 2021-06
  input: {region_ars: {ETERNITY: [corse]}}
  output: {amorcage_fir_plafond: [25000]}
"""


@pytest.fixture(scope="module")
def shipped():
    return trace_law(DOSSIER, YAML_TESTS)


def used(traceability, path, date="2019-08-25"):
    (use,) = [
        use
        for use in traceability.values
        if (use.leaf.path, use.date) == (path, datetime.date.fromisoformat(date))
    ]
    return use


def titles(tests):
    return [test.title for test in tests]


def test_every_value_of_the_law_is_read_and_asserted(shipped):
    assert shipped.failures == []
    assert [use.leaf.path for use in shipped.values if not use.variables] == []
    assert [use.leaf.path for use in shipped.values if not use.tests] == []
    assert len(shipped.values) > 70


def test_a_value_leads_to_its_document_its_variable_and_its_tests(shipped):
    use = used(shipped, "aci.missions.parcours.montant.taille_3")
    assert [line["note"] for line in use.references] == [
        "« 50 000 € 70 000 € 90 000 € 100 000 € »",
    ]
    assert use.variables == ("parcours_montant",)
    source = "sources/004_assurance_maladie_var.yaml"
    assert any(title.startswith(source) for title in titles(use.tests))
    assert set(titles(use.tests)) < set(titles(use.dependents))


def test_the_line_of_a_document_is_the_one_that_shows_the_value(shipped):
    use = used(shipped, "aci.missions.acces_soins.montant.taille_4", "2022-09-03")
    assert [line["note"].partition(" :")[0] for line in use.references] == ["Taille 4"]


def test_a_table_is_read_for_the_sizes_of_the_test_only(some_tests):
    found = trace_law(DOSSIER, some_tests(tailles=SIZES_1_AND_3))
    read = {
        (use.leaf.key, str(use.date))
        for use in found.values
        if use.leaf.path.startswith("aci.missions.acces_soins.montant.") and use.variables
    }
    assert read == {("taille_1", "2019-08-25"), ("taille_3", "2019-08-25")}


def test_what_a_sum_reads_is_not_asserted_itself(some_tests):
    found = trace_law(DOSSIER, some_tests(tailles=SIZES_1_AND_3))
    use = used(found, "aci.missions.qualite.montant.taille_2", "2022-09-03")
    assert use.variables == ("qualite_montant",)
    assert use.tests == ()
    assert titles(use.dependents) == ["tailles.yaml : la somme seule"]


def test_the_default_serves_the_regions_that_have_no_figure(some_tests):
    found = trace_law(DOSSIER, some_tests(regions=REGIONS))
    ceiling = "amorcage.fir.plafond"
    assert used(found, f"{ceiling}.defaut", "2016-01-28").variables == ("amorcage_fir_plafond",)
    assert used(found, f"{ceiling}.ile_de_france", "2016-01-28").variables == ()


def test_a_test_of_a_reform_or_one_that_fails_proves_nothing(some_tests):
    reform = SIZES_1_AND_3.replace(
        "  input", "  reforms: openfisca_cpts.reforms.seuil_80000_taille_2\n  input"
    )
    wrong = SIZES_1_AND_3.replace("[40000, 65000]", "[40000, 65001]").partition("- name: la")[0]
    found = trace_law(DOSSIER, some_tests(reforme=reform, faux=wrong))
    assert [use.leaf.path for use in found.values if use.variables] == []
    assert [test.name for test, _ in found.failures] == ["tailles 1 et 3"]
    assert found.count == 1


def test_a_value_before_the_formula_is_no_assertion(some_tests):
    text = """
- name: avant l'accord
  period: 2018
  input: {population: [30000]}
  output: {fonctionnement_annuel: [0]}
"""
    found = trace_law(DOSSIER, some_tests(avant=text))
    assert [use.name for use in found.variables if use.tests] == []


def test_the_table_has_one_row_per_line_of_a_document(shipped):
    frame = table(shipped)
    assert tuple(frame.columns) == COLUMNS
    assert frame.height == sum(len(use.references) for use in shipped.values)
    row = frame.filter(frame["paramètre"] == "aci.duree_contrat").row(0, named=True)
    assert row["valeur"] == 5
    assert row["unité"] == "year"
    assert row["statut"] == "document_public"
    assert row["variables qui le lisent"] == "date_fin_contrat"
    assert row["épreuves dont un résultat en dépend"] > 50


def test_the_command_writes_the_table(run_command, some_tests, tmp_path):
    output = tmp_path / "table.csv"
    folder = some_tests("indemnites")
    result = run_command(command, "--tests", folder, "--output", output)
    assert result.exit_code == 0, result.output
    assert "Dates de valeur\u00a0: 92, dont 5 lues" in result.output
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    (row,) = [row for row in rows if row["date de valeur"] == "2024-01-01"]
    assert row["valeur"] == "46368.0"
    assert "indemnites.yaml : Les années suivantes" not in row["épreuves qui les affirment"]


def test_the_command_refuses_what_it_cannot_read(run_command, tmp_path):
    result = run_command(command, "--tests", tmp_path)
    assert result.exit_code == 2
    assert "Aucune épreuve YAML" in result.output
    assert run_command(command, tmp_path).exit_code == 2


def test_a_planted_value_and_a_planted_variable_are_faults(
    package, plant_parameter, run_command, some_tests
):
    """What is planted is found, each at its line, beside what the few tests do not read."""
    path = package / "variables/obligations.py"
    source = path.read_text("utf-8")
    path.write_text(
        source
        + source[source.index("class commissaire") :]
        .replace("class commissaire_aux_comptes_requis", "class essai")
        .replace("Commissaire aux comptes requis", "Un essai"),
        "utf-8",
    )
    report = check(package, some_tests("obligations"))
    faults = [(fault.file, fault.path) for fault in report.faults]
    assert ("parameters/obligations/essai.yaml", "values.2016-01-28") in faults
    assert ("variables/obligations.py", "essai") in faults
    (essai,) = [fault for fault in report.faults if fault.path == "essai"]
    assert essai.message == UNASSERTED
    assert path.read_text("utf-8").splitlines()[essai.line - 1] == "class essai(Calcul):"
    (value,) = [fault for fault in report.faults if fault.file.endswith("essai.yaml")]
    assert UNREAD in value.message
    # What the tests do read and assert is not a fault.
    assert ("variables/obligations.py", "commissaire_aux_comptes_requis") not in faults
    assert not any("seuil_commissaire" in file for file, _ in faults)
    result = run_command(check_command, package, "--tests", some_tests("obligations"))
    assert result.exit_code == 1
    assert UNREAD in result.output


def test_without_tests_the_lines_say_so_and_are_not_at_100(package, run_command):
    report = check(package)
    unchecked = {line.label for line in report.coverage if not line.checked}
    assert unchecked == {Line.READ.value, Line.ASSERTED.value, Line.REGISTER.value}
    result = run_command(check_command, package)
    assert result.output.count("non contrôlé") == len(unchecked)
    assert "les épreuves (--tests) et le registre" in result.output


def test_in_the_checkout_the_tests_are_found(tmp_path, original):
    """A package beside its `pyproject.toml` is in its checkout, where tests have to stand."""
    from openfisca_cpts.outils.controle.check import tests_beside

    assert tests_beside(DOSSIER) == YAML_TESTS
    assert tests_beside(original) is None
    (tmp_path / "pyproject.toml").touch()
    assert tests_beside(tmp_path / "paquet") == tmp_path / "tests" / "yaml"


def test_a_failing_test_is_a_fault(package, some_tests):
    report = check(package, some_tests(faux=SIZES_1_AND_3.replace("65000", "65001")))
    (fault,) = [fault for fault in report.faults if fault.file == "epreuves/faux.yaml"]
    assert fault.path == "tailles 1 et 3"
    assert "l'épreuve échoue" in fault.message


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("parameters/aci/duree_contrat.yaml", "values: ["),
        ("variables/obligations.py", "raise OSError"),
    ],
)
def test_a_law_that_is_refused_is_not_traced(package, some_tests, file, text):
    (package / file).write_text(text, "utf-8")
    report = check(package, some_tests("indemnites"))
    assert not report.complete
    assert not any(UNREAD in fault.message for fault in report.faults)
    assert Line.READ.value in {line.label for line in report.coverage if not line.checked}

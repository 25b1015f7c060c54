"""What a shipped reform brings is held to what the law is held to."""
# ruff: noqa: E501 (a passage is quoted as it stands in its file, however long)

import pytest

from openfisca_cpts.base import YEAR, Calcul, Cpts
from openfisca_cpts.outils.controle.variables import check_reform
from openfisca_cpts.outils.fichiers.findings import Line, Tally
from openfisca_cpts.reforms import Reforme

OVERSEAS = "reforms/scenarios/coefficient_outre_mer"
MAYOTTE = f"{OVERSEAS}/parametres/majoration/mayotte.yaml"
SEVENTH = "reforms/scenarios/france_sante"

PLANTED = {
    "a value that no note shows": (MAYOTTE, "value: 0.17", "value: 0.18", "0,18 ne se lit dans"),
    "a value without statut": (MAYOTTE, "2026-01-01: hypothese", "2026-01-02: hypothese", "2026-01-01 n'a pas de statut"),
    "a unit that is unknown": (MAYOTTE, "unit: /1", "unit: euros", "l'unité « euros » n'est pas dans units.yaml"),
    "a dial that the folder forgets": (f"{OVERSEAS}/parametres/majoration/index.yaml", "    - mayotte\n", "", "« mayotte » manque"),
    "a number in its code": (f"{OVERSEAS}/__init__.py", "return montant *", "return 1.17 * montant *", "le nombre 1.17 n'est ni 0 ni 1"),
    "its own figure in its code": (f"{SEVENTH}/__init__.py", "all fixed:", "10 000 € en taille 1, all fixed:", "est une valeur de"),
    "a formula without a date of value": ("reforms/scenarios/condition_sas_taux/variables.py", "formula_2026_01_01", "formula_2026_01_02", "2026-01-02 n'est pas une date de valeur"),
    "a mission that it declares with an amount it has not": (f"{SEVENTH}/parametres/index.yaml", "montant: montant_par_structure", "montant: montant_par_structures", "le plus proche est « montant_par_structure »"),
    "a date of a reform in the law": ("variables/fonctionnement.py", "formula_2019_08_25", "formula_2022_03_31", "2022-03-31 n'est pas une date de valeur"),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED)
def test_an_error_planted_in_a_reform_is_found(plant, case):
    file, before, after, message = PLANTED[case]
    found = plant(file, before, after)
    assert any(fault.file == file and message in fault.message for fault in found), found


class sans_libelle(Calcul):
    value_type = float
    entity = Cpts
    definition_period = YEAR
    reference = ["Un texte"]

    def formula(cpts, period):
        return cpts("financement_annuel", period)


class reforme_muette(Reforme):
    def changer_formules(self):
        self.add_variable(sans_libelle)


def test_a_variable_that_a_reform_adds_says_what_it_is(request):
    tally = Tally()
    found = check_reform(reforme_muette, ["currency-EUR"], tally, request.config.rootpath)
    assert {fault.message for fault in found} == {
        "il manque un libellé (label)",
        "il manque une documentation",
        "il manque une unité (unit)",
    }
    assert {(fault.file, fault.path) for fault in found} == {
        ("tests/python/controle/test_reforms_checked.py", "sans_libelle")
    }
    lines = {line.label: (line.done, line.total) for line in tally.coverage()}
    assert lines[Line.VARIABLE_REFERENCE.value] == (1, 1)
    assert lines[Line.VARIABLE_LABEL.value] == (0, 1)

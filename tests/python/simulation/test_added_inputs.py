"""Inputs that a reform adds: read where a scenario has them, and never zero in silence."""

import polars
from openfisca_core.reforms import Reform
from openfisca_core.variables import Variable

from openfisca_cpts.base import ETERNITY, MONTH, YEAR, Cpts, Entree, Montant, Saisie
from openfisca_cpts.outils.simulation import Fault, simulate
from openfisca_cpts.reforms import Reforme

AMOUNT = ["acces_soins_montant"]


class postes(Entree):
    value_type = int
    entity = Cpts
    definition_period = YEAR
    set_input = Saisie(minimum=0)
    label = "Postes de coordination"


class prix_du_poste(Variable):
    """As a user writes one: a class of openfisca-core, without a `Saisie`."""

    value_type = float
    entity = Cpts
    definition_period = ETERNITY
    label = "Prix d'un poste"


class fonctionnement_annuel(Montant):
    def formula_2019_08_25(cpts, period):
        return cpts("postes", period.this_year) * cpts("prix_du_poste", period)


class au_poste(Reforme):
    nom = "au_poste"
    donnees = ("postes", "prix_du_poste")

    def changer_formules(self):
        self.add_variables(postes, prix_du_poste)
        self.update_variable(fonctionnement_annuel)


def table(**columns):
    return polars.DataFrame({"id": ["a", "b"], "population": [30_000, 60_000]} | columns)


def test_a_column_is_read_by_the_scenario_that_has_the_input():
    communities = table(postes=[2, None], postes_2025=[3, 1], prix_du_poste=[40_000.5, -1.0])
    result = simulate(communities, [2024, 2025], [au_poste], ["fonctionnement_annuel"])
    assert result["fonctionnement_annuel"].to_list() == [
        *([50_000, 60_000] * 2),
        *(80_001, 0),
        *(120_001.5, -1),
    ]


def test_without_the_reform_the_column_is_unknown(faults):
    assert [fault.column for fault in faults(table(postes=[1, 1]))] == ["postes"]


def test_a_column_that_the_reform_needs_must_be_there(faults):
    expected = "une colonne remplie, que demande la réforme « au_poste »"
    assert faults(table(postes=[1, 1]), reformes=[au_poste]) == [
        Fault(expected, 1, column="prix_du_poste")
    ]
    nothing = table(postes=["", ""], prix_du_poste=[1, None])
    assert faults(nothing, reformes=[au_poste]) == [Fault(expected, 1, column="postes")]


def test_the_cells_of_an_added_input_are_checked(faults):
    listed = faults(table(postes=[-1, 1], prix_du_poste=["x", "1"]), reformes=[au_poste])
    assert [(fault.column, fault.value, fault.expected) for fault in listed] == [
        ("postes", "-1", "un nombre entier entre 0 et 2\xa0147\xa0483\xa0647"),
        ("prix_du_poste", "x", "un nombre"),
    ]


def test_the_near_name_of_a_title_may_be_an_added_input(faults):
    communities = table(participation_sa=["oui", "oui"])
    listed = faults(communities, 2026, reformes=["condition_sas"])
    assert [(fault.column, fault.expected) for fault in listed] == [
        ("participation_sa", "« participation_sas »"),
        ("participation_sas", "une colonne remplie, que demande la réforme « condition_sas »"),
    ]


def test_a_shipped_reform_reads_its_input_beside_one_that_has_it_not():
    communities = table(participation_sas=["oui", "non"], acces_soins_retenue=["oui", "oui"])
    result = simulate(communities, 2026, ["avance_50", "condition_sas"], ["financement_annuel"])
    # Functioning, and the fixed half of the mission (no rate is given).
    law = [50_000 + 22_500, 60_000 + 26_000]
    assert result["financement_annuel"].to_list() == [*law, *law, 72_500, 60_000]


class computed_population(Reform):
    def apply(self):
        def formula(cpts, period):
            return cpts.empty_array() + 60_000

        attributes = {"formula": formula, "value_type": int, "entity": Cpts}
        attributes |= {"definition_period": YEAR, "label": "Population"}
        self.replace_variable(type("population", (Variable,), attributes))


def test_an_input_that_a_reform_computes_is_not_given_to_it():
    result = simulate(table(), 2024, [computed_population], ["population", "fonctionnement_annuel"])
    assert result["population"].to_list() == [30_000, 60_000, 60_000, 60_000]


class cotisation(Variable):
    """A monthly amount of a user's reform."""

    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = MONTH
    label = "Cotisation"

    def formula(cpts, period):
        return cpts.empty_array() + 10.5


class with_cotisation(Reform):
    def apply(self):
        self.add_variable(cotisation)


def test_the_months_of_an_added_amount_are_summed():
    result = simulate(table(), 2024, [with_cotisation], ["cotisation"])
    assert result["cotisation"].to_list() == [None, None, 126.0, 126.0]
    assert result["cotisation"].dtype == polars.Float64

"""Closed envelopes: the coefficient that the whole table gives, with figures added up by hand."""

import polars
import pytest

from openfisca_cpts.outils.simulation import RequestError, engine, simulate, study
from openfisca_cpts.outils.simulation.balance import COEFFICIENTS
from openfisca_cpts.reforms import Equilibre, Reforme

# Functioning alone: 50 000 + 60 000 + 75 000 = 185 000 euros a year.
TABLE = polars.DataFrame({"id": list("abc"), "population": [30_000, 60_000, 100_000]})
CONTRACTS = TABLE.with_columns(
    date_signature_contrat=polars.Series(["2025-07-01", "2026-03-15", "2024-11-30"]),
    parcours_date_demarrage=polars.Series(["2025-07-01", "2026-03-15", "2024-11-30"]),
    parcours_taux_atteinte=polars.Series([0.8, 1 / 3, 0.55]),
)
EARNED = ["financement_annuel"]


def envelope(amount, reform="enveloppe_fermee"):
    return [f"reformes.{reform}.enveloppe={amount}@2026-01-01"]


def test_a_closed_envelope_scales_every_amount():
    with study(
        TABLE, [2025, 2026], ["enveloppe_fermee"], EARNED, settings=envelope(148_000)
    ) as done:
        rows, coefficients = done.rows.collect(), done.coefficients
    assert dict(coefficients.schema) == COEFFICIENTS
    assert coefficients.drop("scenario").row(0) == (2026, 0.8, 185_000, 148_000, 148_000)
    assert rows["financement_annuel"].to_list() == [
        *([50_000, 60_000, 75_000] * 3),
        *(40_000, 48_000, 60_000),
    ]


def test_an_envelope_that_is_not_spent_stays_so():
    with study(TABLE, 2026, ["enveloppe_fermee"], EARNED) as done:
        assert done.coefficients.drop("scenario").row(0) == (2026, 1, 185_000, 170e6, 185_000)
        blocks = done.rows.collect().partition_by("scenario", include_key=False)
        assert blocks[0].equals(blocks[1])


def test_each_year_has_its_own_coefficient():
    table = TABLE.with_columns(population_2027=polars.Series([40_000, 60_000, 100_000]))
    with study(table, 2027, ["enveloppe_fermee"], EARNED, settings=envelope(97_500)) as done:
        found = done.coefficients.select("annee", "coefficient").rows()
        assert done.rows.collect()["financement_annuel"].to_list()[3:] == [30_000, 30_000, 37_500]
    # In 2027 the first community has the functioning of taille 2: 195 000 euros in all.
    assert found == [(2026, 97_500 / 185_000), (2027, 0.5)]


def test_the_years_before_the_first_are_balanced_too():
    options = {"settings": envelope(100_000), "variables": ["versement_annuel"]}
    with study(CONTRACTS, [2026, 2027], ["enveloppe_fermee"], **options) as done:
        both = done.rows.collect().filter(annee=2027)
    with study(CONTRACTS, 2027, ["enveloppe_fermee"], **options) as done:
        assert done.coefficients["annee"].to_list() == [2026, 2027]
        assert done.rows.collect().equals(both)


@pytest.mark.parametrize("reform", ["enveloppe_fermee", "enveloppe_fermee_part_variable"])
def test_only_the_part_variable_or_everything(reform):
    # 185 000 of functioning, 105 000 of parts fixes, and the parts variables at their rates.
    variable = 25_000 * 0.8 + 35_000 / 3 + 45_000 * 0.55
    whole = 185_000 + 105_000 + variable
    budget = 300_000
    with study(CONTRACTS, 2026, [reform], EARNED, settings=envelope(budget, reform)) as done:
        (row,) = done.coefficients.iter_rows(named=True)
    fixed = 290_000 if "part_variable" in reform else 0
    assert row["total_avant"] == pytest.approx(whole, abs=1e-6)
    assert row["coefficient"] == pytest.approx((budget - fixed) / (whole - fixed), abs=1e-12)
    assert row["total_apres"] == pytest.approx(budget, abs=1e-6)


def test_a_budget_below_what_the_coefficient_reaches_is_refused():
    reform = "enveloppe_fermee_part_variable"
    with pytest.raises(RequestError) as refusal:
        simulate_with(reform, 200_000)
    message = str(refusal.value).replace("\xa0", " ")
    assert f"« {reform}+reglages » : aucun coefficient" in message
    assert "total de 2026 à 200 000,00 €. Il est de 290 000,00 € avec un coefficient nul" in message


def simulate_with(reform, budget):
    with study(CONTRACTS, 2026, [reform], EARNED, settings=envelope(budget, reform)) as done:
        return done.rows.collect()


@pytest.mark.parametrize("reform", ["seuils_lisses_neutres", "dotation_par_habitant"])
def test_a_neutral_reform_costs_what_the_law_costs(reform):
    rows = simulate(CONTRACTS, [2025, 2026, 2027], [reform], EARNED)
    totals = rows.group_by("scenario", "annee", maintain_order=True).agg(polars.col(EARNED).sum())
    law, reformed = totals.partition_by("scenario", maintain_order=True)
    assert reformed["financement_annuel"].to_list() == pytest.approx(
        law["financement_annuel"].to_list(), abs=1e-6
    )
    block = rows.filter(annee=2026).partition_by("scenario", maintain_order=True)
    assert block[0]["financement_annuel"].to_list() != block[1]["financement_annuel"].to_list()


@pytest.mark.parametrize("batch", [1, 2])
def test_the_coefficient_is_that_of_the_whole_table_for_any_batch(monkeypatch, batch):
    reforms = ["enveloppe_fermee", "seuils_lisses_neutres"]
    options = {"settings": envelope(123_456.78)}
    with study(CONTRACTS, [2026, 2028], reforms, **options) as done:
        rows, coefficients = done.rows.collect(), done.coefficients
    monkeypatch.setattr(engine, "BATCH", batch)
    with study(CONTRACTS, [2026, 2028], reforms, **options) as done:
        assert done.coefficients.equals(coefficients)
        assert done.rows.collect().equals(rows)
    with study(CONTRACTS.reverse(), [2026, 2028], reforms, **options) as done:
        assert done.coefficients.equals(coefficients)


def test_a_coefficient_stands_in_the_parameters_of_the_scenario():
    with study(TABLE, 2026, ["enveloppe_fermee"], settings=envelope(148_000)) as done:
        law, scenario = done.scenarios
    leaf = scenario.system.parameters.reformes.enveloppe_fermee.coefficient
    assert leaf("2026-01-01") == 0.8
    assert "enveloppe" in leaf.metadata["reference"]["2026-01-01"][0]["title"]
    assert "reformes" not in law.system.parameters.children


def test_two_budgets_in_one_scenario_are_refused():
    with pytest.raises(RequestError, match="une seule le peut"):
        simulate(TABLE, 2026, ["enveloppe_fermee+seuils_lisses_neutres"])


class squared(Reforme):
    nom = "squared"
    titre = "Un coefficient au carré"
    equilibre = Equilibre("aci.versements.taux_avance", "obligations.seuil_commissaire_aux_comptes")

    def changer_formules(self):
        law = self.get_variable("financement_annuel")

        def formula_2019_08_25(cpts, period, parameters):
            return 100_000 * parameters(period).aci.versements.taux_avance ** 2

        attributes = {"formula_2019_08_25": formula_2019_08_25}
        self.update_variable(type("financement_annuel", type(law).__bases__, attributes))


def test_a_total_that_is_no_straight_line_is_refused():
    with pytest.raises(RequestError, match="en ligne droite"):
        simulate(TABLE, 2026, [squared])


def test_an_empty_table_has_nothing_to_balance():
    empty = polars.DataFrame({"id": []})
    with study(empty, 2026, ["enveloppe_fermee", "seuils_lisses_neutres"]) as done:
        assert done.coefficients["coefficient"].to_list() == [1, 1]

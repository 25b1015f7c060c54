"""Payment plans side by side: hypotheses of one community, reforms, months of a span."""

from pathlib import Path

import polars
import pytest

from openfisca_cpts.outils.plan import schedule, schedules
from openfisca_cpts.outils.simulation import RequestError, simulate
from openfisca_cpts.outils.tables.treasury import labels, monthly, references, tables

FICTIONAL = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
HYPOTHESES = Path(__file__).parents[3] / "examples" / "trois_hypotheses.csv"
SPAN = {"premiere": "2026-12", "derniere": "2028-05"}


def test_three_futures_of_a_community_give_the_three_columns_of_its_treasurer():
    plans = schedules(HYPOTHESES, **SPAN)
    sums = [round(monthly(plans)[str(rank)].sum(), 2) for rank in range(3)]
    assert sums == [389_796.23, 385_413.52, 357_166.10]
    assert labels(plans) == ["CPTS du Val", "CPTS du Val, qualité + 3 mois", "CPTS du Val, 60 %"]
    assert references(plans) == [None, 0, 0]
    assert (plans[0].mois[0], plans[0].mois[-1], len(plans[0].mois)) == ("2026-12", "2028-05", 18)
    _, cumulative, whole = tables(plans)
    assert cumulative.rows["2"][-1] == pytest.approx(357_166.10, abs=0.005)
    assert cumulative.rows["ecart_2"][-1] == pytest.approx(357_166.10 - 389_796.23, abs=0.01)
    assert whole.rows.select("sur", "montant", "plafond").row(0) == pytest.approx(
        (259_275.68, 389_796.23, 422_426.37), abs=0.005
    )


def test_the_months_of_a_span_are_those_of_the_years_that_it_cuts():
    years = schedule(FICTIONAL, "fictive-03", premiere=2022, derniere=2024)
    span = schedule(FICTIONAL, "fictive-03", premiere="05/2022", derniere="2024-02")
    inside = polars.col("mois").is_between(polars.lit("2022-05"), polars.lit("2024-02"))
    assert span.versements.equals(years.versements.filter(inside))
    assert 0 < span.versements.height < years.versements.height
    assert span.totaux["donne"].sum() == pytest.approx(span.versements["montant"].sum())


@pytest.mark.parametrize("reform", ["part_variable_60", "avance_50", "snp_non_avance"])
def test_a_plan_under_a_reform_is_what_simulate_pays(reform):
    ids = ["fictive-03", "fictive-07"]
    years = range(2019, 2031)
    plans = schedules(FICTIONAL, ids, reformes=[reform], premiere=2019, derniere=2030)
    paid = simulate(FICTIONAL, years, [reform], variables=["versement_annuel"])
    assert [(plan.id, plan.scenario) for plan in plans] == [
        (identifier, scenario) for identifier in ids for scenario in ("droit_en_vigueur", reform)
    ]
    assert references(plans) == [None, 0, None, 2]
    for plan in plans:
        expected = paid.filter(id=plan.id, scenario=plan.scenario)["versement_annuel"].to_list()
        assert plan.totaux["donne"].to_list() == pytest.approx(expected, abs=1e-6)


def test_a_mission_that_a_reform_adds_has_its_lines():
    given = {
        "id": ["a"],
        "population": [60_000],
        "date_signature_contrat": ["2025-03-01"],
        "france_sante_retenue": ["oui"],
        "france_sante_structures_labellisees": [2],
    }
    law, reformed = schedules(polars.DataFrame(given), reformes=["france_sante"])
    paid = simulate(
        polars.DataFrame(given), law.annees, ["france_sante"], variables=["versement_annuel"]
    )
    for plan in (law, reformed):
        expected = paid.filter(scenario=plan.scenario)["versement_annuel"].to_list()
        assert plan.totaux["donne"].to_list() == pytest.approx(expected, abs=1e-6)
    assert labels([law, reformed])[0] == "Droit en vigueur"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"premiere": "2026-13"}, "« 2026-13 » n'est ni une année ni un mois"),
        ({"premiere": "mars"}, "2026, 2026-12 ou 12/2026"),
        ({"premiere": "2026-12-01"}, "ni une année ni un mois"),
        ({"derniere": "2015-12"}, "L'année 2015 est demandée"),
        ({"premiere": "2026-12", "derniere": "2026-05"}, r"Le premier mois \(2026-12\) est après"),
        ({"reformes": ["part_variable_6"]}, "« part_variable_60 »"),
        ({"reformes": ["enveloppe_fermee"]}, "enveloppe_fermee=0,9"),
        ({"identifiants": ["bas"]}, "le plus proche : « base »"),
    ],
)
def test_what_cannot_be_is_refused(asked, said):
    with pytest.raises(RequestError, match=said):
        schedules(HYPOTHESES, **asked)


def test_plans_of_one_name_are_told_apart():
    table = polars.DataFrame({"id": ["a", "b"], "nom": ["CPTS", "CPTS"]})
    assert labels(schedules(table)) == ["CPTS (a)", "CPTS (b)"]

"""The payment plan of one community: its lines, what they rest on, its deadlines, its totals."""

import datetime
from pathlib import Path

import polars
import pytest

from openfisca_cpts.legislation import missions
from openfisca_cpts.outils.plan import schedule
from openfisca_cpts.outils.simulation import RequestError, TableError, simulate
from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.engine import build
from openfisca_cpts.outils.simulation.reading import read

FICTIONAL = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
IDS = polars.read_csv(FICTIONAL, separator=";")["id"].to_list()
YEARS = range(2019, 2031)
RATES = [mission.cle for mission in missions() if mission.evaluees]


def plan(**cells):
    return schedule(polars.DataFrame({"id": ["a"]} | {key: [cell] for key, cell in cells.items()}))


def lines(result, month):
    rows = result.versements.filter(mois=month).select("libelle", "montant").rows()
    return {label.replace("\u00a0", " "): amount for label, amount in rows}


SIGNED = {
    "population": 60_000,
    "date_signature_contrat": "2021-09-15",
    "parcours_date_demarrage": "2021-09-15",
}


def with_rates(table, rate):
    others = [title for title in table.columns if "taux_atteinte" not in title]
    rates = (polars.lit(rate).alias(f"{mission}_taux_atteinte") for mission in RATES)
    return table.select(*others, *rates)


@pytest.fixture(scope="module")
def paid():
    """What `simulate` pays to the fictional communities, with the three rates."""
    table = polars.read_csv(FICTIONAL, separator=";", infer_schema=False)
    cases = {"sur": with_rates(table, 0), "donne": table, "plafond": with_rates(table, 1)}
    return {
        case: simulate(given, YEARS, variables=["versement_annuel"])
        for case, given in cases.items()
    }


@pytest.fixture(scope="module")
def months(system):
    """What each month pays to the fictional communities."""
    simulation = build(system, check_communities(read(FICTIONAL), [system]), YEARS)
    keys = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]
    return {key: simulation.calculate("versement_total", key) for key in keys}


@pytest.mark.parametrize("identifier", IDS)
def test_the_lines_of_each_month_are_what_it_pays(months, identifier):
    result = schedule(FICTIONAL, identifier)
    sums = dict(result.versements.group_by("mois").agg(polars.col("montant").sum()).rows())
    for key, totals in months.items():
        assert sums.pop(key, 0.0) == pytest.approx(totals[IDS.index(identifier)], abs=1e-6)
    assert not sums


@pytest.mark.parametrize("identifier", IDS)
def test_the_three_totals_are_those_of_three_tables(paid, identifier):
    result = schedule(FICTIONAL, identifier, premiere=YEARS[0], derniere=YEARS[-1])
    assert result.annees == result.totaux["annee"].to_list() == list(YEARS)
    for case, frame in paid.items():
        expected = frame.filter(id=identifier)["versement_annuel"].to_list()
        assert result.totaux[case].to_list() == pytest.approx(expected, abs=1e-6)


def test_the_words_of_each_kind_of_line():
    result = plan(
        **SIGNED,
        region="11",
        date_lettre_intention="2020-02-01",
        depenses_amorcage_constitution=40_000,
        parcours_taux_atteinte_2022=0.8,
        acces_soins_date_demarrage="2022-09-15",
        acces_soins_organisation_snp_2022="oui",
        crise_sanitaire_date_demarrage="2022-09-15",
        crise_sanitaire_declaree_2023="oui",
        date_resiliation="2024-03-15",
    )
    assert lines(result, "2020-02") == {"aide à l'amorçage": 30_000}
    assert lines(result, "2021-09") == {
        "avance 100 %, fonctionnement, exercice 1": 60_000,
        "avance 75 %, part fixe, parcours, exercice 1": 26_250,
    }
    assert lines(result, "2022-09") == {
        "avance 75 %, fonctionnement, exercice 2": 45_000,
        "avance 75 %, part fixe et supplément SNP, accès aux soins, exercice 2": 53_250,
        "avance 75 %, part fixe, parcours, exercice 2": 26_250,
        "solde 25 %, part fixe, parcours, exercice 1": 8_750,
        "avance 75 %, part fixe, crise sanitaire, exercice 2": 26_250,
    }
    assert lines(result, "2023-09") == {
        "avance 75 %, fonctionnement, exercice 3": 45_000,
        "solde 25 %, fonctionnement, exercice 2": 15_000,
        "avance 75 %, part fixe, accès aux soins, exercice 3": 19_500,
        "solde 25 %, part fixe et supplément SNP, accès aux soins, exercice 2": 17_750,
        "avance 75 %, part fixe, parcours, exercice 3": 26_250,
        "solde 25 %, part fixe, parcours, exercice 2": 8_750,
        "avance 75 %, part fixe et part de crise, crise sanitaire, exercice 3": 52_500,
        "solde 25 %, part fixe, crise sanitaire, exercice 2": 8_750,
    }
    assert lines(result, "2023-11") == {
        "part variable à 80 %, parcours, exercice 2": 28_000,
        "part variable, taux non donné, accès aux soins, exercice 2": 0,
    }
    ends = lines(result, "2024-03")
    functioning = "régularisation de fin de contrat (reprise), fonctionnement, exercice 3"
    assert ends[functioning] == pytest.approx(60_000 * (182 / 366 - 0.75))
    assert len(ends) == 4


def test_two_exercices_that_share_a_month_share_a_line():
    result = plan(**SIGNED | {"parcours_date_demarrage": "2022-09-10"})
    assert lines(result, "2022-09") == {
        "avance 75 %, fonctionnement, exercice 2": 45_000,
        "avance 75 %, part fixe, parcours, exercices 1 et 2": pytest.approx(26_250 * (1 + 5 / 365)),
        "solde 25 %, part fixe, parcours, exercice 1": pytest.approx(8_750 * 5 / 365),
    }


@pytest.mark.parametrize(
    ("given", "variable", "month", "statut"),
    [
        # The statuts are those of the figures of the community's own size and region.
        ({}, "fonctionnement_avance", "2021-09", "document_public"),
        ({}, "parcours_avance", "2021-09", "document_public"),
        ({"population": 100_000}, "acces_soins_avance", "2023-09", "deduit"),
        ({"population": 60_000}, "acces_soins_avance", "2023-09", "hypothese"),
        ({"region": "11"}, "versement_amorcage", "2020-02", "hypothese"),
        ({"region": "93"}, "versement_amorcage", "2020-02", "hypothese"),
    ],
)
def test_the_statut_behind_a_line(given, variable, month, statut):
    start_up = {"date_lettre_intention": "2020-02-01", "depenses_amorcage_diagnostic": 1}
    started = {"acces_soins_date_demarrage": "2021-09-15"}
    result = plan(**SIGNED | start_up | started | given)
    (row,) = result.versements.filter(variable=variable, mois=month).to_dicts()
    assert row["statut"] == statut


def test_the_weakest_statut_counts(system, monkeypatch):
    advance = system.parameters.aci.versements.taux_avance
    monkeypatch.setitem(advance.metadata["statut"], "2019-08-25", "hypothese")
    monkeypatch.setattr(
        "openfisca_cpts.outils.simulation.scenarios.CountryTaxBenefitSystem", lambda: system
    )
    paid = plan(**SIGNED).versements.filter(polars.col("montant") != 0)
    assert set(paid["statut"]) == {"hypothese"}


def test_each_line_carries_the_reference_of_its_variable(system):
    for row in schedule(FICTIONAL, "fictive-01").versements.to_dicts():
        assert row["article"] == " ; ".join(system.get_variable(row["variable"]).reference)


def test_the_deadlines_of_the_core_missions():
    result = plan(**SIGNED | {"prevention_date_demarrage": "2022-09-16"})
    day = datetime.date
    absent = "date de démarrage non donnée"
    assert result.echeances.rows() == [
        ("Accès aux soins", day(2022, 3, 15), day(2023, 3, 15), None, True, absent),
        ("Parcours", day(2022, 9, 15), day(2023, 9, 15), day(2021, 9, 15), False, "à temps"),
        ("Prévention", day(2022, 9, 15), day(2023, 9, 15), day(2022, 9, 16), True, "en retard"),
        ("Crise sanitaire", day(2023, 3, 3), day(2024, 3, 3), None, True, absent),
    ]


def test_a_contract_that_ends_before_a_deadline_is_not_late():
    result = plan(**SIGNED | {"date_resiliation": "2022-03-01"})
    assert result.echeances["en_retard"].to_list() == [False] * 4


def test_the_years_are_those_of_its_life():
    assert plan(**SIGNED).annees == list(range(2021, 2027))
    late = SIGNED | {"date_signature_contrat": "2021-12-15"}
    assert plan(**late).annees == list(range(2021, 2028))
    assert plan(**SIGNED | {"date_lettre_intention": "2012-01-01"}).annees[0] == 2016
    assert plan(**SIGNED | {"date_fin_convenue": "2100-12-31"}).annees[-1] == 2101


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "Rien à verser : ni lettre d'intention acceptée"),
        ({"date_validation_projet_sante": "2024-01-01"}, "Rien à verser : ni lettre"),
        ({"date_lettre_intention": "2024-01-01"}, "Aucune dépense d'amorçage"),
        (
            {"date_lettre_intention": "2015-01-01", "depenses_amorcage_diagnostic": 1},
            "n'est pas modélisée pour une lettre du 01/01/2015",
        ),
        ({"date_signature_contrat": "2024-01-01"}, "Ni la population ni la taille n'est donnée"),
        (SIGNED | {"date_resiliation": "2021-09-15"}, "prend fin le jour de sa signature"),
    ],
)
def test_a_plan_that_pays_nothing_says_why(cells, said):
    result = plan(**cells)
    assert result.versements.height == 0
    assert any(said in note for note in result.remarques)
    assert not result.totaux["plafond"].sum()


def test_what_a_plan_leaves_out_is_said():
    assert any("Taux d'atteinte non donné" in note for note in plan(**SIGNED).remarques)
    assert plan(**SIGNED, parcours_taux_atteinte=0.1).remarques == []
    (said,) = plan(**SIGNED, parcours_taux_atteinte_2024=0.1).remarques
    assert "non donné pour 4\u00a0parts variables" in said
    without = {key: SIGNED[key] for key in ("population", "date_signature_contrat")}
    assert any("seul le fonctionnement" in note for note in plan(**without).remarques)


def test_a_community_is_chosen_by_its_identifier():
    assert schedule(FICTIONAL, "fictive-06").nom == "CPTS fictive en projet, sans contrat"
    with pytest.raises(RequestError, match=r"Le tableau a 13 communautés .*« fictive-01 »"):
        schedule(FICTIONAL)
    with pytest.raises(RequestError, match=r"« fictive-6 » \(le plus proche : « fictive-"):
        schedule(FICTIONAL, "fictive-6")
    with pytest.raises(RequestError, match="Le tableau a 0 communautés"):
        schedule(polars.DataFrame({"id": []}))


def test_a_fault_of_another_row_is_a_fault_of_the_table():
    table = polars.DataFrame({"id": ["a", "b"], "population": ["1", "-1"]})
    with pytest.raises(TableError, match="communauté « b »"):
        schedule(table, "a")


def test_years_that_cannot_be_are_refused():
    with pytest.raises(RequestError, match="après la dernière"):
        schedule(FICTIONAL, "fictive-01", premiere=2025, derniere=2024)
    with pytest.raises(RequestError, match="2015"):
        schedule(FICTIONAL, "fictive-01", premiere=2015)


def test_a_known_size_is_not_said_to_be_missing():
    remarks = plan(taille_connue="taille 2", date_signature_contrat="2024-01-01").remarques
    assert not any("population" in remark for remark in remarks)

"""Totals, winners and losers, changes of size, differences: small results, added up by hand."""

import polars
import pytest

from openfisca_cpts.outils.simulation import (
    RequestError,
    aggregate,
    compare,
    simulate,
    size_changes,
    winners_losers,
)

LAW, REFORM = "droit_en_vigueur", "reforme_1"
RESULT = polars.DataFrame(
    [
        (LAW, 2024, "a", "A", "06", "taille_1", 10, 100.0),
        (LAW, 2024, "b", "B", "13", "taille_1", 20, 200.25),
        (LAW, 2024, "c", None, "13", "taille_2", 30, 300.5),
        (LAW, 2024, "d", "D", None, "indeterminee", 0, 0.0),
        (REFORM, 2024, "a", "A", "06", "taille_2", 10, 150.0),
        (REFORM, 2024, "b", "B", "13", "taille_1", 20, 200.254),
        (REFORM, 2024, "c", None, "13", "taille_1", 30, 250.0),
        (REFORM, 2024, "d", "D", None, "indeterminee", 0, 0.0),
    ],
    schema={
        "scenario": polars.String,
        "annee": polars.Int32,
        **dict.fromkeys(("id", "nom", "departement", "taille"), polars.String),
        "population_retenue": polars.Int32,
        "financement_annuel": polars.Float64,
    },
    orient="row",
)


@pytest.fixture(params=["eager", "lazy"])
def result(request):
    return RESULT if request.param == "eager" else RESULT.lazy()


def test_aggregate_by_size(result):
    totals = aggregate(result)
    assert totals.columns == [
        *("scenario", "annee", "taille", "nombre_communautes"),
        *("population_retenue", "financement_annuel"),
    ]
    assert totals.rows() == [
        (LAW, 2024, "indeterminee", 1, 0, 0.0),
        (LAW, 2024, "taille_1", 2, 30, 300.25),
        (LAW, 2024, "taille_2", 1, 30, 300.5),
        (REFORM, 2024, "indeterminee", 1, 0, 0.0),
        (REFORM, 2024, "taille_1", 2, 50, 450.254),
        (REFORM, 2024, "taille_2", 1, 10, 150.0),
    ]


def test_aggregate_by_a_kept_column_and_by_nothing(result):
    totals = aggregate(result, "departement", ["population_retenue"])
    assert totals.filter(scenario=LAW).drop("scenario", "annee").rows() == [
        ("06", 1, 10),
        ("13", 2, 50),
        (None, 1, 0),
    ]
    whole = aggregate(result, by=(), variables="financement_annuel")
    assert whole.rows() == [(LAW, 2024, 4, 600.75), (REFORM, 2024, 4, 600.254)]
    assert aggregate(result, ["departement", "taille"]).height == 4 + 3


def test_aggregate_by_region():
    table = polars.DataFrame({"id": ["a", "b"], "region": [93, 53], "population": [1, 2]})
    rows = simulate(table, 2024, variables=["region_ars", "plafond_financement"])
    assert aggregate(rows, ["region"])["region_ars"].to_list() == [
        "bretagne",
        "provence_alpes_cote_d_azur",
    ]


def test_a_sum_does_not_depend_on_the_order_of_rows():
    amounts = [1e16, 1.0, -1e16, 0.1] * 250
    rows = polars.DataFrame(
        {"scenario": LAW, "annee": 2024, "taille": "taille_1", "financement_annuel": amounts}
    )
    forwards = aggregate(rows)["financement_annuel"].item()
    assert aggregate(rows.reverse())["financement_annuel"].item() == forwards == 275.0


def test_winners_and_losers(result):
    table = winners_losers(result)
    assert table.columns == [
        *("scenario", "annee", "nombre_communautes"),
        *("gagnantes", "perdantes", "inchangees"),
        *("montant_gagne", "montant_perdu", "solde"),
    ]
    # b wins four thousandths of a euro: nothing.
    assert table.rows() == [(REFORM, 2024, 4, 1, 1, 2, 50.0, 50.5, -0.5)]


def test_winners_and_losers_are_grouped_by_the_size_of_the_law(result):
    table = winners_losers(result, by=["taille"])
    assert table.drop("scenario", "annee").rows() == [
        ("indeterminee", 1, 0, 0, 1, 0.0, 0.0, 0.0),
        ("taille_1", 2, 1, 0, 1, 50.0, 0.0, 50.0),
        ("taille_2", 1, 0, 1, 0, 0.0, 50.5, -50.5),
    ]


def test_changes_of_size(result):
    table = size_changes(result)
    assert table.columns == [
        *("scenario", "annee", "taille_droit_en_vigueur", "taille_reforme"),
        *("nombre_communautes", "financement_annuel_difference"),
    ]
    assert [(*row[2:5], round(row[5], 6)) for row in table.rows()] == [
        ("indeterminee", "indeterminee", 1, 0.0),
        ("taille_1", "taille_1", 1, 0.004),
        ("taille_1", "taille_2", 1, 50.0),
        ("taille_2", "taille_1", 1, -50.5),
    ]


def test_compare(result):
    table = compare(result, keep=["departement"])
    assert table.columns == [
        *("annee", "id", "nom", "departement", "taille_droit_en_vigueur", "taille_reforme"),
        *(f"financement_annuel_{what}" for what in (LAW, "reforme", "difference")),
    ]
    assert table.row(2) == (2024, "c", None, "13", "taille_2", "taille_1", 300.5, 250.0, -50.5)
    assert table["id"].to_list() == list("abcd")
    named = compare(result, REFORM, ["population_retenue"])
    assert named["population_retenue_difference"].to_list() == [0, 0, 0, 0]


def test_several_reforms_and_years_keep_their_order():
    table = polars.DataFrame({"id": ["b", "a"], "population": [90_000, 30_000]})
    rows = simulate(
        table, [2025, 2026], ["part_variable_60", "avance_50"], ["taille", "financement_annuel"]
    )
    blocks = [(name, year) for name in ("part_variable_60", "avance_50") for year in (2025, 2026)]
    for found in (
        winners_losers(rows),
        size_changes(rows).unique(["scenario", "annee"], maintain_order=True),
    ):
        assert found.select("scenario", "annee").rows() == blocks
    assert aggregate(rows, by=()).select("scenario", "annee").rows() == [
        (LAW, 2025),
        (LAW, 2026),
        *blocks,
    ]
    assert compare(rows, "avance_50")["id"].to_list() == ["b", "a"] * 2
    with pytest.raises(RequestError, match="2 réformes"):
        compare(rows)
    with pytest.raises(RequestError, match="« avance_50 »"):
        compare(rows, "avance_5")


@pytest.mark.parametrize("verb", [winners_losers, size_changes, compare])
def test_without_the_law_there_is_nothing_to_compare_to(verb):
    with pytest.raises(RequestError, match="« droit_en_vigueur »"):
        verb(RESULT.filter(scenario=REFORM))


def test_without_a_reform_nobody_wins():
    law = RESULT.filter(scenario=LAW)
    assert winners_losers(law).height == size_changes(law).height == 0
    assert aggregate(law).height == 3


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda rows: aggregate(rows, ["departemen"]), "« departement »"),
        (lambda rows: aggregate(rows, ["financement_annuel"]), "regrouper"),
        (lambda rows: aggregate(rows, ["id"]), "regrouper"),
        (lambda rows: aggregate(rows, variables=["taille"]), "pas un nombre"),
        (lambda rows: winners_losers(rows, "versement_annuel"), "versement_annuel"),
        (lambda rows: compare(rows, keep=["commune"]), "« commune »"),
    ],
)
def test_what_a_result_does_not_have_is_refused(ask, message):
    with pytest.raises(RequestError, match=message):
        ask(RESULT)

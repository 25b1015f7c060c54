"""Payments in a table: monthly variables by year, and batches that change nothing."""

import polars
import pytest
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.outils.simulation import default_variables, engine, simulate

TABLE = polars.DataFrame(
    {
        "id": list("abcdefg"),
        "nom": ["A", None, "C", "D", "E", "F", "G"],
        "region": ["11", "93", None, "11", "53", "01", "11"],
        "population_2020": [30_000, 50_000, 100_000, 200_000, None, 39_999, 175_000],
        "date_lettre_intention": ["2020-05-01"] * 7,
        "depenses_amorcage_diagnostic": [0.0, 10.0, 26_000.0, 31_000.0, 5.5, 0.0, 29_999.0],
        "date_signature_contrat": [
            *("2020-05-01", "2021-06-02", "2022-07-03", None),
            *("2023-08-04", "2024-02-29", "2020-12-31"),
        ],
        "parcours_date_demarrage": ["2021-01-01"] * 7,
        "parcours_taux_atteinte": [0.5] * 7,
        "date_resiliation": [None, None, "2024-01-15", None, None, None, "2021-06-30"],
    }
)
MONTHLY = ["versement_total", "parcours_avance", "parcours_regularisation", "versement_amorcage"]


def test_a_monthly_amount_is_the_sum_of_the_calendar_year(system):
    years = range(2020, 2026)
    result = simulate(TABLE, years, variables=[*MONTHLY, "versement_annuel"])
    assert result["versement_annuel"].equals(result["versement_total"], check_names=False)
    given = {
        "population": {"2020": TABLE["population_2020"].fill_null(0).to_numpy()},
        "region_ars": {
            "ETERNITY": [
                *("ile_de_france", "provence_alpes_cote_d_azur", "inconnue", "ile_de_france"),
                *("bretagne", "guadeloupe", "ile_de_france"),
            ]
        },
        "depenses_amorcage_diagnostic": {
            "ETERNITY": TABLE["depenses_amorcage_diagnostic"].to_numpy()
        },
        "parcours_taux_atteinte": {str(year): [0.5] * 7 for year in range(2019, 2027)},
    }
    for name in TABLE.columns:
        if "date" in name:
            days = TABLE[name].fill_null("9999-12-31").to_list()
            given[name] = {"ETERNITY": days}
    simulation = SimulationBuilder().build_from_variables(system, given)
    for year in years:
        rows = result.filter(annee=year)
        for name in MONTHLY:
            months = [simulation.calculate(name, f"{year}-{month:02}") for month in range(1, 13)]
            assert rows[name].to_list() == pytest.approx(sum(months).tolist(), abs=1e-9)


def test_another_monthly_variable_is_that_of_december():
    wanted = ["etape", "exercice_contractuel", "contrat_en_cours", "date_fin_contrat"]
    row = simulate(TABLE, [2024], variables=wanted).row(2, named=True)
    assert row["etape"] == "contrat_termine"
    assert (row["exercice_contractuel"], row["contrat_en_cours"]) == (0, False)
    assert str(row["date_fin_contrat"]) == "2027-07-03"
    row = simulate(TABLE, [2023], variables=wanted).row(2, named=True)
    assert (row["etape"], row["exercice_contractuel"]) == ("missions_demarrees", 2)
    assert row["contrat_en_cours"] is True


def test_a_ceiling_is_not_summed():
    result = simulate(TABLE, 2024, variables=["amorcage_fir_plafond"])
    assert result["amorcage_fir_plafond"].to_list() == [
        *(30_000, 25_000, 25_000, 30_000, 40_000, 25_000, 30_000)
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7])
def test_the_size_of_the_batches_changes_nothing(monkeypatch, size):
    wanted = [*default_variables(), *MONTHLY[:3], "etape", "date_signature_contrat", "region_ars"]
    whole = simulate(TABLE, [2020, 2024], variables=wanted)
    counts = []
    build = engine.build

    def counted(system, communities, *rest):
        counts.append(communities.identities.height)
        return build(system, communities, *rest)

    monkeypatch.setattr(engine, "BATCH", size)
    monkeypatch.setattr(engine, "build", counted)
    assert simulate(TABLE, [2020, 2024], variables=wanted).equals(whole)
    assert max(counts) == size
    assert sum(counts) == TABLE.height


def test_each_batch_is_freed_before_the_next(monkeypatch, system):
    earlier = []
    build = engine.build

    def arrays(simulation):
        return [name for name in system.variables if simulation.get_known_periods(name)]

    def watched(*arguments):
        assert not any(map(arrays, earlier))
        earlier.append(build(*arguments))
        assert arrays(earlier[-1])
        return earlier[-1]

    monkeypatch.setattr(engine, "BATCH", 2)
    monkeypatch.setattr(engine, "build", watched)
    simulate(TABLE, [2020, 2021])
    assert len(earlier) == 4

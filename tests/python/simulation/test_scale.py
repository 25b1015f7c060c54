"""The totals of the law come out of `simulate`."""

import polars
import pytest

from openfisca_cpts.outils.simulation import default_variables, simulate

FOUR_SIZES = polars.DataFrame(
    {"id": ["a", "b", "c", "d"], "population": [39_999, 79_999, 175_000, 175_001]}
)


@pytest.mark.parametrize(
    ("annee", "variable", "amounts"),
    [
        (2020, "plafond_financement_hors_snp", [185_000, 242_000, 315_000, 380_000]),
        (2020, "plafond_financement", [220_000, 287_000, 370_000, 450_000]),
        (2023, "plafond_financement", [287_500, 379_500, 487_500, 580_000]),
        (2023, "plafond_financement_courant", [237_500, 309_500, 397_500, 480_000]),
    ],
)
def test_the_totals_of_the_four_sizes(annee, variable, amounts):
    result = simulate(FOUR_SIZES, annee, variables=["taille", variable])
    assert result["taille"].to_list() == ["taille_1", "taille_2", "taille_3", "taille_4"]
    assert result[variable].to_list() == amounts


def test_a_contract_of_taille_3_in_its_fifth_year():
    table = polars.DataFrame({"id": ["a"], "population": [100_000]})
    expected = {
        "acces_soins_part_fixe": 35_000,
        "acces_soins_supplement_snp": 55_000,
        "acces_soins_part_variable": 35_000,
        "parcours_part_fixe": 45_000,
        "prevention_part_variable": 17_500,
        "crise_sanitaire_montant_actualisation": 22_500,
        "crise_sanitaire_part_crise": 67_500,
        "qualite_part_fixe": 15_000,
        "accompagnement_part_variable": 10_000,
    }
    result = simulate(table, 2025, variables=list(expected))
    assert result.select(*expected).row(0, named=True) == expected


def test_what_a_year_earns_counts_missions_rates_and_conditions():
    table = polars.DataFrame(
        {
            "id": ["a"],
            "population": [60_000],
            "parcours_retenue": [True],
            "parcours_taux_atteinte": [0.8],
            "acces_soins_date_demarrage": ["2024-12-31"],
            "acces_soins_organisation_snp": ["oui"],
            "crise_sanitaire_date_demarrage": ["2024-03-01"],
        }
    )
    result = simulate(table, [2023, 2024, 2025], variables=["financement_annuel"])
    parcours = 35_000 + 35_000 * 0.8
    acces_soins = 26_000 + 45_000
    assert result["financement_annuel"].to_list() == [
        60_000 + parcours,
        60_000 + parcours + acces_soins + 35_000,
        60_000 + parcours + acces_soins + 17_500,
    ]


def test_the_columns_and_rows_of_a_result():
    table = polars.DataFrame({"id": ["b", "a"], "nom": ["B", None], "population": [1, 2]})
    result = simulate(table, [2025, 2024])
    assert result.columns == ["scenario", "annee", "id", "nom", *default_variables()]
    assert result.select("scenario", "annee", "id", "nom").rows() == [
        ("droit_en_vigueur", 2024, "b", "B"),
        ("droit_en_vigueur", 2024, "a", None),
        ("droit_en_vigueur", 2025, "b", "B"),
        ("droit_en_vigueur", 2025, "a", None),
    ]
    types = dict(zip(result.columns, result.dtypes, strict=True))
    assert types["annee"] == polars.Int32
    assert types["population_retenue"] == polars.Int32
    assert types["taille"] == polars.String
    assert types["financement_annuel"] == polars.Float64


def test_inputs_can_be_asked_for_and_a_day_is_a_day():
    table = polars.DataFrame(
        {"id": ["a", "b"], "date_signature_contrat": ["2021-03-15", ""]}
    ).with_columns(parcours_retenue=True)
    result = simulate(table, 2024, variables=["date_signature_contrat", "region_ars"])
    assert result["date_signature_contrat"].dtype == polars.Date
    assert [str(day) for day in result["date_signature_contrat"]] == ["2021-03-15", "9999-12-31"]
    assert result["region_ars"].to_list() == ["inconnue", "inconnue"]


def test_a_missing_population_and_a_window_before_the_agreement_give_zero_and_say_why():
    table = polars.DataFrame(
        {"id": ["a", "b"], "population": [50_000, None], "region": ["bretagne", "bretagne"]}
    )
    result = simulate(table, [2019, 2020])
    amounts = result.select(polars.selectors.float()).drop("plafond_indemnites_membre")
    zero = amounts.select(polars.all_horizontal(polars.all() == 0)).to_series()
    assert zero.to_list() == [True, True, False, True]
    assert result["motif_non_calculable"].to_list() == [
        "hors_champ_temporel",
        "hors_champ_temporel",
        "aucun",
        "population_inconnue",
    ]

"""What a set of communes is in a year, against the figures that INSEE publishes."""

from pathlib import Path

import polars
import pytest

from openfisca_cpts.outils.simulation import simulate
from openfisca_cpts.outils.territoires.candidates import candidates, left_out
from openfisca_cpts.outils.territoires.census import DATA, census_for, communes, former_codes
from openfisca_cpts.outils.territoires.identify import identify
from openfisca_cpts.outils.territoires.population import count
from openfisca_cpts.outils.territoires.region_names import names_by_code
from openfisca_cpts.outils.territoires.territory import TerritoryError, territory

SOURCES = Path(__file__).parents[3] / "examples" / "sources"
PUBLISHED = {
    # Besançon, and Paris, whole.
    ("25056", 2024): (119_198, "taille_3"),
    ("75056", 2024): (2_133_111, "taille_4"),
    # The 15th arrondissement of Paris, alone.
    ("75115", 2024): (227_746, "taille_4"),
    # Two Saint-Denis.
    ("97411", 2024): (154_765, "taille_3"),
    ("93066", 2024): (146_321, "taille_3"),
    ("25056", 2022): (117_912, "taille_3"),
    ("25056", 2026): (118_489, "taille_3"),
    ("69123", 2024): (522_250, "taille_4"),
}


@pytest.mark.parametrize(("code", "year"), PUBLISHED)
def test_published_populations_and_sizes(code, year):
    found = territory([code], year)
    assert (found.inhabitants, found.size) == PUBLISHED[code, year]
    assert found.census == year - 3
    assert found.remarks == []


def test_the_whole_country_is_what_insee_publishes():
    """Without Mayotte and the overseas collectivities, as the official totals of the law."""
    whole = communes().filter(polars.col("ville").is_null())
    # The collectivities have no agency; Mayotte (06) has one census of its own.
    codes = [code for code in names_by_code() if code != "06"]
    metropole = whole.filter(polars.col("region").is_in(codes))
    sums = {2016: 66_361_658, 2019: 66_988_403, 2020: 67_162_154, 2021: 67_408_052}
    for census, expected in sums.items():
        assert metropole[f"pmun{census}"].cast(polars.Int64).sum() == expected, census


def test_the_thresholds_on_either_side():
    found = territory(["25056"], 2024)
    assert [(each.size, each.inhabitants, each.gap) for each in found.nearest] == [
        ("taille_3", 80_000, 39_198),
        ("taille_4", 175_000, -55_802),
    ]
    (only,) = territory(["1001"], 2024).nearest
    assert (only.size, only.gap) == ("taille_2", 832 - 40_000)
    (last,) = territory(["75056"], 2024).nearest
    assert last.size == "taille_4"


def test_a_commune_that_was_founded_again_has_no_figure_before():
    with pytest.raises(TerritoryError, match="15031 Celles n'a pas de chiffre au recensement de"):
        territory(["15031"], 2024)
    assert territory(["15031"], 2025).inhabitants == 217
    # It was a part of 15141: the sum without it is whole, and the commune is told.
    both = territory(["15031", "15141"], 2024)
    assert both.inhabitants == territory(["15141"], 2024).inhabitants
    assert "15031 Celles" in both.remarks[0]


def test_a_code_that_a_spreadsheet_made_a_number_and_one_of_a_merged_commune():
    found = territory(["1001", "44219"], 2024)
    assert found.communes["code"].to_list() == ["01001", "44180"]
    padded, merged = found.remarks
    assert "« 1001 » lu comme 01001" in padded
    assert merged.startswith("44219 (Vritz, commune déléguée) est aujourd'hui dans 44180")
    assert territory(["1001.0", " 2a004 "], 2024).communes["code"].to_list() == ["01001", "2A004"]


def test_every_former_code_leads_to_a_commune_of_today():
    lost = former_codes().join(communes(), left_on="actuel", right_on="code", how="anti")
    # The three communes that have no inhabitant left are in no census.
    assert lost.height <= 10
    both = former_codes().join(communes(), on="code", how="semi")
    assert not both.height


def test_a_name_is_taken_where_it_is_unique():
    assert territory(["besancon"], 2024).inhabitants == 119_198
    assert territory(["St Denis (93)", "SAINT-DENIS (974)"], 2024).inhabitants == 154_765 + 146_321
    for words, said in {
        ("Saint-Denis",): "4 communes ont ce nom : 11339 (11), 30247 (30), 93066 (93), 97411 (974)",
        ("Besancn",): "la plus proche : 25056 Besançon",
        ("99999",): "aucune commune n'a le code 99999",
        ("25999",): "la plus proche : 25",
        ("",): "un code ou un nom de commune est attendu",
        ("75056", "75115"): "75115 Paris 15e Arrondissement est une partie de 75056 Paris",
        (): "Aucune commune n'est donnée",
    }.items():
        with pytest.raises(TerritoryError) as refusal:
            territory(words, 2024)
        assert said in str(refusal.value), words


def test_every_word_that_is_refused_is_named_at_once():
    with pytest.raises(TerritoryError) as refusal:
        territory(["99999", "25056", "Nulle-Part"], 2024)
    assert [fault.partition(" :")[0] for fault in refusal.value.faults] == [
        "« 99999 »",
        "« Nulle-Part »",
    ]


def test_a_commune_given_twice_counts_once_and_is_told():
    found = territory(["25056", "25056", "Besançon"], 2024)
    assert found.inhabitants == 119_198
    assert found.communes.height == 1
    assert "comptées une seule : 25056 Besançon" in found.remarks[0]


def test_the_census_of_a_year_without_one_is_carried_over():
    assert {year: census_for(year) for year in (2018, 2019, 2020, 2021, 2026, 2030)} == {
        2018: 2016,
        2019: 2016,
        2020: 2016,
        2021: 2018,
        2026: 2023,
        2030: 2023,
    }
    assert territory(["25056"], 2020).inhabitants == 116_466


def test_communities_are_summed_at_once_for_all_censuses():
    table = polars.DataFrame(
        {"id": ["b", "a", "b"], "code": ["25056", "01001", "15031"]},
    )
    counted = count(table)
    assert counted.communities["id"].to_list() == ["b", "a"]
    row = counted.communities.row(0, named=True)
    assert (row["pmun2021"], row["pmun2023"]) == (119_198, 118_489 + 217)
    assert (row["sans_chiffre_pmun2021"], row["sans_chiffre_pmun2023"]) == (1, 0)
    shared = count(polars.DataFrame({"id": ["a", "b"], "code": ["25056", "25056"]}))
    assert "dans plusieurs communautés (a, b)" in shared.remarks[0]


def test_a_long_list_is_identified_in_its_order():
    codes = communes()["code"].reverse()
    named = identify(codes)
    assert named.communes["code"].to_list() == codes.to_list()
    assert not named.faults


def test_the_populations_of_the_real_region_give_its_sizes():
    """The sizes that the sums by commune had, against those of the law for the same inhabitants."""
    source = polars.read_csv(SOURCES / "cpts_paca_derived.csv", infer_schema_length=0)
    for census in (2019, 2023):
        counts = source[f"pmun{census}"].cast(polars.Int64)
        table = polars.DataFrame({"id": source["id"], "population": counts})
        sizes = simulate(table, census + 3, variables=["taille"])["taille"]
        assert sizes.to_list() == [f"taille_{size}" for size in source[f"taille_pmun{census}"]]


def test_candidate_territories_are_all_of_france_by_intercommunal_body():
    table = candidates()
    assert table.height == 1_255
    assert table["id"].n_unique() == 1_255
    assert not table["region"].null_count()
    everyone = communes().filter(polars.col("ville").is_null())["pmun2023"].cast(polars.Int64).sum()
    without = left_out()["habitants"].cast(polars.Int64).sum()
    assert table["population_2026"].sum() + without == everyone
    assert left_out().filter(polars.col("agence"))["nom"].to_list() == [
        *("Île-de-Bréhat", "Île-de-Sein", "Ouessant", "L'Île-d'Yeu"),
    ]


def test_the_package_holds_the_files_and_says_where_they_come_from():
    sizes = {file.name: file.stat().st_size for file in DATA.glob("*.parquet")}
    assert set(sizes) == {"anciens_codes.parquet", "communes.parquet", "epci.parquet"}
    assert sum(sizes.values()) < 1_000_000
    told = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(name in told for name in sizes)
    assert "Licence Ouverte" in told

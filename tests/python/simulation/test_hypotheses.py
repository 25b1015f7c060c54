"""What a table does not give is counted, with what it does to the amounts; rates are assumed."""

import datetime
from pathlib import Path

import numpy
import polars
import pytest

from openfisca_cpts.outils.plan import schedule
from openfisca_cpts.outils.simulation import RequestError, simulate, solve, study
from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.hypotheses import hypotheses
from openfisca_cpts.outils.simulation.hypotheses_words import COMPLETE, sentences
from openfisca_cpts.outils.simulation.rates import rates, with_rates
from openfisca_cpts.outils.simulation.reading import read

FICTIONAL = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
AMOUNTS = ["financement_annuel", "versement_annuel"]
# Size 2, one mission: 70 000 a year, half of it variable.
ONE_YEAR = {
    "population_2023": 62_300,
    "date_signature_contrat": "2023-03-15",
    "parcours_date_demarrage": "2023-03-15",
    "parcours_taux_atteinte_2026": 0.8,
}
PART = 35_000


def table(*rows):
    return polars.DataFrame([{"id": str(rank)} | row for rank, row in enumerate(rows)])


def counted(source, years, key, system, **options):
    """Give the rows of one finding, without the year's column of the other findings."""
    communities = check_communities(read(source), [system])
    return hypotheses(system, communities, list(years), **options).of(key)


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_rate_of_one_year_is_missing_in_the_others(system):
    found = counted(table(ONE_YEAR), range(2025, 2029), "taux_absent", system)
    columns = ["annee", "communautes", "missions", "financement", "versement"]
    # What is paid in a year is the part variable of the exercice that opened the year before.
    assert found.select(columns).rows() == [
        (2025, 1, 1, PART, PART),
        (2026, 1, 1, 0, PART),
        (2027, 1, 1, PART, 0),
        (2028, 1, 1, PART, PART),
    ]


def test_a_rate_of_zero_is_given(system):
    given = table(ONE_YEAR | {"parcours_taux_atteinte": 0})
    assert not counted(given, range(2025, 2029), "taux_absent", system).height


@pytest.mark.parametrize("rows", ["first", "all"])
def test_the_most_that_rates_are_worth_is_what_the_law_gives_at_one(system, rows):
    """Whichever cells are empty, filling them with 1 adds what was said, to the cent."""
    generator = numpy.random.default_rng(20)
    source = polars.read_csv(FICTIONAL, separator=";", infer_schema=False)
    rates = [title for title in source.columns if "taux_atteinte" in title]
    holes = source.with_columns(
        polars.when(polars.Series(generator.random(source.height) < 0.5)).then(polars.col(title))
        for title in rates
    )
    holes = holes.head(3) if rows == "first" else holes
    years = list(range(2020, 2029))
    said = counted(holes, years, "taux_absent", system)
    assert said.height > 5
    filled = simulate(holes, years, variables=AMOUNTS, default_rate=1)
    empty = simulate(holes, years, variables=AMOUNTS)
    for (year, _), block in filled.group_by("annee", "scenario"):
        before = empty.filter(annee=year)
        row = said.filter(annee=year).to_dicts() or [{"financement": 0, "versement": 0}]
        for amount, column in zip(AMOUNTS, ("financement", "versement"), strict=True):
            more = block[amount].sum() - before[amount].sum()
            assert row[0][column] == pytest.approx(more, abs=1e-6)
        moved = (block.select(AMOUNTS) - before.select(AMOUNTS)).max_horizontal() > 1e-6
        assert row[0].get("communautes", 0) == moved.sum()


def test_a_population_is_that_of_another_year(system):
    source = table(
        {"population_2021": 10_000, "population_2024": 20_000},
        {"population_2021": None, "population_2024": 30_000},
        {"population_2021": 0, "population_2024": None},
    )
    found = counted(source, [2020, 2021, 2023, 2024, 2026], "population_reportee", system)
    assert found.select("annee", "communautes", "annee_reprise").rows() == [
        (2020, 1, 2021),
        (2020, 1, 2024),
        (2021, 1, 2024),
        (2023, 1, 2021),
        (2023, 1, 2024),
        (2026, 2, 2024),
    ]
    absent = counted(source, [2019, 2020, 2026], "population_absente", system)
    assert absent.select("annee", "communautes").rows() == [(2020, 1), (2026, 1)]
    outside = counted(source, [2019, 2020], "annee_hors_champ", system)
    assert outside.select("annee", "communautes").rows() == [(2019, 3)]


def test_the_year_a_population_is_taken_from_is_that_of_the_law(system):
    generator = numpy.random.default_rng(7)
    years = [2021, 2022, 2024, 2026]
    cells = numpy.where(generator.random((50, 4)) < 0.5, generator.integers(1, 10**6, (50, 4)), 0)
    source = table(
        *(
            dict(zip([f"population_{y}" for y in years], map(int, row), strict=True))
            for row in cells
        )
    )
    communities = check_communities(read(source), [system])
    asked = list(range(2020, 2028))
    result = simulate(source, asked, variables=["population_retenue"])
    for rank, row in enumerate(cells):
        one = hypotheses(system, communities.take([rank]), asked).of("population_reportee")
        for year, origin in one.select("annee", "annee_reprise").iter_rows():
            kept = result.filter(annee=year, id=str(rank))["population_retenue"].item()
            assert kept == row[years.index(origin)] > 0


def test_contracts_that_are_not_there_yet_or_any_more(system):
    source = table(
        ONE_YEAR | {"date_signature_contrat": "2024-05-01"},
        ONE_YEAR | {"date_signature_contrat": None},
        {
            "population": 50_000,
            "date_signature_contrat": "2023-01-01",
            "date_resiliation": "2024-01-01",
        },
        {"population": 50_000, "date_signature_contrat": "2024-01-01", "parcours_retenue": True},
    )
    years = [2022, 2023, 2024, 2025, 2030]

    def rows(key, *columns):
        found = counted(source, years, key, system)
        return found.select("annee", "communautes", *columns).rows()

    assert rows("contrat_absent") == [(year, 1) for year in years]
    assert rows("contrat_a_venir") == [(2022, 3), (2023, 2)]
    day = datetime.date
    assert rows("contrat_qui_finit", "premier_jour", "dernier_jour") == [
        (2024, 1, day(2024, 1, 1), day(2024, 1, 1)),
    ]
    assert rows("contrat_fini") == [(2025, 1), (2030, 3)]
    # Core missions past their deadline (6 then 12 months), and one that is retained, never dated.
    assert rows("demarrage_absent", "missions") == [(2023, 1, 2), (2024, 2, 5), (2025, 2, 7)]


SOCLES = ("acces_soins", "parcours", "prevention")


def test_a_condition_that_is_not_given_is_said_with_what_it_could_be_worth(system):
    mission = {"population": 50_000, "acces_soins_retenue": True, "acces_soins_taux_atteinte": 1.0}
    unsaid = table(
        mission | {"acces_soins_organisation_snp": None},
        mission | {"acces_soins_organisation_snp": False},
        mission | {"acces_soins_organisation_snp": True},
        {"population": 50_000, "parcours_retenue": True, "acces_soins_organisation_snp": None},
    )
    (row,) = counted(unsaid, [2025], "condition_absente", system).iter_rows(named=True)
    # Size 2: the supplement of one community, the only one that has the mission and says nothing.
    assert (row["communautes"], row["missions"], row["financement"]) == (1, 1, 45_000)
    with study(unsaid, [2025]) as done:
        (said,) = [each for each in sentences(done.hypotheses, [2025]) if "Condition" in each]
    assert "1 communauté" in plain(said)
    assert "au plus 45 000,00 € de financement en année pleine de plus" in plain(said)


def test_nothing_missing_is_said_as_well(system):
    whole = table(
        {"population": 50_000, "date_signature_contrat": "2024-01-01"}
        | {f"{mission}_date_demarrage": "2024-01-01" for mission in ("crise_sanitaire", *SOCLES)}
        | {f"{mission}_taux_atteinte": 0.5 for mission in SOCLES}
        | {"acces_soins_organisation_snp": False, "crise_sanitaire_declaree": False}
    )
    with study(whole, [2025, 2026]) as done:
        assert not done.hypotheses.counts.height
        assert sentences(done.hypotheses, done.years) == [COMPLETE]


def test_a_table_of_no_community_lacks_nothing():
    with study(polars.DataFrame({"id": []}), [2025]) as done:
        assert not done.hypotheses.counts.height


def test_sentences_put_years_together(system):
    with study(table(ONE_YEAR), range(2025, 2030)) as done:
        said = [plain(sentence) for sentence in sentences(done.hypotheses, done.years)]
    assert (
        "Population reprise d'une autre année : de 2023 (recensement de 2020), 1 communauté de "
        "2025 à 2029." in said
    )
    assert any("1 mission (1 communauté) de 2025 à" in sentence for sentence in said)
    with study(table(ONE_YEAR), [2025, 2026], default_rate="80 %") as done:
        said = [plain(sentence) for sentence in sentences(done.hypotheses, done.years)]
    assert (
        "Taux d'atteinte non donné, supposé à 80 % : 1 mission (1 communauté) de 2025 à 2026 ; "
        "au plus 28 000,00 € de financement en année pleine, et 56 000,00 € versés, toutes années "
        "ensemble, en dépendent." in said
    )


def test_the_counts_do_not_depend_on_the_batches(system, monkeypatch):
    communities = check_communities(read(FICTIONAL), [system])
    whole = hypotheses(system, communities, [2020, 2024]).counts
    monkeypatch.setattr("openfisca_cpts.outils.simulation.engine.BATCH", 2)
    assert hypotheses(system, communities, [2020, 2024]).counts.equals(whole)


@pytest.mark.parametrize("rate", ["0,8", "80 %", "80%", 0.8, "0.8"])
def test_an_assumed_rate_fills_what_is_not_given_and_nothing_else(rate):
    source = table(ONE_YEAR | {"parcours_taux_atteinte_2025": 0})
    found = simulate(source, range(2025, 2029), variables=AMOUNTS, default_rate=rate)
    fixed = 60_000 + PART
    assert found.rows() == [
        ("droit_en_vigueur", 2025, "0", None, fixed, fixed + 0.8 * PART),
        ("droit_en_vigueur", 2026, "0", None, fixed + 0.8 * PART, fixed),
        ("droit_en_vigueur", 2027, "0", None, fixed + 0.8 * PART, fixed + 0.8 * PART),
        ("droit_en_vigueur", 2028, "0", None, fixed + 0.8 * PART, 23_750 + 0.8 * PART),
    ]


@pytest.mark.parametrize("rate", [-0.1, 1.2, "80", "beaucoup", "", float("nan"), True])
def test_a_rate_that_cannot_be_is_refused(rate):
    source = table(ONE_YEAR)
    for call in (
        lambda: simulate(source, 2026, default_rate=rate),
        lambda: schedule(source, default_rate=rate),
        lambda: solve(source, "aci.fonctionnement.taille_2", 1e5, 2026, default_rate=rate),
    ):
        with pytest.raises(RequestError, match=r"Le taux par défaut « .* » est refusé"):
            call()


def test_every_amount_rests_on_the_assumed_rate():
    """The totals of reforms, of the conventions and of a search are computed with it."""
    source = table(ONE_YEAR)
    with study(
        source, [2027], ["part_variable_60"], AMOUNTS, variantes=True, default_rate=1
    ) as done:
        assert done.rows.collect()["financement_annuel"].to_list() == [130_000, 130_000]
        assert set(done.ranges.filter(variable="financement_annuel")["total"]) == {130_000}
    found = solve(source, "aci.fonctionnement.taille_2", 131_000, 2027, default_rate=1)
    assert found.value == pytest.approx(61_000)


def test_filling_rates_keeps_what_was_given(system):
    communities = check_communities(read(table(ONE_YEAR, ONE_YEAR)), [system])
    filled = with_rates(communities, 0.5)
    for name in rates().values():
        given = filled.inputs[name]
        assert given.always.tolist() == [0.5, 0.5]
        assert not given.holds(2025, 2).any()
    assert filled.inputs["parcours_taux_atteinte"].by_year[2026].tolist() == [0.8, 0.8]
    assert filled.inputs["parcours_taux_atteinte"].holds(2026, 2).all()

"""What is read, but said: cut thousands, jumps of size, far years and days."""

import polars
import pytest

from openfisca_cpts.outils.simulation import Fault, simulate, study


@pytest.fixture
def said():
    def run(table):
        with study(table, 2024, variables=[]) as done:
            return done.communities.remarks

    return run


def test_nothing_is_said_of_a_plain_table(said, write_csv):
    assert said(write_csv("id;population_2023;population_2024", "a;95 000;96 000")) == []


def test_thousands_that_a_comma_cut_in_two_are_said(said, write_csv):
    path = write_csv("id,population_2023,population_2024", "b,48500,49000", "a,95,000")
    (remark,) = said(path)
    assert "milliers coupés" in remark
    assert "ligne 3, communauté « a », « 95 » (population_2023)" in remark
    assert "« 000 » (population_2024)" in remark


@pytest.mark.parametrize(("cell", "is_said"), [("999", True), ("1000", False), ("0", False)])
def test_a_population_of_no_community_is_said(said, write_csv, cell, is_said):
    assert bool(said(write_csv("id;population", f"a;{cell}", "b;50000"))) == is_said


@pytest.mark.parametrize(("first", "second"), [(95_000, 9_500), (9_500, 95_000), (50_000, 10_000)])
def test_a_jump_of_size_between_years_is_said(said, first, second):
    table = {
        "id": ["a", "b"],
        "population_2020": [first, 1_000],
        "population_2026": [second, 4_999],
    }
    (remark,) = said(polars.DataFrame(table))
    assert remark.startswith("Populations multipliées ou divisées par plus de 5 entre deux années")
    assert "ligne 2, communauté « a »" in remark
    assert " en 2020 et " in remark
    assert "« b »" not in remark


def test_years_are_compared_only_where_they_are_given(said):
    table = {"id": ["a", "b"], "population_2020": [None, 50_000], "population_2026": [60_000, 0]}
    assert said(polars.DataFrame(table)) == []


def test_only_the_first_ones_are_named(said):
    (remark,) = said(polars.DataFrame({"id": [*map(str, range(40))], "population": [10] * 40}))
    assert remark.count("communauté") == 5
    assert remark.endswith("; et 35\N{NO-BREAK SPACE}autres.")


@pytest.mark.parametrize("title", ["population_2062", "parcours_taux_atteinte_2099"])
def test_a_far_year_is_said(said, title):
    frame = polars.DataFrame({"id": ["a"], "population": [50_000], title: [1]})
    remarks = said(frame.with_columns(polars.col(title)))
    assert f"Colonne « {title} » : année lointaine (faute de frappe ?)." in remarks
    assert not any(
        "lointaine" in one for one in said(frame.with_columns(polars.lit("").alias(title)))
    )


def test_a_far_day_is_said_but_not_the_one_that_never_comes(said, write_csv):
    titles = "id;date_signature_contrat;date_fin_convenue"
    path = write_csv(titles, "a;15/03/2026;15/03/2062", "b;15/03/2026;31/12/9999")
    (remark,) = said(path)
    assert "ligne 2, communauté « a », 15/03/2062 (date_fin_convenue)" in remark
    assert "« b »" not in remark


@pytest.mark.parametrize("day", ["15/03/2202", "2101-01-01", "01/01/2101", "30/12/9999"])
def test_a_day_after_this_century_is_refused(write_csv, faults, day):
    (fault,) = faults(write_csv("id;date_resiliation", f"a;{day}"))
    expected = "une date JJ/MM/AAAA ou AAAA-MM-JJ, jusqu'au 31/12/2100"
    assert fault == Fault(expected, 2, "a", "date_resiliation", day)


def test_the_last_day_of_the_century_and_the_one_that_never_comes_are_read(write_csv):
    path = write_csv("id;date_resiliation", "a;31/12/2100", "b;31/12/9999")
    assert simulate(path, 2024, variables=["date_resiliation"]).height == 2


def test_remarks_go_with_the_communities_that_are_taken(write_csv):
    from openfisca_cpts import CountryTaxBenefitSystem
    from openfisca_cpts.outils.simulation.communities import check_communities
    from openfisca_cpts.outils.simulation.reading import read

    path = write_csv("id;population", "a;95", "b;50000")
    communities = check_communities(read(path), [CountryTaxBenefitSystem()])
    assert len(communities.remarks) == 1
    assert communities.take([1]).remarks == communities.remarks

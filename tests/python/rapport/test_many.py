"""A page of many communities counts them by steps: it never holds one mark for each."""

import polars
import pytest

from openfisca_cpts.outils.rapport import bins, theme


@pytest.fixture
def country():
    count = 3000
    return polars.DataFrame(
        {
            "id": [f"c{rank}" for rank in range(count)],
            "population": [10_000 + 60 * rank for rank in range(count)],
            "parcours_retenue": [True] * count,
            "parcours_taux_atteinte": [rank / count for rank in range(count)],
        }
    )


def test_above_the_limit_charts_count_communities(report, country):
    page = report(country, years=[2026], reforms=["part_variable_60"])
    marks = {key: sum(map(len, spec["datasets"].values())) for key, spec in page.specs.items()}
    assert max(marks.values()) < 1500
    bars = page.data("communautes_part_variable_60_financement_annuel")
    assert sum(bar["nombre"] for bar in bars) == 3000
    assert sum(cell["nombre"] for cell in page.data("population_droit_en_vigueur", 0)) == 3000
    assert "comptent par tranches" in page.words


def test_below_the_limit_each_community_has_its_mark(report, country):
    assert theme.theme()["most_points"] == 5000
    page = report(country.head(2500), years=[2026], reforms=["part_variable_60"])
    assert "communautes_part_variable_60_financement_annuel" in page.specs
    assert len(page.data("population", -1)) == 5000


@pytest.mark.parametrize(
    ("span", "most", "width"),
    [(100, 10, 10), (101, 10, 20), (0.9, 10, 0.1), (5, 10, 0.5), (0, 10, 1), (1e6, 40, 50_000)],
)
def test_the_width_of_a_step_is_one_that_a_reader_counts_with(span, most, width):
    assert bins.step(span, most) == pytest.approx(width)


def test_each_value_falls_in_its_step():
    rows = polars.DataFrame({"ecart": [-10.0, -0.5, 0.0, 0.0, 9.9, 10.0]}).lazy()
    found = bins.histogram(rows, "ecart", 2)
    assert found.rows() == [(-10.0, 0.0, 2), (0.0, 10.0, 3), (10.0, 20.0, 1)]
    assert bins.histogram(rows.head(0), "ecart", 2).rows() == []

"""What a reform costs under each convention: its total less that of the law under the same one."""

import polars
import pytest

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation import study
from openfisca_cpts.outils.simulation.cost_ranges import cost_ranges, moving, stored

EXACTLY = polars.DataFrame({"id": ["a", "b"], "population": [80_000, 60_000]})
# 80 000 inhabitants are of size 3, or of size 2 by the other reading.
SIZE_2 = {"aci.fonctionnement.taille_2": {"2026-01-01": 70_000}}
SIZE_3 = {"aci.fonctionnement.taille_3": {"2026-01-01": 90_000}}


@pytest.fixture(scope="module")
def ranges():
    with study(EXACTLY, 2026, [SIZE_2, SIZE_3], ["financement_annuel"], variantes=True) as done:
        yield done.ranges


def test_the_cost_of_a_convention_is_taken_from_the_law_under_it(ranges):
    low, high = cost_ranges(ranges).iter_rows(named=True)
    other, kept = "seuil_80000_taille_2", "conventions_retenues"
    # Size 2 gains 10 000 for one community, for both by the other reading. Totals: from 140 000 to
    # 145 000, when the law goes from 120 000 to 135 000; their ends do not give the cost.
    assert (low["bas"], low["retenu"], low["haut"]) == (10_000, 10_000, 20_000)
    assert (low["convention_bas"], low["convention_haut"]) == (kept, other)
    # Size 3 gains 15 000 for one, for none by the other reading.
    assert (high["bas"], high["retenu"], high["haut"]) == (0, 15_000, 15_000)
    assert (high["convention_bas"], high["convention_haut"]) == (other, kept)
    assert moving(cost_ranges(ranges)).height == 2


def test_a_cost_that_no_convention_moves():
    with study(
        EXACTLY,
        2026,
        [{"aci.fonctionnement.taille_4": {"2026-01-01": 1}}],
        ["financement_annuel"],
        variantes=True,
    ) as done:
        costs = cost_ranges(done.ranges)
    assert costs.select("bas", "retenu", "haut").row(0) == (0, 0, 0)
    assert costs["convention_bas"].to_list() == ["conventions_retenues"]
    assert moving(costs).height == 0


def test_every_cost_is_the_difference_of_two_totals_of_one_convention():
    """On the example, every amount, every shipped variant: against the totals, one by one."""
    from pathlib import Path

    table = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
    with study(table, [2024, 2026], ["part_variable_60", "avance_50"], variantes=True) as done:
        rows = {tuple(row[:4]): row[4] for row in done.ranges.iter_rows()}
        costs = cost_ranges(done.ranges)
    names = ("conventions_retenues", *reforms.VARIANTES)
    assert costs.height
    for row in costs.iter_rows(named=True):
        year, amount = row["annee"], row["variable"]
        each = {
            name: rows[row["scenario"], year, amount, name]
            - rows["droit_en_vigueur", year, amount, name]
            for name in names
        }
        assert row["bas"] == pytest.approx(min(each.values()), abs=1e-5)
        assert row["haut"] == pytest.approx(max(each.values()), abs=1e-5)
        assert row["retenu"] == pytest.approx(each["conventions_retenues"], abs=1e-5)
        assert each[row["convention_bas"]] == pytest.approx(row["bas"], abs=1e-5)
        assert each[row["convention_haut"]] == pytest.approx(row["haut"], abs=1e-5)


def test_what_the_record_keeps(ranges):
    law, first, _ = stored(ranges, ["financement_annuel"])
    assert law == {
        "scenario": "droit_en_vigueur",
        "annee": 2026,
        "variable": "financement_annuel",
        "total": {"bas": 120_000, "retenu": 135_000, "haut": 135_000},
    }
    assert first["total"] == {"bas": 140_000, "retenu": 145_000, "haut": 145_000}
    assert first["cout"] == {"bas": 10_000, "retenu": 10_000, "haut": 20_000}
    assert stored(ranges, []) == []

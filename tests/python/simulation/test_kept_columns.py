"""The columns that are carried to the result: those that are named, or every one."""

import polars
import pytest

from openfisca_cpts.outils.simulation import TableError, simulate, study

TABLE = polars.DataFrame(
    {
        "id": ["a", "b"],
        "Population 2026": [50_000, 90_000],
        "departement": ["06", "13"],
        "groupe": [1, 2],
    }
)


def test_a_star_keeps_all_that_is_read_as_nothing():
    rows = simulate(TABLE, 2026, keep="*", variables=["taille"])
    assert rows.columns == ["scenario", "annee", "id", "nom", "departement", "groupe", "taille"]
    assert rows["departement"].to_list() == ["06", "13"]
    assert rows["groupe"].to_list() == [1, 2]
    named = simulate(TABLE, 2026, keep=["groupe", "*"], variables=["taille"])
    assert named.columns[4:6] == ["groupe", "departement"]


def test_the_same_kind_of_frame_comes_out():
    pandas = pytest.importorskip("pandas")
    rows = simulate(
        pandas.DataFrame(TABLE.to_dict(as_series=False)), 2026, keep="*", variables=["taille"]
    )
    assert isinstance(rows, pandas.DataFrame)
    assert list(rows["departement"]) == ["06", "13"]


def test_a_slip_of_the_hand_is_kept_and_said():
    table = TABLE.rename({"Population 2026": "populaton_2026"})
    with study(table, 2026, keep="*", variables=["taille"]) as done:
        (said,) = (remark for remark in done.hypotheses.remarks if "populaton_2026" in remark)
    assert "gardée sans être lue ; si « population_2026 » était voulu" in said


@pytest.mark.parametrize("title", ["population_1999", "financement_annuel", "population_2026-03"])
def test_what_would_be_refused_still_is(title):
    with pytest.raises(TableError, match=title):
        simulate(TABLE.with_columns(polars.lit(1).alias(title)), 2026, keep="*")

"""What no convention may do: pay more of a year than the year."""

import os
from pathlib import Path

import polars
import pytest
from communities import simulation as simulate_communities
from communities import tables
from contracts import NAMES, apply
from hypothesis import given, seed, settings
from openfisca_core.periods import period

from openfisca_cpts import reforms
from openfisca_cpts.calcul.droits import montant_exercice
from openfisca_cpts.outils.simulation import simulate

EXAMPLE = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
PRORATA = "_exercice_prorata"
PARTS = ("part_fixe", "part_variable", "supplement_snp", "part_crise", "part_structures")
OPENED = range(2019, 2031)


def check_shares(system, communities):
    computed = simulate_communities(system, communities)
    cpts = computed.persons
    missions = [name.removesuffix(PRORATA) for name in system.variables if name.endswith(PRORATA)]
    assert missions
    for year in map(period, map(str, OPENED)):
        for mission in missions:
            share = computed.calculate(f"{mission}{PRORATA}", year)
            assert share.min() >= 0, (mission, year)
            assert share.max() <= 1, (mission, year)
            for part in PARTS:
                earned = f"{mission}_exercice_{part}"
                if earned in system.variables:
                    whole = montant_exercice(cpts, year, mission, f"{mission}_{part}")
                    assert (computed.calculate(earned, year) <= whole + 1e-9).all(), earned


@pytest.mark.parametrize("name", ["droit", *reforms.VARIANTES, "france_sante"])
def test_no_share_of_an_exercice_is_above_one(system, name):
    reformed = system if name == "droit" else apply(name, system)

    @settings(max_examples=8, deadline=None, database=None)
    @given(communities=tables())
    def check(communities):
        check_shares(reformed, communities)

    (seed(1)(check) if os.environ.get("CI") else check)()


def test_the_example_signed_on_29_february_is_paid_one_year():
    rows = simulate(EXAMPLE, 2024, ["prorata_douziemes"], ["versement_annuel"])
    paid = rows.filter(polars.col("id") == "fictive-02")["versement_annuel"].to_list()
    assert paid == pytest.approx([193_000, 193_000])


def test_every_convention_has_a_test_by_hand():
    folder = Path(__file__).parents[2] / "yaml" / "reforms"
    assert {file.stem for file in folder.glob("*.yaml")} == set(NAMES)

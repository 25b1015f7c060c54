"""A cohort of contracts from published counts, and its totals beside what was published."""

from pathlib import Path

import pytest

from openfisca_cpts.outils.cohorte.contracts import central, contracts
from openfisca_cpts.outils.cohorte.national import national
from openfisca_cpts.outils.cohorte.national_page import draw, page
from openfisca_cpts.outils.cohorte.published import assumptions, counts, figures, paid, sizes

PAGE = Path(__file__).parents[3] / "docs" / "totaux_nationaux.md"


@pytest.fixture(scope="module")
def found():
    return national()


def test_the_contracts_are_as_many_as_was_published_on_each_day():
    table = contracts()
    for day, count in counts():
        assert (table["date_signature_contrat"] < day).sum() == count, day
    assert table.height == 700
    assert table["id"].n_unique() == 700


def test_the_sizes_are_those_of_the_survey():
    assert sum(sizes().values()) == pytest.approx(1)
    # 4, 34.9, 38.6 and 12.1 percent, which add up to 89.6.
    table = contracts()
    shares = dict(table.group_by("taille_connue").len().iter_rows())
    for size, share in {
        "taille_1": 4,
        "taille_2": 34.9,
        "taille_3": 38.6,
        "taille_4": 12.1,
    }.items():
        assert shares[size] == pytest.approx(700 * share / 89.6, abs=1)


def test_the_same_seed_gives_the_same_table_and_another_one_another():
    assert contracts(seed=3).equals(contracts(seed=3))
    assert not contracts(seed=3).equals(contracts(seed=4))


def test_each_assumption_does_what_it_says():
    table = contracts(
        {"snp": 0, "taux": 0.5, "complementaires": 0, "demarrage": 0, "reconduits": 0}
    )
    assert set(table["acces_soins_organisation_snp"]) == {"non"}
    assert set(table["parcours_taux_atteinte"]) == {0.5}
    assert table["qualite_date_demarrage"].null_count() == table.height
    assert (table["parcours_date_demarrage"] == table["date_signature_contrat"]).all()
    assert table["date_fin_convenue"].null_count() == table.height
    with pytest.raises(KeyError):
        contracts({"inconnue": 1})


def test_another_draw_moves_the_totals_less_than_the_assumptions_do(found):
    for row in found.totals.iter_rows(named=True):
        drawn = row["tirages_haut"] - row["tirages_bas"]
        assert drawn < (row["seules_haut"] - row["seules_bas"]) / 2, row["annee"]
        assert (
            row["bas"] <= row["seules_bas"] <= row["central"] <= row["seules_haut"] <= row["haut"]
        )


def test_what_was_published_and_the_miss_of_2022_are_said(found):
    assert paid() == {2022: 105_800_000, 2023: 121_000_000, 2024: 170_000_000}
    rows = {row["annee"]: row for row in found.totals.iter_rows(named=True)}
    for year in (2023, 2024):
        assert rows[year]["seules_bas"] < paid()[year] < rows[year]["seules_haut"]
    assert rows[2022]["seules_haut"] < paid()[2022]
    text = page(found, "c.svg")
    assert "**2022** : le total publié, 105,8 M€, n'est atteint que si toutes" in text
    assert "il n'est pas comblé" in text


def test_the_page_of_the_checkout_is_what_the_command_writes(found):
    assert PAGE.read_text(encoding="utf-8") == page(found, "totaux_nationaux.svg")
    drawing = PAGE.with_suffix(".svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert draw(found.totals) == drawing


def test_every_figure_has_its_source_and_every_assumption_its_certainty():
    assert figures()["source"].str.starts_with("https://").all()
    assert figures()["citation"].str.len_chars().min() > 20
    for key, each in assumptions().items():
        assert each["statut"] == "hypothese", key
        low, kept, high = (each[end] for end in ("basse", "centrale", "haute"))
        assert min(low, high) <= kept <= max(low, high)
        assert each["source"]
    assert central().keys() == assumptions().keys()

"""Joined reforms: the same result in both orders, or a refusal in both, whatever is written."""

import itertools
import json

import polars
import pytest

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation import RequestError, scenarios, simulate, study
from openfisca_cpts.reforms.scenarios.coefficient_outre_mer import coefficient_outre_mer
from openfisca_cpts.reforms.scenarios.seuils_lisses import seuils_lisses

NAMES = (*reforms.SCENARIOS, *reforms.VARIANTES)
MAYOTTE = polars.DataFrame(
    {
        "id": ["a"],
        "region": ["mayotte"],
        "population": [30_000],
        "date_signature_contrat": ["2024-03-10"],
        "acces_soins_date_demarrage": ["2024-03-10"],
        "acces_soins_taux_atteinte": [0.8],
    }
)
CARE = MAYOTTE.with_columns(
    participation_sas=polars.Series(["non"]), part_generalistes_sas=polars.Series([0.2])
)
LAW = scenarios.CountryTaxBenefitSystem()


@pytest.fixture
def one_law(monkeypatch):
    """Read the law once: hundreds of compositions start from it."""
    monkeypatch.setattr(scenarios, "CountryTaxBenefitSystem", lambda: LAW)


def order_of(text):
    """Give the names of the reforms in the order in which they were applied, or the refusal."""
    try:
        *_, joined = scenarios.resolve(text)
    except RequestError as error:
        return frozenset(name for name in NAMES if f"« {name} »" in str(error))
    return [reform.nom for reform in joined.reforms]


@pytest.mark.parametrize("one", NAMES)
def test_every_pair_is_the_same_in_both_orders_or_refused_in_both(one_law, one):
    for other in NAMES[NAMES.index(one) + 1 :]:
        there = order_of(f"{one}+{other}")
        assert there == order_of(f"{other}+{one}")
        if isinstance(there, frozenset):
            assert there == {one, other}, "the refusal names both"


def test_the_pairs_that_set_the_same_amounts_are_refused(one_law):
    setting = {
        "dotation_par_habitant": "scale",
        "petit_territoire": "scale",
        "seuils_lisses": "scale",
        "seuils_lisses_neutres": "scale",
        "demarrage_plus_50": "functioning",
        "demarrage_plus_75": "functioning",
    }
    for one, other in itertools.combinations(setting, 2):
        assert order_of(f"{one}+{other}") == {one, other}
    assert order_of("credit_lettre_intention+credit_lettre_intention_bas") == {
        "credit_lettre_intention",
        "credit_lettre_intention_bas",
    }
    assert order_of("part_variable_60+part_variable_par_etapes") == {
        "part_variable_60",
        "part_variable_par_etapes",
    }


@pytest.mark.parametrize(
    ("one", "other", "variable", "value"),
    [
        # 30 000 inhabitants, between the knots of 20 000 and 60 000: 52 500 €, and 17 % more.
        ("seuils_lisses", "coefficient_outre_mer", "fonctionnement_annuel", 61_425),
        # 20 000 and a half of the 12 500 of the crisis plan, 2 % more the whole.
        ("crise_vers_prevention_50", "indexation", "prevention_montant", 26_775),
        # The whole mission is lost, and with it what the rate would have lost: functioning is left.
        ("condition_sas", "condition_sas_taux", "financement_annuel", 50_000),
    ],
)
def test_what_is_set_comes_first_by_hand(one, other, variable, value):
    for text in (f"{one}+{other}", f"{other}+{one}"):
        rows = simulate(CARE if "sas" in text else MAYOTTE, 2026, [text], [variable])
        assert rows[variable].to_list()[1] == pytest.approx(value)


def test_the_rate_is_bounded_before_the_mission_is_lost_in_part():
    # Half of the mission depends on the SAS: 22 500 + 0,4 × 22 500 = 31 500, half of it lost.
    setting = ["reformes.condition_sas.part_conditionnee=0.5@2026-01-01"]
    for text in ("condition_sas+condition_sas_taux", "condition_sas_taux+condition_sas"):
        with study(CARE, 2026, [text], ["financement_annuel"], settings=setting) as done:
            found = done.rows.collect()["financement_annuel"].to_list()[1]
        assert found == pytest.approx(50_000 + 31_500 / 2)


def test_outside_the_tools_what_would_be_lost_is_refused():
    assert seuils_lisses(LAW) is not None
    with pytest.raises(reforms.ReformeRefusee, match="s'applique avant « coefficient_outre_mer »"):
        seuils_lisses(coefficient_outre_mer(LAW))


def write(folder, name, table):
    path = folder / f"{name}.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


SCALE = "aci.fonctionnement.taille_1"


def test_files_that_set_one_figure_are_refused_where_their_days_meet(tmp_path):
    one = write(tmp_path, "une", {SCALE: {"2026-01-01": 1}})
    meets = write(tmp_path, "deux", {SCALE: {"2027-01-01": 2}})
    apart = write(tmp_path, "trois", {SCALE: {"2024-01-01.2025-12-31": 3}})
    for text in (f"{one}+{meets}", f"{meets}+{one}"):
        with pytest.raises(RequestError, match=f"fixent toutes deux « {SCALE} » à partir du 2027"):
            scenarios.resolve(text)
    for text in (f"{one}+{apart}", f"{apart}+{one}"):
        *_, joined = scenarios.resolve(text)
        leaf = joined.system.parameters.aci.fonctionnement.taille_1
        assert [leaf(day) for day in ("2023-06-01", "2025-12-31", "2026-01-01")] == [50_000, 3, 1]


def test_no_order_suits_two_reforms_that_undo_each_other():
    one, two = (
        reforms.declarer(
            {
                "nom": name,
                "titre": name,
                "source": {"title": "Essai"},
                "parametres": {
                    f"aci.fonctionnement.{fixed}": [{"a_partir_du": "2026-01-01", "valeur": 1}],
                    f"aci.fonctionnement.{raised}": [{"a_partir_du": "2026-01-01", "ajouter": 1}],
                },
            }
        )
        for name, fixed, raised in (
            ("une", "taille_1", "taille_2"),
            ("deux", "taille_2", "taille_1"),
        )
    )
    with pytest.raises(reforms.ReformeRefusee, match="aucun ordre ne convient"):
        reforms.composition.ordonner_chiffres([one, two], LAW.parameters)


def test_a_file_sets_the_dial_of_a_reform_wherever_it_is_written(tmp_path):
    dial = write(tmp_path, "seuil", {"reformes.petit_territoire.seuil": {"2026-01-01": 35_000}})
    for text in (f"petit_territoire+{dial}", f"{dial}+petit_territoire"):
        rows = simulate(MAYOTTE, 2026, [text], ["taille"])
        assert rows["taille"].to_list() == ["taille_1", "petit_territoire"]


def test_a_convention_reaches_the_mission_that_a_reform_adds():
    table = polars.DataFrame(
        {
            "id": ["a"],
            "population": [60_000],
            "date_signature_contrat": ["2025-01-01"],
            "france_sante_date_demarrage": ["2026-07-15"],
            "france_sante_retenue": ["non"],
            "france_sante_structures_labellisees": [0],
        }
    )
    with study(table, 2026, ["france_sante"], ["france_sante_avance"], variantes=True) as done:
        totals = done.ranges.filter(scenario="france_sante")
    found = dict(zip(totals["variante"], totals["total"], strict=True))
    assert found["conventions_retenues"] == pytest.approx(0.75 * 15_000 * 170 / 365)
    assert found["prorata_douziemes"] == pytest.approx(0.75 * 15_000 * 6 / 12)

"""The value of a figure that meets a budget: found, nearest, or none, as added up by hand."""

import re

import polars
import pytest

from openfisca_cpts.outils.simulation import RequestError, aggregate, solve, study

TABLE = polars.DataFrame(
    {
        "id": list("abc"),
        "population": [30_000, 60_000, 100_000],
        "parcours_retenue": ["oui", "oui", "non"],
        "parcours_taux_atteinte": [0.5, 0, 1],
    }
)
# Functioning 185 000; parcours 50 000 and 70 000, of which a part p is variable: 25 000 p of the
# first and 70 000 p of the second are not earned.
LAW = 185_000 + 120_000


def plain(solution):
    return solution.sentence.replace("\xa0", " ")


def test_a_ratio_is_found():
    found = solve(TABLE, "aci.missions.*.part_variable", LAW - 95_000 * 0.3, 2026)
    assert found.exact
    assert found.value == pytest.approx(0.3, abs=1e-9)
    assert found.total == pytest.approx(276_500, abs=0.005)
    assert plain(found) == (
        "Avec « aci.missions.*.part_variable » à 0,3 à partir du 1er janvier 2026, le total "
        "de « financement_annuel » en 2026 est de 276 500,00 €. "
        "Pour retrouver ce total : --set aci.missions.*.part_variable=0.3@2026-01-01"
    )


MANY = polars.concat([TABLE.with_columns(polars.col("id") + f"{rank:03}") for rank in range(300)])


@pytest.mark.parametrize(
    ("path", "target", "reforms"),
    [
        ("aci.missions.parcours.part_variable", 250_000 * 300 + 0.37, []),
        ("aci.missions.*.part_variable", 77_777_777.77, []),
        ("aci.fonctionnement.*", 88_888_888.88, []),
        ("aci.fonctionnement.taille_2", 80_000_001, ["avance_50"]),
        ("tailles.seuil_taille_2", 75_000_000, []),
    ],
)
def test_what_is_printed_gives_the_total_when_it_is_typed(path, target, reforms):
    """The value of the sentence and that of its `--set` are one, and give the total it prints."""
    found = solve(MANY, path, target, 2026, reformes=reforms)
    said = plain(found)
    setting = said.rpartition("--set ")[2]
    assert setting == found.setting
    written = setting.partition("=")[2].partition("@")[0].removeprefix("*")
    units = "(?: €| habitants| fois ses valeurs)?"
    french = re.search(rf"(?:à|trouvée,) ([\d ]+(?:,\d+)?){units} à partir du", said)[1]
    assert float(french.replace(" ", "").replace(",", ".")) == float(written) == found.value
    with study(MANY, 2026, reforms, settings=[setting]) as done:
        totals = aggregate(done.rows, by=(), variables=["financement_annuel"])
    total = totals["financement_annuel"].to_list()[-1]
    shown = f"{total:,.2f} €".replace(",", " ").replace(".", ",")
    assert f" {shown}. Pour retrouver" in said
    # No more decimals than a cent of the total asks for.
    assert len(written.partition(".")[2]) <= 12


@pytest.mark.parametrize("target", [LAW - 47_500 + 15_000, LAW - 47_500 - 60_000, 10_000_000])
def test_an_amount_is_found_above_and_below_the_law(target):
    found = solve(TABLE, "aci.fonctionnement.taille_2", target, 2026)
    assert found.exact
    assert found.value == pytest.approx(60_000 + target - (LAW - 47_500), abs=0.005)


def test_the_target_may_be_what_the_law_costs():
    found = solve(TABLE, "aci.missions.parcours.part_variable", LAW - 47_500, 2026)
    assert (found.exact, found.value) == (True, 0.5)


@pytest.mark.parametrize("target", [400_000, 100_000])
def test_when_no_ratio_does_the_reach_is_said(target):
    found = solve(TABLE, "aci.missions.*.part_variable", target, 2026)
    assert (found.value, found.total, found.exact) == (None, None, False)
    assert (found.lowest, found.highest) == ((1, LAW - 95_000), (0, LAW))
    assert "il va de 210 000,00 € (pour 1) à 305 000,00 € (pour 0)." in plain(found)


def test_when_no_amount_does_the_reach_is_said():
    found = solve(TABLE, "aci.fonctionnement.taille_2", 1_000, 2026)
    assert found.value is None
    assert found.lowest == (0, LAW - 47_500 - 60_000)
    assert "il va de 197 500,00 € (pour 0,00 €) à" in plain(found)


def test_a_figure_that_changes_nothing_is_said():
    for path in ("obligations.seuil_commissaire_aux_comptes", "aci.versements.taux_avance"):
        found = solve(TABLE, path, 300_000, 2026)
        assert (found.value, found.exact) == (None, False)
        assert "ne change rien : le total de « financement_annuel » en 2026 reste" in plain(found)


def test_a_threshold_is_a_whole_number_and_the_nearest_is_not_exact():
    # From 60 001 on the second community is of taille 1: 50 000 and 25 000 instead of 60 000 and
    # 35 000, 20 000 euros less. Nothing in between.
    law = LAW - 47_500
    found = solve(TABLE, "tailles.seuil_taille_2", law - 15_000, 2026)
    assert (found.exact, found.total) == (False, law - 20_000)
    assert 60_000 < found.value < 80_000
    assert isinstance(found.value, int)
    assert "Aucune valeur de « tailles.seuil_taille_2 » n'amène exactement" in plain(found)
    exact = solve(TABLE, "tailles.seuil_taille_2", law - 20_000, 2026)
    assert (exact.exact, exact.total) == (True, law - 20_000)


def test_a_threshold_stays_between_its_neighbours():
    found = solve(TABLE, "tailles.seuil_taille_3", 10, 2026)
    assert found.value is None
    assert "de 40 001 habitants à 174 999 habitants" in plain(found)


def test_in_a_reform_with_settings_and_on_what_is_paid():
    signed = TABLE.with_columns(date_signature_contrat=polars.lit("2026-03-01"))
    options = {"reformes": ["avance_50"], "variable": "versement_annuel"}
    # Signed in 2026: the functioning is paid in full, nothing else has started.
    found = solve(signed, "aci.fonctionnement.*", 300_000, 2026, equal=True, **options)
    assert (found.scenario, found.value) == ("avance_50", pytest.approx(100_000))
    options["settings"] = ["aci.fonctionnement.taille_1=0@2026-01-01"]
    found = solve(signed, "aci.fonctionnement.taille_2", 100_000, 2026, **options)
    assert (found.scenario, found.value) == ("avance_50+reglages", pytest.approx(25_000))


def test_figures_that_differ_keep_their_proportions_unless_they_must_be_equal():
    # Functioning 50 000, 60 000 and 75 000; parcours earns 95 000 - 47 500 + ... beside it.
    beside = LAW - 47_500 - 185_000
    found = solve(TABLE, "aci.fonctionnement.*", beside + 185_000 * 1.1, 2026)
    assert (found.exact, found.value) == (True, pytest.approx(1.1))
    assert "à 1,1 fois ses valeurs à partir du 1er janvier 2026" in plain(found)
    assert found.setting == "aci.fonctionnement.*=*1.1@2026-01-01"
    again = {"settings": [found.setting], "variables": ["fonctionnement_annuel"]}
    with study(TABLE, 2026, **again) as done:
        amounts = done.rows.collect().filter(scenario="reglages")["fonctionnement_annuel"]
        assert amounts.to_list() == pytest.approx([55_000, 66_000, 82_500])
    # The same as a file of a reform holds it.
    with study(TABLE, 2026, [found.declaration], variables=["fonctionnement_annuel"]) as done:
        reformed = done.rows.collect().filter(scenario="reglage_cherche")
        assert reformed["fonctionnement_annuel"].to_list() == amounts.to_list()
    equal = solve(TABLE, "aci.fonctionnement.*", beside + 210_000, 2026, equal=True)
    assert (equal.exact, equal.value) == (True, pytest.approx(70_000))


def test_a_dial_of_a_reform_that_balances():
    found = solve(
        *(TABLE, "reformes.enveloppe_fermee.enveloppe", 200_000, 2026), reformes="enveloppe_fermee"
    )
    assert (found.exact, found.value) == (True, pytest.approx(200_000))
    # An envelope that is not spent changes nothing more: the total of the law is the most.
    above = solve(
        *(TABLE, "reformes.enveloppe_fermee.enveloppe", 260_000, 2026), reformes="enveloppe_fermee"
    )
    assert above.value is None
    assert above.highest.total == LAW - 47_500


@pytest.mark.parametrize(
    ("path", "target", "year", "options", "message"),
    [
        ("aci.fonctionement.*", 1, 2026, {}, "« fonctionement » est inconnu"),
        ("aci.fonctionnement", 1, 2026, {}, "groupe de paramètres"),
        (
            *("reformes.enveloppe_fermee.coefficient", 1, 2026),
            *({"reformes": "enveloppe_fermee"}, "ne se règle pas"),
        ),
        ("aci.versements.*", 1, 2026, {}, "unités différentes"),
        ("tailles.*", 1, 2026, {}, "ne se suivent plus"),
        (
            "aci.missions.crise_sanitaire.montant.taille_1",
            1,
            2021,
            {},
            "n'existe pas avant le 03/09/2022",
        ),
        ("aci.fonctionnement.*", float("nan"), 2026, {}, "n'est pas un nombre"),
        ("aci.fonctionnement.*", 1, 1999, {}, "de 2016 à"),
        ("aci.fonctionnement.*", 1, 2026, {"variable": "taille"}, "n'est pas un nombre"),
        ("aci.fonctionnement.*", 1, 2026, {"variable": "financement"}, "n'existe pas"),
        (
            "aci.fonctionnement.*",
            1,
            2026,
            {"reformes": ["avance_50", "indexation"]},
            "un seul scénario",
        ),
    ],
)
def test_what_cannot_be_solved_is_refused(path, target, year, options, message):
    with pytest.raises(RequestError, match=message):
        solve(TABLE, path, target, year, **options)

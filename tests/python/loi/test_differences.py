"""Differences of figures: between two days of the law, between the law and a reform."""

import datetime

import pytest

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.loi.differences import between_dates, between_systems

SIZES = [f"taille_{rank}" for rank in (1, 2, 3, 4)]


def day(text):
    return datetime.date.fromisoformat(text)


def of(*settings):
    law = CountryTaxBenefitSystem()
    return between_systems(law.parameters, reforms.reglages(settings)(law).parameters)


def said(differences):
    return [
        (str(difference.start), str(difference.end or ""), difference.before, difference.after)
        for difference in differences
    ]


def test_what_changed_in_2022_is_this_and_nothing_else(system):
    found = between_dates(system.parameters, day("2022-01-01"), day("2023-01-01"))
    access = "aci.missions.acces_soins.montant"
    crisis = "aci.missions.crise_sanitaire"
    tables = ("montant", "montant_actualisation", "part_crise")
    assert [difference.path for difference in found] == [
        *(f"{access}.{size}" for size in SIZES),
        *(f"{crisis}.{table}.{size}" for table in tables for size in SIZES),
        *(f"{crisis}.delai_demarrage", f"{crisis}.delai_deploiement"),
        "indemnites.plafond_securite_sociale",
    ]
    assert [difference.change for difference in found[:4]] == [5_000] * 4
    assert [round(difference.rate, 4) for difference in found[:4]] == [
        0.125,
        0.1064,
        0.0769,
        0.0625,
    ]
    new = [difference for difference in found if difference.before is None]
    assert new == found[4:-1]
    assert all(difference.change is None and difference.rate is None for difference in new)
    assert {difference.start for difference in found[:-1]} == {day("2022-09-03")}
    (ceiling,) = found[-1:]
    assert (ceiling.before, ceiling.after, str(ceiling.end)) == (41_136, 43_992, "2023-12-31")
    assert all(difference.references and difference.statut for difference in found)


def test_the_eve_and_the_day_of_amendment_2(system):
    parameters = system.parameters
    assert not between_dates(parameters, day("2022-01-01"), day("2022-09-02"))
    assert len(between_dates(parameters, day("2022-09-02"), day("2022-09-03"))) == 4 + 12 + 2


def test_the_words_of_a_difference(system):
    second = between_dates(system.parameters, day("2022-01-01"), day("2023-01-01"))[1]
    assert second.label == (
        "Montant annuel de la mission « amélioration de l'accès aux soins », taille 2"
    )
    assert [text["note"] for text in second.references] == [
        "Taille 2 : hausse de la taille 3, étendue par analogie ; 47 000 + 5 000 = 52 000"
    ]
    assert (second.unit, second.statut) == ("currency-EUR", "hypothese")


def test_two_days_in_the_wrong_order_are_refused(system):
    with pytest.raises(ValueError, match="2022-01-01"):
        between_dates(system.parameters, day("2023-01-01"), day("2022-01-01"))


def test_a_reform_differs_over_its_interval_only():
    found = of("aci.fonctionnement.taille_1=55000@2026-01-01..2026-12-31")
    assert said(found) == [("2026-01-01", "2026-12-31", 50_000, 55_000)]
    assert found[0].statut == "reforme"
    assert found[0].references == [
        {"title": "Chiffre choisi par la personne qui simule, sans texte"}
    ]


def test_a_reform_that_outlives_a_change_of_the_law_differs_by_two_amounts():
    found = of("aci.missions.acces_soins.montant.taille_2=60000@2021-01-01")
    assert said(found) == [
        ("2021-01-01", "2022-09-02", 47_000, 60_000),
        ("2022-09-03", "", 52_000, 60_000),
    ]


def test_a_reform_that_says_what_the_law_says_differs_by_nothing():
    assert of("aci.missions.acces_soins.montant.taille_2=52000@2023-01-01") == []


def test_the_law_differs_from_itself_by_nothing(system):
    assert between_systems(system.parameters, system.parameters) == []


def test_a_parameter_that_a_reform_brings_is_new():
    law = CountryTaxBenefitSystem()
    reformed = reforms.trouver("france_sante")(law)
    found = between_systems(law.parameters, reformed.parameters)
    own = [difference for difference in found if difference.path.startswith("reformes.")]
    assert own
    assert {difference.before for difference in own} == {None}

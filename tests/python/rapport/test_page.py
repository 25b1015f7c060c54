"""The report: one page that says what the study says, in French, and asks nothing of a network."""

import re
from pathlib import Path

import pytest

PACA = Path(__file__).parents[3] / "examples" / "cpts_paca.csv"
FICTIONAL = PACA.with_name("cpts_fictives.csv")
TABLE = """id;nom;region;population;parcours_retenue;parcours_taux_atteinte
a;<script>alert(1)</script>;93;39999;oui;0,5
b;Bêta & fils;93;79999;oui;1
c;</script><b>Gamma;11;100000;;
"""
LOADED = ("src", "srcset", "data", "poster", "background", "action", "formaction")


def rows_of(page, *headings):
    """Give the rows of the first table that has some headings."""
    return next(table[1:] for table in page.tables if set(headings) <= set(table[0]))


def test_the_sections_stand_in_the_order_of_a_reader(report):
    page = report(FICTIONAL, reforms=["seuils_lisses_neutres", "nouveaux_seuils"], variantes=True)
    assert page.sections == [
        "hypotheses",
        "cout",
        "groupes",
        "gagnants",
        "communautes",
        "population",
        "anniversaires",
        "tailles",
        "textes",
        "enveloppe",
        "conventions",
        "certitude",
        "limites",
        "reproduire",
    ]


def test_without_a_reform_the_sections_that_make_sense(report):
    page = report(TABLE)
    assert page.sections == [
        *(
            "hypotheses",
            "cout",
            "groupes",
            "communautes",
            "population",
            "anniversaires",
            "certitude",
            "limites",
            "reproduire",
        ),
    ]
    assert "Le droit en vigueur" in page.words
    assert "Écart" not in page.words
    # The whole is no group: it would dwarf the others.
    drawn = {row["groupe"] for row in page.data("groupes_taille_financement_annuel")}
    assert drawn == {"taille 1", "taille 2", "taille 3"}


def test_what_it_costs_who_wins_and_who_loses(report):
    page = report(TABLE, reforms=["part_variable_60"])
    assert "Communautés 3" in page.words
    assert "Années 2025 à 2026" in page.words
    # Sizes 1, 2 and 3: 50 000 + 60 000 + 75 000, and parcours at 0.5 (37 500) and at 1 (70 000).
    assert "total de 2026 : 292 500,00 € sous le droit en vigueur" in page.words
    assert "2 500,00 € de moins (−0,9 %)" in page.words
    title = "Part variable des missions portée de la moitié à 60 %"
    assert ["2026", title, "3", "219 998", "290 000,00 €", "−2 500,00 €", "−0,9 %"] in (
        rows_of(page, "Écart")
    )
    movements = rows_of(page, "Gagnantes", "Solde")
    assert movements == [
        ["2025", "3", "0", "0", "3", "0,00 €", "0,00 €", "0,00 €"],
        ["2026", "3", "0", "1", "2", "0,00 €", "2 500,00 €", "−2 500,00 €"],
    ]
    sizes = rows_of(page, "Taille", "Par habitant")
    paid = ["87 500,00 €", "2,19 €", "85 000,00 €", "−2 500,00 €"]
    assert ["taille 1", "1", "39 999", *paid] in sizes
    assert ["ensemble", "3", "219 998", "292 500,00 €", "1,33 €", "290 000,00 €"] in [
        row[:6] for row in sizes
    ]
    regions = rows_of(page, "Région", "Par habitant")
    paid = ["75 000,00 €", "0,75 €", "75 000,00 €", "0,00 €"]
    assert ["Île-de-France", "1", "100 000", *paid] in regions


def test_what_was_changed_and_its_source(report):
    page = report(TABLE, reforms=["part_variable_60"])
    changes = rows_of(page, "Paramètre", "Avant", "Après")
    assert len(changes) == 5
    assert changes[0][1:6] == ["01/01/2026", "", "50 %", "60 %", "réforme"]
    links = {attrs.get("href") for tag, attrs in page.tags if tag == "a"}
    assert "https://www.senat.fr/rap/r25-032/r25-0322.html" in links


def test_changes_of_size_and_the_range_over_the_conventions(report):
    table = "id;population\na;39999\nb;80000\n"
    reforms = [{"tailles.seuil_taille_2": {"2026-01-01": 39_999}}]
    page = report(table, reforms=reforms, variantes=True)
    assert rows_of(page, "De", "À") == [["taille 1", "taille 2", "1", "+10 000,00 €"]]
    ranges = rows_of(page, "Convention")
    # Exactly 80 000 in size 2: 60 000 instead of 75 000.
    assert ["2026", "Droit en vigueur", "80 000 habitants exactement : taille 2"] in [
        row[:3] for row in ranges
    ]
    (row,) = (row for row in ranges if row[:2] == ["2026", "Droit en vigueur"] and "80" in row[2])
    assert row[3:] == ["110 000,00 €", "−15 000,00 €"]
    bars = page.data("conventions_financement_annuel", 0)
    spans = {value["scenario"]: value for value in bars}
    assert (spans["droit_en_vigueur"]["bas"], spans["droit_en_vigueur"]["haut"]) == (0.11, 0.125)


def test_the_steps_of_the_scale_are_computed_by_each_law(report):
    page = report(TABLE, reforms=["nouveaux_seuils"])
    steps = rows_of(page, "À partir de (habitants)")
    law = [row[1:] for row in steps if row[0] == "Droit en vigueur"]
    # Everything reached, the crisis plan kept up to date: model of an ordinary year.
    assert [amount for _, amount in law] == ["237 500,00 €", "309 500,00 €", "397 500,00 €"]
    assert [people for people, _ in law][1:] == ["40 000", "80 000"]
    changed = [row[1] for row in steps if row[0] != "Droit en vigueur"]
    assert changed[1:] == ["30 000", "60 000"]
    assert len(page.specs["population"]["layer"]) == 2
    assert {value["communaute"] for value in page.data("population", 1)} == {
        "<script>alert(1)</script>",
        "Bêta & fils",
        "</script><b>Gamma",
    }


def test_the_figures_that_the_result_rests_on_are_counted_by_statut(report):
    page = report(TABLE, years=[2026], reforms=["part_variable_60"])
    counts = {row[0]: row[2:] for row in rows_of(page, "Statut", "Ce qu'il veut dire")}
    assert counts["réforme"] == ["0", "5"]
    law, reformed = zip(
        *[map(int, counts[key]) for key in counts if key != "Ensemble"], strict=True
    )
    assert counts["Ensemble"] == [str(sum(law)), str(sum(reformed))]
    assert sum(law) == sum(reformed)


def test_what_the_table_does_not_give_comes_first(report):
    table = "id;population;date_signature_contrat\na;50000;2021-03-15\n"
    page = report(table)
    assert "1 contrat prend fin le 15/03/2026 ; aucun n'est renouvelé de lui-même." in page.words
    assert "Taille indéterminée" not in page.words
    unknown = report("id;population\na;\n")
    assert "Taille indéterminée, population non donnée (montants nuls) : 1 communauté de 2025" in (
        unknown.words
    )
    assert ["2026", "Taille indéterminée, population non donnée (montants nuls)", "", "1"] in [
        row[:4] for row in rows_of(unknown, "Constat")
    ]


def test_what_a_missing_rate_could_be_worth_and_what_an_assumed_one_is(report):
    table = "id;population;parcours_retenue;parcours_taux_atteinte_2025\na;50000;oui;1\n"
    page = report(table)
    # Size 2: half of 70 000.
    missing = [row for row in rows_of(page, "Constat") if row[1].startswith("Taux d'atteinte non")]
    assert missing == [
        [
            "2026",
            "Taux d'atteinte non donné, part variable comptée pour zéro",
            *("au plus, si le taux était de 100 %", "1", "1", "35 000,00 €", "0,00 €"),
        ]
    ]
    assert "taux supposé" not in page.words
    page = report(table, default_rate=0.8)
    said = "Financement en année pleine (taux supposé à 80 % : 1 mission-année)"
    assert page.words.count(said) > 3
    assert "28 000,00 € de financement" in page.words


def test_a_name_is_shown_as_a_text_never_as_a_tag(report):
    page = report(TABLE, reforms=["part_variable_60"])
    scripts = [attrs for tag, attrs in page.tags if tag == "script"]
    inside = [attrs for attrs in scripts if attrs.get("type") != "application/json"]
    assert inside == [{}]
    assert not [tag for tag, _ in page.tags if tag == "b"]
    assert "alert(1)</script>" not in page.text
    names = [row[1] for row in rows_of(page, "Nom", "Droit en vigueur")]
    assert set(names) == {"<script>alert(1)</script>", "Bêta & fils", "</script><b>Gamma"}


def test_nothing_is_asked_of_a_network(report):
    page = report(PACA, reforms=["part_variable_60"], variantes=True)
    for tag, attrs in page.tags:
        assert not set(attrs) & set(LOADED), (tag, attrs)
        assert tag not in ("link", "iframe", "img", "object", "embed", "base"), tag
        if "href" in attrs:
            assert tag == "a"
    styles = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert styles
    assert not re.search(r"@import|url\(", "".join(styles))
    for spec in page.specs.values():
        assert "'url'" not in str(spec)


def test_the_library_that_draws_stands_once_in_the_page(report):
    page = report(TABLE, reforms=["part_variable_60"])
    assert page.text.count("vega.github.io/editor") == 1
    places = [attrs for tag, attrs in page.tags if "data-graphique" in attrs]
    assert {place["data-graphique"].removeprefix("donnees_") for place in places} == set(page.specs)
    assert all(place["role"] == "img" and place["aria-label"] for place in places)
    keys = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(keys) == len(set(keys))


def test_the_numbers_of_the_charts_follow_the_french_locale(report):
    page = report(TABLE)
    locale = re.search(r'id="typographie">(.*?)</script>', page.text)[1]
    assert '"decimal":","' in locale
    assert '"currency":["","\u00a0€"]' in locale


def test_the_command_and_the_record_are_quoted_as_they_are(report):
    page = report(TABLE)
    assert "openfisca-cpts simulate t.csv --from 2025 --to 2026" in page.text
    assert '{ "a": "<b>" }' in page.words


def test_the_same_study_gives_the_same_page(report):
    words = {"reforms": ["part_variable_60", "seuils_lisses"], "variantes": True}
    assert report(FICTIONAL, **words).text == report(FICTIONAL, **words).text


@pytest.mark.parametrize("measure", ["financement_annuel", "versement_annuel"])
def test_what_is_paid_is_shown_where_contracts_run(report, measure):
    page = report(FICTIONAL, reforms=["avance_50"])
    assert f"cout_{measure}" in page.specs
    assert "ecart_versement_annuel" in page.specs
    assert "ecart_financement_annuel" not in page.specs
    assert "communautes_avance_50_versement_annuel" in page.specs


def test_what_the_texts_say_and_the_results_do_not_hold(report):
    subjects = {row[0]: row for row in rows_of(report(TABLE), "Sujet", "Nature", "Conséquence")}
    (coordination,) = (row for subject, row in subjects.items() if "coordination (DAC)" in subject)
    assert coordination[1] == "Hors du champ du modèle"

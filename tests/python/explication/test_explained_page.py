"""The page that a reader gets: sentences, amounts, days, texts and sources, in French."""

import pytest
from explained import EXAMPLE
from stored_explanation import STORED, compute

from openfisca_cpts.outils.explication import explain, page
from openfisca_cpts.outils.simulation import RequestError

HOW = "If wanted: python tests/python/explication/stored_explanation.py, then look at git diff."


def text(*asked, **options):
    explanation = explain(EXAMPLE, *asked, **options)
    lines = "\n".join(line.text for line in page(explanation, 100))
    return " ".join(lines.replace("\u00a0", " ").split())


def test_the_stored_page_is_what_is_printed_today():
    assert compute() == STORED.read_text(encoding="utf-8"), HOW


def test_what_is_paid_in_which_month_then_why():
    said = text("fictive-01", "versement_annuel", "2023")
    assert said.startswith("Versements de douze mois, 2023 : 224 000,00 € (hypothèse, A)")
    assert "= 170 000,00 € [1] + 54 000,00 € [2] Rien dans les autres mois." in said
    assert "1 Versement du mois de mars 2023, tout compris : 170 000,00 €" in said
    assert "+ 12 500,00 € [1.2] Solde, fonctionnement" in said
    assert "= 75 % × (22 500,00 € [1.3.2] + 35 000,00 € [1.3.3])" in said
    assert (
        "• Part versée d'avance : 75 %, en vigueur depuis le 25/08/2019 (officiel — sources 1, "
        "2, 3 ; textes de droit 4, 5)" in said
    )
    assert "Jour d'ouverture de l'exercice ouvert dans l'année civile 2023 : 15/03/2023" in said


def test_the_day_of_the_right_and_the_figure_in_force_on_it():
    said = text("fictive-10", "versement_annuel", "2024")
    assert "Montant annuel, au 01/02/2024 : 52 000,00 € (hypothèse" in said
    assert (
        "= 52 000 € : barème, taille 2, en vigueur depuis le 03/09/2022 (hypothèse — source" in said
    )
    assert "étendue par analogie ; 47 000 + 5 000 = 52 000" in said
    # 2 September 2023 to 2 September 2024 has 366 days; 1 February leaves 214 of them.
    assert "= 214 jours sur 366 × 26 000,00 €" in said


def test_a_recovery_is_a_share_of_days_less_the_advance():
    said = text("fictive-09", "crise_sanitaire_regularisation", "2024-06")
    assert "−12 663,93 €" in said
    assert "= (223 jours sur 366 − 75 %) × (22 500,00 € [4] + 67 500,00 € [5])" in said
    assert (
        "Lu, sans effet ici : part fixe annuelle, année du plan, au 20/11/2023 (45 000,00 €)."
        in said
    )


def test_a_ceiling_that_is_not_reached_is_told():
    said = text("fictive-06", "versement_amorcage", "2024-03")
    assert "= 8 000,00 € + 3 500,50 €" in said
    assert (
        "Lu, sans effet ici : plafond de l'aide à l'amorçage, au 20/03/2024 (25 000,00 €)" in said
    )


def test_days_follow_from_days():
    assert "= 02/09/2022 + 6 mois" in text(
        "fictive-10", "acces_soins_echeance_demarrage", "2024-01"
    )
    assert "= 03/09/2022 + 6 mois" in text(
        "fictive-01", "crise_sanitaire_echeance_demarrage", "2023-01"
    )
    assert "= date de résiliation du contrat" in text("fictive-07", "date_fin_effective", "2022")


def test_no_payment_says_why():
    said = text("fictive-06", "versement_annuel", "2025")
    assert "0,00 €" in said
    assert "Rien dans aucun des mois." in said
    assert "Aucun contrat signé" in said
    unknown = text("fictive-13", "plafond_financement", "2024")
    nothing = "Ni la population ni la taille n'est donnée, pour aucune année"
    assert f"{nothing} (« motif_non_calculable »)." in unknown


def test_a_depth_keeps_the_first_steps():
    whole = text("fictive-01", "versement_annuel", "2023")
    cut = text("fictive-01", "versement_annuel", "2023", profondeur=1)
    assert len(cut) < len(whole) / 4
    assert "2 Versement du mois de mai 2023" in cut
    assert "Avance, fonctionnement" in cut
    assert "Des étapes sont repliées" in cut
    assert "Des étapes sont repliées" not in whole


def test_a_reform_is_named_and_its_figures_are_not_law():
    said = text("fictive-10", "versement_annuel", "2026", reforme="avance_50")
    assert "Avance ramenée de 75 % à 50 %" in said
    assert "Part versée d'avance : 50 %, en vigueur depuis le 01/01/2026 (réforme — source" in said


def test_an_amount_that_is_no_sum_claims_none():
    asked = ("fictive-10", "fonctionnement_annuel", "2026")
    assert explain(EXAMPLE, *asked, reforme="seuils_lisses").etape.calcul is None
    said = text(*asked, reforme="seuils_lisses")
    assert "Le calcul suit la règle, à partir de ce qui est lu :" in said


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("fictive-01", "versement_anuel", "2024"), "la plus proche : « versement_annuel »"),
        (("fictive-1", "versement_annuel", "2024"), r"le plus proche : « fictive-\d+ »"),
        ((None, "versement_annuel", "2024"), "Il y a 13 communautés"),
        (("fictive-01", "versement_annuel", None), "annuelle : attendu, --period 2024"),
        (("fictive-01", "versement_annuel", "2024-03"), r"reçu « 2024-03 »"),
        (("fictive-01", "parcours_avance", "2024"), "mensuelle : attendu, --period 2024-03"),
        (("fictive-01", "versement_annuel", "demain"), r"reçu « demain »"),
        (("fictive-01", "versement_annuel", "1900"), "L'année 1900 est demandée"),
        (("fictive-01", "population", "year:2024-07"), "se donne par année civile"),
    ],
)
def test_a_wrong_request_is_refused(asked, message):
    with pytest.raises(RequestError, match=message):
        explain(EXAMPLE, *asked)


def test_a_rule_that_a_reform_changes_is_not_told_as_the_law_tells_it():
    asked = ("fictive-10", "versement_annuel", "2024")
    law, changed = text(*asked), text(*asked, reforme="prorata_douziemes")
    rule = "Règle : Pour l'exercice ouvert dans l'année civile : les jours qui restent"
    assert rule in law
    assert rule not in changed
    title = "« Prorata au démarrage en douzièmes, et non en jours »"
    assert f"• La réforme {title} change des règles. Une mission qui démarre" in changed
    assert f"66,6667 % (D) Règle changée par la réforme {title}." in changed
    assert f"D Réforme {title} — " in changed
    # The rule of the law that reads this share is told with its exception.
    assert f"sur 365 ou 366). Sauf ce que change {title} : [1.1.2.1]." in changed
    # Two thirds are not 66,6667 %.
    assert "17 333,33 € (réforme, A, B) ≈ 66,6667 % × 26 000,00 €" in changed
    assert changed.startswith("Versements de douze mois, 2024 : 239 250,00 € (réforme, A)")


def test_before_a_reform_takes_effect_the_rule_is_that_of_the_law():
    asked = ("fictive-10", "fonctionnement_annuel")
    assert "Règle changée" not in text(*asked, "2025", reforme="seuils_lisses")
    said = text(*asked, "2026", reforme="seuils_lisses")
    assert "Règle changée par la réforme « Montants lissés entre les tailles »." in said
    assert "56 750,00 € (réforme, A)" in said


def test_each_reform_that_changes_a_rule_is_named():
    said = text(
        "fictive-10", "fonctionnement_annuel", "2026", reforme="seuils_lisses+coefficient_outre_mer"
    )
    assert "Règle changée par les réformes « Montants lissés entre les tailles » et « " in said

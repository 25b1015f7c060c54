"""`openfisca-cpts diff`: what changed between two days, or under a reform."""

import json

import polars
import pytest

DAYS = ("2022-01-01", "2023-01-01")


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_two_days_on_the_terminal(command):
    answer = command("diff", *DAYS)
    assert (answer.code, answer.err) == (0, "")
    out = words(answer.out)
    assert out.startswith("Ce qui a changé entre le 01/01/2022 et le 01/01/2023")
    assert "taille 1 40 000 € 45 000 € +5 000 € +12,5 %" in out
    assert "taille 4 – 75 000 € nouveau –" in out
    assert "valeur 41 136 € 43 992 € +2 856 € +6,9 %" in out
    assert "depuis le 03/09/2022 : Document lu : Deux contrats réels" in out
    assert out.endswith("19 différences.")


def test_the_same_in_csv_json_and_markdown(command):
    table = polars.read_csv(command("diff", *DAYS, "--format", "csv").out.encode())
    (found,) = json.loads(command("diff", *DAYS, "--format", "json").out)
    assert table["parametre"].to_list() == [
        difference["parametre"] for difference in found["differences"]
    ]
    assert table["ecart"].to_list()[:5] == [5_000.0] * 4 + [None]
    assert found["differences"][0]["sources"][0]["note"].endswith("40 000 + 5 000 = 45 000")
    page = command("diff", *DAYS, "--format", "markdown").out
    assert "| taille 1 | 40 000 € | 45 000 € | +5 000 € | +12,5 % |" in page.replace("\u00a0", " ")


def test_reforms_against_the_law(command):
    out = words(command("diff", "--reform", "avance_50", "--reform", "seuils_lisses").out)
    assert "Avance ramenée de 75 % à 50 % (avance_50), comparé au droit en vigueur" in out
    assert "valeur 75 % 50 % −25 points −33,3 %" in out
    assert "La réforme change aussi des règles de calcul" in out


def test_nothing_differs(command):
    answer = command("diff", "2023-01-02", "2023-01-03")
    assert answer.code == 0
    assert "Aucun chiffre ne diffère." in answer.out
    assert polars.read_csv(
        command("diff", "2023-01-02", "2023-01-03", "--format", "csv").out.encode()
    ).is_empty()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Attendu : deux jours"),
        (("2022-01-01",), "Attendu : deux jours"),
        (("2023-01-01", "2022-01-01"), "est avant le premier (01/01/2023)"),
        ((*DAYS, "--reform", "avance_50"), "ne se donnent pas ensemble"),
        (("hier", "2022-01-01"), "« hier » n'est pas un jour"),
        (("--reform", "avance_51"), "la plus proche : « avance_50 »"),
    ],
)
def test_what_is_refused(command, words, message):
    answer = command("diff", *words)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err

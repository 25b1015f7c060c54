"""Figures and computations, read in notes as French writes them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openfisca_cpts.outils.legal import notes

EUROS = {"euro", "euros", "€"}
MONTHS = {"mois"}


def values(text):
    return [figure.value for figure in notes.figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« 50 000 € 60 000 € 75000 € 90 000 € »", [50000, 60000, 75000, 90000]),
        ("50 000 / 60 000 / 75 000", [50000, 60000, 75000]),
        ("75\u00a0000 € et 75\u202f000 € et 75\u2009000\u00a0€", [75000, 75000, 75000]),
        ("1 234 567,89 €", [Fraction("1234567.89")]),
        ("0,5 puis 0.75", [Fraction("0.5"), Fraction("0.75")]),
        ("75 % puis 12,5\u202f%", [Fraction("0.75"), Fraction("0.125")]),
        ("en 2019 500 contrats", [2019, 500]),
        ("à parts égales", [Fraction("0.5")]),
        ("La moitié du plan", [Fraction("0.5")]),
        ("Deux mois, puis douze\u00a0ans", [2, 12]),
        ("une année", [1]),
        ("M4, T2, 24h, 40K", []),
        ("un, deux", []),
    ],
)
def test_figures(text, expected):
    assert values(text) == expected


SEPARATORS = st.sampled_from(["", *notes.SPACES])
BEFORE = st.sampled_from(["", " ", "« ", "(", "Montant : ", "Taille 2 : ", "de ", "L. 9 : ", " − "])
AFTER = st.sampled_from(["", " ", " »", ")", ".", ", puis rien", " ; ", " par an", " = ?"])


@given(
    cents=st.integers(min_value=0, max_value=10**12),
    decimals=st.integers(min_value=0, max_value=2),
    separator=SEPARATORS,
    unit=st.sampled_from(["", "€", " €", "\u00a0€", " euros", "\u202feuros"]),
    before=BEFORE,
    after=AFTER,
)
def test_any_amount_written_in_french_is_found_again(
    cents, decimals, separator, unit, before, after
):
    amount = Fraction(cents, 10**decimals)
    written = f"{float(amount):,.{decimals}f}".replace(",", separator).replace(".", ",")
    assert amount in values(before + written + unit + after)
    assert len(values(written + unit)) == 1


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_two_amounts_of_a_table_are_not_read_as_one(first, second):
    assert values(f"{notes.french(Fraction(first))} € {second} €") == [first, second]


@pytest.mark.parametrize(
    ("text", "value", "ratio", "words", "shown"),
    [
        ("50 000 / 60 000", 50000, False, EUROS, True),
        ("500 € par membre", 500, False, EUROS, True),
        ("Mission 2 : 12 mois", 12, False, MONTHS, True),
        ("Mission 2 : 12 mois", 2, False, MONTHS, False),
        ("dans les deux mois", 2, False, MONTHS, True),
        ("50 %", 50, False, EUROS, False),
        ("75 %", Fraction("0.75"), True, {"part"}, True),
        ("0,75", Fraction("0.75"), True, {"part"}, True),
        ("à parts égales", Fraction("0.5"), True, {"part"}, True),
        ("100 %", 1, True, {"part"}, True),
        ("article 1", 1, True, {"part"}, False),
    ],
)
def test_what_shows_a_value(text, value, ratio, words, shown):
    found = [figure.states(Fraction(value), ratio, words) for figure in notes.figures(text)]
    assert any(found) is shown


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("220 000 − 185 000 = 35 000", {35000}),
        ("220 000 - 185 000 = 35 000", {35000}),
        ("220 000 − 185 000 = 35 000 ; 287 000 − 242 000 = 45 000", {35000, 45000}),
        ("Taille 1 : 287 500 − 220 000 − 62 500 = 5 000", {5000}),
        ("« 50 % pour les mises à jour » : 25 000 × 50 % = 12 500", {12500}),
        ("35 000 € × 2 = 70 000 €, à parts égales", {70000}),
        ("35 000 / 70 000 = 0,5", {Fraction("0.5")}),
        ("35 000 ÷ 70 000 = 50 %", {Fraction("0.5")}),
        ("(20 000 + 15 000) × 2 = 70 000", {70000}),
        ("taille 3 (20 000 + 15 000 = 35 000)", {35000}),
        ("20 000 + 15 000 = 35 000 - comme à la taille 2", {35000}),
        ("35 000 = 20 000 + 15 000 = 70 000 ÷ 2", {35000}),
        ("−5 + 8 = 3", {3}),
        ("35 000 = 35 000", set()),
        ("2025-2027, 50 000 / 60 000", set()),
    ],
)
def test_equations_that_hold(text, results):
    found = list(notes.equations(text))
    assert [equation.problem for equation in found if equation.problem] == []
    assert {result for equation in found for result in equation.results} == results


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("220 000 − 186 000 = 35 000", "ses membres valent 34\u00a0000 et 35\u00a0000"),
        ("1 + 1 = 2 = 3", "ses membres valent 2 et 2 et 3"),
        ("35 000 / 70 000 = 0,4", "ses membres valent 0,5 et 0,4"),
        ("5 / 0 = 0", "elle divise par zéro"),
        ("total = 5 000", "elle ne se lit pas comme un calcul"),
        ("5 000 + = 5 000", "elle ne se lit pas comme un calcul"),
        ("5 000 =", "elle ne se lit pas comme un calcul"),
        ("2 ** 8 = 256", "elle ne se lit pas comme un calcul"),
        ("7 // 2 = 3", "elle ne se lit pas comme un calcul"),
    ],
)
def test_equations_that_do_not_hold(text, problem):
    assert [equation.problem for equation in notes.equations(text)] == [problem]
    assert not any(equation.results for equation in notes.equations(text))


@given(
    st.lists(st.integers(min_value=0, max_value=10**7), min_size=2, max_size=5),
    st.integers(min_value=1, max_value=10**6),
    st.sampled_from(["−", "-", "–"]),
)
def test_a_sum_holds_and_its_neighbour_does_not(terms, error, minus):
    written = f" {minus} ".join(notes.french(Fraction(term)) for term in terms)
    total = Fraction(terms[0] - sum(terms[1:]))
    (right,) = notes.equations(f"Taille 1 : {written} = {notes.french(total)}")
    assert right.results == {total}
    (wrong,) = notes.equations(f"Taille 1 : {written} = {notes.french(total + error)}")
    assert wrong.problem


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("« 50 000 € 60 000 € »", 2),
        ("l'avance d'un montant de 75 %", 5),
        ("Taille 4 : 580 000 − 450 000 = 130 000", 5),
    ],
)
def test_word_count(text, count):
    assert notes.word_count(text) == count

"""The equalities of a note: whether they hold, what they give, and what they start from."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openfisca_cpts.outils.controle import equations
from openfisca_cpts.outils.fichiers import notes


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
    found = list(equations.equations(text))
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
    assert [equation.problem for equation in equations.equations(text)] == [problem]
    assert not any(equation.results for equation in equations.equations(text))


@given(
    st.lists(st.integers(min_value=0, max_value=10**7), min_size=2, max_size=5),
    st.integers(min_value=1, max_value=10**6),
    st.sampled_from(["−", "-", "–"]),
)
def test_a_sum_holds_and_its_neighbour_does_not(terms, error, minus):
    written = f" {minus} ".join(notes.french(Fraction(term)) for term in terms)
    total = Fraction(terms[0] - sum(terms[1:]))
    (right,) = equations.equations(f"Taille 1 : {written} = {notes.french(total)}")
    assert right.results == {total}
    (wrong,) = equations.equations(f"Taille 1 : {written} = {notes.french(total + error)}")
    assert wrong.problem


@pytest.mark.parametrize(
    ("text", "operands"),
    [
        ("220 000 − 185 000 = 35 000", {220000, 185000}),
        ("25 000 × 50 % = 12 500", {25000, Fraction("0.5")}),
        ("35 000 × 2 = 70 000", {35000, 2, Fraction("0.5")}),
        ("35 000 = 70 000 / 2", {70000, 2, Fraction("0.5")}),
        ("100 000 × 3 / 4 = 75 000", {100000, 3, 4, Fraction("1/3"), Fraction("1/4")}),
        ("12 + 12 = 24", {12}),
        ("35 000 = 35 000", set()),
    ],
)
def test_what_a_computation_starts_from(text, operands):
    (equation,) = equations.equations(text)
    assert equation.operands == operands


def test_what_is_printed_is_not_what_is_worked_out():
    text = "Plan : « 62 500 € » (62 500 − 37 500 = 25 000) ; parts : 35 000 × 2 = 70 000"
    printed = {figure.value for figure in notes.figures(equations.printed(text))}
    assert printed == {62500}

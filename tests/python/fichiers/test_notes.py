"""Figures, quotations and days, read in notes as French writes them."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openfisca_cpts.outils.fichiers import notes

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


def test_what_a_note_quotes_and_what_it_says_itself():
    text = "Taille 1 : « 62 500 à 125 000 euros » ; par analogie, « 50 % »"
    assert notes.quoted(text) == " 62 500 à 125 000 euros \n 50 % "
    assert "analogie" in notes.unquoted(text)
    assert "%" not in notes.unquoted(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Entrée en vigueur le 3 septembre 2022", [datetime.date(2022, 9, 3)]),
        ("le 1er Janvier\u00a02026", [datetime.date(2026, 1, 1)]),
        ("du 03/09/2022 au 31/12/2022", [datetime.date(2022, 9, 3), datetime.date(2022, 12, 31)]),
        ("le 31 février 2022, ou 31/02/2022", []),
        ("2022-09-03, septembre 2022, article 13/2022", []),
        ("113 septembre 2022", []),
    ],
)
def test_days(text, found):
    assert sorted(notes.days(text)) == found


@pytest.mark.parametrize(
    ("note", "another"),
    [
        ("Taille 2 : 47 000", True),
        (" taille 2: 47 000", True),
        ("Taille 1 : 40 000", False),
        ("« 40 000 € 47 000 € »", False),
        ("Tailles 1 et 2 : 40 000", False),
    ],
)
def test_a_note_may_be_about_another_size(note, another):
    assert notes.about_another(note, "taille_1", ("taille_1", "taille_2")) is another

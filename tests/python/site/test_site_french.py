"""The typography of the pages."""

import datetime

import pytest

from openfisca_cpts.outils.site.typesetting import (
    breakable,
    heading,
    interval,
    long_day,
    paragraphs,
    typeset,
    typeset_markdown,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« 50 000 € »", "«_50_000_€_»"),
        ("1 250 000 habitants", "1_250_000 habitants"),
        ("Convention : oui ; non ?", "Convention_: oui_; non_?"),
        ("75 %, 3 septembre 2022", "75_%, 3 septembre 2022"),
        ("de 2022 125 personnes", "de 2022 125 personnes"),
        ("à 15:30", "à 15:30"),
    ],
)
def test_no_break_spaces(text, expected):
    assert typeset(text) == expected.replace("_", "\u00a0")


def test_code_links_and_tags_are_left_alone():
    source = "a : b `c : d` [e : f](g : h) <i title='j : k'>l ?</i> {{ m : n }}\n```\no : p\n```"
    expected = "a_: b `c : d` [e_: f](g : h) <i title='j : k'>l_?</i> {{ m : n }}\n```\no : p\n```"
    assert typeset_markdown(source) == expected.replace("_", "\u00a0")


def test_days():
    assert long_day(datetime.date(2022, 1, 1)) == "1er janvier 2022".replace(" ", "\u00a0")
    start, end = datetime.date(2019, 8, 25), datetime.date(2022, 9, 2)
    assert interval(start, end).replace("\u00a0", " ") == "du 25 août 2019 au 2 septembre 2022"
    assert interval(start, None).replace("\u00a0", " ") == "depuis le 25 août 2019"


def test_a_text_of_a_file_cannot_be_a_mark():
    assert heading("a_b [c] <d>") == r"a\_b \[c\] \<d\>"
    assert paragraphs("< à 40\n\n  deux") == "<p>&lt; à 40</p>\n<p>deux</p>"
    assert breakable("aci.x_taille_1") == "aci.<wbr>x_<wbr>taille_1"

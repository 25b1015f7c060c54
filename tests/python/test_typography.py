"""Numbers as a French accountant writes and rounds them."""

import pytest

from openfisca_cpts.outils.typography import decimal, euros, millions, percent


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (percent(5000 / 80000), "+6,3 %"),  # 6,25: a half goes up
        (percent(-0.0125), "−1,3 %"),
        (percent(0), "0,0 %"),
        (percent(None), "–"),
        (euros(0.125), "0,13"),
        (euros(-1234567.005), "-1 234 567,01"),
        (euros(-0.001), "0,00"),
        (decimal(12, ".0f"), "12"),
        (millions(27_081_234), "27,1 M€"),
        (millions(812_400), "812 400 €"),
    ],
)
def test_french_numbers(written, expected):
    assert written.replace("\N{NO-BREAK SPACE}", " ") == expected

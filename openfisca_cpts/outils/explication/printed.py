"""What is printed, computed as a reader would: from the numbers on the page, none behind them."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from openfisca_cpts.outils.typography import MINUS, PERCENT, SPACE

EXACT, ABOUT = "=", "≈"
"""How an equality begins: what is printed gives the printed result, or rounding keeps it away."""
NUMBER = re.compile(
    rf"({MINUS}|-)?([0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+|[0-9]+)(?:,([0-9]+))?(?:{SPACE}(%|€))?"
)
DECIMALS = {"€": 2, "%": 4}
"""Decimals that a rounded result is printed with, by its sign; other numbers are not rounded."""


def number(text: str) -> Fraction:
    """Read a number back.

    Args:
        text: `1 234,50 €`, `−12 €`, `66,6667 %`, `12 345 habitants`, as French writes them.

    Returns:
        The number, a percentage as a share.

    Raises:
        ValueError: the text does not begin with a number.
    """
    found = NUMBER.match(text)
    if found is None:
        raise ValueError(text)
    minus, whole, decimals, sign = found.groups()
    decimals = decimals or ""
    value = Fraction(int(whole.replace(SPACE, "") + decimals), 10 ** len(decimals))
    value = value / PERCENT if sign == "%" else value
    return -value if minus else value


def sign(computed: Fraction, shown: str) -> str:
    """Say whether what is printed gives the printed result, rounded as it is.

    Args:
        computed: what the printed terms give.
        shown: the printed result.

    Returns:
        `EXACT` or `ABOUT`.
    """
    mark = shown[-1:]
    if mark not in DECIMALS:
        return EXACT if computed == number(shown) else ABOUT
    scale = (PERCENT if mark == "%" else 1) * 10 ** DECIMALS[mark]
    rounded = math.floor(abs(computed) * scale + Fraction(1, 2))  # as `typography.decimal` rounds
    return EXACT if rounded * (1 if computed >= 0 else -1) == number(shown) * scale else ABOUT

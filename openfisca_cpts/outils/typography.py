"""How numbers, amounts and days are written in French, wherever a person reads them."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
MILLION = 1_000_000
PERCENT = 100
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
BEFORE = re.compile(r" ([:;?!»€%]|(?<=[0-9] )[0-9]{3}\b)")
AFTER = re.compile(r"(«) ")


def number(value: int) -> str:
    """Write a whole number in French: `1 234`, with no-break spaces."""
    return f"{value:,}".replace(",", SPACE)


def euros(value: float) -> str:
    """Write an amount in French, to the cent: `1 234,50`, with no-break spaces."""
    return decimal(value)


def decimal(value: float | Decimal, places: str = ".2f") -> str:
    """Write a number in French with a decimal comma, no-break spaces between thousands.

    Args:
        value: the number.
        places: how many decimals, as a format writes it.

    Returns:
        The text; a number that rounds to zero has no sign.
    """
    with localcontext(rounding=ROUND_HALF_UP):  # as an accountant rounds
        text = f"{Decimal(str(value)):,{places}}"
    if not any(character in text for character in "123456789"):
        text = text.removeprefix("-")
    return text.replace(",", SPACE).replace(".", ",")


def signed(text: str) -> str:
    """Give the sign of a number that was written in French, as a difference shows it.

    Args:
        text: the number.

    Returns:
        `+1 234`, `−1 234`; zero without a sign.
    """
    if text.startswith("-"):
        return MINUS + text[1:]
    return f"+{text}" if any(character in text for character in "123456789") else text


def percent(ratio: float | None) -> str:
    """Write a ratio as a percentage to one decimal, signed; a dash where there is none."""
    if ratio is None:
        return NONE
    return f"{signed(decimal(ratio * PERCENT, '.1f'))}{SPACE}%"


def share(value: float, places: str = ".2f") -> str:
    """Write a share as a percentage, with the decimals that it has: `75 %`, `33,33 %`.

    Args:
        value: the share.
        places: how many decimals at most, as a format writes it.

    Returns:
        The text.
    """
    digits = decimal(Decimal(str(value)) * PERCENT, places)
    return f"{digits.rstrip('0').rstrip(',') if ',' in digits else digits}{SPACE}%"


def rounded_share(value: float) -> str:
    """Write a share for a headline: `54 %`."""
    return share(value, ".0f")


def millions(value: float) -> str:
    """Write an amount for a headline: `27,1 M€`; below a million, `812 400 €`."""
    if abs(value) < MILLION:
        return f"{decimal(value, '.0f')}{SPACE}€"
    return f"{decimal(value / MILLION, '.1f')}{SPACE}M€"


def day(date: datetime.date) -> str:
    """Write a day in French: `15/03/2021`."""
    return f"{date:%d/%m/%Y}"


def long_day(date: datetime.date) -> str:
    """Write a day in words: `3 septembre 2022`, `1er janvier 2022`, with no-break spaces."""
    rank = "1er" if date.day == 1 else str(date.day)
    return SPACE.join((rank, MONTHS[date.month - 1], str(date.year)))


def long_month(date: datetime.date) -> str:
    """Write a month in words: `septembre 2022`."""
    return f"{MONTHS[date.month - 1]} {date.year}"


def count(value: int, noun: str) -> str:
    """Write a number with its noun, which takes an `s` from two on: `2 scénarios`."""
    return f"{number(value)}{SPACE}{noun}{'s' if value > 1 else ''}"


def spaced(text: str) -> str:
    """Put the no-break spaces of French typography where a text has plain ones.

    Args:
        text: a text with « guillemets », and spaces before : ; ? ! € and %.

    Returns:
        The text, which a page does not cut there.
    """
    text = BEFORE.sub(SPACE + r"\1", text)
    return AFTER.sub(r"\1" + SPACE, text)

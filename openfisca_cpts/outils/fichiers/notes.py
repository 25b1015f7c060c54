"""Figures, quotations and days in the notes, as French writes them."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from openfisca_cpts.outils.typography import MONTHS

SPACES = " \u00a0\u202f\u2009"
"""Ordinary, non-breaking, narrow and thin spaces: all of them separate thousands."""

NUMBER = rf"(?<![\w.,])(?>(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)?)(?!\w)"
PERCENT = rf"[{SPACES}]?%"
NUMBER_WORDS = "zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
"""The rank of a word is its number."""

SHARES = {"à parts égales": Fraction("1/2"), "moitié": Fraction("1/2")}

FIGURE = re.compile(
    rf"(?P<number>{NUMBER})(?:(?P<percent>{PERCENT})|[{SPACES}]?(?P<unit>[^\W\d_]+|€))?"
)
IN_WORDS = re.compile(
    rf"\b(?P<word>une|{NUMBER_WORDS})[{SPACES}](?P<unit>[^\W\d_]+)", re.IGNORECASE
)
SHARE = re.compile("|".join(SHARES), re.IGNORECASE)
QUOTE = re.compile("«([^»]*)»")
DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:er)?(?:[{SPACES}](?P<month>{'|'.join(MONTHS)})[{SPACES}]|"
    r"/(?P<rank>\d{1,2})/)(?P<year>\d{4})\b",
    re.IGNORECASE,
)
"""« 3 septembre 2022 », « 1er janvier 2022 », « 03/09/2022 »."""

NOTE_WORDS = 25
"""What a note may quote, its own words apart."""

AMBIGUOUS_BELOW = 1000
"""A whole number below it proves nothing alone: « Mission 2 », « article 9 », « 25 mots »."""


@dataclasses.dataclass(frozen=True)
class Figure:
    """A number in a text.

    Attributes:
        value: the number; 75 % is 0.75.
        unit: the word or sign that follows it, « % » for a share in words.
    """

    value: Fraction
    unit: str

    def states(self, value: Fraction, ratio: bool, unit_names: set[str]) -> bool:
        """Say whether this figure can only be read as a given value.

        Args:
            value: the value to find.
            ratio: whether it is a share: written with a percent sign, decimals or words.
            unit_names: the words of its unit, that have to follow a small whole number.

        Returns:
            Whether the figure shows the value.
        """
        if self.value != value:
            return False
        if ratio:
            return self.unit == "%" or value.denominator > 1
        if self.unit == "%":
            return False
        alone = abs(value) >= AMBIGUOUS_BELOW or value.denominator > 1
        return alone or self.unit in unit_names


def number(text: str) -> Fraction:
    """Read one number written in the French or the plain way.

    Args:
        text: the number, with or without thousands separators, a comma or a point.

    Returns:
        Its exact value.

    Raises:
        ValueError: the text is not a number.
    """
    return Fraction(re.sub(f"[{SPACES}]", "", text).replace(",", "."))


def figures(text: str) -> Iterator[Figure]:
    """Find the numbers of a text: digits, number words before a unit, shares in words.

    Args:
        text: a note, or any text.

    Yields:
        Each number with what follows it.
    """
    for found in FIGURE.finditer(text):
        if found["percent"]:
            yield Figure(number(found["number"]) * Fraction("1/100"), "%")
        else:
            yield Figure(number(found["number"]), (found["unit"] or "").lower())
    for found in IN_WORDS.finditer(text):
        word = found["word"].lower()
        rank = NUMBER_WORDS.split("|").index("un" if word == "une" else word)
        yield Figure(Fraction(rank), found["unit"].lower())
    for found in SHARE.finditer(text):
        yield Figure(SHARES[found[0].lower()], "%")


def quoted(text: str) -> str:
    """Give what a text quotes: the words between « and », one quotation a line."""
    return "\n".join(QUOTE.findall(text))


def unquoted(text: str) -> str:
    """Give a text without what it quotes: the words of whoever wrote the file."""
    return QUOTE.sub(" ", text)


def days(text: str) -> set[datetime.date]:
    """Find the days of a text, written in words or in figures; no such day of the calendar: none.

    Args:
        text: any French text.

    Returns:
        The days.
    """
    found = set()
    for each in DAY.finditer(text):
        month = each["rank"] or MONTHS.index(each["month"].lower()) + 1
        try:
            found.add(datetime.date(int(each["year"]), int(month), int(each["day"])))
        except ValueError:
            continue
    return found


def about_another(text: str, one: str, keys: Iterable[str]) -> bool:
    """Say whether a note opens by naming another of several things: « Taille 2 : … ».

    Args:
        text: the note.
        one: key of the thing asked about.
        keys: keys of all of them, `taille_2`.

    Returns:
        Whether it is about another.
    """
    opening = text.partition(":")[0].strip().lower()
    return any(opening == key.replace("_", " ") for key in keys if key != one)


def word_count(text: str) -> int:
    """Count the words of a note; a number is one word, whatever its spaces."""
    return len(re.findall(r"\w+(?:[-'’.,]\w+)*", re.sub(NUMBER, "0", text)))


def french(value: Fraction) -> str:
    """Write a number as a French note does: « 1 234 », « 0,5 »."""
    if value.denominator == 1:
        return f"{int(value):,}".replace(",", SPACES[1])
    return f"{float(value):,}".replace(",", SPACES[1]).replace(".", ",")

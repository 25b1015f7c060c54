"""How words are compared: case, accents, apostrophes and spaces tell no two of them apart."""

from __future__ import annotations

import re
import unicodedata


def unaccented(words: str) -> str:
    """Leave out case and accents: « Région » gives « region »."""
    letters = unicodedata.normalize("NFKD", words).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def plain(words: str, mark: str = " ") -> str:
    """Leave out what does not tell two words apart: case, accents, and the marks in between.

    Args:
        words: any text.
        mark: what stands between two words of the result.

    Returns:
        Its letters a to z and its digits: « Côte d’Azur » gives « cote d azur ».
    """
    return mark.join(re.findall("[a-z0-9]+", unaccented(words)))

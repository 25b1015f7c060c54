"""Ways of writing a value that no program reads: « 95 000 hab. », « 15 mars 2022 », « n.c. »."""

from __future__ import annotations

import dataclasses
import re

import polars

from openfisca_cpts.outils.preparation.vocabulary import words
from openfisca_cpts.outils.spelling import unaccented
from openfisca_cpts.outils.typography import MONTHS

UNIT = r"(?i)\s*\(?\b(?:hab(?:itants?)?|h)\b\.?\)?$"
LONG_DAY = r"^(?P<d>\d{1,2})(?:er)? (?P<m>[a-z]+) (?P<y>\d{4})$"


@dataclasses.dataclass(frozen=True)
class Worded:
    """The cells of a column, reworded.

    Attributes:
        text: the cells, in words that `simulate` reads; null where nothing is given.
        blank: the cells that say that nothing is given (« n.c. »).
        about: the cells that say about how much (« environ 120 000 »).
        changed: the cells that were reworded.
    """

    text: polars.Series
    blank: polars.Series
    about: polars.Series
    changed: polars.Series


def reword(cells: polars.Series) -> Worded:
    """Reword the cells of a column.

    Args:
        cells: texts, null where a cell holds none.

    Returns:
        The texts that a program reads, and which cells say that they are not given, or not exact.
    """
    low = cells.str.to_lowercase().str.strip_chars()
    blank = low.is_in([str(word).lower() for word in words()["non_donne"]]).fill_null(False)
    starts = "|".join(re.escape(str(word).lower()) for word in words()["environ"])
    about = low.str.contains(rf"^(?:{starts})(?:\s|\d|$)").fill_null(False) & ~blank
    bare = cells.str.replace(UNIT, "").str.replace_all("\u202f", "\u00a0")
    text = polars.select(
        polars.when(blank | about)
        .then(None)
        .otherwise(polars.coalesce(_long_days(bare), bare))
        .alias("text")
    ).to_series()
    changed = ((text != cells) & text.is_not_null()).fill_null(False)
    return Worded(text, blank, about, changed)


def _long_days(cells: polars.Series) -> polars.Series:
    """Write « 15 mars 2022 » as 15/03/2022; null for what is no such day."""
    plain = polars.Series([None if cell is None else unaccented(cell.lower()) for cell in cells])
    plain = plain.cast(polars.String).str.replace_all(r"\s+", " ")
    months = {unaccented(month): f"{rank:02}" for rank, month in enumerate(MONTHS, start=1)}
    found = plain.str.extract_groups(LONG_DAY).struct.unnest()
    month = found["m"].replace_strict(months, default=None, return_dtype=polars.String)
    return polars.select(
        polars.concat_str([found["d"].str.zfill(len("01")), month, found["y"]], separator="/")
    ).to_series()

"""The columns and the cells of a sheet: kinds, formats, widths, heights."""

from __future__ import annotations

import dataclasses
import datetime
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from openfisca_cpts.outils.simulation.writing import EUROS, WHOLE

GENERAL = ""
FORMATS = {
    "euros": EUROS,
    "nombre": WHOLE,
    "annee": "0",
    "part": "0.0%",
    "coefficient": "0.000000",
    "date": "dd/mm/yyyy",
    # Written in French whatever the language of the program.
    "mois": "[$-40C]mmmm yyyy",
    "instant": "dd/mm/yyyy hh:mm:ss",
}
"""Format of each kind of column; a column of another kind has none."""
SAMPLES = {
    "euros": "-000 000 000,00 €",
    "nombre": "000 000 000",
    "annee": "0000",
    "part": "-00,0 %",
    "coefficient": "0,000000",
    "date": "00/00/0000",
    "mois": "septembre 0000",
    "instant": "00/00/0000 00:00:00",
}
"""What a column of each kind has room for; a column of words is as wide as they are."""
WIDEST = 60
"""Width that no column of words exceeds, in characters."""
ROOM = 4
"""What a title needs besides its letters: the button of its filter."""
NUMBERS = ("euros", "nombre", "part", "coefficient")
"""Kinds whose title stands to the right, over its numbers."""
DAYS = ("annee", "date", "mois")
"""Kinds that stand to the left, as words do."""
READ = 40
"""Width of a column of sentences that go on to the next line, in characters."""
LINE = 15
"""Height of a line of text, in points."""


@dataclasses.dataclass(frozen=True)
class Formula:
    """A cell that a spreadsheet computes again.

    Attributes:
        text: the formula, in English and with A1 references.
        value: what it gives, for whoever reads the file without computing it.
    """

    text: str
    value: float


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes:
        title: its title.
        kind: one of `FORMATS`; any other kind is written as it comes.
        width: its width in characters; that of its kind, or of its title, if none is given.
        wrap: whether a long text goes on to the next line.
        folded: whether its title does, and asks for no room.
    """

    title: str
    kind: str = "texte"
    width: int | None = None
    wrap: bool = False
    folded: bool = False


def heighten(
    sheet: Worksheet, row: int, values: Sequence[Any], columns: Sequence[Column | None]
) -> None:
    """Give a row the height of its longest text: not every spreadsheet finds it by itself.

    Args:
        sheet: the sheet, of which the row is not written yet.
        row: its rank.
        values: what it holds.
        columns: the column of each value that goes on to the next line; none for the others.
    """
    lines = max(
        (
            len(textwrap.wrap(value, width(column) - 1))
            for value, column in zip(values, columns, strict=False)
            if column is not None and isinstance(value, str)
        ),
        default=1,
    )
    if lines > 1:
        sheet.set_row(row, lines * LINE)


def width(column: Column) -> int:
    """Give the width of a column, in characters."""
    least = 0 if column.folded else min(len(column.title) + ROOM, WIDEST)
    if column.width is not None:
        return max(column.width, least)
    return max(len(SAMPLES.get(column.kind, "")) + 1, least)


def write_cell(sheet: Worksheet, row: int, rank: int, value: Any, shown: Any) -> None:
    """Write a value as what it is, in a format; nothing for one that is none."""
    if value is None:
        return
    if isinstance(value, Formula):
        sheet.write_formula(row, rank, value.text, shown, value.value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, rank, value, shown)
    elif isinstance(value, int | float):
        sheet.write_number(row, rank, value, shown)
    elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        sheet.write_datetime(row, rank, value, shown)
    else:
        sheet.write_string(row, rank, str(value), shown)


def width_of(values: Iterable[Any]) -> int:
    """Give the width of a column of words: that of its longest, within bounds."""
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(longest + 1, WIDEST)

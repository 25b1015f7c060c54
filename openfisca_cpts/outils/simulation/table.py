"""A table of communities as it was written: titles, cells, and the row each stands on."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy
import polars

from openfisca_cpts.outils.simulation.faults import Fault, TableError
from openfisca_cpts.outils.typography import number

Cells = TypeVar("Cells", polars.Series, polars.Expr)
WIDEST = 5_000
"""Titles of a table at most: every input for every year of the law makes four thousand."""


@dataclasses.dataclass(frozen=True)
class Column:
    """The cells of one column, before anyone knows what they should be.

    A cell holds a text, a number, or nothing. A day is an ISO text, a truth is « true » or
    « false ». A cell of a workbook that holds a number has its text as well.

    Attributes:
        title: title of the column, without the spaces around it.
        text: String series, without the spaces around; null where there is no text.
        number: Float64 series, null where the cell holds no number.
        kept: the same cells in the type that they keep when they are carried to the output.
    """

    title: str
    text: polars.Series
    number: polars.Series
    kept: polars.Series

    @functools.cached_property
    def given(self) -> numpy.ndarray:
        """Bool array: the cells that hold something."""
        return (self.text.is_not_null() | self.number.is_not_null()).to_numpy()

    @functools.cached_property
    def words(self) -> polars.Series:
        """The cells as text; a whole number has no decimals, so 93 and « 93 » are the same."""
        whole = self.number.cast(polars.Int64, strict=False)
        numbers = polars.select(
            polars.when(whole.cast(polars.Float64) == self.number)
            .then(whole.cast(polars.String))
            .otherwise(self.number.cast(polars.String))
        ).to_series()
        return polars.select(polars.coalesce(self.text, numbers)).to_series()

    def show(self, rank: int) -> str:
        """Give one cell as its author would recognise it."""
        number = self.number[rank]
        if number is None:
            return str(self.text[rank])
        return numpy.format_float_positional(number, trim="-")

    def take(self, mask: polars.Series) -> Column:
        """Give the column without some of its rows."""
        return Column(
            self.title, self.text.filter(mask), self.number.filter(mask), self.kept.filter(mask)
        )


@dataclasses.dataclass(frozen=True)
class Table:
    """What was read.

    Attributes:
        columns: the columns, in their order.
        rows: int array, the row of the file that each community stands on.
        titles_row: row of the file that the titles stand on.
        faults: what could not be read in it.
        sheet: name of the sheet, of a workbook.
        remarks: what whoever reads the results should know of the file, in French.
    """

    columns: list[Column]
    rows: numpy.ndarray
    titles_row: int = 1
    faults: Sequence[Fault] = ()
    sheet: str | None = None
    remarks: Sequence[str] = ()

    def without_blanks(self) -> Table:
        """Give the table without the rows and the untitled columns that are empty."""
        columns = [column for column in self.columns if column.title or column.given.any()]
        if not columns:
            return dataclasses.replace(self, columns=[], rows=self.rows[:0])
        filled = numpy.logical_or.reduce([column.given for column in columns])
        if filled.all():
            return dataclasses.replace(self, columns=columns)
        mask = polars.Series(filled)
        kept = [column.take(mask) for column in columns]
        return dataclasses.replace(self, columns=kept, rows=self.rows[filled])


def check_width(titles: Iterable[str | None]) -> None:
    """Refuse a table with more titles than communities have inputs, years and notes.

    Reading each of its columns, then naming each unknown title, would take minutes.

    Args:
        titles: the titles; those that are empty do not count.

    Raises:
        TableError: there are more than `WIDEST`.
    """
    width = sum(1 for title in titles if title)
    if width > WIDEST:
        expected = f"au plus {number(WIDEST)} colonnes, une par donnée et par année"
        raise TableError([Fault(expected, row=1, value=f"{number(width)} colonnes")])


def texts(cells: Cells) -> Cells:
    """Strip the spaces around texts, and the hour zero that a program writes behind a day.

    Args:
        cells: String series, or an expression of such columns.

    Returns:
        The same, null where nothing is left.
    """
    stripped = cells.str.strip_chars().str.replace(r"^(\S{8,10})[ T]00:00(:00(\.0+)?)?$", "$1")
    return stripped.replace("", None)


def no_numbers(height: int) -> polars.Series:
    """Give the `number` of a column that holds none."""
    return polars.Series(dtype=polars.Float64).extend_constant(None, height)


def no_texts(height: int) -> polars.Series:
    """Give the `text` of a column that holds numbers alone."""
    return polars.Series(dtype=polars.String).extend_constant(None, height)

"""Sheets of a workbook, row after row: titles that stay in sight, filters, numbers as numbers."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from openfisca_cpts.outils.simulation.writing import CREATED, EUROS, WHOLE

GENERAL = ""
FORMATS = {
    "euros": EUROS,
    "nombre": WHOLE,
    "annee": "0",
    "part": "0.0%",
    "coefficient": "0.000000",
    "date": "dd/mm/yyyy",
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
    "instant": "00/00/0000 00:00:00",
}
"""What a column of each kind has room for; a column of words is as wide as they are."""
WIDEST = 60
"""Width that no column of words exceeds, in characters."""
ROOM = 4
"""What a title needs besides its letters: the button of its filter."""


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes:
        title: its title.
        kind: one of `FORMATS`; any other kind is written as it comes.
        width: its width in characters; that of its kind, or of its title, if none is given.
        wrap: whether a long text goes on to the next line.
    """

    title: str
    kind: str = "texte"
    width: int | None = None
    wrap: bool = False


class Book:
    """A workbook that is written row after row, and always with the same bytes.

    To be used in a `with` block, which closes the file.

    Args:
        path: the file to write.
    """

    def __init__(self, path: Path) -> None:
        options = {
            # Texts stay texts, and a kept column may hold what a sheet has no value for.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "remove_timezone": True,
            "constant_memory": True,
        }
        self._book = xlsxwriter.Workbook(path, options)
        self._book.set_properties({"created": CREATED})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._formats: dict[tuple[str, bool], Any] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Any]],
        remarks: Sequence[str] = (),
    ) -> None:
        """Write one sheet.

        Args:
            name: its name.
            columns: its columns.
            rows: the values of each row; a value that is none leaves its cell empty.
            remarks: sentences that stand below, outside what the filter sorts.
        """
        sheet = self._book.add_worksheet(name)
        formats = [self._format(column) for column in columns]
        for rank, column in enumerate(columns):
            sheet.set_column(rank, rank, _width(column))
        for rank, column in enumerate(columns):
            sheet.write_string(0, rank, column.title, self._head)
        height = 0
        for height, row in enumerate(rows, start=1):
            for rank, value in enumerate(row):
                _write(sheet, height, rank, value, formats[rank])
        for rank, remark in enumerate(remarks, start=height + 1 + 1):
            sheet.write_string(rank, 0, remark)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, height, max(len(columns) - 1, 0))

    def _format(self, column: Column) -> Any:
        key = (FORMATS.get(column.kind, GENERAL), column.wrap)
        if key not in self._formats:
            properties: dict[str, Any] = {"num_format": key[0]} if key[0] else {}
            if column.wrap:
                properties |= {"text_wrap": True, "valign": "top"}
            self._formats[key] = self._book.add_format(properties) if properties else None
        return self._formats[key]


def _width(column: Column) -> int:
    least = min(len(column.title) + ROOM, WIDEST)
    if column.width is not None:
        return max(column.width, least)
    return max(len(SAMPLES.get(column.kind, "")) + 1, least)


def _write(sheet: Worksheet, row: int, rank: int, value: Any, shown: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
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

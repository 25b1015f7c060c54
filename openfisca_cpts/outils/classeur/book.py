"""Sheets of a workbook, row after row: titles that stay in sight, filters, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from openfisca_cpts.outils.classeur.sheet_cells import (
    DAYS,
    FORMATS,
    GENERAL,
    NUMBERS,
    Column,
    heighten,
    width,
    write_cell,
)
from openfisca_cpts.outils.simulation.writing import CREATED, WHOLE

HEADING = 14
"""Size of the letters of the heading of a sheet."""
CHART = {"width": 900, "height": 360}
"""Size of a chart, in pixels: as wide as a landscape page."""
CHART_ROWS = 19
"""Rows that a chart covers, the empty one below it included."""
A4 = 9
"""Number of this paper, in the format of the file."""


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
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self._heads = {
            right: self._book.add_format(head | ({"align": "right"} if right else {}))
            for right in (False, True)
        }
        self._heading = self._book.add_format({"bold": True, "font_size": HEADING})
        self._formats: dict[tuple[str, bool, bool, bool], Any] = {}

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
        *,
        above: Sequence[str] = (),
        total: Sequence[Any] = (),
    ) -> Worksheet:
        """Write one sheet, which prints in landscape on as many pages as its rows need.

        Args:
            name: its name.
            columns: its columns.
            rows: the values of each row; a value that is none leaves its cell empty.
            remarks: sentences that stand below, outside what the filter sorts.
            above: sentences that stand above the titles of the columns, the first as a heading.
            total: the values of a last row, which stands out.

        Returns:
            The sheet; the titles of its columns are on the row that follows those above.
        """
        sheet = self.add(name)
        heads = len(above)
        for rank, column in enumerate(columns):
            sheet.set_column(rank, rank, width(column))
        for rank, sentence in enumerate(above):
            self.sentence(sheet, rank, sentence, heading=not rank)
        self.titles(sheet, heads, columns)
        height = self.rows(sheet, heads, columns, rows)
        last = heads + height
        if total:
            last += self.rows(sheet, last, columns, [total], strong=True)
        for rank, remark in enumerate(remarks, start=last + 1 + 1):
            self.sentence(sheet, rank, remark)
        sheet.freeze_panes(heads + 1, 0)
        sheet.autofilter(heads, 0, heads + height, max(len(columns) - 1, 0))
        sheet.repeat_rows(heads)
        return sheet

    def add(self, name: str) -> Worksheet:
        """Add an empty sheet, which prints in landscape, as wide as a page."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def sentence(self, sheet: Worksheet, row: int, text: str, heading: bool = False) -> None:
        """Write a sentence at the start of a row."""
        sheet.write_string(row, 0, text, self._heading if heading else None)

    def titles(self, sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
        """Write the titles of columns, on as many lines as they ask for."""
        heighten(sheet, row, [column.title for column in columns], columns)
        for rank, column in enumerate(columns):
            sheet.write_string(row, rank, column.title, self._heads[column.kind in NUMBERS])

    def rows(
        self,
        sheet: Worksheet,
        above: int,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Any]],
        strong: bool = False,
    ) -> int:
        """Write rows.

        Args:
            sheet: the sheet.
            above: the row that they follow.
            columns: their columns.
            rows: the values of each.
            strong: whether they stand out.

        Returns:
            How many there are.
        """
        tall = any(column.wrap for column in columns)
        formats = [self._format(column, strong, tall) for column in columns]
        height = 0
        wrapped = [column if column.wrap else None for column in columns]
        for height, row in enumerate(rows, start=1):
            if tall:
                heighten(sheet, above + height, row, wrapped)
            for rank, value in enumerate(row):
                write_cell(sheet, above + height, rank, value, formats[rank])
        return height

    def draw(
        self,
        kind: str,
        sheet: Worksheet,
        title: str,
        rows: tuple[int, int],
        ranks: Sequence[int],
        at: int,
    ) -> None:
        """Draw columns of a sheet over its first one.

        Args:
            kind: « line » or « column », as the format names them.
            sheet: the sheet.
            title: what is drawn, in French.
            rows: the row of the titles of the columns, and the last that is drawn.
            ranks: the columns.
            at: the row where the chart stands.
        """
        top, end = rows
        chart = self._book.add_chart({"type": kind})
        for rank in ranks:
            chart.add_series(
                {
                    "name": [sheet.name, top, rank],
                    "categories": [sheet.name, top + 1, 0, end, 0],
                    "values": [sheet.name, top + 1, rank, end, rank],
                }
            )
        chart.set_title({"name": title, "name_font": {"size": HEADING}})
        chart.set_y_axis({"name": "euros", "num_format": WHOLE})
        chart.set_x_axis({"num_format": "mm/yyyy"})
        chart.set_legend({"position": "bottom"})
        chart.set_size(CHART)
        sheet.insert_chart(at, 0, chart, {"description": title})

    def _format(self, column: Column, strong: bool, tall: bool) -> Any:
        """Give the format of the cells of a column; in tall rows, texts stand at the top."""
        key = (column.kind, column.wrap, strong, tall)
        if key not in self._formats:
            shown = FORMATS.get(column.kind, GENERAL)
            properties: dict[str, Any] = {"num_format": shown} if shown else {}
            properties |= {"text_wrap": True} if column.wrap else {}
            properties |= {"valign": "top"} if tall else {}
            properties |= {"align": "left"} if column.kind in DAYS else {}
            properties |= {"bold": True, "top": 1} if strong else {}
            self._formats[key] = self._book.add_format(properties) if properties else None
        return self._formats[key]

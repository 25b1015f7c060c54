"""A sheet that is read from top to bottom: sentences, then tables one below another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openfisca_cpts.outils.classeur.book import CHART_ROWS, Book
from openfisca_cpts.outils.classeur.sheet_cells import Column, width


class Stack:
    """One sheet of a workbook, written from top to bottom, which prints on one page.

    Args:
        book: the workbook.
        name: name of the sheet.
    """

    def __init__(self, book: Book, name: str) -> None:
        self._book = book
        self._sheet = book.add(name)
        self._sheet.fit_to_pages(1, 1)
        self._row = 0
        self._widths: list[int] = []

    def heading(self, text: str) -> None:
        """Write what the next lines are about, after an empty row where others stand above."""
        self._row += 1 if self._row else 0
        self._book.sentence(self._sheet, self._row, text, heading=True)
        self._row += 1

    def sentences(self, texts: Iterable[str]) -> None:
        """Write sentences, one per row; they run over the columns beside them."""
        for text in texts:
            self._book.sentence(self._sheet, self._row, text)
            self._row += 1

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[Any]], strong: frozenset[int]
    ) -> tuple[int, int]:
        """Write a table.

        Args:
            columns: its columns.
            rows: the values of each row.
            strong: ranks of the rows that stand out.

        Returns:
            The row of its titles, and its last row.
        """
        top = self._row
        self._book.titles(self._sheet, top, columns)
        self._row += 1
        for rank, row in enumerate(rows):
            self._book.rows(self._sheet, self._row - 1, columns, [row], rank in strong)
            self._row += 1
        for rank, own in enumerate(map(width, columns)):
            if rank == len(self._widths):
                self._widths.append(own)
            self._widths[rank] = max(self._widths[rank], own)
            self._sheet.set_column(rank, rank, self._widths[rank])
        return top, self._row - 1

    def bars(self, title: str, top: int, ranks: Sequence[int], end: int) -> None:
        """Draw columns of a table as bars, below all that is written so far.

        Args:
            title: what is drawn, in French.
            top: the row of the titles of the columns.
            ranks: the columns.
            end: the last row that is drawn.
        """
        self._book.draw("column", self._sheet, title, (top, end), ranks, self._row + 1)
        self._row += 1 + CHART_ROWS

"""How a table that was described becomes a sheet."""

from __future__ import annotations

import dataclasses

import polars

from openfisca_cpts.outils.classeur.book import Book
from openfisca_cpts.outils.classeur.sheet_cells import FORMATS, WIDEST, Column, width_of
from openfisca_cpts.outils.classeur.stack import Stack
from openfisca_cpts.outils.tables import described
from openfisca_cpts.outils.tables.described import Table

KINDS = {"ecart": "euros", "habitants": "nombre"}
"""Format of the units that are not the name of one."""


def write_table(book: Book, table: Table) -> None:
    """Write a table as a sheet that has its title: all its columns, values as values.

    Args:
        book: the workbook.
        table: the table.
    """
    columns = [_column(column, table) for column in table.columns]
    book.sheet(table.title, columns, table.lines(), table.remarks)


def stack_table(stack: Stack, table: Table) -> tuple[int, int]:
    """Write a table below what a sheet holds: short headings, that go on to the next line.

    Args:
        stack: the sheet.
        table: the table.

    Returns:
        The row of its titles, and its last row.
    """
    columns = [
        dataclasses.replace(_column(column, table), title=column.heading, folded=True)
        for column in table.columns
    ]
    return stack.table(columns, list(table.lines()), table.totals)


def _column(column: described.Column, table: Table) -> Column:
    kind = KINDS.get(column.unit, column.unit)
    if kind in FORMATS:
        return Column(column.label, kind)
    values = table.rows[column.key]
    if isinstance(values.dtype, polars.Date | polars.Datetime):
        return Column(column.label, "date" if values.dtype == polars.Date else "instant")
    if values.dtype != polars.String:
        return Column(column.label)
    wide = max((len(value) for value in values.drop_nulls()), default=0) > WIDEST
    return Column(column.label, width=width_of(values), wrap=wide)

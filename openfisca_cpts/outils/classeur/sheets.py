"""How a table that was described becomes a sheet."""

from __future__ import annotations

from openfisca_cpts.outils.classeur.book import FORMATS, WIDEST, Book, Column, width_of
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


def _column(column: described.Column, table: Table) -> Column:
    kind = KINDS.get(column.unit, column.unit)
    if kind in FORMATS:
        return Column(column.label, kind)
    values = table.rows[column.key]
    if values.dtype.is_numeric():
        return Column(column.label)
    wide = max((len(value) for value in values.drop_nulls()), default=0) > WIDEST
    return Column(column.label, width=width_of(values), wrap=wide)

"""A table as it is described: its columns with label and unit, its rows as values.

Whoever shows it (a screen, a sheet, a page) decides of the typography, never of what stands in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import polars

from openfisca_cpts.outils.loi.words import EURO, figure
from openfisca_cpts.outils.typography import day, decimal, euros, number, percent, signed

SIX = ".6f"
AMOUNT = "montant"
"""Unit of a column that names the amount its row is of."""
WRITTEN: dict[str, Callable[[Any], str]] = {
    "annee": str,
    "nombre": number,
    "habitants": lambda value: signed(number(value)),
    "euros": euros,
    "ecart": lambda value: signed(euros(value)),
    "part": percent,
    "coefficient": lambda value: decimal(value, SIX),
    "valeur": lambda value: decimal(Decimal(repr(value)).normalize(), "f"),
    "date": day,
}
"""How a value of each unit is written in French; one of another unit is words already."""
MONEY = ("euros", "ecart")
"""Units in euros: an amount, and a difference, whose sign is shown."""
NUMBERS = (*MONEY, "nombre", "habitants", "part", "coefficient", "valeur")
"""Units whose values stand to the right."""
NAME, TITLE = "scenario", "titre"
"""Units of the two columns that name a scenario: as a command takes it, and in French."""


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        key: its name in the rows.
        label: its heading, which is read alone.
        unit: what its values are: one of `WRITTEN`, `AMOUNT`, `NAME`, `TITLE`; else words.
        short: its heading in a table of one amount, or where room lacks; the label if empty.
        amount: the amount that it is of; empty for a column that is of none, or of all.
        detail: whether it is left out where room lacks.
        link: key of the column that holds the address of its words.
        unit_of: key of the column that holds the unit of each value, where they have their own.
    """

    key: str
    label: str
    unit: str = ""
    short: str = ""
    amount: str = ""
    detail: bool = False
    link: str = ""
    unit_of: str = ""

    @property
    def heading(self) -> str:
        """The heading where room lacks."""
        return self.short or self.label


@dataclasses.dataclass(frozen=True)
class Table:
    """A table of a study.

    Attributes:
        key: its name, in snake_case.
        title: what it shows, in French; short enough for the name of a sheet.
        columns: its columns.
        rows: one row per line, with at least the keys of the columns.
        amounts: key and French name of the amounts that it tells apart and that are worth a table
            of their own; none where it tells none apart.
        totals: ranks of the rows that add others up.
        remarks: sentences that stand with it.
        files_only: whether it is too long for a screen.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: polars.DataFrame
    amounts: dict[str, str] | None = None
    totals: frozenset[int] = frozenset()
    remarks: Sequence[str] = ()
    files_only: bool = False

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """Give the values of each row, in the order of the columns."""
        return self.rows.select([column.key for column in self.columns]).iter_rows()

    def of(self, amount: str) -> Table:
        """Keep what is of one amount.

        Args:
            amount: key of one of `amounts`.

        Returns:
            The table with the rows of the amount, its columns and those that are of none; its
            title says which it is.
        """
        assert self.amounts is not None
        chooser = next((column.key for column in self.columns if column.unit == AMOUNT), None)
        rows = self.rows
        if chooser is not None:
            rows = rows.filter(polars.col(chooser) == self.amounts[amount])
        return dataclasses.replace(
            self,
            title=f"{self.title} : {self.amounts[amount].lower()}",
            columns=[
                column
                for column in self.columns
                if column.unit != AMOUNT and column.amount in ("", amount)
            ],
            rows=rows,
            amounts=None,
        )

    def each(self) -> list[Table]:
        """Give one table per amount; the table itself where it tells none apart."""
        return [self] if self.amounts is None else [self.of(amount) for amount in self.amounts]

    def head(self, most: int) -> Table:
        """Keep the first rows."""
        return dataclasses.replace(self, rows=self.rows.head(most), totals=frozenset())

    def where(self, **values: Any) -> Table:
        """Keep the rows that have some values, by the key of their column."""
        kept = [polars.col(name) == value for name, value in values.items()]
        return dataclasses.replace(self, rows=self.rows.filter(kept), totals=frozenset())

    def without(self, *names: str, detail: bool = True) -> Table:
        """Leave columns out.

        Args:
            names: their keys, or their units.
            detail: whether those of detail are kept.

        Returns:
            The table with the other columns.
        """
        kept = [
            column
            for column in self.columns
            if not {column.key, column.unit} & set(names) and (detail or not column.detail)
        ]
        return dataclasses.replace(self, columns=kept)


def written(value: Any, unit: str, currency: bool = True) -> str:
    """Write a value in French.

    Args:
        value: the value; nothing is written of none.
        unit: the unit of its column, or one of the law.
        currency: whether an amount carries its sign of currency.

    Returns:
        The text, with no-break spaces.
    """
    if value is None:
        return ""
    if unit not in WRITTEN and isinstance(value, int | float):
        return figure(value, unit)
    text = WRITTEN.get(unit, str)(value)
    return text + EURO if currency and unit in MONEY else text

"""What a page is made of: sections of sentences, figures and tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from openfisca_cpts.outils.tables import described
from openfisca_cpts.outils.tables.described import NAME, NUMBERS, written


@dataclasses.dataclass(frozen=True)
class Link:
    """A text that leads to its source.

    Attributes:
        text: what is shown.
        href: address; a text without one is only shown.
    """

    text: str
    href: str = ""


Cell = str | Link
WEB = ("http://", "https://")


@dataclasses.dataclass(frozen=True)
class Table:
    """A table, its numbers written in French.

    Attributes:
        headings: titles of the columns.
        rows: the cells.
        numbers_from: title of the first column of numbers, which stand to the right; the second
            column if none is named, and none at all for an empty text.
        bold: ranks of the rows that hold totals.
        note: sentence under the table.
        search: what a reader may look for in it; empty where it is short.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers_from: str | None = None
    bold: frozenset[int] = frozenset()
    note: str = ""
    search: str = ""

    @property
    def words(self) -> int:
        """Number of leading columns that hold words."""
        if self.numbers_from is None:
            return 1
        return (
            list(self.headings).index(self.numbers_from)
            if self.numbers_from
            else len(self.headings)
        )


def table_of(table: described.Table, note: str = "", search: str = "") -> Table:
    """Lay a table out for the page: short headings, scenarios by their title, amounts with €.

    Args:
        table: the table.
        note: sentence under it.
        search: what a reader may look for in it.

    Returns:
        The table of the page; the addresses of its words are links.
    """
    shown = table.without(NAME, *(column.link for column in table.columns if column.link))
    first = next((column for column in shown.columns if column.unit in NUMBERS), None)
    return Table(
        [column.heading for column in shown.columns],
        [list(_cells(row, shown.columns)) for row in table.rows.iter_rows(named=True)],
        numbers_from=first.heading if first else "",
        bold=table.totals,
        note=note,
        search=search,
    )


def _cells(row: dict[str, Any], columns: Sequence[described.Column]) -> Iterator[Cell]:
    for column in columns:
        unit = row[column.unit_of] if column.unit_of else column.unit
        text = written(row[column.key], unit or "")
        yield link_of(text, row[column.link]) if column.link else text


def link_of(text: str, address: str | None) -> Link:
    """Make a link of a text; only addresses of the Web lead anywhere."""
    return Link(text, address if address and address.startswith(WEB) else "")


@dataclasses.dataclass(frozen=True)
class Key:
    """One entry of the legend of a figure.

    Attributes:
        text: what it stands for.
        color: color of the marks.
    """

    text: str
    color: str


@dataclasses.dataclass(frozen=True)
class Figure:
    """A chart, what it says in words, and its numbers.

    Attributes:
        key: name of the figure in the page.
        title: what it shows.
        alt: what a reader who does not see it should know.
        spec: Vega-Lite specification, its data inside.
        legend: what the colors stand for.
        table: its numbers.
    """

    key: str
    title: str
    alt: str
    spec: dict[str, Any]
    legend: Sequence[Key] = ()
    table: Table | None = None


@dataclasses.dataclass(frozen=True)
class Block:
    """A table that stands on its own.

    Attributes:
        table: the table.
        title: its title; empty where that of the section is enough.
        sentences: what is said before it.
        folded: whether only its title shows, until a reader asks for the table.
    """

    table: Table
    title: str = ""
    sentences: Sequence[Cell] = ()
    folded: bool = False


@dataclasses.dataclass(frozen=True)
class Section:
    """One part of the page.

    Attributes:
        key: anchor.
        title: its title.
        short: its title in the summary of the page.
        sentences: what it says first.
        figures: its charts.
        blocks: its tables.
        quote: a text shown as it is, such as a command.
        notes: sentences of a list.
        quotes: texts shown as they are, such as a command, each with its title.
    """

    key: str
    title: str
    short: str
    sentences: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    blocks: Sequence[Block] = ()
    notes: Sequence[str] = ()
    quotes: Sequence[tuple[str, str]] = ()


@dataclasses.dataclass(frozen=True)
class Card:
    """One scenario in a few figures.

    Attributes:
        title: the scenario.
        color: its color in the charts.
        headline: its cost.
        caption: what the headline is.
        lines: other figures, each with what it is and whether it is good or bad news
            (`plus`, `moins` or nothing).
    """

    title: str
    color: str
    headline: str
    caption: str
    lines: Sequence[tuple[str, str, str]]

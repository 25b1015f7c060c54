"""The workbook of payment plans: a month grid whose sums are live, its chart, every line."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from openfisca_cpts.outils.classeur.book import Book
from openfisca_cpts.outils.classeur.sheet_cells import READ, WIDEST, Column, Formula, width_of
from openfisca_cpts.outils.loi.words import STATUTS
from openfisca_cpts.outils.simulation.sums import exact_sum
from openfisca_cpts.outils.tables.treasury import (
    RANGE,
    WHOLE,
    labels,
    monthly,
    range_names,
    references,
)
from openfisca_cpts.outils.typography import long_month

if TYPE_CHECKING:
    from openfisca_cpts.outils.plan import Schedule

EVERYONE = "tous"
MONTH_ALONE = "L'accord donne le mois d'un versement, pas son jour."
MONTH = Column("Mois", "mois")
BELOW = 3
"""Rows from the last month to the chart: the sums stand between them."""


def write_plan_book(plans: Sequence[Schedule], path: Path, source: str) -> None:
    """Write the workbook of one plan, or of several side by side.

    Args:
        plans: the plans, over the same months.
        path: the file to write.
        source: what the plans were made from, and with, in French.
    """
    months = plans[0].mois
    covered = f"De {_words(months[0])} à {_words(months[-1])}." if months else "Aucun mois."
    with Book(path) as book:
        _treasury(book, plans, ["Plan de versement", f"{covered} {source}", ""])
        _ranges(book, plans, ["Selon le taux d'atteinte des indicateurs", covered, ""])
        _lines(book, plans)
        _deadlines(book, plans)
        _remarks(book, plans, source)


def _treasury(book: Book, plans: Sequence[Schedule], above: Sequence[str]) -> None:
    """Write what each month pays, what has come in so far, and the differences."""
    names, grid = labels(plans), monthly(plans)
    size, heads = len(plans), len(above)
    compared = [(rank, base) for rank, base in enumerate(references(plans)) if base is not None]
    columns = [
        MONTH,
        *(_amount(f"{name}, versé") for name in names),
        *(_amount(f"{name}, cumul") for name in names),
        *(_amount(f"{names[rank]}, écart avec {names[base]}") for rank, base in compared),
    ]
    paid = [grid[str(rank)] for rank in range(size)]
    so_far = [column.cum_sum() for column in paid]

    def rows() -> Iterator[list[Any]]:
        for step, month in enumerate(grid["mois"]):
            row = heads + 1 + step
            sums = [_running(row, 1 + rank, size, step, so_far[rank]) for rank in range(size)]
            gaps = [
                Formula(
                    f"={_cell(row, 1 + size + rank)}-{_cell(row, 1 + size + base)}",
                    so_far[rank][step] - so_far[base][step],
                )
                for rank, base in compared
            ]
            yield [_day(month), *(column[step] for column in paid), *sums, *gaps]

    total = _sums(heads, grid.height, paid, 1)
    sheet = book.sheet("Trésorerie", columns, rows(), above=above, total=total)
    if grid.height:
        drawn = range(1 + size, 1 + size + size)
        end = heads + grid.height
        book.draw("line", sheet, "Cumul des versements", (heads, end), drawn, end + BELOW)


def _running(row: int, rank: int, size: int, step: int, so_far: polars.Series) -> Formula:
    """Add a month to what had come in before it."""
    before = f"{_cell(row - 1, rank + size)}+" if step else ""
    return Formula(f"={before}{_cell(row, rank)}", so_far[step])


def _ranges(book: Book, plans: Sequence[Schedule], above: Sequence[str]) -> None:
    """Write what each month pays at the lowest, given and highest rates."""
    names, words = labels(plans), range_names(plans)
    grids = {amount: monthly(plans, amount) for amount in RANGE}
    months = [_day(month) for month in plans[0].mois]
    amounts = [grids[amount][str(rank)] for rank in range(len(plans)) for amount in RANGE]
    columns = [
        MONTH,
        *(_amount(f"{name} : {word.lower()}") for name in names for word in words.values()),
    ]
    total = _sums(len(above), len(months), amounts, 1)
    rows = zip(months, *amounts, strict=True)
    book.sheet("Bas, donné, haut", columns, rows, above=above, total=total)


def _lines(book: Book, plans: Sequence[Schedule]) -> None:
    """Write every payment, with the article and the certainty that it rests on."""
    named = list(zip(labels(plans), plans, strict=True))
    every = polars.concat([plan.versements for plan in plans])
    columns = [
        Column("Plan", width=width_of(labels(plans))),
        MONTH,
        Column("Exercice"),
        Column("Versement", width=READ, wrap=True),
    ]
    first = len(columns)
    columns += [_amount(word) for word in range_names(plans).values()]
    columns += [
        Column("Taux d'atteinte"),
        Column("Certitude du chiffre le moins sûr", width=width_of(STATUTS.values()), folded=True),
        Column("Article", width=READ, wrap=True),
    ]
    rows = [
        [
            *(name, _day(line["mois"]), line["exercice"], line["libelle"]),
            *(line[amount] for amount in RANGE),
            *(line["taux"], STATUTS[line["statut"]], line["article"]),
        ]
        for name, plan in named
        for line in plan.versements.iter_rows(named=True)
    ]
    # What a filter hides is not counted.
    total = _sums(0, len(rows), [every[amount] for amount in RANGE], first, "SUBTOTAL(109,{})")
    book.sheet("Versements", columns, rows, total=total)


def _deadlines(book: Book, plans: Sequence[Schedule]) -> None:
    names = labels(plans)
    columns = [
        Column("Plan", width=width_of(names)),
        Column("Mission", width=width_of(plans[0].echeances["mission"])),
        *(Column(title, "date") for title in ("Démarrer d'ici au", "Déployer d'ici au")),
        Column("Démarrage", "date"),
        Column("Constat", width=width_of(plans[0].echeances["constat"])),
    ]
    rows = [
        (name, *line)
        for name, plan in zip(names, plans, strict=True)
        for line in plan.echeances.drop("en_retard").iter_rows()
    ]
    book.sheet("Échéances", columns, rows)


def _remarks(book: Book, plans: Sequence[Schedule], source: str) -> None:
    names = labels(plans)
    rows = [
        *((name, note) for name, plan in zip(names, plans, strict=True) for note in plan.remarques),
        *((EVERYONE, note) for note in (MONTH_ALONE, source)),
    ]
    columns = [Column("Plan", width=width_of(names)), Column("À savoir", width=WIDEST, wrap=True)]
    book.sheet("À savoir", columns, rows)


def _sums(
    heads: int, height: int, amounts: Sequence[polars.Series], first: int, formula: str = "SUM({})"
) -> list[Any]:
    """Give the row of sums of columns that follow each other; nothing where there is no row."""
    if not height:
        return []
    sums = []
    for rank, column in enumerate(amounts, start=first):
        cells = xl_range(heads + 1, rank, heads + height, rank)
        sums.append(Formula(f"={formula.format(cells)}", exact_sum([column])))
    return [WHOLE, *[None] * (first - 1), *sums]


def _amount(title: str) -> Column:
    """Make a column of amounts as wide as they are, whatever its title."""
    return Column(title, "euros", folded=True)


def _cell(row: int, rank: int) -> str:
    return str(xl_rowcol_to_cell(row, rank))


def _day(month: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{month}-01")


def _words(month: str) -> str:
    return long_month(_day(month))

"""The tables of the terminal, in French: totals, and faults."""

from __future__ import annotations

from collections.abc import Sequence

import polars
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts.outils.simulation import Fault
from openfisca_cpts.outils.simulation.summary import COUNT, SUMS
from openfisca_cpts.outils.typography import euros, number

HEADINGS = ("CPTS", "Habitants", "Plafond €", "Financement €", "Versé €")
UNKNOWN_LABEL = "indéterm."
UNKNOWN_SIZE = "indeterminee"


def summary_table(totals: polars.DataFrame, assumed: str = "") -> Table:
    """Show the totals by year and size, and those of each year.

    Args:
        totals: what `summarise` gave.
        assumed: the rate that the totals rest on, in words; nothing where they rest on none.

    Returns:
        The table to print.
    """
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in ("Année", "Taille"):
        table.add_column(heading, no_wrap=True)
    for heading in HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    for (annee,), block in totals.group_by("annee", maintain_order=True):
        for taille, *figures in block.select("taille", COUNT, *SUMS).iter_rows():
            name = UNKNOWN_LABEL if taille == UNKNOWN_SIZE else taille.replace("_", " ")
            table.add_row(str(annee), name, *_cells(figures))
        total = block.select(COUNT, *SUMS).sum().row(0)
        table.add_row(str(annee), "ensemble", *_cells(total), style="bold", end_section=True)
    if assumed:
        table.caption_justify = "left"
        table.caption = f"Financement et versements : {assumed}."
    return table


def _cells(figures: Sequence[float]) -> list[str]:
    return [number(figure) if isinstance(figure, int) else euros(figure) for figure in figures]


def faults_table(faults: Sequence[Fault], console: Console) -> None:
    """Print every fault of a refused table.

    Args:
        faults: the faults.
        console: where to print.
    """
    plural = "s" if len(faults) > 1 else ""
    title = f"Tableau refusé : {number(len(faults))} faute{plural}, rien n'est écrit"
    console.print(title, style="bold red", highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Ligne", "Communauté", "Colonne", "Valeur", "Attendu"):
        table.add_column(heading, overflow="fold")
    for fault in faults:
        row = "" if fault.row is None else str(fault.row)
        cells = (row, fault.id, fault.column, fault.value or fault.looks, fault.expected)
        table.add_row(*(Text(cell or "") for cell in cells))
    console.print(table)

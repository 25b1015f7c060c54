"""The faults of a refused table, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts.outils.simulation import Fault
from openfisca_cpts.outils.typography import number


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

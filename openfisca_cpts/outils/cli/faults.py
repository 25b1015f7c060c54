"""The faults of a refused table, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from openfisca_cpts.outils.cli.fitted import Fitted
from openfisca_cpts.outils.simulation import Fault
from openfisca_cpts.outils.typography import number, spaced


def faults_table(faults: Sequence[Fault], console: Console) -> None:
    """Print every fault of a refused table.

    Args:
        faults: the faults.
        console: where to print.
    """
    plural = "s" if len(faults) > 1 else ""
    title = f"Tableau refusé : {number(len(faults))} faute{plural}, rien n'est écrit"
    console.print(title, style="bold red", highlight=False)
    headings = ("Ligne", "Communauté", "Colonne", "Valeur", "Attendu")
    rows = [
        [
            "" if fault.row is None else str(fault.row),
            *(fault.id or "", fault.column or "", fault.value or fault.looks or ""),
            fault.expected,
        ]
        for fault in faults
    ]
    shown = [[spaced(cell) for cell in row] for row in rows]
    console.print(Fitted(headings, shown), crop=False)

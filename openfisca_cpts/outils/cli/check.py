"""The command `openfisca-cpts check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts.outils.cli import BAD_INPUT
from openfisca_cpts.outils.legal import check as legal
from openfisca_cpts.outils.legal.report import Coverage, Report


def check(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            help="Dossier du paquet à contrôler ; par défaut, le paquet installé.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Contrôle que chaque chiffre de la loi a sa source et ne se trouve qu'à un endroit.

    Lit les paramètres, les variables et le code ; montre la couverture ligne par ligne et chaque
    faute à sa place. Code de sortie : 0 si tout est à 100 %, 1 sinon, 2 si le dossier n'est pas
    celui d'un paquet.
    """
    try:
        report = legal.check(dossier)
    except FileNotFoundError as error:
        typer.echo(f"Ce dossier n'est pas celui d'un paquet : il manque {error}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
    show(report, Console())
    if not report.complete:
        raise typer.Exit(1)


def show(report: Report, console: Console) -> None:
    """Print the coverage, then the faults.

    Args:
        report: what the check found.
        console: where to print.
    """
    table = Table("Contrôle", title="Couverture de la loi")
    for heading in ("Fait", "Total", "Part"):
        table.add_column(heading, justify="right")
    for line in report.coverage:
        style = "green" if line.complete else "bold red"
        table.add_row(line.label, str(line.done), str(line.total), _share(line), style=style)
    console.print(table)
    for fault in report.faults:
        # A note may hold brackets, which rich would read as its own marks.
        place = Text(f"{fault.file}:{fault.line}", style="bold")
        if fault.path:
            place.append(f" {fault.path}", style="dim")
        console.print(place, soft_wrap=True)
        console.print(Text(f"    {fault.message}"), soft_wrap=True)
    count = len(report.faults)
    plural = "s" if count > 1 else ""
    console.print(f"{count or 'Aucune'} faute{plural}.")


def _share(line: Coverage) -> str:
    if not line.total:
        return "rien vu"
    return f"{line.done / line.total:.1%}".replace(".", ",").replace("%", "\u00a0%")

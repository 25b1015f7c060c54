"""The command `openfisca-cpts traceability`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils.cli.check import tests_folder
from openfisca_cpts.outils.cli.options import Tests
from openfisca_cpts.outils.controle.check import package_folder
from openfisca_cpts.outils.simulation.writing import check_output, write
from openfisca_cpts.outils.typography import number, spaced


def traceability(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            help="Dossier du paquet à lire ; par défaut, le paquet installé.",
            show_default=False,
        ),
    ] = None,
    tests: Tests = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FICHIER",
            show_default=False,
            help="Tableau à écrire (.csv, .parquet ou .xlsx) ; sans lui, le résumé seul.",
        ),
    ] = None,
) -> None:
    """Suit chaque chiffre de la ligne d'un document jusqu'aux épreuves qui l'affirment.

    Une ligne par document et par date de valeur : le titre et la note, le paramètre et sa valeur,
    les variables qui le lisent, les épreuves qui affirment ces variables, et combien d'épreuves
    ont un résultat qui en dépend. Les épreuves tournent avec la trace d'OpenFisca ; un barème par
    taille n'est lu, pour une taille, que si une communauté de l'épreuve a cette taille.

    Code de sortie : 0, ou 2 si le dossier ou le fichier est refusé. C'est « check » qui refuse un
    chiffre que rien ne lit.
    """
    from openfisca_cpts.outils.controle.traceability import table, trace_law

    if output is not None:
        check_output(output)
    found = trace_law(package_folder(dossier), tests_folder(tests))
    if output is not None:
        write(table(found), output)
    console = Console()
    read = sum(bool(use.variables) for use in found.values)
    direct = sum(bool(use.tests) for use in found.values)
    asserted = sum(bool(use.tests) for use in found.variables)
    lines = [
        f"{number(found.count)} épreuves, dont {number(len(found.failures))} qui échouent.",
        f"Dates de valeur : {number(len(found.values))}, dont {number(read)} lues par une "
        f"variable, et {number(direct)} dont une épreuve affirme la variable qui les lit.",
        f"Variables calculées : {number(len(found.variables))}, dont {number(asserted)} "
        "affirmées par une épreuve.",
    ]
    if output is not None:
        lines.append(f"Écrit : {output}.")
    for line in lines:
        console.print(spaced(line), markup=False, highlight=False, soft_wrap=True)

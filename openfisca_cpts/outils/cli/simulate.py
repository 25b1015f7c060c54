"""The command `openfisca-cpts simulate`: a table of communities in, a table of amounts out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils import simulation
from openfisca_cpts.outils.cli import BAD_INPUT
from openfisca_cpts.outils.cli.tables import contract_lines, faults_table, number, summary_table
from openfisca_cpts.outils.simulation import RequestError, TableError
from openfisca_cpts.outils.simulation.summary import CONTRACT_VARIABLES, SUMMED_VARIABLES
from openfisca_cpts.outils.simulation.writing import check_output

ADDED_VARIABLES = (*SUMMED_VARIABLES, *CONTRACT_VARIABLES)
"""What the terminal shows, computed whether or not it is asked for."""


def year(word: str) -> int:
    """Read a year as an option holds it."""
    if not word.isdecimal():
        raise typer.BadParameter(f"« {word} » n'est pas une année (par exemple 2024).")
    return int(word)


def split(words: Iterable[str]) -> list[str]:
    """Cut repeated and comma-separated words into one list, each once."""
    parts = [part.strip() for word in words for part in word.split(",")]
    return list(dict.fromkeys(part for part in parts if part))


def simulate(
    fichier: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            show_default=False,
            help="Tableau des communautés : une ligne par communauté (.csv, .xlsx ou .parquet).",
        ),
    ],
    first: Annotated[
        int,
        typer.Option(
            "--from",
            metavar="ANNÉE",
            show_default=False,
            parser=year,
            help="Première année simulée.",
        ),
    ],
    last: Annotated[
        int,
        typer.Option(
            "--to",
            metavar="ANNÉE",
            show_default=False,
            parser=year,
            help="Dernière année simulée.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="RÉSULTAT",
            show_default=False,
            help="Fichier à écrire (.csv, .parquet ou .xlsx) ; sans lui, le résumé seul.",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="COLONNE",
            show_default=False,
            help="Autre colonne du tableau à garder dans le résultat ; plusieurs, séparées par "
            "des virgules ou en répétant l'option.",
        ),
    ] = None,
    variables: Annotated[
        str | None,
        typer.Option(
            "--variables",
            metavar="NOMS",
            show_default=False,
            help="Variables du résultat, séparées par des virgules ; sans elles, celles du barème "
            "et les versements de l'année.",
        ),
    ] = None,
) -> None:
    """Calcule le financement et les versements annuels de chaque communauté d'un tableau.

    Colonnes : « id » (obligatoire), « nom », « region » (nom ou code INSEE), puis les données par
    leur nom : « population_2024 » pour une année, « parcours_retenue » pour toutes. Une cellule
    vide n'est pas donnée. Ce qu'écrit un Excel français est lu (48 500 ; 0,8 ; 15/03/2021 ; oui).

    Une ligne du résultat est une année civile. Un montant mensuel (versement_total,
    parcours_avance…) y est la somme des douze mois ; toute autre variable mensuelle (etape,
    dates, plafond d'amorçage) y est celle de décembre. Un contrat n'est jamais renouvelé de
    lui-même : l'écran dit combien sont en cours chaque année et combien prennent fin.

    Code de sortie : 0 si tout est fait, 2 si le tableau ou les options sont refusés ; toutes les
    fautes sont alors listées et rien n'est écrit.
    """
    errors = Console(stderr=True)
    wanted = simulation.DEFAULT_VARIABLES if variables is None else tuple(split([variables]))
    try:
        if first > last:
            raise RequestError(f"La première année ({first}) est après la dernière ({last}).")
        if output is not None:
            check_output(output)
            if output.exists() and fichier.exists() and output.samefile(fichier):
                raise RequestError(f"« {output} » est le tableau lu : il ne sera pas remplacé.")
        result = simulation.simulate(
            fichier,
            range(first, last + 1),
            variables=[*wanted, *(name for name in ADDED_VARIABLES if name not in wanted)],
            keep=split(keep or []),
        )
        written = result.drop(name for name in ADDED_VARIABLES if name not in wanted)
        if output is not None:
            simulation.write(written, output)
    except RequestError as error:
        errors.print(str(error), markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(BAD_INPUT) from error
    except TableError as error:
        faults_table(error.faults, errors)
        raise typer.Exit(BAD_INPUT) from error
    console = Console()
    console.print(summary_table(simulation.summarise(result)))
    for line in contract_lines(simulation.contracts(result)):
        console.print(line, markup=False, highlight=False)
    if output is not None:
        size = f"{number(written.height)} lignes, {written.width} colonnes"
        console.print(f"Écrit : {output} ({size}).", markup=False, highlight=False, soft_wrap=True)
